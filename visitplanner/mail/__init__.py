"""Visit Planner: mail."""
