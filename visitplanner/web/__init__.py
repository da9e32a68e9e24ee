"""Visit Planner: web."""
