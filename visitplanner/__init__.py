"""Visit Planner: plan visits of many delegations."""
