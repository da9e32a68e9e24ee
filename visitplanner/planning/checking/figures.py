"""The figures of a plan file: score recomputed, bounds, gap, status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from visitplanner.planning.checking.facts import Facts
from visitplanner.planning.checking.fault import Fault
from visitplanner.planning.checking.membership import known
from visitplanner.planning.checking.reading import Group, Reading
from visitplanner.planning.checking.timetable import known_visits

SCORE_KEYS = ("idle", "walk", "unmet_wish", "interpreter", "total")
REASON_KEYS = ("code", "text", "relax")
ROUNDING = Fraction(1, 1000)
"""How far a stated gap may be from the exact one: plan files round it."""

Json = Any
"""A value of the parsed document, of unknown kind until read."""


def score_of(facts: Facts, groups: Sequence[Group]) -> dict[str, int]:
    """Minutes waited and walked, weight of unmet wishes, interpreters, and the weighted total."""
    score = {
        "idle": sum(_idle(facts, group) for group in groups),
        "walk": sum(_walk(facts, group) for group in groups),
        "unmet_wish": sum(_unmet(facts, group) for group in groups),
        "interpreter": sum(len(group.interpreters) for group in groups),
    }
    score["total"] = sum(facts.weights[key] * value for key, value in score.items())
    return score


def _idle(facts: Facts, group: Group) -> int:
    place, free, idle = facts.hall, 0, 0
    for visit, stop in known_visits(facts, group):
        idle += visit.start - free - facts.walk[place, stop.id]
        place, free = stop.id, visit.start + stop.visit
    return idle


def _walk(facts: Facts, group: Group) -> int:
    way = [facts.hall, *(stop.id for _, stop in known_visits(facts, group)), facts.hall]
    return sum(facts.walk[a, b] for a, b in pairwise(way))


def _unmet(facts: Facts, group: Group) -> int:
    seen = {visit.stop for visit in group.visits}
    return sum(
        weight
        for who, part in group.members
        if known(facts, (who, part))
        for stop, weight in facts.delegations[who].parts[part][1].items()
        if stop not in seen
    )


def score_faults(facts: Facts, groups: Sequence[Group], stated: Json) -> Iterator[Fault]:
    """Figures of the stated score that do not follow from the groups."""
    reading = Reading()
    own = reading.object("score", stated, SCORE_KEYS)
    values = {key: reading.whole(f"score.{key}", own[key]) for key in SCORE_KEYS if key in own}
    yield from reading.faults
    for key, true in score_of(facts, groups).items():
        value = values.get(key)
        if value is not None and value != true:
            yield Fault("score", key, None, f"The plan states {key} {value}, it is {true}")


def bound_faults(plan: Mapping[str, Json], total: int) -> Iterator[Fault]:
    """Bounds above the total, a gap that does not follow, an optimum that is not proved."""
    reading = Reading()
    bound = None if plan.get("bound") is None else reading.whole("bound", plan["bound"])
    grouping = reading.whole("grouping_bound", plan.get("grouping_bound", 0))
    gap = reading.number("gap", plan.get("gap", 0))
    yield from reading.faults
    for name, value in (("bound", bound), ("grouping_bound", grouping)):
        if value is not None and value > total:
            text = f"The {name} {value} is above the total {total}"
            yield Fault("score", name, None, text)
    if plan.get("status") == "optimal" and bound != total:
        text = f"The plan is called optimal, its bound is {bound} and its total {total}"
        yield Fault("score", "status", None, text)
    base = grouping if bound is None else bound
    if gap is None or base is None or base <= 0:
        return
    true = Fraction(total - base, base)
    if abs(Fraction(gap) - true) > ROUNDING:
        text = f"The plan states a gap of {gap:.4f}, it is {float(true):.4f}"
        yield Fault("score", "gap", None, text)


def reason_faults(plan: Mapping[str, Json]) -> Iterator[Fault]:
    """Reasons of the wrong form, and an infeasible plan that gives none."""
    reading = Reading()
    reasons = reading.items("reasons", plan.get("reasons", []))
    for path, item in reasons:
        own = reading.object(path, item, REASON_KEYS)
        for key in REASON_KEYS:
            if key in own and not (key == "relax" and own[key] is None):
                reading.text(f"{path}.{key}", own[key])
    if plan.get("status") == "infeasible" and not reasons:
        reading.refuse("reasons", "an infeasible problem must have at least one reason")
    yield from reading.faults
