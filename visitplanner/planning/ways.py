"""All ways one group could walk from where it is, under prices of places, to the last of them."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from visitplanner.planning.campus import MISSING_STOP, Campus
from visitplanner.planning.exact import Walker
from visitplanner.planning.ways_kernel import WaysKernel

Costs = NDArray[np.int64]
States = NDArray[np.int32]
Visits = tuple[tuple[int, int], ...]
SCALE = 16
"""Costs are in parts of a point, so that prices can be finer than points."""
NEVER = 5 * 10**8
NOTHING = np.empty(0, np.int32)


class Ways:
    """What is ahead of one group: the least cost to the end of the day from each state (stops seen,
    the last of them, minute), by a dynamic programme from the end. With a `kernel`, which knows the
    group as `number`, the tables are laid only where all ways are asked for."""

    def __init__(
        self,
        campus: Campus,
        walker: Walker,
        now: int,
        kernel: WaysKernel | None = None,
        number: int = 0,
    ) -> None:
        self.campus, self.walker, self.kernel, self.number = campus, walker, kernel, number
        self.since, self.until = now, max(walker.deadline, now)
        weights = campus.problem.rules.weights
        self.idle, self.step = SCALE * weights.idle, SCALE * (weights.walk - weights.idle)
        begun = {s for s, _ in walker.begun}
        starts = {
            s: self._starts(s) for s in range(campus.stops) if walker.allowed >> s & 1
            and s not in begun
        }  # fmt: skip
        # The kernel counts on it that a visit to each of its stops ends within the day.
        self.stops = [s for s, cost in starts.items() if (cost < NEVER).any()]
        width = self.until - self.since + 1
        self.own = np.array([starts[s] for s in self.stops], np.int64).reshape(-1, width)
        self.most = max(0, min(campus.most_stops - len(begun), len(self.stops)))
        self.layers = [
            [sum(1 << i for i in c) for c in combinations(range(len(self.stops)), k)]
            for k in range(self.most + 1)
        ]
        self.row = [{m: r for r, m in enumerate(layer)} for layer in self.layers]
        self.lack = tuple(self.missing(k) for k in range(self.most + 1))
        """Cost by number of further visits: of the stops a tour lacks, or NEVER."""
        self.home: States = NOTHING
        self.first: list[int] = []
        self.rows: list[list[NDArray[np.intp]]] = []
        self.onto: list[list[NDArray[np.intp]]] = []
        self._lay_tables()
        self.begin: list[States] = []
        self.wait: list[States] = []
        self.paid: States = NOTHING
        if kernel is not None:
            self._tell(kernel)

    def _starts(self, stop: int) -> Costs:
        """What a visit begun at each minute costs without prices; NEVER where it cannot begin."""
        campus, walker = self.campus, self.walker
        cost = np.full(self.until - self.since + 1, NEVER, np.int64)
        promised, pinned = dict(walker.published), dict(walker.must).get(stop, -1)
        home = campus.visit[stop] + campus.walk[stop][campus.stops]
        for a, b in campus.opening[stop]:
            first = max(a, self.since)
            last = min(b - campus.visit[stop], self.until - home)
            if pinned >= 0:
                first, last = max(first, pinned), min(last, pinned)
            if first <= last:
                value = -SCALE * walker.gain[stop] - self.idle * campus.visit[stop]
                cost[first - self.since : last + 1 - self.since] = value
        kept = promised.get(stop, -1) - self.since
        if 0 <= kept < len(cost) and cost[kept] < NEVER:
            cost[kept] -= SCALE * walker.kept
        return cost

    def missing(self, count: int) -> int:
        """Points of the stops a tour of `count` more visits lacks."""
        short = self.campus.least_stops - len(self.walker.begun) - count
        return SCALE * MISSING_STOP * max(0, short)

    def stay(self) -> int:
        """Cost of going home at once, without that of the stops then lacking."""
        walker, campus = self.walker, self.campus
        back = campus.walk[walker.place][campus.stops]
        return self.idle * (walker.ended(campus) + back) + self.step * back

    def _lay_tables(self) -> None:
        """What does not depend on prices: cost of going home, and from which sets of stops each
        next stop leads where."""
        campus, width = self.campus, self.own.shape[1]
        back = np.array([campus.walk[s][campus.stops] for s in self.stops], np.int64)[:, None]
        home = np.arange(self.since, self.until + 1)[None, :] + back
        cost = np.where(home <= self.until, self.idle * home + self.step * back, NEVER)
        visits = [campus.visit[s] for s in self.stops]
        ways = [campus.walk[q][s] for s in self.stops for q in (*self.stops, self.walker.place)]
        leg = min(visits, default=0) + min(ways, default=0)
        self.home = cost.astype(np.int32)
        for k in range(self.most + 1):
            self.first.append(min(width, max(0, (k - 1) * leg + min(visits, default=0))))
            rows = [[r for r, m in enumerate(self.layers[k]) if not m >> j & 1]
                    for j in range(len(self.stops))]  # fmt: skip
            self.rows.append([np.array(x, np.intp) for x in rows])
            row, masks = self.row[min(k + 1, self.most)], self.layers[k]
            self.onto.append(
                [np.array([row[masks[r] | 1 << j] for r in x], np.intp) for j, x in enumerate(rows)]
                if k < self.most
                else []
            )

    def _tell(self, kernel: WaysKernel) -> None:
        """Tell the kernel what does not depend on prices."""
        walk, stops, place = self.campus.walk, self.stops, self.walker.place
        legs = [[walk[a][b] for b in stops] for a in stops]
        visits = [self.campus.visit[s] for s in stops]
        arrive = [self.walker.arrival(self.campus, s) - self.since for s in stops]
        out = [self.step * walk[place][s] for s in stops]
        tables = [np.array(x, np.int32) for x in (legs, visits, arrive, out, self.home)]
        size, costs = (self.own.shape[1], self.most), (self.stay(), self.step)
        kernel.group(self.number, *size, costs, tables)

    def set_prices(self, starts: Costs) -> None:
        """From now on each start (by stop and minute) costs this much more."""
        width = self.own.shape[1]
        self.paid = (
            (self.own + starts[self.stops, self.since : self.since + width])
            .clip(max=NEVER)
            .astype(np.int32)
        )
        self.begin = []

    def _look_ahead(self) -> None:
        """Work out all costs under the prices set."""
        if self.begin:
            return
        width, paid = self.own.shape[1], self.paid
        self.begin = [NOTHING] * (self.most + 1)
        self.wait = [NOTHING] * (self.most + 1)
        for k in range(self.most, 0, -1):
            shape = (len(self.layers[k]), *self.home.shape)
            after = np.broadcast_to(np.minimum(self.home + np.int32(self.lack[k]), NEVER), shape)
            if k < self.most:
                after = self._onwards(k, after.copy())
            begin = np.full(shape, NEVER, np.int32)
            for i, s in enumerate(self.stops):
                visit = self.campus.visit[s]
                begin[:, i, : width - visit] = after[:, i, visit:] + paid[i, : width - visit]
            self.begin[k] = np.minimum(begin, NEVER, out=begin)
            self.wait[k] = np.minimum.accumulate(begin[:, :, ::-1], axis=2)[:, :, ::-1]

    def _onwards(self, k: int, after: States) -> States:
        """The least cost after k visits, in place: home, as given, or one more. (States whose last
        stop is not among those seen get a cost too; nothing ever asks for it.)"""
        walk, first, width = self.campus.walk, self.first[k], after.shape[2]
        for j, q in enumerate(self.stops):
            rows, onward = self.rows[k][j], self.wait[k + 1][self.onto[k][j], j]
            for i, s in enumerate(self.stops):
                w = walk[s][q]
                if i != j and first + w < width:
                    way = onward[:, first + w :] + np.int32(self.step * w)
                    old = after[rows, i, first : width - w]
                    after[rows, i, first : width - w] = np.minimum(old, way)
        return after

    def cheapest(self) -> tuple[int, Visits]:
        """The least cost under the prices set, and the visits of a way that has it."""
        if self.kernel is not None:
            cost, found = self.kernel.cheapest(self.number, self.paid, self.lack)
            return cost, tuple((self.stops[i], self.since + t) for i, t in found)
        self._look_ahead()
        k, mask, place, minute = 0, 0, self.walker.place, self.since
        visits: list[tuple[int, int]] = []
        best = None
        while True:
            home = self.lack[0] + self.stay() if k == 0 else self._ending(k, place, minute)
            onward = self._onward(k, mask, place, minute)
            if best is None:
                best = min([home, *(o[0] for o in onward)])
            if not onward or home <= min(onward)[0]:
                return best, tuple(visits)
            _, i, first = min(onward)
            row = self.row[k + 1][mask | 1 << i]
            at = first + int(self.begin[k + 1][row, i, first:].argmin())
            k, mask, place = k + 1, mask | 1 << i, self.stops[i]
            visits.append((place, self.since + at))
            minute = self.since + at + self.campus.visit[place]

    def _ending(self, k: int, place: int, minute: int) -> int:
        back = self.campus.walk[place][self.campus.stops]
        if minute + back > self.until:
            return NEVER
        return self.idle * (minute + back) + self.step * back + self.lack[k]

    def _onward(self, k: int, mask: int, place: int, minute: int) -> list[tuple[int, int, int]]:
        """(least cost to the end, position of the stop, arrival) for each next stop."""
        found = []
        for i, s in enumerate(self.stops if k < self.most else ()):
            w = self.campus.walk[place][s]
            first = (minute + w if k else self.walker.arrival(self.campus, s)) - self.since
            if not mask >> i & 1 and first < self.own.shape[1]:
                row = self.row[k + 1][mask | 1 << i]
                cost = int(self.wait[k + 1][row, i, first]) + self.step * w
                if cost < NEVER:
                    found.append((cost, i, first))
        return found

    def cost(self, visits: Visits) -> int:
        """What given visits cost without prices; NEVER or more when the group cannot make them."""
        k, place, minute, cost = 0, self.walker.place, self.since, 0
        for s, start in visits:
            w = self.campus.walk[place][s]
            first = minute + w if k else self.walker.arrival(self.campus, s)
            if s not in self.stops or not first <= start <= self.until or k >= self.most:
                return NEVER
            cost += int(self.own[self.stops.index(s), start - self.since]) + self.step * w
            k, place, minute = k + 1, s, start + self.campus.visit[s]
        return cost + (self._ending(k, place, minute) if k else self.lack[0] + self.stay())
