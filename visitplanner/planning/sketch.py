"""What a group of blocks would be: its people, languages, stops, and its cost alone on campus."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from visitplanner.planning.campus import PINNED_STOP, Campus
from visitplanner.planning.kernel import Kernel
from visitplanner.planning.solo import LARGEST_TABLE, solo_costs, table_size

SMALL_GROUP = 800
"""Penalty per missing person of a group below the least size while the search runs."""
LACKING = 1200
"""Penalty of an interpreter or escort who is not there while the search runs."""
KEPT = 100_000


@dataclass(frozen=True, slots=True)
class Sketch:
    """A group before it has a timetable. `tongues` are its cheapest sets of working languages;
    `solo` is the least cost of its tour, `targets` the stops of that tour as a mask."""

    blocks: tuple[int, ...]
    people: int
    allowed: int
    gain: tuple[int, ...]
    total: int
    heads: tuple[int, ...]
    must: tuple[tuple[int, int], ...]
    tongues: tuple[tuple[int, int], ...]
    solo: int
    targets: int
    small: int


class Sketcher:
    """Makes sketches and remembers them."""

    def __init__(self, campus: Campus, kernel: Kernel) -> None:
        self.campus = campus
        self.kernel = kernel
        self._known: dict[tuple[int, ...], Sketch | None] = {}
        self._priced: dict[tuple[int, ...], tuple[int, int]] = {}
        self.prices = (0,) * campus.stops
        self._people = [b.people for b in campus.blocks]
        self.tongues = lru_cache(4096)(self._find_tongues)
        self.tabled = table_size(campus) <= LARGEST_TABLE
        if self.tabled:
            kernel.solo_table(*solo_costs(campus))

    def sketch(self, blocks: tuple[int, ...]) -> Sketch | None:
        """The group of these blocks (sorted positions), or None when no rule permits it."""
        found = self._known.get(blocks, self)
        if found is self:
            if len(self._known) > KEPT:
                self._known.clear()
            found = self._known[blocks] = self._make(blocks)
        return found  # type: ignore[return-value] # `self` stands for "not known"

    def _make(self, blocks: tuple[int, ...]) -> Sketch | None:
        campus = self.campus
        people = sum(self._people[b] for b in blocks)
        if people > campus.most_group:
            return None
        own = [campus.blocks[b] for b in blocks]
        here = 0
        for b in blocks:
            here |= 1 << b
        if any(b.apart & here for b in own):
            return None
        spoken: frozenset[int] = frozenset(x for b in own for x in b.languages)
        tongues = self.tongues(spoken)
        if not tongues:
            return None
        allowed = (1 << campus.stops) - 1
        must: set[tuple[int, int]] = set()
        for block in own:
            allowed &= block.allowed
            must |= set(block.must)
        for s in range(campus.stops):
            if people > campus.most_people[s]:
                allowed &= ~(1 << s)
        pinned = {s for s, _ in must}
        if any(not allowed >> s & 1 for s in pinned) or not _agree(must):
            return None
        gain = tuple(
            sum(column) + (PINNED_STOP if s in pinned else 0)
            for s, column in enumerate(zip(*(b.gain for b in own), strict=True))
        )
        total = sum(gain)
        solo, targets = self._alone(allowed, gain, total)
        heads = tuple(sorted(h for b in own for h in b.heads))
        small = max(0, campus.least_people - people)
        return Sketch(
            blocks, people, allowed, gain, total, heads, tuple(sorted(must)), tongues, solo,
            targets, small,
        )  # fmt: skip

    def _alone(self, allowed: int, gain: tuple[int, ...], total: int) -> tuple[int, int]:
        if not self.tabled:
            return max(0, total - sum(sorted(gain)[-self.campus.most_stops :])), 0
        cost, mask = self.kernel.solo(allowed, gain)
        return cost + total, mask

    def priced(self, sketch: Sketch) -> tuple[int, int]:
        """Cost and stops of the cheapest tour alone when each stop has its price."""
        found = self._priced.get(sketch.blocks)
        if found is None:
            if not any(self.prices):
                found = (sketch.solo, sketch.targets)
            else:
                gain = tuple(g - p for g, p in zip(sketch.gain, self.prices, strict=True))
                cost, mask = self._alone(sketch.allowed, gain, sketch.total)
                found = (cost, mask) if self.tabled else (sketch.solo, 0)
            if len(self._priced) > KEPT:
                self._priced.clear()
            self._priced[sketch.blocks] = found
        return found

    def set_prices(self, prices: tuple[int, ...]) -> None:
        """Let crowded stops cost more."""
        self.prices = prices
        self._priced.clear()

    def _find_tongues(self, spoken: frozenset[int]) -> tuple[tuple[int, int], ...]:
        found: list[tuple[int, int]] = []
        for mask, helpers in self.campus.tongues:
            if found and helpers > found[0][1]:
                break
            if all(mask & x for x in spoken) and not any(m & mask == m for m, _ in found):
                found.append((mask, helpers))
        return tuple(found)


def _agree(must: set[tuple[int, int]]) -> bool:
    """Whether no stop is pinned to two different starts."""
    starts = [s for s, t in must if t >= 0]
    return len(starts) == len(set(starts))
