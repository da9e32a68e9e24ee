"""Visit Planner: exchange."""
