"""A group's tour in the timetable under improvement, and a whole timetable worth keeping."""

from __future__ import annotations

from dataclasses import dataclass, field

from visitplanner.planning.grouping import Draft
from visitplanner.planning.plain_kernel import Visits


@dataclass(slots=True, eq=False)
class Tour:
    """A group in the timetable: visits as (stop, start), cost in points without staff; `seen` are
    its stops as a mask, `weight` says how much there is to win by taking it out."""

    draft: Draft
    profile: int
    visits: Visits = ()
    cost: int = 0
    seen: int = 0
    weight: int = 1
    starts: dict[int, int] = field(default_factory=dict)

    def note(self, visits: Visits, cost: int) -> None:
        """Write down what is booked for the group."""
        self.visits, self.cost, self.starts = visits, cost, dict(visits)
        self.weight = max(1, cost - self.draft.sketch.solo // 2)
        self.seen = 0
        for stop in self.starts:
            self.seen |= 1 << stop


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A whole timetable worth keeping; `lacks` is how much of the hard rules it still misses."""

    total: int
    lacks: int
    tours: tuple[tuple[Draft, Visits], ...]
