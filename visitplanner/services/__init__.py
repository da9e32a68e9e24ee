"""Visit Planner: services."""
