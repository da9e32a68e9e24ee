"""One agenda, two views: the guests' programme and the staff's running order."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from visitplanner.domain.agenda import Audience, Interpretation, Item, in_time, whole_minutes

_GUESTS: tuple[Audience, ...] = ("guests",)


@dataclass(frozen=True, slots=True)
class GuestLine:
    """A line of the guests' programme: no names of staff, no phones, no cues by construction."""

    id: str
    starts_at: datetime
    ends_at: datetime
    kind: str
    title: Mapping[str, str] = field(hash=False)
    summary: Mapping[str, str] = field(hash=False)
    room: str
    speakers: tuple[str, ...]
    languages: tuple[str, ...]
    interpretation: Interpretation


@dataclass(frozen=True, slots=True)
class RunningLine:
    """A line of the running order: number, minutes from the opening (negative before), slack."""

    number: int
    item: Item
    from_opening: int
    slack_before: int


def guests_view(
    items: Iterable[Item], audiences: Collection[Audience] = _GUESTS
) -> tuple[GuestLine, ...]:
    """Return the programme for these audiences, never the staff's items."""
    shown = set(audiences) - {"staff"}
    return tuple(
        GuestLine(
            item.id,
            item.starts_at,
            item.ends_at,
            item.kind,
            item.title,
            item.summary,
            item.room,
            item.speakers,
            item.languages,
            item.interpretation,
        )
        for item in in_time(items)
        if item.audience in shown
    )


def running_order(items: Iterable[Item], opening: datetime) -> tuple[RunningLine, ...]:
    """Return every item, numbered, with its minutes from the opening and the slack before it."""
    lines: list[RunningLine] = []
    front: datetime | None = None
    for number, item in enumerate(in_time(items), start=1):
        slack = max(0, whole_minutes(item.starts_at - front)) if front else 0
        lines.append(RunningLine(number, item, whole_minutes(item.starts_at - opening), slack))
        front = max(front, item.ends_at) if front else item.ends_at
    return tuple(lines)


def current(items: Iterable[Item], now: datetime) -> tuple[Item, ...]:
    """Return what is going on at `now`."""
    return tuple(item for item in in_time(items) if item.starts_at <= now < item.ends_at)


def upcoming(items: Iterable[Item], now: datetime) -> Item | None:
    """Return the next item to start after `now`."""
    return next((item for item in in_time(items) if item.starts_at > now), None)
