"""Guests who change groups: every step keeps the books and the rules, nobody is lost."""

from __future__ import annotations

import pytest

from benchmarks.tour_instances import generate
from tests.planning.cases import random_day
from visitplanner.planning.budget import Budget
from visitplanner.planning.campus import compile_campus
from visitplanner.planning.checker import check
from visitplanner.planning.outcome import finished_groups
from visitplanner.planning.packing import crews, pack
from visitplanner.planning.plan import Plan, score_of
from visitplanner.planning.plan_file import plan_to_json
from visitplanner.planning.planner import plan
from visitplanner.planning.problem_file import read_problem
from visitplanner.planning.search import Search


def search(document: dict[str, object], seed: int = 1) -> Search:
    campus = compile_campus(read_problem(document))
    found = Search(campus, Budget(None, 100, lambda: False), seed, None, "en")
    found.grouping.begin()
    return found


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("trades", [0, 40])
def test_steps_change_the_total_by_what_they_say_and_break_no_rule(seed: int, trades: int) -> None:
    document = random_day(seed, 20, 6)
    own = search(document)
    rota, board = own.rota, own.rota.board
    rota.begin(own.grouping.drafts)
    begun, seen = rota.snapshot(), set()
    slots = board.books()[2]
    for k in range(200):
        board.anneal(1, trades, 40.0 if k % 2 else 5.0)
        kept, afresh, there = board.books()
        assert kept == afresh
        assert there == slots
        seen.add(kept)
    assert len(seen) > 10
    snapshot = rota.snapshot()
    assert (snapshot.lacks, snapshot.total) <= (begun.lacks, begun.total)
    everybody = sorted(i for d, _ in snapshot.tours for i in d.sketch.blocks)
    assert everybody == list(range(len(own.campus.blocks)))
    groups, staffed = finished_groups(own.campus, snapshot)
    if staffed and not snapshot.lacks:
        problem = own.campus.problem
        made = Plan("feasible", groups=groups, score=score_of(problem, groups), seed=1)
        assert check(document, plan_to_json(problem, made)) == []


@pytest.mark.parametrize("seed", range(4))
def test_guests_are_sorted_without_losing_anybody(seed: int) -> None:
    own = search(random_day(seed, 20, 6))
    grouping = own.grouping
    before = sum(grouping.cost(d) for d in grouping.drafts) + grouping.lacking(grouping.drafts)
    grouping.improve(Budget(None, 100, lambda: False).span(0, 1, 3_000, 32))
    after = sum(d.sketch.solo + grouping.price(d) for d in grouping.drafts)
    assert after + grouping.lacking(grouping.drafts) <= before
    everybody = sorted(i for d in grouping.drafts for i in d.sketch.blocks)
    assert everybody == list(range(len(own.campus.blocks)))


@pytest.mark.parametrize("day", [0, 1])
def test_packed_groups_hold_everybody_and_take_fewer_interpreters(day: int) -> None:
    own = search(generate("small", day))
    campus, grouping = own.campus, own.grouping
    before = sum(d.helpers for d in grouping.drafts)
    found = crews(campus, grouping.supply, 1)
    assert found is not None
    assert found == crews(campus, grouping.supply, 1)
    everybody = list(range(len(campus.blocks)))
    assert sorted(i for crew in found for i in crew.blocks) == everybody
    assert sum(crew.helpers for crew in found) < before
    for crew in found:
        people = sum(campus.blocks[i].people for i in crew.blocks)
        assert crew.groups * campus.least_people <= people <= crew.groups * campus.most_group
    pack(grouping, found)
    assert sorted(i for d in grouping.drafts for i in d.sketch.blocks) == everybody
    assert all(d.sketch.people <= campus.most_group for d in grouping.drafts)
    assert sum(d.helpers for d in grouping.drafts) < before


def test_a_plan_from_packed_groups_keeps_every_rule() -> None:
    document = generate("small", 3)
    problem = read_problem(document)
    found = plan(problem, iterations=6_000, seed=2)
    assert check(document, plan_to_json(problem, found)) == []
    assert found == plan(problem, iterations=6_000, seed=2)
