"""Visit Planner: jobs."""
