"""Visit Planner: domain."""
