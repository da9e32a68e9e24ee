"""The tour problem as plain frozen values: who comes, what is shown, who leads, what holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

Window = tuple[int, int]
"""Half-open span of minutes from the start of the tour: (opens, closes)."""


@dataclass(frozen=True, slots=True)
class Part:
    """People who walk together, with the weights of the stops they wish to see."""

    people: int
    wishes: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Delegation:
    """A delegation; one part unless it may split. The head is in part 0."""

    id: str
    country: str
    people: int
    precedence: int
    languages: tuple[str, ...]
    parts: tuple[Part, ...]
    step_free: bool = False
    apart_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stop:
    """A place on the tour: `visit` and `reset` in minutes, `people` the most one group may have."""

    id: str
    name: str
    groups_at_once: int
    people: int
    visit: int
    windows: tuple[Window, ...]
    reset: int = 0
    step_free: bool = True
    barred: tuple[str, ...] = ()
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Staff:
    """An escort or an interpreter and the minutes they are on duty."""

    id: str
    role: str
    languages: tuple[str, ...]
    windows: tuple[Window, ...]

    def until(self) -> int:
        """Last minute of the duty that begins by minute 0, or -1 when there is none (rule H4)."""
        return max((closes for opens, closes in self.windows if opens <= 0), default=-1)


@dataclass(frozen=True, slots=True)
class Headline:
    """The stop where the `depth` highest heads are received in order of precedence (rule H11)."""

    stop: str
    depth: int


@dataclass(frozen=True, slots=True)
class Weights:
    """What one minute waited or walked, one unit of unmet wish, one interpreter costs."""

    idle: int = 1
    walk: int = 1
    unmet_wish: int = 30
    interpreter: int = 100


@dataclass(frozen=True, slots=True)
class Rules:
    """Sizes of groups and tours, and the weights of the score."""

    group_people: tuple[int, int]
    stops_per_group: tuple[int, int]
    working_languages_per_group: int = 2
    headline: Headline | None = None
    weights: Weights = field(default_factory=Weights)


@dataclass(frozen=True, slots=True)
class Pin:
    """A decision taken by hand: company for a delegation's part 0, or a stop for its group."""

    delegation: str
    company: tuple[str, ...] = ()
    stop: str | None = None
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """One part of one delegation, the smallest thing a group is made of."""

    delegation: str
    part: int


@dataclass(frozen=True)
class Problem:
    """One tour to plan. Times are whole minutes from `start`; `walk` is closed under shortest paths
    and holds minutes by (from, to) over the hall and the stops."""

    name: str
    start: datetime
    horizon: int
    host_languages: tuple[str, ...]
    delegations: tuple[Delegation, ...]
    stops: tuple[Stop, ...]
    hall: str
    walk: tuple[tuple[int, ...], ...]
    staff: tuple[Staff, ...]
    rules: Rules
    pinned: tuple[Pin, ...] = ()

    @cached_property
    def stop_index(self) -> dict[str, int]:
        """Position of each stop by id; the hall has the position after the last stop."""
        return {**{s.id: i for i, s in enumerate(self.stops)}, self.hall: len(self.stops)}

    @cached_property
    def by_id(self) -> dict[str, Delegation]:
        """Delegations by id."""
        return {d.id: d for d in self.delegations}

    @cached_property
    def people(self) -> int:
        """Guests in all."""
        return sum(d.people for d in self.delegations)

    def minutes(self, origin: str, target: str) -> int:
        """Walking minutes between two places named by id (the hall included)."""
        return self.walk[self.stop_index[origin]][self.stop_index[target]]

    def staff_of(self, role: str) -> tuple[Staff, ...]:
        """Escorts or interpreters, in the order of the file."""
        return tuple(s for s in self.staff if s.role == role)

    def members(self) -> tuple[Member, ...]:
        """Every part of every delegation, in the order of the file."""
        return tuple(Member(d.id, n) for d in self.delegations for n in range(len(d.parts)))
