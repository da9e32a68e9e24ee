"""A relaxed rule never makes a plan worse; pins hold; what more staff buys is computed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planning.cases import demo_day, random_day
from visitplanner.planning.checker import check
from visitplanner.planning.plan_file import plan_to_json
from visitplanner.planning.planner import plan
from visitplanner.planning.problem import Problem
from visitplanner.planning.problem_document import problem_to_json
from visitplanner.planning.problem_file import read_problem
from visitplanner.planning.relaxed import with_horizon, with_places, with_staff
from visitplanner.planning.what_if import shortages, what_if


def relaxed(problem: Problem, kind: int) -> Problem:
    """The problem with one rule relaxed."""
    least, most = problem.rules.stops_per_group
    return [
        with_horizon(problem, problem.horizon + 10),
        with_places(problem, {problem.stops[0].id}),
        with_staff(problem, "escort", (), 1),
        with_staff(problem, "interpreter", ("en",), 1),
        replace(problem, pinned=()),
        replace(problem, rules=replace(problem.rules, headline=None)),
        replace(problem, rules=replace(problem.rules, stops_per_group=(least, most + 1))),
    ][kind]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1000), st.integers(0, 6))
def test_a_relaxed_rule_never_makes_a_plan_worse(seed: int, kind: int) -> None:
    problem = read_problem(random_day(seed))
    before = plan(problem, iterations=20)
    if not before.groups:
        return
    wider = relaxed(problem, kind)
    after = plan(wider, iterations=20, start=before)
    assert after.score.total <= before.score.total
    assert check(problem_to_json(wider), plan_to_json(wider, after)) == []


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000))
def test_pins_hold(seed: int) -> None:
    document = random_day(seed)
    document["pinned"] = [
        {"delegation": "D2", "with": ["D4"]},
        {"delegation": "D5", "stop": "s0", "start": 20},
    ]
    document["delegations"][4]["languages"] = document["delegations"][2]["languages"]
    document["delegations"][5]["step_free"] = False
    found = plan(read_problem(document), iterations=40)
    for g in found.groups:
        members = {m.delegation for m in g.members if m.part == 0}
        assert ("D2" in members) == ("D4" in members)
        if "D5" in members:
            assert ("s0", 20) in {(v.stop, v.start) for v in g.visits}


def test_staff_who_go_home_early_lead_no_group_that_is_out() -> None:
    document = demo_day(4)
    for person in document["staff"]:
        person["windows"] = [[0, 80]]
    document["horizon"] = 90
    found = plan(read_problem(document), iterations=100)
    assert found.status in ("feasible", "optimal")
    assert check(document, plan_to_json(read_problem(document), found)) == []


@pytest.mark.parametrize("seed", range(4))
def test_a_plan_that_needs_everybody_to_their_last_minute_is_found(seed: int) -> None:
    document = random_day(seed)
    problem = read_problem(document)
    last = dict.fromkeys((s.id for s in problem.staff), 5)
    for g in plan(problem, iterations=60).groups:
        back = g.visits[-1].end + problem.minutes(g.visits[-1].stop, problem.hall)
        last |= dict.fromkeys((str(g.escort), *dict(g.interpreters).values()), back)
    assert len(set(last.values())) > 2
    for person in document["staff"]:
        person["windows"] = [[0, last[person["id"]]]]
    found = plan(read_problem(document), iterations=200, seed=2)
    assert found.status in ("feasible", "optimal")
    assert check(document, plan_to_json(read_problem(document), found)) == []


def test_one_more_place_saves_waiting_and_says_so() -> None:
    problem = read_problem(demo_day(4))
    current = plan(problem, iterations=60)
    found = what_if(problem, current, iterations=60)
    assert found
    assert all(g.points > 0 for g in found)
    assert [g.points for g in found] == sorted((g.points for g in found), reverse=True)
    assert any(g.code == "more-place" and str(g.idle) in g.text for g in found)
    for gain in found[:4]:
        changed = problem_to_json(gain.problem)
        assert check(changed, plan_to_json(gain.problem, gain.plan)) == []
        better = plan(problem, iterations=60, start=plan(problem, iterations=60, start=current))
        assert gain.points == better.score.total - gain.plan.score.total


def test_who_is_short_is_named_in_every_language() -> None:
    problem = read_problem(demo_day(4))
    current = plan(problem, iterations=60)
    codes = [r.code for r in shortages(problem, current)]
    assert "no-escort-spare" in codes
    spare = with_staff(problem, "escort", (), 1)
    assert "no-escort-spare" not in [r.code for r in shortages(spare, current)]
    for language in ("ru", "fr", "es", "ar", "zh"):
        said = shortages(problem, current, language)
        assert [r.code for r in said] == codes
        assert not {r.text for r in said} & {r.text for r in shortages(problem, current)}


@pytest.mark.parametrize("weight", ["idle", "walk", "unmet_wish", "interpreter"])
def test_weights_of_any_size_still_give_a_complete_plan(weight: str) -> None:
    document = demo_day(4)
    document["rules"]["weights"] = {weight: 10_000}
    problem = read_problem(document)
    found = plan(problem, iterations=80)
    assert found.status == "feasible"
    assert check(document, plan_to_json(problem, found)) == []
    assert found.grouping_bound <= found.score.total
