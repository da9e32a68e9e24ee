"""Guests who change groups: trades keep the books and the rules, packed groups lose nobody."""

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
from visitplanner.planning.planner import Search, plan
from visitplanner.planning.problem_file import read_problem


def search(document: dict[str, object], seed: int = 1) -> Search:
    campus = compile_campus(read_problem(document))
    found = Search(campus, Budget(None, 100, lambda: False), seed, None, "en")
    found.grouping.begin()
    return found


@pytest.mark.parametrize("seed", range(6))
def test_trades_change_the_total_by_what_they_say_and_break_no_rule(seed: int) -> None:
    document = random_day(seed, 20, 6)
    own = search(document)
    rota = own.rota
    rota.begin(own.grouping.drafts)
    total, traded = rota.total(), 0
    lacks = rota.lacks()
    for _ in range(400):
        before = [t.draft for t in rota.tours]
        total += rota.trade(40.0)
        traded += before != [t.draft for t in rota.tours]
        assert total == rota.total()
        assert all(t.cost == rota.cost_of(t.draft, t.visits) for t in rota.tours)
    assert traded
    snapshot = rota.snapshot(total)
    groups, staffed = finished_groups(own.campus, snapshot)
    if staffed and not snapshot.lacks and not lacks:
        problem = own.campus.problem
        made = Plan("feasible", groups=groups, score=score_of(problem, groups), seed=1)
        assert check(document, plan_to_json(problem, made)) == []


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
