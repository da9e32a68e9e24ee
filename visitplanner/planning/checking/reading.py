"""Reads a plan document of any shape: what is sound becomes values, what is not becomes faults."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from visitplanner.planning.checking.fault import Fault

FARTHEST = 10**9
LARGEST = 10**15
GROUP_KEYS = ("id", "members", "working_languages", "escort", "interpreters", "visits")

Json = Any
"""A value of the parsed document, of unknown kind until read."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A stop of a group, minutes from the start of the tour."""

    stop: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Group:
    """A tour group as the plan states it; `visits` in the order of their starts."""

    id: str
    members: tuple[tuple[str, int], ...]
    languages: tuple[str, ...]
    escort: str | None
    interpreters: Mapping[str, str]
    visits: tuple[Visit, ...]


@dataclass(slots=True)
class Reading:
    """Collects what is wrong with the form while values are taken from it."""

    faults: list[Fault] = field(default_factory=list)

    def refuse(self, path: str, text: str) -> None:
        """Note that the field at `path` is not what the format says."""
        self.faults.append(Fault("format", path, None, f"{path}: {text}"))

    def object(self, path: str, value: Json, keys: tuple[str, ...]) -> Mapping[str, Json]:
        """The members of an object; unknown and missing keys are faults. {} if it is not one."""
        if not isinstance(value, Mapping):
            self.refuse(path, "must be an object")
            return {}
        for key in value:
            if key not in keys:
                self.refuse(f"{path}.{key}", "is an unknown key")
        for key in keys:
            if key not in value:
                self.refuse(f"{path}.{key}", "is missing")
        return value

    def items(self, path: str, value: Json) -> list[tuple[str, Json]]:
        """The items of a list with their paths."""
        if not isinstance(value, (list, tuple)):
            self.refuse(path, "must be a list")
            return []
        return [(f"{path}[{n}]", item) for n, item in enumerate(value)]

    def text(self, path: str, value: Json) -> str | None:
        """A string, or None with a fault."""
        if isinstance(value, str):
            return value
        self.refuse(path, "must be a text")
        return None

    def whole(self, path: str, value: Json, largest: int = LARGEST) -> int | None:
        """A whole number (10.0 is none), or None with a fault."""
        if isinstance(value, bool) or not isinstance(value, int):
            self.refuse(path, "must be a whole number")
            return None
        if abs(value) > largest:
            self.refuse(path, "is beyond any sensible number")
            return None
        return value

    def number(self, path: str, value: Json) -> float | None:
        """A finite number of 0 or more, or None with a fault."""
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self.refuse(path, "must be a number")
        elif not 0 <= value <= LARGEST or math.isnan(value):
            self.refuse(path, "must be a number of 0 or more")
        else:
            return float(value)
        return None


def read_groups(reading: Reading, value: Json) -> list[Group]:
    """The groups of a plan; those that are no objects are left out with a fault."""
    groups: list[Group] = []
    for path, item in reading.items("groups", value):
        if (group := _group(reading, path, item)) is not None:
            groups.append(group)
    seen: set[str] = set()
    for group in groups:
        if group.id in seen:
            reading.refuse("groups", f"two groups are called “{group.id}”")
        seen.add(group.id)
    return groups


def _group(reading: Reading, path: str, item: Json) -> Group | None:
    own = reading.object(path, item, GROUP_KEYS)
    if not own:
        return None
    name = reading.text(f"{path}.id", own["id"]) if "id" in own else None
    visits = _visits(reading, f"{path}.visits", own.get("visits", []))
    return Group(
        id=path if name is None else name,
        members=_members(reading, f"{path}.members", own.get("members", [])),
        languages=_languages(reading, f"{path}.working_languages", own),
        escort=_escort(reading, f"{path}.escort", own.get("escort")),
        interpreters=_interpreters(reading, f"{path}.interpreters", own.get("interpreters", {})),
        visits=tuple(sorted(visits, key=lambda v: (v.start, v.end))),
    )


def _languages(reading: Reading, path: str, own: Mapping[str, Json]) -> tuple[str, ...]:
    items = reading.items(path, own.get("working_languages", []))
    found = [reading.text(where, item) for where, item in items]
    return tuple(language for language in found if language is not None)


def _escort(reading: Reading, path: str, value: Json) -> str | None:
    return None if value is None else reading.text(path, value)


def _members(reading: Reading, path: str, value: Json) -> tuple[tuple[str, int], ...]:
    found = []
    for where, item in reading.items(path, value):
        own = reading.object(where, item, ("delegation", "part"))
        if "delegation" in own and "part" in own:
            delegation = reading.text(f"{where}.delegation", own["delegation"])
            part = reading.whole(f"{where}.part", own["part"], FARTHEST)
            if delegation is not None and part is not None:
                found.append((delegation, part))
    return tuple(found)


def _interpreters(reading: Reading, path: str, value: Json) -> Mapping[str, str]:
    if not isinstance(value, Mapping):
        reading.refuse(path, "must be an object")
        return {}
    found = {}
    for language, item in value.items():
        person = reading.text(f"{path}.{language}", item)
        if person is not None and isinstance(language, str):
            found[language] = person
    return found


def _visits(reading: Reading, path: str, value: Json) -> list[Visit]:
    found = []
    for where, item in reading.items(path, value):
        own = reading.object(where, item, ("stop", "start", "end"))
        if not all(key in own for key in ("stop", "start", "end")):
            continue
        stop = reading.text(f"{where}.stop", own["stop"])
        start = reading.whole(f"{where}.start", own["start"], FARTHEST)
        end = reading.whole(f"{where}.end", own["end"], FARTHEST)
        if stop is not None and start is not None and end is not None:
            found.append(Visit(stop, start, end))
    return found
