"""Visit Planner: api."""
