"""Visit Planner: demo."""
