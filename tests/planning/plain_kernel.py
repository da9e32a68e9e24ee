"""`kernel.lua` in Python, line for line: what the compiled one is compared with."""

from __future__ import annotations

from typing import cast

from visitplanner.planning.campus import Campus
from visitplanner.planning.kernel import Ints, Visits, kernel_arguments

NEVER = 30_000
WIDTH = 16
FURTHER, GROWTH = 16, 3
"""Points by which a guess is raised first, and how that grows."""

Choice = tuple[int, int, int, int, int, int]


class PlainKernel:
    """A calendar of free places and the exact search for one group's cheapest tour in it.

    Numbers are whole minutes or score points; stops count from 0, the hall is stop `stops`."""

    def __init__(
        self,
        stops: int,
        horizon: int,
        tour_stops: tuple[int, int],
        weights: tuple[int, int],
        penalty: int,
        headline: int,
        tables: tuple[Ints, Ints, Ints, Ints, Ints, Ints],
    ) -> None:
        self.n, self.horizon, self.headline, self.penalty = stops, horizon, headline, penalty
        self.least, self.most = tour_stops
        self.wait, self.pace = weights
        self.walk, self.visit, self.reset, self.places, self.speaker, opening = tables
        self.open = [
            list(opening[s * (horizon + 1) : (s + 1) * (horizon + 1)]) for s in range(stops)
        ]
        self.row = horizon + max(self.walk) + 2
        self.span = horizon + max(v + r for v, r in zip(self.visit, self.reset, strict=True)) + 2
        self.next: list[list[int]] = [[] for _ in range(stops)]
        self.profiles: dict[int, tuple[list[Choice], int, int]] = {}
        self.table: tuple[Ints, Ints] = ((), ())
        self.clear()

    def clear(self) -> None:
        """Free every place."""
        self.busy = [[0] * self.span for _ in range(self.n)]
        self.spoken = [[0] * self.span for _ in range(max(self.speaker) + 1)]
        self.dirty = [True] * self.n

    def open_stop(self, stop: int, minutes: Ints) -> None:
        """Set for each minute whether a visit may begin at `stop`."""
        self.open[stop] = list(minutes)
        self.dirty[stop] = True

    def book(self, visits: Visits, sign: int) -> None:
        """Book (1) or free (-1) visits."""
        for stop, start in visits:
            self._book(stop, start, sign)

    def _book(self, stop: int, start: int, sign: int) -> None:
        busy, end = self.busy[stop], start + self.visit[stop] + self.reset[stop]
        for x in range(start, min(end, self.span)):
            busy[x] += sign
        self.dirty[stop] = True
        k = self.speaker[stop]
        if k >= 0:
            for x in range(start, min(start + self.visit[stop], self.span)):
                self.spoken[k][x] += sign
            for q in range(self.n):
                self.dirty[q] = self.dirty[q] or self.speaker[q] == k

    def _refresh(self, s: int) -> None:
        near = quiet = self.span + self.horizon
        later = NEVER
        row = [NEVER] * self.row
        busy, opening, visit = self.busy[s], self.open[s], self.visit[s]
        hold, k = visit + self.reset[s], self.speaker[s]
        for t in range(self.span - 1, -1, -1):
            if busy[t] >= self.places[s]:
                near = t
            if k >= 0 and self.spoken[k][t] > 0:
                quiet = t
            if t <= self.horizon:
                if opening[t] and near >= t + hold and quiet >= t + visit:
                    later = t
                row[t] = later
        self.next[s] = row
        self.dirty[s] = False

    def profile(self, number: int, allowed: int, gain: Ints, lo: Ints, hi: Ints) -> None:
        """Remember what a group may see and gains, and the earliest and latest starts by stop."""
        n, walk = self.n, self.walk
        seen = [s for s in range(n) if allowed >> s & 1]
        chosen = []
        for s in seen:
            near = min([walk[n * (n + 1) + s], *(walk[q * (n + 1) + s] for q in seen if q != s)])
            chosen.append((s, gain[s], gain[s] - self.pace * near, lo[s], hi[s], near))
        chosen.sort(key=lambda c: -c[2])
        home = min([9999, *(walk[s * (n + 1) + n] for s in seen)])
        self.profiles[number] = (chosen[:WIDTH], sum(gain), home)

    def _rows(self, chosen: list[Choice], lo: int, hi: int) -> list[list[int]]:
        rows = []
        for s, _, _, a, b, _ in chosen:
            if self.dirty[s]:
                self._refresh(s)
            if s == self.headline:
                a, b = max(a, lo), min(b, hi)
            row = self.next[s]
            if a > 0 or b < self.horizon:
                row = [v if (v := row[max(t, a)]) <= b else NEVER for t in range(self.row)]
            rows.append(row)
        return rows

    def tour(
        self, number: int, lo: int, hi: int, loc: int, t0: int, k0: int, deadline: int, bound: int,
        guess: int,
    ) -> Ints | None:  # fmt: skip
        """The cheapest tour below `bound` for a group free at `loc` from minute `t0`, having seen
        `k0` stops: (cost, stop, start, stop, start …), or None. It is sought below `guess` first,
        then ever further above."""
        rows = self._rows(self.profiles[number][0], lo, hi)
        limit, more = min(guess, bound), FURTHER
        while True:
            found = self._pass((number, rows, loc, t0, k0, deadline), limit)
            if found is not None or limit >= bound:
                return found
            limit, more = min(bound, limit + more), more * GROWTH

    def _pass(
        self, asked: tuple[int, list[list[int]], int, int, int, int], bound: int
    ) -> Ints | None:
        number, rows, loc, t0, k0, deadline = asked
        chosen, total, near_home = self.profiles[number]
        n, wait, pace, walk = self.n, self.wait, self.pace, self.walk
        home = [walk[c[0] * (n + 1) + n] for c in chosen]
        back = walk[loc * (n + 1) + n]
        best, end = bound, (-2, -2)
        cost = wait * t0 + pace * back + total + self.penalty * max(0, self.least - k0)
        if cost < best and t0 + back <= deadline:
            best, end = cost, (-1, -1)
        found: dict[tuple[int, int], tuple[int, int, int]] = {}
        layer = self._first_steps(asked, home, found) if k0 < self.most else []
        for k in range(k0 + 1, self.most + 1):
            miss = self.penalty * max(0, self.least - k)
            following: list[tuple[int, int]] = []
            for m, i in layer:
                t, _, v = found[m, i]
                cost = wait * t + pace * home[i] - v + total + miss
                if cost < best:
                    best, end = cost, (m, i)
                if k == self.most:
                    continue
                still = (chosen, rows, home, deadline, t)
                hope = self._promise(still, m, self.most - k, self.least - k)
                if wait * t - v + total + pace * near_home - hope < best:
                    self._extend(chosen, rows, home, (m, i, t, v), deadline, found, following)
            layer = following
        return None if end[0] == -2 else (best, *self._route(chosen, found, end))

    def _first_steps(
        self,
        asked: tuple[int, list[list[int]], int, int, int, int],
        home: list[int],
        found: dict[tuple[int, int], tuple[int, int, int]],
    ) -> list[tuple[int, int]]:
        number, rows, loc, t0, _, deadline = asked
        layer: list[tuple[int, int]] = []
        for i, (s, gain, *_) in enumerate(self.profiles[number][0]):
            way = self.walk[loc * (self.n + 1) + s]
            f = (rows[i][t0 + way] if t0 + way <= self.horizon else NEVER) + self.visit[s]
            if f + home[i] <= deadline:
                value = self.wait * self.visit[s] + gain - (self.pace - self.wait) * way
                found[1 << i, i] = (f, -1, value)
                layer.append((1 << i, i))
        return layer

    def _promise(
        self,
        still: tuple[list[Choice], list[list[int]], list[int], int, int],
        m: int,
        room: int,
        need: int,
    ) -> int:
        chosen, rows, home, deadline, t = still
        total = 0
        for i, c in enumerate(chosen):
            if room <= 0:
                break
            if not m >> i & 1:
                if c[2] <= 0 and need <= 0:
                    break
                if rows[i][t + c[5]] + self.visit[c[0]] + home[i] <= deadline:
                    total, room, need = total + c[2], room - 1, need - 1
        return total

    def _extend(
        self,
        chosen: list[Choice],
        rows: list[list[int]],
        home: list[int],
        state: tuple[int, int, int, int],
        deadline: int,
        found: dict[tuple[int, int], tuple[int, int, int]],
        following: list[tuple[int, int]],
    ) -> None:
        m, last, t, v = state
        base = chosen[last][0] * (self.n + 1)
        for i, (s, gain, *_) in enumerate(chosen):
            if m >> i & 1:
                continue
            way = self.walk[base + s]
            f = rows[i][t + way] + self.visit[s]
            if f + home[i] <= deadline:
                key = (m | 1 << i, i)
                old = found.get(key)
                if old is None or f < old[0]:
                    worth = v + self.wait * self.visit[s] + gain - (self.pace - self.wait) * way
                    found[key] = (f, last, worth)
                    if old is None:
                        following.append(key)

    def _route(
        self,
        chosen: list[Choice],
        found: dict[tuple[int, int], tuple[int, int, int]],
        end: tuple[int, int],
    ) -> list[int]:
        route: list[int] = []
        m, i = end
        while i >= 0:
            f, before, _ = found[m, i]
            s = chosen[i][0]
            route = [s, f - self.visit[s], *route]
            m, i = m & ~(1 << i), before
        return route

    def solo_table(self, masks: Ints, costs: Ints) -> None:
        """Costs of stop sets for a group alone on the campus, cheapest first."""
        self.table = (masks, costs)

    def solo(self, allowed: int, gain: Ints) -> tuple[int, int]:
        """Cost and mask of the cheapest set within `allowed`."""
        best, found = 2_000_000_000, 0
        for m, c in zip(*self.table, strict=True):
            worth = sum(g for s, g in enumerate(gain) if m >> s & 1)
            if not m & ~allowed and c - worth < best:
                best, found = c - worth, m
        return best, found


def plain_kernel(campus: Campus) -> PlainKernel:
    """The kernel of a campus in Python."""
    n, horizon, stops, weights, penalty, headline, tables = kernel_arguments(campus)
    packed = cast("tuple[Ints, Ints, Ints, Ints, Ints, Ints]", tables)
    return PlainKernel(n, horizon, stops, weights, penalty, headline, packed)
