"""The best timetable of groups on their way, proved: prices for places give a bound, the bound says
which ways can be part of a better timetable, and among those the best are chosen exactly."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from visitplanner.planning.campus import Campus
from visitplanner.planning.exact import Walker
from visitplanner.planning.ways import NEVER, SCALE, Costs, Visits, Ways

Cancelled = Callable[[], bool]
SHARES = (1, 2, 4, 8)
"""Parts of the gap within which ways are listed, if those within all of it are too many."""
ROUNDS, PATIENCE, DRIFT = 30, 4, 0.7
NARROW = 6 * SCALE
"""Gap at which listing ways is cheaper than better prices."""
MOST_IN_ALL = 12_000


class Choice:
    """The ways of all groups and the prices of the places they share.

    A resource is a stop (held until the reset is over) or a speaker (held by the visit)."""

    def __init__(
        self, campus: Campus, walkers: Sequence[Walker], fixed: Sequence[Visits], now: int
    ) -> None:
        self.campus, self.walkers = campus, walkers
        self.ways = [Ways(campus, w, now) for w in walkers]
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

    def value(self) -> tuple[int, Costs]:
        """The bound of these prices, and how many groups hold each place too many."""
        starts, held = self.starts(), -self.room
        total = -int((self.prices * np.maximum(self.room, 0)).sum())
        for ways in self.ways:
            ways.set_prices(starts)
            cost, visits = ways.cheapest()
            total += cost
            self.hold(held, visits, 1)
        return total, held

    def climb(self, target: int, late: Callable[[], bool]) -> int:
        """Set the best prices found; the bound they give. Each step keeps part of the last one's
        direction, which spares most of the zigzag of the subgradient (Camerini et al. 1975)."""
        best, kept, exact = -NEVER, self.prices, self.prices.astype(float)
        drift, theta, stall = np.zeros(self.prices.shape), 1.0, 0
        for _ in range(ROUNDS):
            total, held = self.value()
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
        self, laid: Sequence[Visits], seconds: float, cancelled: Cancelled
    ) -> tuple[list[Visits], bool] | None:
        """The best timetable found in `seconds` and whether it is proved; `laid` is the one at
        hand. None when the ways that could better it are too many to choose among."""
        target, until = self.cost(laid), time.monotonic() + seconds
        if target >= NEVER:
            return None

        def late() -> bool:
            return cancelled() or time.monotonic() > until

        best, found, proved = self.climb(target, late), list(laid), False
        for part in SHARES:
            if target - best < SCALE:
                return found, True
            slack = (target - best) // part
            pools = self._pools(slack)
            if pools is None:
                continue
            chosen, whole = self._choose(pools, target, until - time.monotonic(), cancelled)
            if chosen is not None and self.cost(chosen) < target:
                found, target = chosen, self.cost(chosen)
            proved = whole and target - best <= slack + SCALE - 1
            if proved or part == 1:
                break
        return (found, proved) if proved or found != list(laid) else None

    def cost(self, laid: Sequence[Visits]) -> int:
        """What a timetable costs without prices, in SCALEths of a point."""
        return sum(ways.cost(visits) for ways, visits in zip(self.ways, laid, strict=True))

    def _pools(self, slack: int) -> list[list[Visits]] | None:
        """The ways of each group that a timetable within `slack` of the bound can hold."""
        pools = []
        for ways in self.ways:
            found = ways.below(ways.cheapest()[0] + slack)
            if found is None:
                return None
            pools.append([visits for _, visits in found])
        return pools if sum(map(len, pools)) <= MOST_IN_ALL else None

    def _choose(
        self, pools: list[list[Visits]], target: int, seconds: float, cancelled: Cancelled
    ) -> tuple[list[Visits] | None, bool]:
        """One way of each group, together the cheapest below `target`; and whether no better one
        can be had from the pools."""
        model: Any = cp_model.CpModel()  # ortools is untyped
        takes = [[model.new_bool_var("") for _ in pool] for pool in pools]
        costs, terms = [], []
        users: dict[int, list[tuple[int, int, Any]]] = {}
        for ways, pool, take in zip(self.ways, pools, takes, strict=True):
            model.add_exactly_one(take)
            for visits, x in zip(pool, take, strict=True):
                costs.append(ways.cost(visits))
                terms.append(x)
                for stop, start in visits:
                    for r, a, b in self.spans(stop, start):
                        users.setdefault(r, []).append((a, b, x))
        self._places(model, users)
        self._reception(model, pools, takes)
        total = sum(c * x for c, x in zip(costs, terms, strict=True))
        model.add(total <= target - SCALE)
        model.minimize(total)
        solver: Any = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.max_time_in_seconds = max(0.01, seconds)
        solver.best_bound_callback = lambda _: solver.stop_search() if cancelled() else None
        status = solver.solve(model)
        whole = status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None, whole
        return [
            next(v for v, x in zip(pool, take, strict=True) if solver.boolean_value(x))
            for pool, take in zip(pools, takes, strict=True)
        ], whole

    def _places(self, model: Any, users: dict[int, list[tuple[int, int, Any]]]) -> None:
        """No resource held by more than it takes; looking at the minutes when somebody comes, or
        when somebody else's room shrinks, is enough."""
        for r, spans in users.items():
            shrinks = np.flatnonzero(np.diff(self.room[r]) < 0) + 1
            for minute in sorted({a for a, _, _ in spans} | set(shrinks.tolist())):
                there = [x for a, b, x in spans if a <= minute < b]
                room = max(0, int(self.room[r, minute]))
                if len(there) > room:
                    model.add(sum(there) <= room)

    def _reception(self, model: Any, pools: list[list[Visits]], takes: list[list[Any]]) -> None:
        """Rule H11: who must be received no later than whom, for each pair of groups with heads."""
        stop = self.campus.headline
        guests: list[tuple[tuple[int, ...], list[tuple[int, Any]]]] = []
        for walker, pool, take in zip(self.walkers, pools, takes, strict=True):
            if walker.heads and stop >= 0:
                begun = dict(walker.begun).get(stop)
                times = [(dict(v).get(stop), x) for v, x in zip(pool, take, strict=True)]
                if begun is not None:
                    times = [(begun, 1)]
                guests.append((walker.heads, [(t, x) for t, x in times if t is not None]))
        for first, earlier in guests:
            for second, later in guests:
                if earlier is not later and first[0] < second[-1]:
                    for t in sorted({t for t, _ in earlier}):
                        after = [x for u, x in earlier if u >= t]
                        before = [x for u, x in later if u < t]
                        if before:
                            model.add(sum(after) + sum(before) <= 1)
