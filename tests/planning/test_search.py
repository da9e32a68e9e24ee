"""Several starts on a day of few groups: all are laid out, the better ones are cooled further."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks.tour_instances import generate
from visitplanner.planning import search
from visitplanner.planning.budget import Budget
from visitplanner.planning.campus import compile_campus
from visitplanner.planning.checker import check
from visitplanner.planning.plan_file import plan_to_json
from visitplanner.planning.problem_file import read_problem
from visitplanner.planning.search import HEATS, Search
from visitplanner.planning.tour import Snapshot

ITERATIONS = 4_000
STARTS = 9


class Watched(Search):
    """A search that notes its starts and what is cooled further."""

    def __init__(self, cancelled: Callable[[], bool] = lambda: False) -> None:
        campus = compile_campus(read_problem(generate("small", 0)))
        super().__init__(campus, Budget(None, ITERATIONS, cancelled), 1, None, "en")
        self.started: list[Snapshot] = []
        self.cooling: list[tuple[Snapshot, float, float]] = []
        self.all: list[Snapshot] = []
        self.seen_by_then: list[tuple[int, int]] = []

    def start(self, *args, **options) -> Snapshot:
        found = super().start(*args, **options)
        self.started.append(found)
        return found

    def go_on(self, best, share, hot=0.0, cold=0.0) -> Snapshot:
        if not self.cooling:
            self.seen_by_then = sorted({s.rank for s in self.all})
        self.cooling.append((best, hot, cold))
        return super().go_on(best, share, hot, cold)

    def keep(self, snapshot: Snapshot) -> None:
        self.all.append(snapshot)
        super().keep(snapshot)


@pytest.fixture(autouse=True)
def nine_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a budget of so many seconds would make."""
    monkeypatch.setattr(search, "START_SECONDS", ITERATIONS / search.PER_SECOND / STARTS - 1e-9)


def test_ever_fewer_and_better_timetables_are_cooled_further() -> None:
    watched = Watched()
    plan = watched.run()
    assert len(watched.started) == STARTS
    middle, last = watched.cooling[:3], watched.cooling[3:]
    assert [(hot, cold) for _, hot, cold in middle] == [HEATS[1:3]] * 3
    assert [s.rank for s, _, _ in middle] == watched.seen_by_then[:3]
    assert [(hot, cold) for _, hot, cold in last] == [HEATS[2:]]
    assert last[0][0].rank <= middle[0][0].rank
    assert watched.best is not None
    assert watched.best.rank == min(s.rank for s in watched.all)
    document = generate("small", 0)
    assert plan.status == "feasible"
    assert check(document, plan_to_json(read_problem(document), plan)) == []


def test_the_draft_is_among_what_is_chosen_from() -> None:
    watched = Watched()
    watched.begin()
    draft = watched.best
    assert draft is not None
    worse = Snapshot(draft.total + 5, draft.lacks, draft.tours)
    assert watched.chosen([worse], 1) == [draft]
    assert watched.chosen([worse, draft], 3) == [draft, worse]


def test_several_starts_give_the_same_plan_again() -> None:
    problem = read_problem(generate("small", 0))
    first, second = (plan_to_json(problem, Watched().run()) for _ in range(2))
    assert first == second


def test_no_start_begins_after_the_search_is_stopped() -> None:
    watched = Watched(lambda: len(watched.started) >= 2)
    plan = watched.run()
    assert len(watched.started) == 2
    assert watched.cooling == []
    assert plan.status == "feasible"


def test_nothing_more_is_laid_out_once_the_search_is_stopped() -> None:
    asked: list[bool] = []
    watched = Watched(lambda: bool(asked))
    watched.begin()
    told = len(watched.all)
    asked.append(True)
    assert watched.lay_out(lambda: 0.0) is watched.best
    assert len(watched.all) == told
