"""All ways one group could walk from where it is, under prices of places, to the last of them."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from visitplanner.planning.campus import MISSING_STOP, Campus
from visitplanner.planning.exact import Walker

Costs = NDArray[np.int64]
States = NDArray[np.int32]
Visits = tuple[tuple[int, int], ...]
SCALE = 16
"""Costs are in parts of a point, so that prices can be finer than points."""
NEVER = 5 * 10**8
NOTHING = np.empty(0, np.int32)
MOST_WAYS = 6_000


class Ways:
    """What is ahead of one group: the least cost to the end of the day from each state (stops seen,
    the last of them, minute), by a dynamic programme from the end."""

    def __init__(self, campus: Campus, walker: Walker, now: int) -> None:
        self.campus, self.walker = campus, walker
        seen = {s for s, _ in walker.begun}
        self.stops = [s for s in range(campus.stops) if walker.allowed >> s & 1 and s not in seen]
        self.since, self.until = now, max(walker.deadline, now)
        width = self.until - self.since + 1
        self.most = max(0, min(campus.most_stops - len(seen), len(self.stops)))
        self.layers = [
            [sum(1 << i for i in c) for c in combinations(range(len(self.stops)), k)]
            for k in range(self.most + 1)
        ]
        self.row = [{m: r for r, m in enumerate(layer)} for layer in self.layers]
        weights = campus.problem.rules.weights
        self.idle, self.step = SCALE * weights.idle, SCALE * (weights.walk - weights.idle)
        self.own = np.full((len(self.stops), width), NEVER, np.int64)
        promised, must = dict(walker.published), dict(walker.must)
        for i, s in enumerate(self.stops):
            home = campus.visit[s] + campus.walk[s][campus.stops]
            value = -SCALE * walker.gain[s] - self.idle * campus.visit[s]
            for a, b in campus.opening[s]:
                first = max(a, now, self.since)
                last = min(b - campus.visit[s], self.until - home)
                if must.get(s, -1) >= 0:
                    first, last = max(first, must[s]), min(last, must[s])
                if first <= last:
                    self.own[i, first - self.since : last + 1 - self.since] = value
            kept = promised.get(s, -1) - self.since
            if 0 <= kept < width and self.own[i, kept] < NEVER:
                self.own[i, kept] -= SCALE * walker.kept
        self.home: list[States] = []
        self.first: list[int] = []
        self.rows: list[list[NDArray[np.intp]]] = []
        self.onto: list[list[NDArray[np.intp]]] = []
        self._lay_tables()
        self.begin: list[States] = []
        self.wait: list[States] = []
        self.paid: States = NOTHING

    def missing(self, count: int) -> int:
        """Points of the stops a tour of `count` more visits lacks."""
        short = self.campus.least_stops - len(self.walker.begun) - count
        return SCALE * MISSING_STOP * max(0, short)

    def stay(self) -> int:
        """Cost of going home at once."""
        walker, campus = self.walker, self.campus
        back = campus.walk[walker.place][campus.stops]
        ended = 0
        if walker.begun:
            stop, start = walker.begun[-1]
            ended = start + campus.visit[stop]
        return self.idle * (ended + back) + self.step * back + self.missing(0)

    def _lay_tables(self) -> None:
        """What does not depend on prices: cost of going home by number of visits, and from which
        sets of stops each next stop leads where."""
        campus, width = self.campus, self.own.shape[1]
        back = np.array([campus.walk[s][campus.stops] for s in self.stops], np.int64)[:, None]
        home = np.arange(self.since, self.until + 1)[None, :] + back
        cost = np.where(home <= self.until, self.idle * home + self.step * back, NEVER)
        visits = [campus.visit[s] for s in self.stops]
        ways = [campus.walk[q][s] for s in self.stops for q in (*self.stops, self.walker.place)]
        leg = min(visits, default=0) + min(ways, default=0)
        for k in range(self.most + 1):
            self.home.append(np.minimum(cost + self.missing(k), NEVER).astype(np.int32))
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

    def set_prices(self, starts: Costs) -> None:
        """Work out all costs when each start (by stop and minute) costs this much more."""
        width = self.own.shape[1]
        self.paid = paid = (self.own + starts[self.stops, self.since : self.since + width]).clip(
            max=NEVER
        ).astype(np.int32)  # fmt: skip
        self.begin = [NOTHING] * (self.most + 1)
        self.wait = [NOTHING] * (self.most + 1)
        for k in range(self.most, 0, -1):
            shape = (len(self.layers[k]), *self.home[k].shape)
            after = np.broadcast_to(self.home[k], shape)
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
        k, mask, place, minute = 0, 0, self.walker.place, self.since
        visits: list[tuple[int, int]] = []
        best = None
        while True:
            home = self.stay() if k == 0 else self._ending(k, place, minute)
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
        return self.idle * (minute + back) + self.step * back + self.missing(k)

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
        return cost + (self._ending(k, place, minute) if k else self.stay())

    def below(self, most: int) -> list[tuple[int, Visits]] | None:
        """All ways that cost at most `most` under the prices set, with that cost; None when there
        are too many to look at."""
        found: list[tuple[int, Visits]] = [(self.stay(), ())] if self.stay() <= most else []
        ahead: list[tuple[int, int, int, Visits]] = [(0, self.since, 0, ())]
        while ahead:
            mask, minute, cost, visits = ahead.pop()
            k, place = len(visits), visits[-1][0] if visits else self.walker.place
            for least, i, first in self._onward(k, mask, place, minute):
                if cost + least > most:
                    continue
                s, row = self.stops[i], self.row[k + 1][mask | 1 << i]
                spent = cost + self.step * self.campus.walk[place][s]
                fits = np.flatnonzero(self.begin[k + 1][row, i, first:] + spent <= most) + first
                for x in fits.tolist():
                    wider = (*visits, (s, self.since + x))
                    free = self.since + x + self.campus.visit[s]
                    paid = spent + int(self.paid[i, x])
                    whole = paid + self._ending(k + 1, s, free)
                    if whole <= most:
                        found.append((whole, wider))
                    if k + 1 < self.most:
                        ahead.append((mask | 1 << i, free, paid, wider))
                if len(found) + len(ahead) > MOST_WAYS:
                    return None
        return found
