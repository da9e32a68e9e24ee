"""The proof where prices alone leave a gap: the days still possible are halved again and again,
each half gets prices of its own, and those whose bound reaches the best timetable known are done.

Branch and bound on Lagrangian bounds (Fisher 1981). A half is made by one group: its tour lacks a
stop or not, sees a certain one or not, or sees it until a minute or later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from visitplanner.planning.ways import NEVER, SCALE, Costs, Visits

if TYPE_CHECKING:
    from visitplanner.planning.choice import Choice

BONUS = 2_000 * SCALE
"""What a stop that must be seen earns, and its half costs: more than any timetable gains by it."""
ROUNDS, PATIENCE, DRIFT = (60, 40), 5, 0.7
"""Rounds of prices for the whole and for a half."""
THETA, COOLER, LEAST_THETA = 1.0, 0.6, 0.02
REACH = 300 * SCALE
"""How far above its bound so far a half is thought to end at most, for the length of steps."""
RECENT = 0.15
"""What the latest round weighs in the mean of the ways."""
UNSURE, SPREAD = 0.1, 40.0
"""How seldom a stop is seen, or not seen, that counts as settled; minutes of spread that being
quite unsure of it is worth."""
SELDOM = 0.03
"""The same of a tour that lacks a stop."""
NONE_YET = -(10**12)
Mean = list[dict[Visits, float]]
Exact = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Half:
    """Days still possible: what each start, and the stops a tour lacks, cost each group itself,
    (group, position of a stop) of the stops that must be seen, the points added for them, and the
    prices to begin with."""

    own: tuple[Costs, ...]
    lack: tuple[tuple[int, ...], ...]
    must: frozenset[tuple[int, int]]
    added: int
    prices: Exact
    depth: int

    def limited(self, g: int, i: int, since: int, until: int) -> Half:
        """The half in which a group begins at a stop between two minutes of its table, or not at
        all."""
        table = self.own[g].copy()
        table[i, :since] = NEVER
        table[i, until:] = NEVER
        return self._with(g, table)

    def demanded(self, g: int, i: int) -> Half:
        """The half in which a group must see a stop."""
        if (g, i) in self.must:
            return self
        table = self.own[g].copy()
        table[i] = np.where(table[i] < NEVER, table[i] - BONUS, NEVER)
        must = self.must | {(g, i)}
        return replace(self._with(g, table), must=must, added=self.added + BONUS)

    def short(self, g: int, *, lacking: bool) -> Half:
        """The half in which the tour of a group lacks a stop, or the one in which it does not."""
        costs = tuple(x if (x > 0) is lacking else NEVER for x in self.lack[g])
        lack = (*self.lack[:g], costs, *self.lack[g + 1 :])
        return replace(self, lack=lack, depth=self.depth + 1)

    def _with(self, g: int, table: Costs) -> Half:
        own = (*self.own[:g], table, *self.own[g + 1 :])
        return replace(self, own=own, depth=self.depth + 1)


@dataclass(slots=True)
class Weighed:
    """The bound of a half, the prices that gave it, and the mean of the ways taken on the way."""

    bound: int
    prices: Exact
    mean: Mean


class Branching:
    """The halves of one day that are still open, and the best timetable known (`laid`)."""

    def __init__(self, choice: Choice, laid: Sequence[Visits]) -> None:
        self.choice, self.laid, self.target = choice, list(laid), choice.cost(laid)
        own = tuple(w.own for w in choice.ways)
        lack = tuple(w.lack for w in choice.ways)
        self.open = [Half(own, lack, frozenset(), 0, choice.prices.astype(float), 0)]
        self.looked_at = 0

    def run(self, late: Callable[[], bool]) -> bool:
        """Look at halves until none is open (True: `laid` is the cheapest) or it is late."""
        tables = [(w.own, w.lack) for w in self.choice.ways]
        try:
            while self.open and not late():
                half = self.open.pop()
                self.looked_at += 1
                weighed = self.weigh(half, late)
                if weighed is None:
                    self.open.append(half)
                elif weighed.bound <= self.target - SCALE:
                    self.open += self.halves(replace(half, prices=weighed.prices), weighed.mean)
        finally:
            for ways, (own, lack) in zip(self.choice.ways, tables, strict=True):
                ways.own, ways.lack = own, lack
        return not self.open

    def weigh(self, half: Half, late: Callable[[], bool]) -> Weighed | None:
        """Prices for a half, by the subgradient; None when it got late."""
        choice, exact, theta, stall = self.choice, half.prices, THETA, 0
        for ways, own, lack in zip(choice.ways, half.own, half.lack, strict=True):
            ways.own, ways.lack = own, lack
        found = Weighed(NONE_YET, exact, [{} for _ in choice.ways])
        drift = np.zeros(exact.shape)
        for k in range(ROUNDS[min(1, half.depth)]):
            choice.prices = np.rint(exact).astype(np.int64)
            total, held, taken = choice.value()
            total += half.added
            _mind(found.mean, taken, RECENT if k else 1.0)
            self._note(half, held, taken)
            stall += 1
            if total > found.bound:
                stall = stall if total < found.bound + SCALE // 2 else 0
                found.bound, found.prices = total, exact
            if found.bound > self.target - SCALE:
                break
            if stall >= PATIENCE:
                theta, stall = theta * COOLER, 0
            held[(choice.prices <= 0) & (held < 0)] = 0
            drift = held + DRIFT * drift
            norm = float((drift * drift).sum())
            if norm == 0 or theta < LEAST_THETA:
                break
            if late():
                return None
            aim = min(self.target, found.bound + REACH)
            step = theta * max(SCALE, aim - total) / norm
            exact = np.maximum(exact + drift * step, 0.0)
        return found

    def _note(self, half: Half, held: Costs, taken: Sequence[Visits]) -> None:
        """Keep the ways of a round if together they are a timetable and the cheapest so far."""
        if (held > 0).any() or self.choice.out_of_turn(taken):
            return
        cost = self.choice.cost(taken) + half.added
        if cost < self.target:
            self.target, self.laid = cost, list(taken)

    def halves(self, half: Half, mean: Mean) -> list[Half]:
        """Two halves that hold every day of a half, made where its mean is most unsure."""
        short = [self._shortness(g, taken) for g, taken in enumerate(mean)]
        if max(short) > 0:
            g = short.index(max(short))
            return [half.short(g, lacking=True), half.short(g, lacking=False)]
        best = (0.0, -1, 0, 0)
        for g, taken in enumerate(mean):
            for i, s in enumerate(self.choice.ways[g].stops):
                best = max(best, (*unsure(taken, s), g, i), key=lambda x: x[0])
        worth, minute, g, i = best
        if worth > 0:
            return self._cut(half, g, i, minute)
        return self._untangled(half, [max(taken, key=taken.__getitem__) for taken in mean])

    def _shortness(self, g: int, mean: dict[Visits, float]) -> float:
        """How unsure the mean is of whether the tour of a group lacks a stop; 0 when it is sure."""
        lack = self.choice.ways[g].lack
        share = sum(x for visits, x in mean.items() if lack[len(visits)] > 0)
        return min(share, 1 - share) if SELDOM <= share <= 1 - SELDOM else 0.0

    def _cut(self, half: Half, g: int, i: int, minute: int) -> list[Half]:
        """A stop of a group seen until `minute` (-1: at all), or later (-1: never)."""
        width = half.own[g].shape[1]
        after = minute + 1 - self.choice.ways[g].since if minute >= 0 else width
        early = half.limited(g, i, 0, after).demanded(g, i)
        return [half.limited(g, i, after, width), early]

    def _untangled(self, half: Half, taken: list[Visits]) -> list[Half]:
        """Each group has one way left in the mean: halve where they are out of turn, else at a
        stop that leaves a choice; nothing where none does, for then there is one timetable."""
        for g, i, h, j, minute in self.choice.out_of_turn(taken):
            after = minute + 1 - self.choice.ways[g].since
            later = half.limited(g, i, after, half.own[g].shape[1])
            later = later.limited(h, j, after, half.own[h].shape[1])
            return [later, half.limited(g, i, 0, after)]
        widest = (1, 0, 0, 0)
        for g, visits in enumerate(taken):
            stops = self.choice.ways[g].stops
            for stop, start in visits:
                i = stops.index(stop)
                free = np.flatnonzero(half.own[g][i] < NEVER)
                count = len(free) + ((g, i) not in half.must)
                at = start - (start - self.choice.ways[g].since == free[-1] and len(free) > 1)
                widest = max(widest, (count, g, i, at))
        count, g, i, at = widest
        return self._cut(half, g, i, at) if count > 1 else []


def _mind(mean: Mean, taken: Sequence[Visits], share: float) -> None:
    """Add a round to the mean of the ways (the volume algorithm, Barahona and Anbil 2000)."""
    for ways, visits in zip(mean, taken, strict=True):
        for known in ways:
            ways[known] *= 1 - share
        ways[visits] = ways.get(visits, 0.0) + share


def unsure(ways: dict[Visits, float], stop: int) -> tuple[float, int]:
    """How unsure the mean of a group's ways is of a stop, in minutes, and the minute at which to
    halve (-1: seen or not)."""
    starts = [(t, x) for visits, x in ways.items() for s, t in visits if s == stop]
    seen = sum(x for _, x in starts)
    if seen < UNSURE:
        return 0.0, -1
    if seen < 1 - UNSURE:
        return SPREAD * min(seen, 1 - seen), -1
    middle = sum(t * x for t, x in starts) / seen
    spread = (sum(x * (t - middle) ** 2 for t, x in starts) / seen) ** 0.5
    return (spread, int(middle)) if len(starts) > 1 else (0.0, -1)
