"""The board's axis: minutes of the day, with the stretches in which nothing changes drawn short."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

HOURS = 30
"""Minutes between two labels; no stretch without a start or an end is drawn longer."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Long stretches as (start, end) in minutes of the board, in order, not touching."""

    still: tuple[tuple[int, int], ...]

    def place(self, minute: int) -> int:
        """Where a minute stands: the minutes before it, each long stretch counted as half an hour.

        Inside such a stretch the drawing is in proportion, rounded down.
        """
        found = minute
        for start, end in self.still:
            inside = min(minute, end) - start
            if inside > 0:
                found -= inside - inside * HOURS // (end - start)
        return found

    def labels(self, length: int) -> list[int]:
        """The minutes to label: each half hour, but none inside a stretch drawn short."""
        return [
            minute
            for minute in range(0, length, HOURS)
            if not any(start < minute < end for start, end in self.still)
        ]


def axis_of(moments: Iterable[int]) -> Axis:
    """The axis for a board with these starts and ends, in minutes.

    A stretch begins and ends at whole half hours, so that labels keep their distance.
    """
    known = sorted(set(moments))
    still = []
    for before, after in pairwise(known):
        start, end = -(-before // HOURS) * HOURS, after // HOURS * HOURS
        if end - start > HOURS:
            still.append((start, end))
    return Axis(tuple(still))
