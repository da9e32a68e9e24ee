"""Judges tour plans by the documented format alone: H1 to H12, score, bounds, status, form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from visitplanner.planning.checking.facts import Facts, facts_of
from visitplanner.planning.checking.fault import Fault
from visitplanner.planning.checking.figures import (
    bound_faults,
    reason_faults,
    score_faults,
    score_of,
)
from visitplanner.planning.checking.membership import membership_faults
from visitplanner.planning.checking.reading import Group, Reading, read_groups
from visitplanner.planning.checking.staffing import staffing_faults
from visitplanner.planning.checking.timetable import timetable_faults

FORMAT = "visitplanner-tour-plan/1"
STATUSES = ("optimal", "feasible", "infeasible", "unknown")
PLAN_KEYS = (
    "format", "problem", "status", "groups", "score", "bound", "grouping_bound", "gap", "seconds",
    "seed", "reasons",
)  # fmt: skip
UNREADABLE = (KeyError, TypeError, ValueError, AttributeError)

__all__ = ["Fault", "check", "check_groups", "score"]

Json = Any
"""A parsed JSON document; nothing is assumed of its shape."""


def check(problem: Mapping[str, Json], plan: Mapping[str, Json]) -> list[Fault]:
    """Every fault of a plan document against its problem document; [] is a valid plan.

    Both are parsed JSON of the formats `visitplanner-tour-problem/1` and `-plan/1` (minutes from
    the start). Never raises: what cannot be read is a fault of rule "format". A plan of status
    infeasible or unknown is judged by its form alone: it must have no groups.
    """
    try:
        facts = facts_of(problem)
    except UNREADABLE as error:
        return [Fault("format", "problem", None, f"The problem cannot be read: {error}")]
    reading = Reading()
    own = reading.object("plan", plan, PLAN_KEYS)
    groups = read_groups(reading, own.get("groups", []))
    sound = not reading.faults
    faults = [*reading.faults, *_heading_faults(facts, own), *reason_faults(own)]
    if own.get("status") in STATUSES[2:]:
        if groups:
            text = f"A plan of status {own['status']} has no groups, this one has {len(groups)}"
            faults.append(Fault("format", "groups", None, text))
        return faults
    faults += _hard_faults(facts, groups)
    if sound:
        faults += score_faults(facts, groups, own.get("score"))
        faults += bound_faults(own, score_of(facts, groups)["total"])
    return faults


def check_groups(problem: Mapping[str, Json], groups: list[Json]) -> list[Fault]:
    """Faults of a list of groups (the plan's `groups`), for plans edited by hand: no score, no
    bounds. Raises nothing, like `check`."""
    try:
        facts = facts_of(problem)
    except UNREADABLE as error:
        return [Fault("format", "problem", None, f"The problem cannot be read: {error}")]
    reading = Reading()
    found = read_groups(reading, groups)
    return [*reading.faults, *_hard_faults(facts, found)]


def score(problem: Mapping[str, Json], groups: list[Json]) -> dict[str, int]:
    """The score of a list of groups (the plan's `groups`): `idle` and `walk` in minutes,
    `unmet_wish` in weight, `interpreter` in persons, `total` weighted. What is not of the format
    counts for nothing. Raises KeyError, TypeError or ValueError for an unreadable problem."""
    facts = facts_of(problem)
    return score_of(facts, read_groups(Reading(), groups))


def _hard_faults(facts: Facts, groups: list[Group]) -> list[Fault]:
    return [
        *membership_faults(facts, groups),
        *staffing_faults(facts, groups),
        *timetable_faults(facts, groups),
    ]


def _heading_faults(facts: Facts, own: Mapping[str, Json]) -> list[Fault]:
    reading = Reading()
    if "format" in own and own["format"] != FORMAT:
        reading.refuse("format", f"must be “{FORMAT}”")
    if "problem" in own and own["problem"] != facts.name:
        reading.refuse("problem", f"must be the name of the problem, “{facts.name}”")
    if "status" in own and own["status"] not in STATUSES:
        reading.refuse("status", "must be one of " + ", ".join(STATUSES))
    if "seconds" in own:
        reading.number("seconds", own["seconds"])
    if "seed" in own:
        reading.whole("seed", own["seed"])
    return reading.faults
