"""How often properties are tried: the same cases every time, in the long form many random ones."""

import os

from hypothesis import settings

ENDURANCE = bool(os.environ.get("VISITPLANNER_TEST_ENDURANCE"))

settings.register_profile("rules", deadline=None, database=None, derandomize=True)
settings.register_profile("rules-endurance", deadline=None, database=None, max_examples=5_000)
settings.load_profile("rules-endurance" if ENDURANCE else "rules")
