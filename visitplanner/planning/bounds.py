"""A lower bound for given groups: places get prices by the minute, each group pays its best tour.

Lagrangian relaxation of “at most `groups_at_once` at a stop at any moment” (Held and Karp 1971;
Fisher 1981): whatever the prices, the groups' cheapest tours less what the places could earn cost
no more than any timetable. Prices follow the subgradient. Precedence, pinned starts and speakers
are left out, which only lowers the bound."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from visitplanner.planning.campus import Campus
from visitplanner.planning.kernel import WIDTH, Kernel
from visitplanner.planning.sketch import Sketch

SCALE = 16
PATIENCE = 4
FIRST_STEP = 0.25
DRIFT = 0.7
"""Part of the last direction that each step keeps (Camerini, Fratta and Maffioli 1975)."""
GRAIN, FINE = 26, 8
"""Prices of starts are rounded down to this: it only lowers the bound and spares labels. Coarsely
while prices are sought, finely when the best are weighed at the end."""
FINE_ROUNDS, MOST_FINE = 10, 0.5
"""How many coarse rounds a fine one takes, about, and the part of the time it is worth."""
Prices = NDArray[np.int64]
Visits = tuple[tuple[int, int], ...]


class Pricing:
    """Prices of places under improvement for the groups of one timetable."""

    def __init__(
        self, campus: Campus, kernel: Kernel, tours: Sequence[tuple[Sketch, Visits]]
    ) -> None:
        self.campus, self.kernel = campus, kernel
        self.sketches = [sketch for sketch, _ in tours]
        self.last = [visits for _, visits in tours]
        longest = max(v + r for v, r in zip(campus.visit, campus.reset, strict=True))
        self.length = campus.horizon + longest + 1
        self.prices: Prices = np.zeros((campus.stops, self.length), np.int64)
        self.exact: NDArray[np.float64] = np.zeros(self.prices.shape)
        self.kept, self.grain = self.prices, GRAIN
        kernel.clear()
        n, horizon = campus.stops, campus.horizon
        for k, sketch in enumerate(self.sketches):
            kernel.profile(k, sketch.allowed, sketch.gain, (0,) * n, (horizon,) * n)

    def starts(self) -> Prices:
        """What a visit costs by stop and start: the prices of the minutes it holds the place."""
        sums = np.concatenate(
            [np.zeros((self.campus.stops, 1), np.int64), self.prices.cumsum(axis=1)], axis=1
        )
        begin = np.arange(self.campus.horizon + 1)
        rows = []
        for s in range(self.campus.stops):
            end = begin + self.campus.visit[s] + self.campus.reset[s]
            rows.append(sums[s, np.minimum(end, self.length)] - sums[s, begin])
        return np.array(rows) // self.grain * self.grain

    def cost(self, sketch: Sketch, visits: Visits, starts: Prices) -> int:
        """What a tour costs under these prices, in SCALEths of a point."""
        campus, weights = self.campus, self.campus.problem.rules.weights
        place, free, walked, shown, cost, paid = campus.stops, 0, 0, 0, sketch.total, 0
        for stop, start in visits:
            walked += campus.walk[place][stop]
            shown += campus.visit[stop]
            place, free = stop, start + campus.visit[stop]
            cost -= sketch.gain[stop]
            paid += int(starts[stop, start])
        walked += campus.walk[place][campus.stops]
        idle = free + campus.walk[place][campus.stops] - shown - walked
        return SCALE * (cost + weights.idle * idle + weights.walk * walked) + paid

    def value(self, stop: Callable[[], bool]) -> tuple[int, Prices] | None:
        """The bound of these prices in SCALEths and how many groups hold each place too many; None
        when asked to stop or when a tour could not be found exactly."""
        starts = self.starts()
        self.kernel.set_prices(tuple(starts.ravel().tolist()))
        places = np.array(self.campus.places, np.int64)[:, None]
        held: Prices = np.zeros_like(self.prices) - places
        total = -int((self.prices * places).sum())
        for k, sketch in enumerate(self.sketches):
            if stop():
                return None
            known = self.cost(sketch, self.last[k], starts)
            found = self.kernel.priced_tour(k, self.campus.horizon, known)
            if found == (-1,):
                return None
            if found is not None:
                known = found[0]
                pairs = list(zip(found[1::2], found[2::2], strict=True))
                self.last[k] = tuple(reversed(pairs))
            total += known
            for s, start in self.last[k]:
                held[s, start : start + self.campus.visit[s] + self.campus.reset[s]] += 1
        return total, held

    def climb(self, target: int, rounds: int, share: Callable[[], float]) -> int:
        """The best bound in SCALEths after at most `rounds`; `target` is the timetable's cost.

        Ends while enough of the time, of which `share()` tells the part used, is left to weigh the
        best prices finely."""
        best, theta, stall, before = 0, FIRST_STEP, 0, share()
        drift: NDArray[np.float64] = np.zeros(self.prices.shape)
        for _ in range(rounds):
            found = self.value(lambda: share() >= 1)
            if found is None:
                break
            total, held = found
            stall += 1
            if total > best:
                stall = stall if total < best + SCALE else 0
                best, self.kept = total, self.prices
            if stall >= PATIENCE:
                theta, stall = theta * 0.6, 0
            held[(self.prices <= 0) & (held < 0)] = 0
            drift = held + DRIFT * drift
            norm = float((drift * drift).sum())
            if norm == 0 or best >= SCALE * (target - 1) + 1:
                break
            step = theta * max(SCALE, SCALE * target - total) / norm
            self.exact = np.maximum(self.exact + drift * step, 0.0)
            self.prices = np.rint(self.exact).astype(np.int64)
            now = share()
            spent, before = now - before, now
            if FINE_ROUNDS * spent <= MOST_FINE and now + (FINE_ROUNDS + 1) * spent > 1:
                break
        return best

    def weigh(self, stop: Callable[[], bool]) -> int:
        """The bound of the best prices, rounded finely, in SCALEths; 0 when there is no time."""
        self.prices, self.grain = self.kept, FINE
        found = self.value(stop)
        return 0 if found is None else found[0]


def tours_bound(
    campus: Campus,
    kernel: Kernel,
    tours: Sequence[tuple[Sketch, Visits]],
    target: int,
    rounds: int,
    share: Callable[[], float],
) -> int:
    """Points that idle, walking and unmet wishes of these groups cost at least in any timetable.

    `target` is what they cost in the one at hand, `share()` the part of the time used. Zero rounds,
    or more stops than the exact search looks at: the groups' cost alone on the
    campus. Clears the calendar."""
    alone = sum(sketch.solo for sketch, _ in tours)
    exact = all(sketch.allowed.bit_count() <= WIDTH for sketch, _ in tours)
    if rounds <= 0 or not exact:
        return alone
    pricing = Pricing(campus, kernel, tours)
    best = pricing.climb(target, rounds, share)
    if best < SCALE * (target - 1) + 1:
        best = max(best, pricing.weigh(lambda: share() >= 1))
    return max(alone, -(-best // SCALE))
