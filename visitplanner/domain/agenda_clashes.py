"""Clashes of the agenda: one room, speaker or interpreter wanted twice."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from visitplanner.domain.agenda import Item, in_time, whole_minutes

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Clash:
    """Two items that want one thing; `key` is the sentence's key, `minutes` the overlap.

    Keys: room-taken-twice, room-being-prepared, speaker-in-two-places,
    interpreter-in-two-places (errors and, for preparation, a warning); speaker-without-break,
    interpreter-without-break (warnings: other room, too little time between, `minutes` is what
    there is).
    """

    key: str
    severity: Severity
    subject: str
    first: str
    second: str
    minutes: int


def clashes(items: Iterable[Item], *, break_minutes: int = 5) -> tuple[Clash, ...]:
    """Return everything two items cannot share, errors first, then by time.

    Touching items (one ends as the other starts) do not clash, nor do items of no length.
    """
    found: list[tuple[Item, Clash]] = []
    for first, second in combinations(in_time(i for i in items if i.planned_minutes > 0), 2):
        found += [(second, clash) for clash in _between(first, second, break_minutes)]
    found.sort(key=lambda pair: (pair[1].severity, pair[0].starts_at, pair[1].key))
    return tuple(clash for _, clash in found)


def _between(first: Item, second: Item, break_minutes: int) -> Iterable[Clash]:
    overlap = whole_minutes(min(first.ends_at, second.ends_at) - second.starts_at)
    shared = (
        ("speaker", sorted(set(first.speakers) & set(second.speakers))),
        ("interpreter", sorted(set(first.interpreters) & set(second.interpreters))),
    )
    if overlap > 0:
        if first.room and first.room == second.room:
            yield _room_clash(first, second, overlap)
        for kind, people in shared:
            for person in people:
                key = f"{kind}-in-two-places"
                yield Clash(key, "error", person, first.id, second.id, overlap)
    elif -overlap < break_minutes and first.room != second.room:
        for kind, people in shared:
            for person in people:
                key = f"{kind}-without-break"
                yield Clash(key, "warning", person, first.id, second.id, -overlap)


def _room_clash(first: Item, second: Item, overlap: int) -> Clash:
    """Staff who prepare a room while guests are in it are a warning, two audiences an error."""
    preparing = "staff" in {first.audience, second.audience}
    key = "room-being-prepared" if preparing else "room-taken-twice"
    severity: Severity = "warning" if preparing else "error"
    return Clash(key, severity, first.room, first.id, second.id, overlap)
