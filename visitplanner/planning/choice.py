"""The best timetable of groups on their way, proved: prices for the places that they share give a
bound, and where that leaves a gap the days still possible are halved until none does."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np

from visitplanner.planning.branching import Branching
from visitplanner.planning.campus import Campus
from visitplanner.planning.exact import Walker
from visitplanner.planning.ways import NEVER, SCALE, Costs, Visits, Ways
from visitplanner.planning.ways_kernel import ways_kernel

Cancelled = Callable[[], bool]
ROUNDS, PATIENCE, DRIFT = 30, 4, 0.7
NARROW, WIDE = 6 * SCALE, 300 * SCALE
"""Gap up to which the timetable at hand is likely the best; gap from which it lacks a stop or so,
and is bettered more than once."""
ATTEMPTS, IMPROVING = 3, 0.4
"""How often, and the part of the time until which, the timetable at hand is bettered first."""


class Choice:
    """The ways of all groups and the prices of the places they share.

    A resource is a stop (held until the reset is over) or a speaker (held by the visit)."""

    def __init__(
        self, campus: Campus, walkers: Sequence[Walker], fixed: Sequence[Visits], now: int
    ) -> None:
        self.campus, self.walkers = campus, walkers
        kernel = ways_kernel()
        self.ways = [Ways(campus, w, now, kernel, g) for g, w in enumerate(walkers)]
        self._receive()
        longest = max(v + r for v, r in zip(campus.visit, campus.reset, strict=True))
        last = max(w.until for w in self.ways)
        self.minutes = last + longest + 1
        speakers = max(campus.speaker) + 1
        self.room: Costs = np.empty((campus.stops + speakers, self.minutes), np.int64)
        self.room[: campus.stops] = np.array(campus.places)[:, None]
        self.room[campus.stops :] = 1
        for visits in [*fixed, *(w.begun for w in walkers)]:
            self.hold(self.room, visits, -1)
        self.prices: Costs = np.zeros(self.room.shape, np.int64)

    def _receive(self) -> None:
        """Heads who have been received bind those still to come (rule H11)."""
        stop = self.campus.headline
        for walker in self.walkers:
            begun = dict(walker.begun).get(stop)
            for other, ways in zip(self.walkers, self.ways, strict=True):
                if begun is None or other is walker or not (walker.heads and other.heads):
                    continue
                if stop in ways.stops:
                    own, at = ways.own[ways.stops.index(stop)], begun - ways.since
                    if walker.heads[0] < other.heads[-1]:
                        own[: max(0, at)] = NEVER
                    if other.heads[0] < walker.heads[-1]:
                        own[max(0, at + 1) :] = NEVER

    def spans(self, stop: int, start: int) -> list[tuple[int, int, int]]:
        """What a visit holds: (resource, from minute, to minute)."""
        campus = self.campus
        end = start + campus.visit[stop]
        held = [(stop, start, end + campus.reset[stop])]
        if campus.speaker[stop] >= 0:
            held.append((campus.stops + campus.speaker[stop], start, end))
        return held

    def hold(self, room: Costs, visits: Visits, sign: int) -> None:
        """Add what some visits hold to an array by resource and minute."""
        for stop, start in visits:
            for r, a, b in self.spans(stop, start):
                room[r, a : min(b, self.minutes)] += sign

    def starts(self) -> Costs:
        """What a start costs by stop and minute: the prices of all it holds."""
        campus = self.campus
        sums = np.concatenate([np.zeros((len(self.room), 1), np.int64), self.prices], axis=1)
        sums = sums.cumsum(axis=1)
        begin = np.arange(self.minutes)
        rows = []
        for s in range(campus.stops):
            cost = np.zeros(self.minutes, np.int64)
            for r, _, length in self.spans(s, 0):
                cost += sums[r, np.minimum(begin + length, self.minutes)] - sums[r, begin]
            rows.append(cost)
        return np.array(rows)

    def value(self) -> tuple[int, Costs, list[Visits]]:
        """The bound of these prices, how many groups hold each place too many, and their ways."""
        starts, held = self.starts(), -self.room
        total, taken = -int((self.prices * np.maximum(self.room, 0)).sum()), []
        for ways in self.ways:
            ways.set_prices(starts)
            cost, visits = ways.cheapest()
            total += cost
            self.hold(held, visits, 1)
            taken.append(visits)
        return total, held, taken

    def out_of_turn(self, taken: Sequence[Visits]) -> list[tuple[int, int, int, int, int]]:
        """Who is received at the headline stop before somebody higher, though on the way only:
        (group and its position of the stop, the same of the lower one, when that is received)."""
        stop, guests, found = self.campus.headline, [], []
        for g, (walker, visits) in enumerate(zip(self.walkers, taken, strict=True)):
            if walker.heads and stop in dict(visits):
                own = self.ways[g].stops.index(stop)
                guests.append((g, own, walker.heads, dict(visits)[stop]))
        for g, i, heads, start in guests:
            for h, j, others, then in guests:
                if g != h and heads[0] < others[-1] and start > then:
                    found.append((g, i, h, j, then))
        return found

    def climb(self, target: int, late: Callable[[], bool]) -> int:
        """Set the best prices found; the bound they give. Each step keeps part of the last one's
        direction, which spares most of the zigzag of the subgradient (Camerini et al. 1975)."""
        best, kept, exact = -NEVER, self.prices, self.prices.astype(float)
        drift, theta, stall = np.zeros(self.prices.shape), 1.0, 0
        for _ in range(ROUNDS):
            total, held, _ = self.value()
            stall += 1
            if total > best:
                best, kept, stall = total, self.prices, 0
            if stall >= PATIENCE:
                theta, stall = theta * 0.6, 0
            held[(self.prices <= 0) & (held < 0)] = 0
            drift = held + DRIFT * drift
            norm = float((drift * drift).sum())
            if norm == 0 or target - best < NARROW or late():
                break
            exact = np.maximum(exact + drift * (theta * max(SCALE, target - total) / norm), 0.0)
            self.prices = np.rint(exact).astype(np.int64)
        if self.prices is not kept:
            self.prices = kept
            starts = self.starts()
            for ways in self.ways:
                ways.set_prices(starts)
        return best

    def better(
        self,
        laid: Sequence[Visits],
        seconds: float,
        cancelled: Cancelled,
        improve: Callable[[Cancelled], Sequence[Visits]] | None = None,
    ) -> tuple[list[Visits], bool] | None:
        """The best timetable found in `seconds` and whether it is proved; `laid` is the one at
        hand. Where its gap is wide, `improve` (asked to stop in time) is to better it first. None
        when nothing was found and nothing proved."""
        target, begin = self.cost(laid), time.monotonic()
        if target >= NEVER:
            return None

        def late(share: float = 1.0) -> bool:
            return cancelled() or time.monotonic() - begin > share * seconds

        found = list(laid)
        for _ in range(ATTEMPTS):
            bound = self.climb(target, late)
            if improve is None or target - bound < NARROW:
                break
            found = list(improve(lambda: late(IMPROVING)))
            gained, target = target - self.cost(found), self.cost(found)
            if target - bound < WIDE or not gained:
                break
        branching = Branching(self, found)
        proved = branching.run(late)
        found = branching.laid
        return (found, proved) if proved or found != list(laid) else None

    def cost(self, laid: Sequence[Visits]) -> int:
        """What a timetable costs without prices, in SCALEths of a point."""
        return sum(ways.cost(visits) for ways, visits in zip(self.ways, laid, strict=True))
