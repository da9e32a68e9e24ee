"""The checker accepts what is built to be valid and names the rule of every fault put in."""

from __future__ import annotations

import copy
import json
import random
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.tour_faults import INJECTIONS
from tests.support.tours import built, restated
from visitplanner.planning.checker import Fault, check, check_groups, score

SEEDS = range(25)


def rules(faults: list[Fault]) -> set[str]:
    return {fault.rule for fault in faults}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_plan_built_to_be_valid_has_no_fault(seed: int) -> None:
    assert check(*built(seed)) == []


@pytest.mark.parametrize("name", INJECTIONS)
def test_a_fault_put_in_is_caught_as_the_rule_it_breaks_and_nothing_else(name: str) -> None:
    rule, inject = INJECTIONS[name]
    for seed in SEEDS:
        problem, plan = built(seed)
        inject(problem, plan)
        assert rules(check(problem, restated(problem, plan))) == {rule}, seed


def test_every_hard_rule_has_a_fault_put_in() -> None:
    assert {rule for rule, _ in INJECTIONS.values()} == {f"H{n}" for n in range(1, 13)}


def test_a_fault_tells_whom_when_and_in_words() -> None:
    problem, plan = built(3)
    visit = plan["groups"][1]["visits"][0]
    visit["end"] += 2
    (fault,) = check(problem, plan)
    assert (fault.rule, fault.who, fault.when) == ("H6", "B", visit["start"])
    assert fault.text == f"Group B leaves {visit['stop']} at {visit['end']}; " + (
        f"the visit ends at {visit['end'] - 2}"
    )


def test_the_order_of_visits_in_the_file_does_not_matter() -> None:
    problem, plan = built(4)
    for group in plan["groups"]:
        group["visits"].reverse()
    assert check(problem, plan) == []


def test_heads_who_skip_the_headline_stop_are_left_out_of_the_order() -> None:
    problem, plan = built(5)
    last = max((v["start"], n) for n, g in enumerate(plan["groups"]) for v in g["visits"]
               if v["stop"] == "s2")[1]  # fmt: skip
    INJECTIONS["highest_head_received_last"][1](problem, plan)
    group = plan["groups"][last]
    group["visits"] = [v for v in group["visits"] if v["stop"] != "s2"]
    problem["rules"]["stops_per_group"][0] -= 1
    problem["pinned"] = []
    assert "H11" not in rules(check(problem, plan))


def test_walks_left_out_go_the_shortest_way_round() -> None:
    problem, plan = built(6)
    visit, following = plan["groups"][0]["visits"][:2]
    a, b = visit["stop"], following["stop"]
    via = next(s for s in problem["walk"] if s not in (a, b, "hall"))
    problem["walk"][a].pop(b)
    problem["walk"][a][via] = problem["walk"][via][b] = 0
    plan["score"] = score(problem, plan["groups"])
    assert rules(check(problem, plan)) <= {"score"}
    problem["walk"][a] = {via: 200}
    assert "H8" in rules(check(problem, plan))


@pytest.mark.parametrize("figure", ["idle", "walk", "unmet_wish", "interpreter", "total"])
def test_a_wrong_figure_of_the_score_is_caught(figure: str) -> None:
    problem, plan = built(7)
    plan["score"][figure] += 1
    (fault,) = check(problem, plan)
    assert (fault.rule, fault.who) == ("score", figure)


def test_the_score_is_that_of_the_format() -> None:
    problem, plan = built(8)
    weights = {"idle": 3, "walk": 5, "unmet_wish": 7, "interpreter": 11}
    problem["rules"]["weights"] = weights
    own = score(problem, plan["groups"])
    assert own["interpreter"] == len(plan["groups"])
    walk = problem["walk"]
    ways = [["hall", *(v["stop"] for v in g["visits"]), "hall"] for g in plan["groups"]]
    assert own["walk"] == sum(walk[a][b] for w in ways for a, b in pairwise(w))
    shown = {s["id"]: s["visit"] for s in problem["stops"]}
    backs = [g["visits"][-1]["end"] + walk[g["visits"][-1]["stop"]]["hall"] for g in plan["groups"]]
    seen = sum(shown[v["stop"]] for g in plan["groups"] for v in g["visits"])
    assert own["idle"] + own["walk"] + seen == sum(backs)
    assert own["total"] == sum(weights[key] * own[key] for key in weights)


@pytest.mark.parametrize(
    ("changes", "who"),
    [
        ({"bound": 10**9, "gap": 0.0}, "bound"),
        ({"grouping_bound": 10**9}, "grouping_bound"),
        ({"status": "optimal"}, "status"),
        ({"gap": 0.5}, "gap"),
    ],
)
def test_a_claim_the_bounds_do_not_carry_is_caught(changes: dict[str, Any], who: str) -> None:
    problem, plan = built(9)
    assert who in {f.who for f in check(problem, plan | changes) if f.rule == "score"}


def test_an_optimum_with_its_proof_is_accepted() -> None:
    problem, plan = built(10)
    proved = {"status": "optimal", "bound": plan["score"]["total"], "gap": 0.0}
    assert check(problem, plan | proved) == []
    assert rules(check(problem, plan | proved | {"bound": plan["score"]["total"] - 1})) == {"score"}


def test_an_infeasible_plan_has_reasons_and_no_groups() -> None:
    problem, plan = built(11)
    reason = {"code": "stop-hours", "text": "Too few hours", "relax": "stops_per_group"}
    refused = plan | {"status": "infeasible", "groups": [], "gap": 0.0, "grouping_bound": 0}
    assert check(problem, refused | {"reasons": [reason]}) == []
    assert [f.who for f in check(problem, refused)] == ["reasons"]
    kept = refused | {"groups": plan["groups"], "reasons": [reason]}
    assert [f.who for f in check(problem, kept)] == ["groups"]


@pytest.mark.parametrize("status", ["infeasible", "unknown"])
def test_a_plan_without_result_may_not_hide_groups(status: str) -> None:
    problem, plan = built(12)
    reason = {"code": "x", "text": "y", "relax": "z"}
    assert rules(check(problem, plan | {"status": status, "reasons": [reason]})) == {"format"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("planner", "us"),
        ("format", "visitplanner-tour-plan/2"),
        ("problem", "another"),
        ("status", "perfect"),
        ("seed", 1.5),
        ("seconds", -1),
        ("gap", float("nan")),
        ("bound", True),
        ("groups", {}),
        ("groups[0].colour", "green"),
        ("groups[0].id", "B"),
        ("groups[0].visits[0].start", 4.0),
        ("groups[0].visits[0].note", ""),
        ("groups[0].members[0].part", "0"),
        ("groups[0].members[0].name", "x"),
        ("groups[0].interpreters", []),
        ("groups[0].working_languages", "ru"),
        ("score.total", "0"),
        ("score.mean", 3),
        ("reasons", [{"code": "x", "text": 1, "relax": "y"}]),
    ],
)
def test_what_the_format_does_not_know_is_refused_by_name(path: str, value: object) -> None:
    problem, plan = built(13)
    *way, last = path.replace("[0]", ".0").split(".")
    place: Any = plan
    for step in way:
        place = place[int(step)] if step.isdigit() else place[step]
    place[last] = value
    named = [f.text for f in check(problem, plan) if f.rule == "format"]
    assert len(named) == 1
    assert last in named[0] or "two groups" in named[0]


@pytest.mark.parametrize("key", list(built(14)[1]))
def test_what_the_format_asks_for_may_not_be_missing(key: str) -> None:
    problem, plan = built(14)
    del plan[key]
    assert f"plan.{key}" in {f.who for f in check(problem, plan) if f.rule == "format"}


def test_a_hand_edit_is_judged_without_score_or_bounds() -> None:
    problem, plan = built(15)
    assert check_groups(problem, plan["groups"]) == []
    plan["groups"][0]["escort"] = None
    assert [f.rule for f in check_groups(problem, plan["groups"])] == ["H4"]


def test_a_problem_that_is_none_is_a_fault_too() -> None:
    problem, plan = built(16)
    del problem["walk"]["hall"]
    for broken in ({}, problem | {"stops": 3}, problem | {"rules": None}):
        assert [(f.rule, f.who) for f in check(broken, plan)] == [("format", "problem")]
        assert [f.who for f in check_groups(broken, plan["groups"])] == ["problem"]


def test_the_checker_changes_nothing_and_says_the_same_twice() -> None:
    problem, plan = built(17)
    before = copy.deepcopy((problem, plan))
    plan["groups"][0]["visits"][0]["start"] += 1
    first = check(problem, plan)
    assert first == check(problem, plan) != []
    plan["groups"][0]["visits"][0]["start"] -= 1
    assert (problem, plan) == before


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)


@given(st.integers(0, 3), st.randoms(use_true_random=False), st.lists(JUNK, min_size=1, max_size=3))
@settings(max_examples=300, deadline=None)
def test_a_mangled_plan_is_a_list_of_faults_never_an_error(
    seed: int, r: random.Random, junk: list[Any]
) -> None:
    problem, plan = built(seed)
    mangled = copy.deepcopy(plan)
    for value in junk:
        _mangle(mangled, value, r)
    faults = check(problem, mangled)
    assert all(isinstance(f, Fault) and f.text for f in faults)
    if json.dumps(mangled, sort_keys=True) == json.dumps(plan, sort_keys=True):
        assert faults == []


def _mangle(place: Any, value: object, r: random.Random) -> None:
    """Put `value` somewhere below `place`."""
    while True:
        keys = list(place) if isinstance(place, dict) else range(len(place))
        key = r.choice(list(keys))
        inner = place[key]
        if not isinstance(inner, (dict, list)) or not inner or r.random() < 0.2:
            place[key] = value
            return
        place = inner
