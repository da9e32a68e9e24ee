"""Groups on their way laid out anew again and again under simulated annealing, for a better repair.

Each step takes a few groups out and puts each back exactly, as the planner does; a promised visit
is at times held to its minute, so that what need not change stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from visitplanner.planning.chance import STEPS, Chance, cooling
from visitplanner.planning.live import CHANGED_VISIT, NOTHING, Calendar, Live, Visits

COLD = 2.0
"""Points by which the last step may be worse, about."""
SIZES = (1, 2, 2, 3, 3, 4, 5)
"""Groups taken out in one step."""
AS_PROMISED = 0.3
"""Part of the tours in which every promised visit keeps its minute or is given up."""
Reach = tuple[int, list[int], list[int]]


class Relay:
    """The groups of a calendar while they are laid out anew."""

    def __init__(self, calendar: Calendar, groups: Sequence[Live], seed: int = 1) -> None:
        self.calendar, self.groups, self.chance = calendar, list(groups), Chance(seed)
        self.reach = {id(g): self._reach(g) for g in groups}

    def _reach(self, live: Live) -> Reach:
        """Stops still to be seen as a mask, earliest and latest start at each."""
        campus = self.calendar.campus
        lo, hi = [0] * campus.stops, [campus.horizon] * campus.stops
        for s, start in live.must:
            if start >= 0:
                lo[s] = hi[s] = start
        seen = sum(1 << s for s in {s for s, _ in live.begun})
        return live.allowed & ~seen, lo, hi

    def run(self, steps: int, hot: float, cancelled: Callable[[], bool]) -> None:
        """Lay the groups out anew `steps` times, of which the first may be worse by about `hot`
        points; the calendar keeps the best timetable met."""
        heat, calendar, order = cooling(hot, COLD), self.calendar, list(self.groups)
        costs = {id(g): calendar.cost(g) for g in self.groups}
        current = best = sum(costs.values())
        kept = [g.ahead for g in self.groups]
        for step in range(steps):
            if cancelled():
                break
            self.chance.shuffle(order)
            chosen = order[: self.chance.pick(SIZES)]
            old = [(g, g.ahead, costs[id(g)]) for g in chosen]
            self.renew(chosen)
            costs.update((id(g), calendar.cost(g)) for g in chosen)
            change = sum(costs[id(g)] - cost for g, _, cost in old)
            if change <= heat[step * STEPS // steps] * self.chance.exponential():
                current += change
                if current < best:
                    best, kept = current, [g.ahead for g in self.groups]
            else:
                self.restore([(g, visits) for g, visits, _ in old])
                costs.update((id(g), cost) for g, _, cost in old)
        self.restore(list(zip(self.groups, kept, strict=True)))

    def restore(self, tours: list[tuple[Live, Visits]]) -> None:
        """Put what is ahead of some groups back as it was."""
        for live, _ in tours:
            self.calendar.lift(live)
        for live, visits in tours:
            self.calendar.lay(live, visits)

    def renew(self, chosen: list[Live]) -> None:
        """Take groups out and put each back as well as the others let it."""
        for live in chosen:
            self.calendar.lift(live)
        for live in chosen:
            self.insert(live)

    def insert(self, live: Live) -> None:
        """Lay out what is ahead of a group; some promised visits keep their minute or are given up,
        the others are as good at any."""
        chance, kernel = self.chance, self.calendar.kernel
        allowed, first, last = self.reach[id(live)]
        lo, hi, gain = first.copy(), last.copy(), list(live.gain)
        held = 1.0 if chance.uniform() < AS_PROMISED else chance.uniform()
        for s, start in live.published:
            if chance.uniform() < held and allowed >> s & 1 and lo[s] <= start <= hi[s]:
                lo[s] = hi[s] = start
                gain[s] += CHANGED_VISIT
        kernel.profile(live.profile, allowed, tuple(gain), tuple(lo), tuple(hi))
        found = kernel.tour(
            live.profile, *self.calendar.reception(live), live.place,
            max(live.free, self.calendar.now), len(live.begun), live.until, NOTHING, NOTHING,
        )  # fmt: skip
        if found is not None:
            self.calendar.lay(live, tuple(zip(found[1::2], found[2::2], strict=True)))
