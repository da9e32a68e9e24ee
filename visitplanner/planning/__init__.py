"""Visit Planner: planning."""
