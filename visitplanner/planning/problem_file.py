"""Reads a tour problem file (`visitplanner-tour-problem/1`), refusing by field what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from visitplanner.planning.json_field import Field, ProblemFault, read_document
from visitplanner.planning.problem import (
    Delegation,
    Headline,
    Part,
    Pin,
    Problem,
    Rules,
    Staff,
    Stop,
    Weights,
    Window,
)

FORMAT = "visitplanner-tour-problem/1"
MOST_DELEGATIONS, MOST_PEOPLE, MOST_STOPS, MOST_STAFF = 500, 5_000, 24, 500
LONGEST_DAY = 24 * 60

__all__ = ["ProblemFault", "read_problem"]


def read_problem(source: Path | Mapping[str, object]) -> Problem:
    """The problem in a file, or in a parsed document. Raises ProblemFault(path, code, text)."""
    root = read_document(source) if isinstance(source, Path) else Field("$", dict(source))
    top = root.object(
        ("format", "name", "start", "horizon", "host_languages", "delegations", "stops", "hall",
         "walk", "staff", "rules"),
        ("pinned",),
    )  # fmt: skip
    if top["format"].value != FORMAT:
        raise top["format"].refuse("format", f"must be “{FORMAT}”")
    horizon = top["horizon"].integer(1, LONGEST_DAY)
    stops = _stops(top["stops"], horizon)
    delegations = _delegations(top["delegations"], {s.id for s in stops})
    hall = top["hall"].text(100)
    if any(s.id == hall for s in stops):
        raise top["hall"].refuse("repeated", "is also the id of a stop")
    return Problem(
        name=top["name"].text(least=0),
        start=_start(top["start"]),
        horizon=horizon,
        host_languages=top["host_languages"].texts(),
        delegations=delegations,
        stops=stops,
        hall=hall,
        walk=_walk(top["walk"], [*(s.id for s in stops), hall]),
        staff=_staff(top["staff"], horizon),
        rules=_rules(top["rules"], {s.id for s in stops}),
        pinned=_pins(top.get("pinned"), delegations, {s.id: s for s in stops}, horizon),
    )


def _start(field: Field) -> datetime:
    try:
        start = datetime.fromisoformat(field.text(40))
    except ValueError as error:
        raise field.refuse("date", "must be a date and time with an offset") from error
    if start.utcoffset() is None:
        raise field.refuse("date", "must name its offset from UTC")
    return start


def _unique(fields: Iterable[tuple[Field, str]]) -> None:
    seen: set[str] = set()
    for field, key in fields:
        if key in seen:
            raise field.refuse("repeated", f"“{key}” stands twice")
        seen.add(key)


def _windows(field: Field | None, horizon: int) -> tuple[Window, ...]:
    if field is None:
        return ((0, horizon),)
    found = []
    for item in field.items(100):
        opens, closes = item.pair(0, horizon)
        if opens == closes:
            raise item.refuse("order", "is empty")
        found.append((opens, closes))
    return tuple(sorted(found))


def _wishes(field: Field | None, stops: set[str]) -> tuple[tuple[str, int], ...]:
    if field is None:
        return ()
    found = []
    for key, item in field.members().items():
        if key not in stops:
            raise item.refuse("unknown-stop", f"there is no stop “{key}”")
        found.append((key, item.integer(0, 1000)))
    return tuple(sorted(found))


def _parts(own: dict[str, Field], stops: set[str], people: int) -> tuple[Part, ...]:
    if "parts" not in own:
        return (Part(people, _wishes(own.get("wishes"), stops)),)
    if "wishes" in own:
        raise own["wishes"].refuse("parts", "a delegation with parts has no wishes of its own")
    parts = []
    for item in own["parts"].items(MOST_PEOPLE, 1):
        part = item.object(("people",), ("wishes",))
        size = part["people"].integer(1, MOST_PEOPLE)
        parts.append(Part(size, _wishes(part.get("wishes"), stops)))
    total = sum(p.people for p in parts)
    if total != people:
        raise own["parts"].refuse("parts", f"add up to {total} people, the delegation has {people}")
    return tuple(parts)


def read_delegation(item: Field, stops: set[str]) -> Delegation:
    """One delegation as the format has it; `stops` are the ids its wishes may name."""
    own = item.object(
        ("id", "country", "people", "precedence", "languages"),
        ("parts", "wishes", "apart_from", "step_free"),
    )
    people = own["people"].integer(1, MOST_PEOPLE)
    return Delegation(
        id=own["id"].text(100),
        country=own["country"].text(100),
        people=people,
        precedence=own["precedence"].integer(1, 1_000_000),
        languages=own["languages"].texts(1),
        parts=_parts(own, stops, people),
        step_free="step_free" in own and own["step_free"].flag(),
        apart_from=own["apart_from"].texts() if "apart_from" in own else (),
    )


def _delegations(field: Field, stops: set[str]) -> tuple[Delegation, ...]:
    items = list(field.items(MOST_DELEGATIONS, 1))
    found = [read_delegation(item, stops) for item in items]
    _unique((Field(f"{i.path}.id", i.value), d.id) for i, d in zip(items, found, strict=True))
    _unique(
        (Field(f"{i.path}.precedence", i.value), str(d.precedence))
        for i, d in zip(items, found, strict=True)
    )
    if (people := sum(d.people for d in found)) > MOST_PEOPLE:
        raise field.refuse("limit", f"has {people} people, the limit is {MOST_PEOPLE}")
    known = {d.id for d in found}
    for item, d in zip(items, found, strict=True):
        for n, other in enumerate(d.apart_from):
            path = f"{item.path}.apart_from[{n}]"
            if other not in known:
                raise ProblemFault(path, "unknown-delegation", f"there is no delegation “{other}”")
            if other == d.id:
                raise ProblemFault(path, "apart", "a delegation cannot be apart from itself")
    return tuple(found)


def _stop(item: Field, horizon: int) -> Stop:
    own = item.object(
        ("id", "name", "groups_at_once", "people", "visit"),
        ("reset", "windows", "step_free", "barred", "speaker"),
    )
    speaker = own.get("speaker")
    return Stop(
        id=own["id"].text(100),
        name=own["name"].text(least=0),
        groups_at_once=own["groups_at_once"].integer(1, MOST_DELEGATIONS),
        people=own["people"].integer(1, MOST_PEOPLE),
        visit=own["visit"].integer(1, horizon),
        windows=_windows(own.get("windows"), horizon),
        reset=own["reset"].integer(0, LONGEST_DAY) if "reset" in own else 0,
        step_free="step_free" not in own or own["step_free"].flag(),
        barred=own["barred"].texts() if "barred" in own else (),
        speaker=None if speaker is None or speaker.value is None else speaker.text(100),
    )


def _stops(field: Field, horizon: int) -> tuple[Stop, ...]:
    items = list(field.items(MOST_STOPS, 1))
    found = tuple(_stop(item, horizon) for item in items)
    _unique((Field(f"{i.path}.id", i.value), s.id) for i, s in zip(items, found, strict=True))
    return found


def _staff(field: Field, horizon: int) -> tuple[Staff, ...]:
    found = []
    items = list(field.items(MOST_STAFF))
    for item in items:
        own = item.object(("id", "role", "languages"), ("windows",))
        if own["role"].value not in ("escort", "interpreter"):
            raise own["role"].refuse("choice", "must be “escort” or “interpreter”")
        role, languages = str(own["role"].value), own["languages"].texts()
        windows = _windows(own.get("windows"), horizon)
        found.append(Staff(own["id"].text(100), role, languages, windows))
    _unique((Field(f"{i.path}.id", i.value), s.id) for i, s in zip(items, found, strict=True))
    return tuple(found)


def _rules(field: Field, stops: set[str]) -> Rules:
    own = field.object(
        ("group_people", "stops_per_group"),
        ("working_languages_per_group", "headline", "weights"),
    )
    languages = own.get("working_languages_per_group")
    headline = own.get("headline")
    return Rules(
        group_people=own["group_people"].pair(1, MOST_PEOPLE),
        stops_per_group=own["stops_per_group"].pair(1, MOST_STOPS),
        working_languages_per_group=languages.integer(1, 100) if languages else 2,
        headline=None if headline is None or headline.value is None else _headline(headline, stops),
        weights=_weights(own.get("weights")),
    )


def _headline(field: Field, stops: set[str]) -> Headline:
    own = field.object(("stop", "depth"))
    stop = own["stop"].text(100)
    if stop not in stops:
        raise own["stop"].refuse("unknown-stop", f"there is no stop “{stop}”")
    return Headline(stop, own["depth"].integer(1, MOST_DELEGATIONS))


def _weights(field: Field | None) -> Weights:
    if field is None:
        return Weights()
    own = field.object((), ("idle", "walk", "unmet_wish", "interpreter"))
    return Weights(**{key: item.integer(0, 10_000) for key, item in own.items()})


def _pins(
    field: Field | None, delegations: tuple[Delegation, ...], stops: dict[str, Stop], horizon: int
) -> tuple[Pin, ...]:
    known = {d.id for d in delegations}
    return tuple(_pin(item, known, stops, horizon) for item in (field.items(1000) if field else ()))


def _pin(item: Field, known: set[str], stops: dict[str, Stop], horizon: int) -> Pin:
    own = item.object(("delegation",), ("with", "stop", "start"))
    if ("with" in own) == ("stop" in own):
        raise item.refuse("pin", "must have either “with” or “stop”")
    if "start" in own and "stop" not in own:
        raise own["start"].refuse("pin", "a start needs a stop")
    company = own["with"].texts(1) if "with" in own else ()
    named = [(own["delegation"], own["delegation"].text(100))]
    if "with" in own:
        named += list(zip(own["with"].items(), company, strict=True))
    for field, key in named:
        if key not in known:
            raise field.refuse("unknown-delegation", f"there is no delegation “{key}”")
    stop = own["stop"].text(100) if "stop" in own else None
    if stop is not None and stop not in stops:
        raise own["stop"].refuse("unknown-stop", f"there is no stop “{stop}”")
    start = own["start"].integer(0, horizon) if "start" in own else None
    return Pin(named[0][1], company, stop, start)


def _walk(field: Field, nodes: list[str]) -> tuple[tuple[int, ...], ...]:
    """Minutes between all nodes, closed under shortest paths."""
    far = 10**6
    place = {node: i for i, node in enumerate(nodes)}
    table = [[0 if i == j else far for j in range(len(nodes))] for i in range(len(nodes))]
    for origin, row in field.members().items():
        if origin not in place:
            raise row.refuse("unknown-stop", f"there is no stop “{origin}”")
        for target, item in row.members().items():
            if target not in place:
                raise item.refuse("unknown-stop", f"there is no stop “{target}”")
            minutes = item.integer(0, LONGEST_DAY)
            if origin != target:
                table[place[origin]][place[target]] = minutes
            elif minutes:
                raise item.refuse("walk", "a place is 0 minutes from itself")
    every = range(len(nodes))
    for via in every:
        for line in table:
            step = line[via]
            for j in every:
                line[j] = min(line[j], step + table[via][j])
    for i, j in ((i, j) for i in every for j in every):
        if table[i][j] >= far:
            text = f"there is no way from “{nodes[i]}” to “{nodes[j]}”"
            raise ProblemFault(f"{field.path}.{nodes[i]}", "unreachable", text)
    return tuple(tuple(line) for line in table)
