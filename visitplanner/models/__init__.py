"""Visit Planner: models."""
