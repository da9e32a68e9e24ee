"""What prices and choice prove about a repair is what the exact model proves."""

from __future__ import annotations

import pytest

from tests.planning.cases import random_day
from visitplanner.planning.choice import Choice
from visitplanner.planning.events import Event
from visitplanner.planning.exact import lay_out_exactly
from visitplanner.planning.planner import plan
from visitplanner.planning.problem_file import read_problem
from visitplanner.planning.repair import Day


@pytest.mark.parametrize(("seed", "now"), [(1, 5), (4, 30), (5, 45), (9, 20), (11, 60)])
def test_the_best_repair_by_prices_is_that_of_the_exact_model(seed: int, now: int) -> None:
    problem = read_problem(random_day(seed))
    before = plan(problem, iterations=40)
    assert before.status == "feasible"
    late = Event("late", now, group=before.groups[0].id, minutes=12)
    day = Day(problem, before, late, "en")
    day.mend()
    walkers = [day.walker(g) for g in day.groups]
    laid = [g.ahead for g in day.groups]
    choice = Choice(day.campus, walkers, (), now)
    told = choice.better(laid, 20, lambda: False)
    assert told is not None
    found, proved = told
    assert proved
    exact = lay_out_exactly(day.campus, walkers, seconds=20, complete=False, hints=laid, now=now)
    assert exact.visits is not None
    assert exact.proved
    assert choice.cost(found) == choice.cost(exact.visits) <= choice.cost(laid)
