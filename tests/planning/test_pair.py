"""Two searches side by side: the better timetable counts, and neither outlives the plan."""

from __future__ import annotations

import threading
import time

import pytest

from benchmarks.tour_instances import generate
from visitplanner.planning import pair
from visitplanner.planning.budget import Budget
from visitplanner.planning.campus import compile_campus
from visitplanner.planning.checker import check
from visitplanner.planning.plan import Plan, Progress
from visitplanner.planning.plan_file import plan_to_json
from visitplanner.planning.planner import plan
from visitplanner.planning.problem import Problem
from visitplanner.planning.problem_file import read_problem
from visitplanner.planning.search import SECOND_SEED, Search
from visitplanner.planning.tour import Snapshot

FOREVER = 250.0


def searching() -> list[threading.Thread]:
    return [t for t in threading.enumerate() if t.name == "second search"]


def ended_soon() -> bool:
    until = time.monotonic() + 60
    while searching() and time.monotonic() < until:
        time.sleep(0.01)
    return not searching()


@pytest.fixture
def seeds(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Two processors and a budget long enough for them; the seeds of the searches that looked."""
    monkeypatch.setattr(pair, "_processors", lambda: 2)
    monkeypatch.setattr(pair, "LEAST_SECONDS", 0.5)
    found: list[int] = []
    look = Search.look

    def noted(self: Search) -> float:
        found.append(self.seed)
        return look(self)

    monkeypatch.setattr(Search, "look", noted)
    return found


def test_the_better_timetable_counts():
    pool = pair.Pool()
    lacking, dear, cheap = Snapshot(10, 2, ()), Snapshot(90, 0, ()), Snapshot(40, 0, ())
    assert pool.exchange(lacking) is lacking
    assert pool.exchange(dear) is dear
    assert pool.exchange(cheap) is cheap
    assert pool.exchange(dear) is cheap
    assert pool.exchange(lacking) is cheap


def searched(problem: Problem, seeds: list[int]) -> Plan:
    """The plan after a second and a half, or later, once both search and there is one."""
    told: list[Progress] = []
    begun = time.monotonic()
    return plan(
        problem,
        seconds=FOREVER,
        on_progress=told.append,
        cancelled=lambda: (
            time.monotonic() - begun > 1.5
            and len(seeds) == 2
            and any(p.plan.status == "feasible" for p in told)
        ),
    )


@pytest.mark.parametrize("kind", ["small", "medium"])
def test_two_searches_make_one_plan(seeds: list[int], kind: str):
    document = generate(kind, 0)
    problem = read_problem(document)
    found = searched(problem, seeds)
    assert found.status == "feasible"
    assert check(document, plan_to_json(problem, found)) == []
    assert sorted(seeds) == [1, 1 + SECOND_SEED]
    assert ended_soon()


def test_a_second_search_ends_with_the_first(seeds: list[int]):
    begun = time.monotonic()
    found = searched(read_problem(generate("medium", 0)), seeds)
    assert found.status == "feasible"
    assert len(seeds) == 2
    assert time.monotonic() - begun < FOREVER
    assert ended_soon()


def test_iterations_are_searched_alone(seeds: list[int]):
    plan(read_problem(generate("small", 0)), iterations=200)
    assert seeds == [1]


def test_one_processor_searches_alone(seeds: list[int], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pair, "_processors", lambda: 1)
    plan(read_problem(generate("small", 0)), seconds=1)
    assert seeds == [1]


def test_who_is_behind_goes_on_from_the_other():
    campus = compile_campus(read_problem(generate("small", 0)))
    search = Search(campus, Budget(None, 100, lambda: False), 1, None, "en", exact=False)
    search.begin()
    behind = search.rota.snapshot()
    ahead = search.rota.improve(Budget(None, 400, lambda: False).span(0, 1, 400, 8), lambda _: None)
    assert ahead.rank < behind.rank
    for offered, expected in ((behind, ahead), (ahead, ahead)):
        search.rota.meet(lambda own, offered=offered: offered)
        assert search.rota.snapshot().rank == expected.rank
    search.rota.restore(behind)
    search.rota.meet(lambda own: ahead)
    assert search.rota.snapshot() == ahead


def test_what_goes_wrong_in_a_second_search_is_not_hidden():
    def work(ended: object) -> None:
        raise RuntimeError("no memory left")

    with pytest.raises(RuntimeError, match="no memory left"), pair.beside(work):
        assert ended_soon()
