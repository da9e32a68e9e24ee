"""What the checker needs to know of a problem, taken straight from the JSON values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

WEIGHTS = {"idle": 1, "walk": 1, "unmet_wish": 30, "interpreter": 100}
UNREACHABLE = 10**9

Json = Any
"""A value of the parsed document; each reader below says which kind it expects."""


@dataclass(frozen=True, slots=True)
class Delegation:
    """Who comes. `parts` holds people and wishes (stop to weight) of each part."""

    id: str
    country: str
    precedence: int
    languages: frozenset[str]
    step_free: bool
    apart_from: frozenset[str]
    parts: tuple[tuple[int, Mapping[str, int]], ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """What is shown; minutes for `visit`, `reset` and `windows`."""

    id: str
    at_once: int
    people: int
    visit: int
    reset: int
    windows: tuple[tuple[int, int], ...]
    step_free: bool
    barred: frozenset[str]
    speaker: str | None


@dataclass(frozen=True, slots=True)
class OnDuty:
    """An escort or interpreter with the minutes they are there, touching windows joined."""

    role: str
    languages: frozenset[str]
    windows: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """The problem as the rules speak of it."""

    name: str
    horizon: int
    hall: str
    host_languages: frozenset[str]
    delegations: Mapping[str, Delegation]
    stops: Mapping[str, Stop]
    staff: Mapping[str, OnDuty]
    walk: Mapping[tuple[str, str], int]
    people: tuple[int, int]
    stops_per_group: tuple[int, int]
    languages_per_group: int
    headline: tuple[str, int] | None
    weights: Mapping[str, int]
    pins: tuple[Mapping[str, Json], ...]


def facts_of(problem: Mapping[str, Json]) -> Facts:
    """The facts of a problem document, defaults filled in and walks closed under shortest paths.

    Raises KeyError, TypeError, ValueError or AttributeError where the document is not a problem;
    it does not judge the problem (the reader of problem files does).
    """
    horizon, hall, rules = _whole(problem["horizon"]), str(problem["hall"]), problem["rules"]
    stops = {stop.id: stop for stop in (_stop(s, horizon) for s in problem["stops"])}
    headline = rules.get("headline")
    return Facts(
        name=str(problem["name"]),
        horizon=horizon,
        hall=hall,
        host_languages=frozenset(problem["host_languages"]),
        delegations={d.id: d for d in map(_delegation, problem["delegations"])},
        stops=stops,
        staff={str(s["id"]): _on_duty(s, horizon) for s in problem["staff"]},
        walk=_closed(problem["walk"], [*stops, hall]),
        people=_pair(rules["group_people"]),
        stops_per_group=_pair(rules["stops_per_group"]),
        languages_per_group=_whole(rules.get("working_languages_per_group", 2)),
        headline=(str(headline["stop"]), _whole(headline["depth"])) if headline else None,
        weights={key: _whole(n) for key, n in {**WEIGHTS, **rules.get("weights", {})}.items()},
        pins=tuple(_pin(pin) for pin in problem.get("pinned") or ()),
    )


def _whole(value: Json) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{value!r:.40} is not a whole number")
    return value


def _pair(value: Json) -> tuple[int, int]:
    least, most = value
    return _whole(least), _whole(most)


def _windows(item: Json, horizon: int) -> tuple[tuple[int, int], ...]:
    return tuple(sorted(map(_pair, item.get("windows", [[0, horizon]]))))


def _delegation(item: Json) -> Delegation:
    parts = item.get("parts") or [{"people": item["people"], "wishes": item.get("wishes", {})}]
    return Delegation(
        id=str(item["id"]),
        country=str(item["country"]),
        precedence=_whole(item["precedence"]),
        languages=frozenset(item["languages"]),
        step_free=bool(item.get("step_free", False)),
        apart_from=frozenset(item.get("apart_from", ())),
        parts=tuple((_whole(p["people"]), _wishes(p.get("wishes", {}))) for p in parts),
    )


def _wishes(item: Json) -> Mapping[str, int]:
    return {str(stop): _whole(weight) for stop, weight in item.items()}


def _stop(item: Json, horizon: int) -> Stop:
    return Stop(
        id=str(item["id"]),
        at_once=_whole(item["groups_at_once"]),
        people=_whole(item["people"]),
        visit=_whole(item["visit"]),
        reset=_whole(item.get("reset", 0)),
        windows=_windows(item, horizon),
        step_free=bool(item.get("step_free", True)),
        barred=frozenset(item.get("barred", ())),
        speaker=None if item.get("speaker") is None else str(item["speaker"]),
    )


def _on_duty(item: Json, horizon: int) -> OnDuty:
    joined: list[tuple[int, int]] = []
    for opens, closes in _windows(item, horizon):
        if joined and opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], closes))
        else:
            joined.append((opens, closes))
    return OnDuty(str(item["role"]), frozenset(item["languages"]), tuple(joined))


def _pin(item: Json) -> Mapping[str, Json]:
    return {
        "delegation": str(item["delegation"]),
        "with": tuple(map(str, item.get("with", ()))),
        "stop": None if item.get("stop") is None else str(item["stop"]),
        "start": None if item.get("start") is None else _whole(item["start"]),
    }


def _closed(table: Json, nodes: list[str]) -> Mapping[tuple[str, str], int]:
    """Shortest walking minutes between every two nodes (Floyd and Warshall)."""
    nodes = list(dict.fromkeys([*nodes, *table, *(b for row in table.values() for b in row)]))
    walk = {(a, b): 0 if a == b else UNREACHABLE for a in nodes for b in nodes}
    for origin, targets in table.items():
        for target, minutes in targets.items():
            if origin != target:
                walk[origin, target] = min(walk[origin, target], _whole(minutes))
    for via in nodes:
        for a in nodes:
            for b in nodes:
                walk[a, b] = min(walk[a, b], walk[a, via] + walk[via, b])
    return walk
