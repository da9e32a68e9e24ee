"""Repairs on generated days, whatever happens: nothing impossible, no broken rule unnamed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pytest

from benchmarks.tour_instances import Day, generate
from tests.support.tour_events import drawn, wrongs
from visitplanner.planning.checker import check
from visitplanner.planning.events import read_event
from visitplanner.planning.plan import Plan
from visitplanner.planning.plan_file import plan_to_json
from visitplanner.planning.planner import plan
from visitplanner.planning.problem import Problem
from visitplanner.planning.problem_document import problem_to_json
from visitplanner.planning.problem_file import read_problem
from visitplanner.planning.repair import repair

Document = dict[str, Any]

DAYS = [("small", 0), ("small", 1), ("small", 5), ("medium", 0), ("medium", 2), ("large", 0)]
NAMED = {
    "no-staff": {"H4"},
    "late-home": {"H8", "H4"},
    "no-place": {"H1"},
}
"""Rules that a repair may break where it says so: nobody is free, or nothing is left to give."""


@lru_cache(maxsize=len(DAYS))
def published(kind: str, seed: int) -> tuple[Document, Problem, Plan]:
    """A generated day with its plan."""
    document = generate(kind, seed, Day(0.6, 240, 4, 5))
    problem = read_problem(document)
    found = plan(problem, iterations=100)
    assert found.status in ("feasible", "optimal"), document["name"]
    return document, problem, found


@pytest.mark.endurance
@pytest.mark.timeout(3600)
def test_three_thousand_disruptions_break_no_rule(rounds: Callable[[int], int]) -> None:
    kinds: Counter[str] = Counter()
    for number in range(rounds(3000)):
        r = random.Random(number)
        document, problem, before = published(*DAYS[number % len(DAYS)])
        old = plan_to_json(problem, before)
        event = drawn(r, document, old)
        found = repair(problem, before, read_event(event, problem, before))
        new = plan_to_json(found.problem, found.plan)
        assert wrongs(document, old, event, new) == [], (number, event)
        allowed = set().union(*(NAMED.get(note.code, set()) for note in found.notes))
        broken = [f for f in check(problem_to_json(found.problem), new) if f.rule not in allowed]
        assert broken == [], (number, event)
        kinds[event["kind"]] += 1
    assert len(kinds) == 8 or rounds(3000) < 50
