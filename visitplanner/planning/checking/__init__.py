"""The independent judge of tour plans, by subject; it shares no code with the planner."""
