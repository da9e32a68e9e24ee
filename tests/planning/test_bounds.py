"""The stated bound never exceeds what the exact model proves for the same groups."""

from __future__ import annotations

import pytest

from tests.planning.cases import random_day
from visitplanner.planning.bounds import tours_bound
from visitplanner.planning.campus import compile_campus
from visitplanner.planning.exact import Walker, lay_out_exactly
from visitplanner.planning.kernel import Kernel
from visitplanner.planning.outcome import taken_up
from visitplanner.planning.planner import plan
from visitplanner.planning.problem_file import read_problem
from visitplanner.planning.sketch import Sketcher


@pytest.mark.parametrize("seed", [1, 4, 5, 9])
def test_the_bound_of_a_grouping_is_below_its_best_timetable(seed: int) -> None:
    problem = read_problem(random_day(seed))
    found = plan(problem, iterations=60)
    assert found.status == "feasible"
    assert found.bound is not None
    assert 0 < found.bound <= found.grouping_bound <= found.score.total
    campus = compile_campus(problem)
    kernel = Kernel(campus)
    snapshot = taken_up(campus, Sketcher(campus, kernel), found)
    assert snapshot is not None
    tours = [(draft.sketch, visits) for draft, visits in snapshot.tours]
    walkers = [
        Walker(s.allowed, s.gain, s.total, s.heads, s.must, campus.stops, deadline=campus.deadline)
        for s, _ in tours
    ]
    hints = [visits for _, visits in tours]
    exact = lay_out_exactly(campus, walkers, seconds=20, hints=hints)
    assert exact.visits is not None
    target = found.score.total - 100 * found.score.interpreter
    assert exact.cost <= target
    loose = tours_bound(campus, kernel, tours, target, 0, lambda: 0.0)
    tight = tours_bound(campus, kernel, tours, target, 60, lambda: 0.0)
    assert loose <= tight <= exact.cost
