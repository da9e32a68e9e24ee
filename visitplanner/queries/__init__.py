"""Visit Planner: queries."""
