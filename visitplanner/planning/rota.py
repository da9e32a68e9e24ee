"""The timetable: groups taken out and put back exactly, one after the other, under annealing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import nsmallest

from visitplanner.planning.campus import MISSING_STOP, Campus
from visitplanner.planning.chance import STEPS, cooling
from visitplanner.planning.duty import Duty
from visitplanner.planning.grouping import Draft, Grouping
from visitplanner.planning.kernel import Kernel
from visitplanner.planning.sketch import LACKING
from visitplanner.planning.tour import Snapshot, Tour
from visitplanner.planning.trade import Trades

HOT, COLD = 15.0, 1.0
SWAP_HEAT = 60.0
NOTHING = 10**9
FAR = 999
CROWDED = 0.6
SIZES = (1, 2, 2, 2, 3, 3, 4)
"""Groups taken out in one step, each as likely as it stands here."""
NEAR = 0.6
"""Part of the steps in which they meet at a stop."""
TRIES = 3
"""Exchanges proposed until one looks well."""
TRADES = 5
"""Trades after each step."""
EXCHANGE, EXCHANGE_LACKING = 0.6, 0.3
"""Part of the steps in which guests change places first; the same while something is lacking."""


class Rota:
    """A timetable under improvement."""

    def __init__(self, campus: Campus, kernel: Kernel, grouping: Grouping) -> None:
        self.campus, self.kernel, self.grouping = campus, kernel, grouping
        self.chance = grouping.chance
        self.tours: list[Tour] = []
        self.free: list[int] = list(range(2047, -1, -1))
        self.steps = 0
        self.exchanging = EXCHANGE
        self.duty = Duty(campus)
        self.trades = Trades(campus, grouping)

    # -- one group

    def enter(self, draft: Draft) -> Tour:
        """A tour without visits, known to the kernel."""
        number = self.free.pop()
        n, horizon = self.campus.stops, self.campus.horizon
        lo, hi = [0] * n, [horizon] * n
        for stop, start in draft.sketch.must:
            if start >= 0:
                lo[stop] = hi[stop] = start
        sketch = draft.sketch
        self.kernel.profile(number, sketch.allowed, sketch.gain, tuple(lo), tuple(hi))
        return Tour(draft, number)

    def leave(self, tour: Tour) -> None:
        """Forget a tour that has no visits booked."""
        self.free.append(tour.profile)

    def lift(self, tour: Tour) -> None:
        """Free the places of a tour."""
        self.kernel.book(tour.visits, -1)
        tour.visits = ()

    def lay(self, tour: Tour, visits: tuple[tuple[int, int], ...], cost: int) -> None:
        """Book the visits of a tour."""
        self.kernel.book(visits, 1)
        tour.note(visits, cost)

    def insert(self, tour: Tour, bound: int = NOTHING, guess: int = NOTHING) -> bool:
        """Give the group its best tour in the free places, if one costs less than `bound`; `guess`
        is about what it will cost."""
        lo, hi = self.reception(tour) if tour.draft.sketch.heads else (0, self.campus.horizon)
        latest = self.campus.deadline
        if self.duty.differ:
            others = [self.out(t) for t in self.tours if t is not tour]
            latest = self.duty.latest(others, tour.draft.tongue)
        found = self.kernel.tour(
            tour.profile, lo, hi, self.campus.stops, 0, 0, latest, bound, guess
        )
        if found is None:
            return False
        self.lay(tour, tuple(zip(found[1::2], found[2::2], strict=True)), found[0])
        return True

    def out(self, tour: Tour) -> tuple[int, int]:
        """The working languages of a tour and the minute it is back."""
        if not tour.visits:
            return tour.draft.tongue, 0
        stop, start = tour.visits[-1]
        back = start + self.campus.visit[stop] + self.campus.walk[stop][self.campus.stops]
        return tour.draft.tongue, back

    def off_duty(self) -> int:
        """Staff who are missing because tours last too long."""
        return self.duty.short([self.out(t) for t in self.tours]) if self.duty.differ else 0

    def reception(self, tour: Tour) -> tuple[int, int]:
        """Earliest and latest start at the headline stop that precedence leaves the group."""
        lo, hi, stop = 0, self.campus.horizon, self.campus.headline
        own = tour.draft.sketch.heads
        for other in self.tours:
            heads = other.draft.sketch.heads
            if other is tour or not heads:
                continue
            for s, start in other.visits:
                if s == stop:
                    if heads[0] < own[-1]:
                        lo = max(lo, start)
                    if own[0] < heads[-1]:
                        hi = min(hi, start)
        return lo, hi

    def regroup(self, old: tuple[Tour, ...], drafts: tuple[Draft, ...]) -> bool:
        """Give other guests to tours that stay as they are; False where staff would go home."""
        before = self.tours
        new = [self.enter(d) for d in drafts]
        for was, tour in zip(old, new, strict=True):
            tour.note(was.visits, self.cost_of(tour.draft, was.visits))
        after = dict(zip(map(id, old), new, strict=True))
        self.tours = [after.get(id(t), t) for t in self.tours]
        if self.off_duty():
            self.tours, old = before, tuple(new)
        for t in old:
            self.leave(t)
        return self.tours is not before

    # -- all groups

    def begin(self, drafts: list[Draft]) -> None:
        """Build a first timetable: those with least choice go first."""
        self.kernel.clear()
        for tour in self.tours:
            self.leave(tour)
        self.tours = [self.enter(d) for d in drafts]
        order = sorted(
            self.tours,
            key=lambda t: (
                not t.draft.sketch.must,
                t.draft.sketch.heads or (99,),
                t.draft.sketch.allowed.bit_count(),
                t.draft.sketch.blocks,
            ),
        )
        for tour in order:
            self.insert(tour)

    def restore(self, snapshot: Snapshot) -> None:
        """Return to a snapshot."""
        self.kernel.clear()
        for tour in self.tours:
            self.leave(tour)
        self.tours = []
        for draft, visits in snapshot.tours:
            tour = self.enter(draft)
            self.lay(tour, visits, self.cost_of(draft, visits))
            self.tours.append(tour)

    def cost_of(self, draft: Draft, visits: tuple[tuple[int, int], ...]) -> int:
        """Points of a tour as the kernel counts them."""
        campus, weights = self.campus, self.campus.problem.rules.weights
        place, free, walked, shown = campus.stops, 0, 0, 0
        cost = draft.sketch.total
        for stop, start in visits:
            walked += campus.walk[place][stop]
            shown += campus.visit[stop]
            place, free = stop, start + campus.visit[stop]
            cost -= draft.sketch.gain[stop]
        back = campus.walk[place][campus.stops]
        walked += back
        idle = free + back - shown - walked
        missing = max(0, campus.least_stops - len(visits))
        return cost + weights.idle * idle + weights.walk * walked + MISSING_STOP * missing

    def lacking_more(self, gone: Sequence[Tour], drafts: Sequence[Draft]) -> int:
        """Points for staff more lacking when these drafts take the place of those tours."""
        if sorted(t.draft.tongue for t in gone) == sorted(d.tongue for d in drafts):
            return 0
        kept = [t.draft for t in self.tours if t not in gone]
        lacking = self.grouping.lacking
        return lacking([*kept, *drafts]) - lacking([t.draft for t in self.tours])

    def total(self) -> int:
        """Points of the timetable, penalties included."""
        drafts = [t.draft for t in self.tours]
        return sum(
            t.cost + self.grouping.price(t.draft) for t in self.tours
        ) + self.grouping.lacking(drafts)

    def lacks(self) -> int:
        """How many stops, pins, people, interpreters and escorts are missing."""
        missing = self.grouping.lacking([t.draft for t in self.tours]) // LACKING
        for t in self.tours:
            seen = {s for s, _ in t.visits}
            missing += max(0, self.campus.least_stops - len(seen)) + t.draft.sketch.small
            missing += sum(1 for s, _ in t.draft.sketch.must if s not in seen)
        return missing + self.off_duty()

    def snapshot(self, total: int) -> Snapshot:
        """The timetable as it stands."""
        return Snapshot(total, self.lacks(), tuple((t.draft, t.visits) for t in self.tours))

    # -- the search

    def improve(
        self,
        share: Callable[[], float],
        found: Callable[[Snapshot], None],
        *,
        hot: float = HOT,
        until_complete: bool = False,
    ) -> Snapshot:
        """Anneal until `share()` reaches 1 (or the first complete timetable, if asked), calling
        `found` for each better timetable."""
        heat = cooling(hot, COLD)
        current = self.total()
        best = self.snapshot(current)
        found(best)
        while (done := share()) < 1 and (best.lacks or not until_complete):
            self.steps += 1
            self.exchanging = EXCHANGE_LACKING if best.lacks else EXCHANGE
            warm = heat[int(done * STEPS)]
            current += self.step(warm * self.chance.exponential())
            for _ in range(TRADES):
                current += self.trade(warm * self.chance.exponential())
            if current < best.total or (best.lacks and current < best.total + 2 * LACKING):
                snapshot = self.snapshot(current)
                if (snapshot.lacks, snapshot.total) < (best.lacks, best.total):
                    best = snapshot
                    found(best)
        return best

    def step(self, slack: float) -> int:
        """Take some groups out, perhaps exchange guests, put them back; keep it when the cost grows
        by at most `slack`. Returns the change."""
        chosen = self.choose()
        before = [(t, t.visits, t.cost) for t in chosen]
        exchange = self.exchange(chosen) if self.chance.uniform() < self.exchanging else None
        old = sum(t.cost for t in chosen)
        for t in chosen:
            self.lift(t)
        fixed = 0
        if exchange is not None:
            gone, entered, fixed = exchange
            self.tours = [t for t in self.tours if t not in gone] + entered
            chosen = [t for t in chosen if t not in gone] + entered
        self.chance.shuffle(chosen)
        if self.refill(chosen, old - fixed + int(slack)) and not self.off_duty():
            if exchange is not None:
                for t in exchange[0]:
                    self.leave(t)
            return sum(t.cost for t in chosen) - old + fixed
        for t in chosen:
            self.lift(t)
        if exchange is not None:
            gone, entered, _ = exchange
            self.tours = [t for t in self.tours if t not in entered] + gone
            for t in entered:
                self.leave(t)
        for t, visits, cost in before:
            self.lay(t, visits, cost)
        return 0

    def trade(self, slack: float) -> int:
        """Let guests change places while tours stay as they are, when the cost grows by at most
        `slack`. Returns the change."""
        found = self.trades.propose(self.tours, slack)
        if found is None:
            return 0
        change = found.change + self.lacking_more(found.old, found.drafts)
        return change if change <= slack and self.regroup(found.old, found.drafts) else 0

    def refill(self, chosen: list[Tour], most: int) -> bool:
        """Put the tours back one after the other; False as soon as `most` cannot be kept, or is
        unlikely to be: those still out are counted with the cost they would have alone and a
        part (CROWDED) of what the crowd has cost them so far."""
        alone = [t.draft.sketch.solo for t in chosen]
        crowd = max(0.0, CROWDED * (most - sum(alone)) / len(chosen))
        rest, spent = sum(alone), 0
        for k, t in enumerate(chosen):
            rest -= alone[k]
            later = rest + int(crowd * (len(chosen) - 1 - k))
            guess = t.cost or alone[k] + int(crowd)
            if not self.insert(t, most - spent - later + 1, guess + 1):
                return False
            spent += t.cost
        return True

    def choose(self) -> list[Tour]:
        """A costly group and some that meet it, or some at random."""
        chance, tours = self.chance, self.tours
        first = tours[chance.weighted([t.weight for t in tours])]
        size = min(len(tours), SIZES[chance.below(len(SIZES))])
        others = [t for t in tours if t is not first]
        if chance.uniform() < NEAR and first.visits:
            stop, start = chance.pick(first.visits)
            away = {t: abs(t.starts.get(stop, FAR) - start) + chance.uniform() * 20 for t in others}
            return [first, *nsmallest(size - 1, others, key=away.__getitem__)]
        chance.shuffle(others)
        return [first, *others[: size - 1]]

    def exchange(self, chosen: list[Tour]) -> tuple[list[Tour], list[Tour], int] | None:
        """Guests exchanged between two of the chosen: (tours gone, tours entered, points more)."""
        for _ in range(TRIES):
            made = self._propose(chosen)
            if made is None:
                continue
            gone, drafts = made
            old = [t.draft for t in gone]
            fixed = sum(map(self.grouping.price, drafts)) - sum(map(self.grouping.price, old))
            alone = sum(d.sketch.solo for d in drafts) - sum(d.sketch.solo for d in old)
            most = SWAP_HEAT * self.chance.exponential()
            if alone + fixed <= most or self.exchanging == EXCHANGE_LACKING:
                fixed += self.lacking_more(gone, drafts)
                if alone + fixed <= most:
                    return gone, [self.enter(d) for d in drafts], fixed
        return None

    def _propose(self, chosen: list[Tour]) -> tuple[list[Tour], list[Draft]] | None:
        chance, sketcher = self.chance, self.grouping.sketcher
        a, x = chosen[0], chance.uniform()
        own = a.draft.sketch.blocks
        if len(chosen) == 1 or x < 0.03:
            if len(own) < 2 or len(self.tours) >= len(self.campus.escorts):
                return None
            gone, parts = [a], self.grouping.exchange(own, (), 1, 0)
        else:
            b = chosen[1 + chance.below(len(chosen) - 1)]
            if chance.uniform() < 0.5:
                a, b = b, a
            own, other = a.draft.sketch.blocks, b.draft.sketch.blocks
            give = 1 if x < 0.8 else min(2, len(own))
            take = 0 if x < 0.4 else min(1, len(other))
            parts = self.grouping.exchange(own, other, give, take)
            if x < 0.08:
                parts = (tuple(sorted(own + other)), ())
            gone = [a, b]
        sketches = []
        for blocks in parts:
            if blocks:
                sketch = sketcher.sketch(blocks)
                if sketch is None:
                    return None
                sketches.append(sketch)
        return gone, [self.grouping.draft(s) for s in sketches]
