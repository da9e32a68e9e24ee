"""The planner on generated days: whatever it hands out keeps every hard rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from benchmarks.tour_instances import Day, generate
from visitplanner.planning.checker import check
from visitplanner.planning.plan_file import plan_to_json
from visitplanner.planning.planner import plan
from visitplanner.planning.problem_file import read_problem

ITERATIONS = {"small": 60, "medium": 30, "large": 30}
KINDS = 14 * ["small"] + 5 * ["medium"] + ["large"]
DAYS = [Day(), Day(0.55, 240, 4, 5), Day(0.85, 260, 5, 6), Day(0.6, 200, 3, 4)]


def judged(number: int) -> str:
    """The status of the plan of one generated day, after the checker has found nothing."""
    kind, seed = KINDS[number % len(KINDS)], number // len(KINDS)
    problem = generate(kind, seed, DAYS[number % len(DAYS)])
    found = plan(read_problem(problem), iterations=ITERATIONS[kind], seed=number)
    document = plan_to_json(read_problem(problem), found)
    assert check(problem, document) == [], problem["name"]
    return found.status


@pytest.mark.endurance
@pytest.mark.timeout(3600)
def test_no_plan_of_a_thousand_days_breaks_a_hard_rule(rounds: Callable[[int], int]) -> None:
    days = rounds(1000)
    statuses = Counter(judged(number) for number in range(days))
    assert statuses["feasible"] + statuses["optimal"] >= days // 2, statuses
