"""Visit Planner: blueprints."""
