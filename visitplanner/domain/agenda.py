"""The agenda: items, their length with interpretation, their order and their day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo

DAY_TURNS = time(4)


class Interpretation(StrEnum):
    """How an item is interpreted; consecutive takes the time twice (protocol, row 11)."""

    NONE = "none"
    CONSECUTIVE = "consecutive"
    SIMULTANEOUS = "simultaneous"
    WHISPERED = "whispered"

    @property
    def factor(self) -> int:
        """By what the spoken minutes are multiplied."""
        return 2 if self is Interpretation.CONSECUTIVE else 1


Audience = Literal["guests", "heads", "press", "staff"]


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the day. `minutes` is the spoken length, times are aware UTC.

    `fixed` items do not move when something before them is late. The last five fields are the
    staff's and stand in the running order only.
    """

    id: str
    starts_at: datetime
    minutes: int
    kind: str = ""
    title: Mapping[str, str] = field(default_factory=dict, hash=False)
    summary: Mapping[str, str] = field(default_factory=dict, hash=False)
    interpretation: Interpretation = Interpretation.NONE
    languages: tuple[str, ...] = ()
    room: str = ""
    speakers: tuple[str, ...] = ()
    interpreters: tuple[str, ...] = ()
    audience: Audience = "guests"
    fixed: bool = False
    responsible: str = ""
    phone: str = ""
    cue: str = ""
    remarks: str = ""
    plan_b: str = ""

    @property
    def planned_minutes(self) -> int:
        """The length in the plan, interpretation included."""
        return planned_minutes(self.minutes, self.interpretation)

    @property
    def ends_at(self) -> datetime:
        """The planned end."""
        return self.starts_at + timedelta(minutes=self.planned_minutes)


def planned_minutes(minutes: int, interpretation: Interpretation) -> int:
    """Return the minutes an item takes: consecutive interpretation doubles them."""
    return minutes * interpretation.factor


def in_time(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return items by instant, so that 00:30 stands after 22:00; longer first, then by id."""
    return tuple(sorted(items, key=lambda i: (i.starts_at, -i.planned_minutes, i.id)))


def whole_minutes(span: timedelta) -> int:
    """Return a span in whole minutes, towards the past."""
    return int(span.total_seconds() // 60)


def visit_day(at: datetime, timezone: str, *, turns: time = DAY_TURNS) -> date:
    """Return the day an instant belongs to: until `turns` o'clock it is still the evening before.

    A dinner from 22:00 to 01:30 is one day's programme.
    """
    local = at.astimezone(ZoneInfo(timezone))
    early = local.time() < turns
    return local.date() - timedelta(days=1) if early else local.date()


def by_day(items: Iterable[Item], timezone: str) -> Mapping[date, tuple[Item, ...]]:
    """Return the items of each day of the visit, in time."""
    found: dict[date, list[Item]] = {}
    for item in in_time(items):
        found.setdefault(visit_day(item.starts_at, timezone), []).append(item)
    return {day: tuple(of_day) for day, of_day in found.items()}
