"""Until when a group may be out, given when the others are back and who is then still on duty."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from visitplanner.planning.campus import Campus
from visitplanner.planning.staffing import assign_escorts, assign_interpreters

Out = tuple[int, int]
"""A group's working languages as a mask, and the minute it is back (0 while it has no tour)."""


class Duty:
    """Staff of different hours. Hours count only by the ends there are: two returns between the
    same two ends ask for the same staff."""

    def __init__(self, campus: Campus) -> None:
        self.campus = campus
        hours = [end for _, end in campus.escorts] + [end for _, _, end in campus.interpreters]
        self.ends = sorted({min(end, campus.deadline) for end in hours}) or [campus.deadline]
        self.differ = len(self.ends) > 1
        self._staffed = lru_cache(65536)(self._count)

    def latest(self, others: Sequence[Out], tongue: int) -> int:
        """The minute by which a group working in `tongue` must be back so that no more escorts or
        interpreters are missing than if it were back at once."""
        known = [self._class(out) for out in others]
        there = self._staffed(tuple(sorted((*known, (tongue, 0)))))
        for place in range(len(self.ends) - 1, 0, -1):
            if self._staffed(tuple(sorted((*known, (tongue, place))))) == there:
                return self.ends[place]
        return self.ends[0]

    def short(self, tours: Sequence[Out]) -> int:
        """Escorts and interpreters who are missing because tours last too long."""
        known = sorted(self._class(out) for out in tours)
        soonest = sorted((tongue, 0) for tongue, _ in tours)
        return self._staffed(tuple(soonest)) - self._staffed(tuple(known))

    def _class(self, out: Out) -> tuple[int, int]:
        tongue, back = out
        return tongue, min(bisect_left(self.ends, back), len(self.ends) - 1)

    def _count(self, tours: tuple[tuple[int, int], ...]) -> int:
        """Escorts and interpreters who find a group, at most."""
        until = [self.ends[place] for _, place in tours]
        escorts, _ = assign_escorts(self.campus, until)
        helpers, _ = assign_interpreters(self.campus, [tongue for tongue, _ in tours], until)
        return sum(x is not None for x in escorts) + sum(map(len, helpers))
