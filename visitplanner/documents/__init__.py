"""Visit Planner: documents."""
