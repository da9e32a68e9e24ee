"""A whole timetable worth keeping."""

from __future__ import annotations

from dataclasses import dataclass

from visitplanner.planning.grouping import Draft
from visitplanner.planning.kernel import Visits


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A whole timetable worth keeping; `lacks` is how much of the hard rules it still misses."""

    total: int
    lacks: int
    tours: tuple[tuple[Draft, Visits], ...]

    @property
    def rank(self) -> tuple[int, int]:
        """What two timetables are compared by: the lower is the better one."""
        return self.lacks, self.total
