"""The command `visitplanner`."""
