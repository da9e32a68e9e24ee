"""Impossible tours are explained in words, with ways out that hold."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.planning.cases import demo_day, random_day
from visitplanner.planning.plan import Plan, back_in_hall
from visitplanner.planning.planner import plan
from visitplanner.planning.precheck import precheck
from visitplanner.planning.problem import Pin, Problem
from visitplanner.planning.problem_file import read_problem

PROBLEMS = Path(__file__).parent / "problems"


def codes(document: dict[str, Any]) -> list[str]:
    """Codes of what the pre-check finds."""
    return [reason.code for reason in precheck(read_problem(document))]


def test_a_possible_day_has_no_reason_against_it() -> None:
    assert codes(demo_day(4)) == []


@pytest.mark.parametrize("language", ["en", "ru", "fr", "es", "ar", "zh"])
def test_six_stops_do_not_fit_and_three_costed_ways_out_are_named(language: str) -> None:
    problem = read_problem(PROBLEMS / "demo-six-stops.json")
    found = plan(problem, iterations=100, language=language)
    assert found.status == "infeasible"
    assert found.groups == ()
    reasons = {r.code: r for r in found.reasons}
    assert "540" in reasons["stop-hours"].text
    assert "504" in reasons["stop-hours"].text
    ways = [r for r in found.reasons if r.code.startswith("way-")]
    assert len({w.relax for w in ways}) >= 3
    assert all(any(c.isdigit() for c in w.text) for w in ways)


def test_five_stops_are_45_visits_where_42_fit() -> None:
    found = plan(read_problem(PROBLEMS / "demo-five-stops.json"), iterations=100)
    assert found.status == "infeasible"
    assert found.reasons[0].code == "stop-visits"
    assert "45" in found.reasons[0].text
    assert "42" in found.reasons[0].text
    assert len([r for r in found.reasons if r.code.startswith("way-")]) >= 3


def test_four_stops_fit() -> None:
    found = plan(read_problem(PROBLEMS / "demo-four-stops.json"), iterations=100)
    assert found.status in ("feasible", "optimal")


@pytest.mark.parametrize("stops", [4, 5, 6])
def test_the_problem_files_are_the_day_of_the_visit(stops: int) -> None:
    name = {4: "four", 5: "five", 6: "six"}[stops]
    text = (PROBLEMS / f"demo-{name}-stops.json").read_text(encoding="utf-8")
    assert json.loads(text) == demo_day(stops)


def test_a_language_without_interpreter_is_named() -> None:
    document = demo_day(4)
    document["delegations"][7]["languages"] = ["zh"]
    found = precheck(read_problem(document))
    assert [(r.code, r.relax) for r in found] == [("language", "staff")]
    assert "M07" in found[0].text
    assert "Chinese" in found[0].text
    ways = plan(read_problem(document), iterations=100).reasons[1:]
    assert [r.code for r in ways] == ["way-interpreter"]


def test_a_delegation_larger_than_any_group_is_named() -> None:
    document = demo_day(4, group_people=[1, 2])
    assert "too-large" in codes(document)


def test_a_delegation_with_too_few_stops_is_named() -> None:
    document = demo_day(4)
    for stop in document["stops"][:3]:
        stop["barred"] = ["C05"]
    assert codes(document) == ["few-stops"]


@pytest.mark.parametrize(
    ("pins", "code"),
    [
        ([{"delegation": "M00", "with": ["M01"]}], "pin-apart"),
        ([{"delegation": "M00", "with": [f"M{n:02d}" for n in range(2, 12)]}], "pin-company"),
        (
            [
                {"delegation": "M00", "stop": "stop1", "start": 10},
                {"delegation": "M00", "stop": "stop1", "start": 30},
            ],
            "pin-starts",
        ),
        ([{"delegation": "M00", "stop": "stop5"}], "pin-barred"),
        ([{"delegation": "M00", "stop": "stop1", "start": 2}], "pin-closed"),
        ([{"delegation": "M00", "stop": f"stop{n}"} for n in range(5)], "pin-many"),
        (
            [{"delegation": f"M{n:02d}", "stop": "stop1", "start": 10} for n in range(12)],
            "pin-places",
        ),
    ],
)
def test_contradictory_pins_are_named(pins: list[dict[str, Any]], code: str) -> None:
    document = demo_day(4)
    document["delegations"][0]["apart_from"] = ["M01"]
    document["stops"][5]["barred"] = ["C00"]
    document["pinned"] = pins
    assert code in codes(document)


def test_too_few_escorts_and_interpreters_are_named() -> None:
    document = demo_day(4)
    document["staff"] = document["staff"][1:9] + document["staff"][11:]
    assert set(codes(document)) == {"escorts", "interpreters"}


def lonely(document: dict[str, Any]) -> None:
    document["delegations"][0]["apart_from"] = [d["id"] for d in document["delegations"][1:]]


def too_many_apart(document: dict[str, Any]) -> None:
    hostile = [d["id"] for d in document["delegations"][:12]]
    for d in document["delegations"][:12]:
        d["apart_from"] = [x for x in hostile if x != d["id"]]


def pins(*pinned: tuple[int, int, int]) -> Callable[[dict[str, Any]], None]:
    """Delegations, stops and starts to pin."""

    def change(document: dict[str, Any]) -> None:
        if pinned[0][1] == 5:
            document["rules"]["headline"] = {"stop": "stop5", "depth": 4}
        if pinned[0][1] == 2:
            for stop in document["stops"][2:4]:
                stop["speaker"] = "professor"
        document["pinned"] = [
            {"delegation": f"M{who:02d}", "stop": f"stop{stop}", "start": start}
            for who, stop, start in pinned
        ]

    return change


def short_duty(document: dict[str, Any]) -> None:
    for person in document["staff"][:5]:
        person["windows"] = [[0, 40]]


def late_duty(document: dict[str, Any]) -> None:
    for person in document["staff"]:
        person["windows"] = [[10, 84]]


def one_language(document: dict[str, Any]) -> None:
    document["rules"]["working_languages_per_group"] = 1
    document["delegations"][0]["languages"] = ["zh"]
    document["staff"].append({"id": "Z", "role": "interpreter", "languages": ["zh"]})


def narrow_stops(document: dict[str, Any]) -> None:
    for stop in document["stops"]:
        stop["people"] = 5


def one_speaker(document: dict[str, Any]) -> None:
    for stop in document["stops"]:
        stop["speaker"] = "professor"


def far_stop(document: dict[str, Any]) -> None:
    for origin, row in document["walk"].items():
        row |= {target: 200 for target in row if "stop5" in (origin, target)}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lonely, "lonely"),
        (one_language, "lonely"),
        (too_many_apart, "apart-many"),
        (pins((0, 0, 10), (0, 1, 15)), "pin-overlap"),
        (pins((0, 5, 50), (1, 5, 10)), "pin-order"),
        (pins((4, 0, 20), (5, 0, 22)), "pin-places"),
        (pins((4, 2, 20), (5, 3, 25)), "pin-speaker"),
        (short_duty, "escorts-hours"),
        (late_duty, "language"),
        (narrow_stops, "stops-small"),
        (one_speaker, "stop-visits"),
        (far_stop, "stop-far"),
    ],
)
def test_what_cannot_be_is_proved_and_a_way_out_holds(
    change: Callable[[dict[str, Any]], None], code: str
) -> None:
    document = demo_day(4)
    change(document)
    found = plan(read_problem(document), iterations=60)
    assert found.status == "infeasible"
    assert code in {r.code for r in found.reasons}
    if code not in ("pin-speaker", "stops-small", "stop-visits"):
        assert any(r.code.startswith("way-") for r in found.reasons)


@pytest.mark.parametrize("seed", range(40))
def test_nothing_is_proved_impossible_that_has_a_plan(seed: int) -> None:
    problem = read_problem(random_day(seed))
    found = plan(problem, iterations=20)
    if found.groups:
        tight = replace(
            problem,
            pinned=tuple(
                Pin(m.delegation, stop=v.stop, start=v.start)
                for g in found.groups
                for m in g.members[:1]
                if m.part == 0
                for v in g.visits
            ),
            horizon=max(back_in_hall(problem, g) for g in found.groups),
            staff=tuple(s for s in problem.staff if s.id in staff_of(found)),
        )
        assert precheck(clipped(tight)) == ()


def staff_of(found: Plan) -> set[str]:
    """Who is used."""
    helpers = {who for g in found.groups for _, who in g.interpreters}
    return helpers | {g.escort for g in found.groups if g.escort}


def clipped(problem: Problem) -> Problem:
    """Opening and duty hours cut at the horizon."""
    end = problem.horizon

    def cut(windows: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
        return tuple((a, min(b, end)) for a, b in windows if a < end)

    stops = tuple(replace(s, windows=cut(s.windows)) for s in problem.stops)
    staff = tuple(replace(s, windows=cut(s.windows)) for s in problem.staff)
    return replace(problem, stops=stops, staff=staff)


def test_no_place_is_asked_for_where_nobody_can_go() -> None:
    document = demo_day(4)
    document["stops"][0]["windows"] = []
    found = plan(read_problem(document), iterations=40)
    assert found.status == "infeasible"
    places = [r.text for r in found.reasons if r.relax == "groups_at_once"]
    assert places
    assert not any("stop0" in text for text in places)
