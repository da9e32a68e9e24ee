"""Impossible tours are explained in words, with ways out that hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.planning.cases import demo_day
from visitplanner.planning.planner import plan
from visitplanner.planning.precheck import precheck
from visitplanner.planning.problem_file import read_problem

PROBLEMS = Path(__file__).parent / "problems"


def codes(document: dict[str, Any]) -> list[str]:
    """Codes of what the pre-check finds."""
    return [reason.code for reason in precheck(read_problem(document))]


def test_a_possible_day_has_no_reason_against_it() -> None:
    assert codes(demo_day(4)) == []


@pytest.mark.parametrize("language", ["en", "ru"])
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
    assert "zh" in found[0].text


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
