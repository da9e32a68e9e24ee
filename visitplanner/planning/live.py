"""The groups on their way: what has begun stays, what is ahead can be laid out anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from visitplanner.planning.campus import MISSING_STOP, PINNED_STOP, Block, Campus
from visitplanner.planning.kernel import Kernel
from visitplanner.planning.plan import Group
from visitplanner.planning.problem import Member, Problem, Weights

Visits = tuple[tuple[int, int], ...]
CHANGED_VISIT = 10
"""Points a changed visit costs in a repair."""
NOTHING = 10**9
FURTHER = 40
"""Points above what was published below which the rest of a tour is sought first."""


@dataclass(slots=True, eq=False)
class Live:
    """A group at minute `now`: `begun` visits, then free at `place` from minute `free`; `ahead` is
    what it will do, `published` what it was promised, `until` the minute it must be back, before
    those who lead it go home. Masks, gains and points as in Campus."""

    group: Group
    allowed: int
    gain: tuple[int, ...]
    total: int
    heads: tuple[int, ...]
    must: tuple[tuple[int, int], ...]
    begun: Visits
    published: Visits
    ahead: Visits
    place: int
    free: int
    profile: int
    until: int


def live_groups(campus: Campus, groups: Sequence[Group], now: int) -> list[Live]:
    """The groups at minute `now`, numbered as they stand."""
    where = {m: b for b in campus.blocks for m in b.members}
    return [_live_group(campus, g, now, n, where) for n, g in enumerate(groups)]


def _live_group(
    campus: Campus, group: Group, now: int, number: int, where: Mapping[Member, Block]
) -> Live:
    """A published group as it stands at minute `now`."""
    index = campus.problem.stop_index
    visits = tuple((index[v.stop], v.start) for v in group.visits)
    begun = tuple(v for v in visits if v[1] < now)
    place, free = campus.stops, 0
    if begun:
        place, free = begun[-1][0], begun[-1][1] + campus.visit[begun[-1][0]]
    ahead = visits[len(begun) :]
    until = led_until(campus.problem, group)
    live = Live(group, 0, (), 0, (), (), begun, ahead, ahead, place, free, number, until)
    _describe(campus, live, where)
    return live


def tempered(problem: Problem) -> Problem:
    """The problem with minutes so light that no group is kept waiting or walking for more points
    than a missing stop costs: first promises are kept, then minutes are saved."""
    weights = problem.rules.weights
    heaviest = max(weights.idle, weights.walk) * problem.horizon
    if heaviest <= MISSING_STOP:
        return problem

    def lighter(weight: int) -> int:
        return max(1, weight * MISSING_STOP // heaviest) if weight else 0

    light = Weights(
        lighter(weights.idle), lighter(weights.walk), lighter(weights.unmet_wish),
        lighter(weights.interpreter),
    )  # fmt: skip
    return replace(problem, rules=replace(problem.rules, weights=light))


def led_until(problem: Problem, group: Group) -> int:
    """The minute until which all who lead the group are on duty (rule H4), the horizon at most."""
    leaders = {group.escort, *(who for _, who in group.interpreters)}
    return min([problem.horizon, *(s.until() for s in problem.staff if s.id in leaders)])


def _describe(campus: Campus, live: Live, where: Mapping[Member, Block]) -> None:
    """Set what the group may see and gains from who is in it."""
    problem = campus.problem
    allowed = (1 << campus.stops) - 1
    gain = [0] * campus.stops
    people = 0
    heads: set[int] = set()
    must: set[tuple[int, int]] = set()
    for m in live.group.members:
        block, part = where[m], problem.by_id[m.delegation].parts[m.part]
        delegation = problem.by_id[m.delegation]
        people += part.people
        for s, stop in enumerate(problem.stops):
            steps = delegation.step_free and not stop.step_free
            if steps or delegation.country in stop.barred:
                allowed &= ~(1 << s)
        for name, weight in part.wishes:
            gain[problem.stop_index[name]] += weight * problem.rules.weights.unmet_wish
        if m.part == 0:
            heads |= {h for h in block.heads if head_of(campus, h) == m.delegation}
            must |= {
                (problem.stop_index[p.stop], -1 if p.start is None else p.start)
                for p in problem.pinned
                if p.stop is not None and p.delegation == m.delegation
            }
    for s in range(campus.stops):
        if people > campus.most_people[s]:
            allowed &= ~(1 << s)
    for s in {s for s, _ in must}:
        gain[s] += PINNED_STOP
    live.allowed, live.gain, live.total = allowed, tuple(gain), sum(gain)
    live.heads, live.must = tuple(sorted(heads)), tuple(sorted(must))


def head_of(campus: Campus, rank: int) -> str:
    """The delegation whose head has this place (0 the highest)."""
    order = sorted(campus.problem.delegations, key=lambda d: d.precedence)
    return order[rank].id


class Calendar:
    """The live groups in the kernel's calendar."""

    def __init__(self, campus: Campus, kernel: Kernel, groups: list[Live], now: int) -> None:
        self.campus, self.kernel, self.groups, self.now = campus, kernel, groups, now
        for live in groups:
            self.note(live, 0)
            self.book(live.begun, 1)
            self.book(live.ahead, 1)

    def book(self, visits: Visits, sign: int) -> None:
        """Book (1) or free (-1) visits."""
        self.kernel.book(visits, sign)

    def note(self, live: Live, kept: int) -> tuple[int, ...]:
        """Tell the kernel what the group may see, published stops earning `kept` points more; what
        each stop earns."""
        n, horizon = self.campus.stops, self.campus.horizon
        promised = {s for s, _ in live.published}
        seen = 0
        for s, _ in live.begun:
            seen |= 1 << s
        lo, hi = [0] * n, [horizon] * n
        for s, start in live.must:
            if start >= 0:
                lo[s] = hi[s] = start
        gain = tuple(g + (kept if s in promised else 0) for s, g in enumerate(live.gain))
        self.kernel.profile(live.profile, live.allowed & ~seen, gain, tuple(lo), tuple(hi))
        return gain

    def _likely(self, live: Live, gain: tuple[int, ...]) -> int:
        """About what the rest of the group's tour will cost, as the kernel counts: not much more
        than what was published."""
        campus, weights = self.campus, self.campus.problem.rules.weights
        place, free, cost = live.place, max(live.free, self.now), sum(gain)
        for stop, start in live.published:
            cost += (weights.walk - weights.idle) * campus.walk[place][stop]
            cost -= weights.idle * campus.visit[stop] + gain[stop]
            place, free = stop, start + campus.visit[stop]
        missing = max(0, campus.least_stops - len(live.begun) - len(live.published))
        cost += weights.idle * free + weights.walk * campus.walk[place][campus.stops]
        return cost + MISSING_STOP * missing + FURTHER

    def lift(self, live: Live) -> None:
        """Free what is ahead of the group."""
        self.book(live.ahead, -1)
        live.ahead = ()

    def lay(self, live: Live, visits: Visits) -> None:
        """Book what is ahead of the group."""
        live.ahead = visits
        self.book(visits, 1)

    def insert(self, live: Live, kept: int) -> None:
        """Lay out the rest of the group's tour as well as the free places permit."""
        lo, hi = self.reception(live)
        guess = self._likely(live, self.note(live, kept))
        found = self.kernel.tour(
            live.profile, lo, hi, live.place, max(live.free, self.now), len(live.begun),
            live.until, NOTHING, guess,
        )  # fmt: skip
        if found is not None:
            self.lay(live, tuple(zip(found[1::2], found[2::2], strict=True)))

    def reception(self, live: Live) -> tuple[int, int]:
        """Earliest and latest start at the headline stop that precedence leaves the group."""
        lo, hi = 0, self.campus.horizon
        for other in self.groups:
            if other is live or not other.heads or not live.heads:
                continue
            for s, start in other.begun + other.ahead:
                if s == self.campus.headline:
                    if other.heads[0] < live.heads[-1]:
                        lo = max(lo, start)
                    if live.heads[0] < other.heads[-1]:
                        hi = min(hi, start)
        return lo, hi

    def possible(self, live: Live, visits: Visits) -> Visits:
        """Those of `visits` the group can still make in this order, opening hours permitting."""
        campus, place, free = self.campus, live.place, live.free
        made: list[tuple[int, int]] = []
        for stop, start in visits:
            end = start + campus.visit[stop]
            inside = any(a <= start and end <= b for a, b in campus.opening[stop])
            home = end + campus.walk[stop][campus.stops] <= live.until
            if (
                inside
                and home
                and live.allowed >> stop & 1
                and start >= free + campus.walk[place][stop]
            ):
                made.append((stop, start))
                place, free = stop, end
        return tuple(made)

    def cost(self, live: Live) -> int:
        """Points of the group's whole tour, and of each published visit it does not keep."""
        campus, weights = self.campus, self.campus.problem.rules.weights
        place, free, walked, shown, cost = campus.stops, 0, 0, 0, live.total
        visits = live.begun + live.ahead
        for stop, start in visits:
            walked += campus.walk[place][stop]
            shown += campus.visit[stop]
            place, free = stop, start + campus.visit[stop]
            cost -= live.gain[stop]
        walked += campus.walk[place][campus.stops]
        idle = free + campus.walk[place][campus.stops] - shown - walked
        changed = len(set(live.published) - set(live.ahead))
        missing = max(0, campus.least_stops - len(visits))
        return (
            cost
            + weights.idle * idle
            + weights.walk * walked
            + CHANGED_VISIT * changed
            + MISSING_STOP * missing
        )
