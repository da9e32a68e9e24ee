"""What is said to be the best repair is the best: by the exact model, and by looking at all."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from tests.planning.cases import random_day
from visitplanner.planning import branching
from visitplanner.planning.branching import Branching
from visitplanner.planning.choice import Choice
from visitplanner.planning.events import Event
from visitplanner.planning.exact import lay_out_exactly
from visitplanner.planning.planner import plan
from visitplanner.planning.problem_file import read_problem
from visitplanner.planning.repair import Day
from visitplanner.planning.ways import NEVER, Visits, Ways
from visitplanner.planning.ways_kernel import WaysKernel

DAYS = [(1, 5), (4, 30), (5, 45), (9, 20), (11, 60)]


def late_day(seed: int, now: int, minutes: int = 12, *, crowded: bool = False) -> Day:
    """A random day on which the first group is late, after the quick answer; when crowded, there
    are more groups and each stop takes one at a time."""
    document = random_day(seed, 18 if crowded else 12)
    for stop in document["stops"]:
        stop["groups_at_once"] = 1 if crowded else stop["groups_at_once"]
    problem = read_problem(document)
    before = plan(problem, iterations=40)
    assert before.status == "feasible"
    day = Day(problem, before, Event("late", now, group=before.groups[0].id, minutes=minutes), "en")
    day.mend()
    return day


def choice_of(day: Day) -> tuple[Choice, list[Visits]]:
    """The choice among all timetables of a day, and the one at hand."""
    walkers = [day.walker(g) for g in day.groups]
    return Choice(day.campus, walkers, (), day.event.now), [g.ahead for g in day.groups]


def never() -> bool:
    return False


@pytest.mark.parametrize(("seed", "now"), DAYS)
def test_the_best_repair_is_that_of_the_exact_model(seed: int, now: int) -> None:
    day = late_day(seed, now)
    choice, laid = choice_of(day)
    told = choice.better(laid, 20, never)
    assert told is not None
    found, proved = told
    assert proved
    exact = lay_out_exactly(
        day.campus, choice.walkers, seconds=20, complete=False, hints=laid, now=now
    )
    assert exact.visits is not None
    assert exact.proved
    assert choice.cost(found) == choice.cost(exact.visits) <= choice.cost(laid)


def test_halving_finds_it_where_prices_are_poor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(branching, "ROUNDS", (1, 4))
    halved = 0
    for seed in range(1, 13):
        day = late_day(seed, 20, crowded=True)
        choice, laid = choice_of(day)
        halving = Branching(choice, laid)
        assert halving.run(never)
        halved += halving.looked_at > 2
        exact = lay_out_exactly(
            day.campus, choice.walkers, seconds=20, complete=False, hints=laid, now=20
        )
        assert exact.visits is not None
        assert exact.proved
        assert choice.cost(halving.laid) == choice.cost(exact.visits)
    assert halved > 2


def all_ways(ways: Ways) -> list[tuple[int, Visits]]:
    """Every way of a group with its cost, by trying each minute."""
    walker, campus = ways.walker, ways.campus

    def further(visits: Visits) -> Iterator[Visits]:
        yield visits
        for s in ways.stops:
            if len(visits) < ways.most and s not in dict(visits):
                place, free = visits[-1] if visits else (walker.place, 0)
                first = free + campus.visit[place] + campus.walk[place][s] if visits else 0
                for start in range(
                    max(first, walker.arrival(campus, s) if not visits else 0), ways.until
                ):
                    if ways.cost((*visits, (s, start))) < NEVER // 2:
                        yield from further((*visits, (s, start)))

    return sorted((ways.cost(v), v) for v in further(()))


def cheapest(choice: Choice) -> int:
    """The least cost of a timetable, by looking at all whose cost could be below the best."""
    pools = [all_ways(w) for w in choice.ways]
    least = [pool[0][0] for pool in pools]
    best = NEVER

    def lay(g: int, cost: int, held: list[Visits]) -> None:
        nonlocal best
        if g == len(pools):
            best = cost if not choice.out_of_turn(held) else best
            return
        for own, visits in pools[g]:
            if cost + own + sum(least[g + 1 :]) >= best:
                return
            choice.hold(choice.room, visits, -1)
            if (choice.room >= free).all():
                lay(g + 1, cost + own, [*held, visits])
            choice.hold(choice.room, visits, 1)

    free = np.minimum(choice.room, 0)
    lay(0, 0, [])
    return best


@pytest.mark.parametrize(
    ("seed", "now"), [(3, 85), (15, 70), (16, 85), (17, 70), (22, 85), (25, 70)]
)
def test_nothing_is_cheaper_than_what_is_proved(seed: int, now: int) -> None:
    day = late_day(seed, now, crowded=True)
    choice, laid = choice_of(day)
    told = choice.better([()] * len(laid), 20, never)
    assert told is not None
    assert told[1]
    assert choice.cost(told[0]) == cheapest(choice) <= choice.cost(laid)


@pytest.mark.parametrize(("seed", "now"), DAYS)
def test_the_compiled_search_finds_ways_as_cheap(seed: int, now: int) -> None:
    pytest.importorskip("lupa.luajit21")
    day, kernel = late_day(seed, now), WaysKernel()
    draw = np.random.default_rng(seed)
    choice, _ = choice_of(day)
    for number, walker in enumerate(choice.walkers):
        plain = Ways(day.campus, walker, now)
        compiled = Ways(day.campus, walker, now, kernel, number)
        for most in (1, 40, 400):
            starts = draw.integers(0, most, (day.campus.stops, choice.minutes))
            plain.set_prices(starts)
            compiled.set_prices(starts)
            cost, visits = compiled.cheapest()
            assert cost == plain.cheapest()[0]
            assert cost == plain.cost(visits) + sum(int(starts[s, t]) for s, t in visits)


@pytest.mark.parametrize("before_the_end", [0, 1, 5])
def test_a_stop_whose_visit_cannot_end_within_the_day_is_out_of_reach(before_the_end: int) -> None:
    # The compiled search wrote outside its tables for such a stop, and never came back.
    horizon = read_problem(random_day(1)).horizon
    day = late_day(1, horizon - before_the_end)
    choice, laid = choice_of(day)
    assert [ways.stops for ways in choice.ways] == [[] for _ in laid]
    told = choice.better(laid, 20, never)
    assert told == (laid, True)
