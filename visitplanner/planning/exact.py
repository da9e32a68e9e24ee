"""The timetable of given groups as one exact model (CP-SAT): proof, polish, referee of repairs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ortools.sat.python import cp_model

from visitplanner.planning.campus import MISSING_STOP, PINNED_STOP, Campus
from visitplanner.planning.cp_sat import exact_solver

Visits = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Walker:
    """A group to lay out: free at `place` from minute `free` on, having `begun` some visits.

    `allowed` is a mask of stops, `gain` points saved by stop, `total` their sum over all wishes;
    `published` are the visits it was promised, each kept one earning `kept` points; `underway` is
    the stop it is walking to and the minute it arrives there."""

    allowed: int
    gain: tuple[int, ...]
    total: int
    heads: tuple[int, ...]
    must: tuple[tuple[int, int], ...]
    place: int
    free: int = 0
    begun: Visits = ()
    published: Visits = ()
    kept: int = 0
    deadline: int = 0
    underway: tuple[int, int] = (-1, 0)

    def arrival(self, campus: Campus, stop: int) -> int:
        """The first minute the group can be at a stop if it goes there next."""
        if stop == self.underway[0]:
            return self.underway[1]
        return self.free + campus.walk[self.place][stop]

    def ended(self, campus: Campus) -> int:
        """The minute its last visit ended: from then on it counts as walking home, or waiting."""
        return self.begun[-1][1] + campus.visit[self.begun[-1][0]] if self.begun else 0


@dataclass(frozen=True, slots=True)
class Answer:
    """Visits after those begun, by walker, with cost and bound in points; None where none."""

    visits: tuple[Visits, ...] | None
    cost: int
    bound: int
    proved: bool


@dataclass(slots=True)
class _Model:
    campus: Campus
    model: Any = field(default_factory=cp_model.CpModel)  # ortools is untyped
    start: dict[tuple[int, int], Any] = field(default_factory=dict)
    there: dict[tuple[int, int], Any] = field(default_factory=dict)
    held: dict[int, list[Any]] = field(default_factory=dict)
    spoken: dict[int, list[Any]] = field(default_factory=dict)
    cost: list[Any] = field(default_factory=list)

    def occupy(self, stop: int, start: Any, there: Any) -> None:
        """A visit holds its stop until the reset is over, and the speaker while it lasts."""
        campus, model = self.campus, self.model
        size = campus.visit[stop] + campus.reset[stop]
        held = self.held.setdefault(stop, [])
        held.append(model.new_optional_fixed_size_interval_var(start, size, there, ""))
        if campus.speaker[stop] >= 0:
            talk = model.new_optional_fixed_size_interval_var(start, campus.visit[stop], there, "")
            self.spoken.setdefault(campus.speaker[stop], []).append(talk)


def lay_out_exactly(
    campus: Campus,
    walkers: Sequence[Walker],
    *,
    fixed: Sequence[Visits] = (),
    seconds: float = 1.0,
    deterministic: float | None = None,
    complete: bool = True,
    first: bool = False,
    hints: Sequence[Visits] = (),
    cancelled: Callable[[], bool] = lambda: False,
    now: int = 0,
) -> Answer:
    """The cheapest timetable of the walkers around the visits of `fixed` groups.

    With `complete` every walker sees the least number of stops, else a missing one costs
    MISSING_STOP; `first` stops at the first timetable. `deterministic` bounds the work instead of
    the clock (same answer on any machine). New visits begin at minute `now` or later."""
    m = _Model(campus)
    for visits in [*fixed, *(w.begun for w in walkers)]:
        for stop, start in visits:
            m.occupy(stop, start, m.model.new_constant(1))
    for g, walker in enumerate(walkers):
        _walker(m, g, walker, hints[g] if hints else None, complete, now)
    _places(m)
    _reception(m, walkers, fixed)
    if not first:
        m.model.minimize(sum(m.cost))
    solver = exact_solver(seconds=seconds, work=deterministic)
    solver.best_bound_callback = lambda _: solver.stop_search() if cancelled() else None
    status = solver.solve(m.model, _Watch(cancelled))
    proved = status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer(None, 0, 0, proved)
    laid: list[Visits] = []
    for g in range(len(walkers)):
        own = [
            (solver.value(m.start[g, s]), s)
            for h, s in m.start
            if h == g and solver.value(m.there[g, s])
        ]
        laid.append(tuple((s, t) for t, s in sorted(own)))
    if first:
        return Answer(tuple(laid), 0, 0, proved)
    bound = -int(-solver.best_objective_bound // 1)
    return Answer(tuple(laid), round(solver.objective_value), bound, proved)


class _Watch(cp_model.CpSolverSolutionCallback):
    """Stops the search when asked to."""

    def __init__(self, cancelled: Callable[[], bool]) -> None:
        super().__init__()
        self._cancelled = cancelled

    def on_solution_callback(self) -> None:
        if self._cancelled():
            self.stop_search()


def _walker(m: _Model, g: int, w: Walker, hint: Visits | None, complete: bool, now: int) -> None:
    campus, model = m.campus, m.model
    weights, hall = campus.problem.rules.weights, campus.stops
    hinted = None if hint is None else dict(hint)
    seen = {s for s, _ in w.begun}
    position: dict[int, int] = {}
    for s in range(campus.stops):
        if w.allowed >> s & 1 and s not in seen and _visit(m, g, w, s, hinted, now):
            position[s] = len(position) + 1
    home, ended = campus.walk[w.place][hall], w.ended(campus)
    end = model.new_int_var(min(w.free, ended), max(w.deadline, w.free + home), "")
    stay = model.new_bool_var("")
    arcs = [(0, 0, stay)]
    model.add(end >= ended + home).only_enforce_if(stay)
    walked, spared = [(home, stay)], (w.free - ended) * stay
    for s, at in position.items():
        there, start = m.there[g, s], m.start[g, s]
        out, back = model.new_bool_var(""), model.new_bool_var("")
        arcs += [(at, at, there.negated()), (0, at, out), (at, 0, back)]
        walked += [(campus.walk[w.place][s], out), (campus.walk[s][hall], back)]
        model.add(start >= w.arrival(campus, s)).only_enforce_if(out)
        spared += (w.free + campus.walk[w.place][s] - w.arrival(campus, s)) * out
        home = campus.visit[s] + campus.walk[s][hall]
        model.add(end >= start + home).only_enforce_if(back)
        for q, to in position.items():
            if q != s:
                leg = model.new_bool_var("")
                arcs.append((at, to, leg))
                way = campus.walk[s][q]
                walked.append((way, leg))
                gap = campus.visit[s] + way
                model.add(m.start[g, q] >= start + gap).only_enforce_if(leg)
    model.add_circuit(arcs)
    way = sum(minutes * literal for minutes, literal in walked)
    shown = sum(campus.visit[s] * m.there[g, s] for s in position)
    model.add(end >= w.free + shown + way - spared)
    count = sum(m.there[g, s] for s in position)
    model.add(count + len(w.begun) <= campus.most_stops)
    if complete:
        model.add(count + len(w.begun) >= campus.least_stops)
    else:
        short = model.new_int_var(0, campus.least_stops, "")
        model.add(count + len(w.begun) + short >= campus.least_stops)
        m.cost.append(MISSING_STOP * short)
    m.cost.append(weights.idle * (end - shown) + (weights.walk - weights.idle) * way)
    m.cost.append(w.total - sum(w.gain[s] * m.there[g, s] for s in position))
    _must(m, g, w, position, complete)


def _must(m: _Model, g: int, w: Walker, position: dict[int, int], complete: bool) -> None:
    """Stops (and starts) the group was promised: demanded with `complete`, dear otherwise."""
    model, seen = m.model, {s for s, _ in w.begun}
    for s, start in w.must:
        if s in position and complete:
            model.add(m.there[g, s] == 1)
            if start >= 0:
                model.add(m.start[g, s] == start)
        elif s in position:
            m.cost.append(PINNED_STOP * (1 - m.there[g, s]))
            if start >= 0:
                model.add(m.start[g, s] == start).only_enforce_if(m.there[g, s])
        elif complete and s not in seen:
            model.add_bool_or([])


def _visit(m: _Model, g: int, w: Walker, s: int, hinted: dict[int, int] | None, now: int) -> bool:
    """The variables of one possible visit; False when no start is possible."""
    campus, model = m.campus, m.model
    earliest = max(now, min(w.arrival(campus, s), w.free + campus.walk[w.place][s]))
    latest = w.deadline - campus.walk[s][campus.stops] - campus.visit[s]
    spans = [
        [max(a, earliest), min(b - campus.visit[s], latest)]
        for a, b in campus.opening[s]
        if max(a, earliest) <= min(b - campus.visit[s], latest)
    ]
    if not spans:
        return False
    there = model.new_bool_var("")
    start = model.new_int_var_from_domain(cp_model.Domain.from_intervals(spans), "")
    m.start[g, s], m.there[g, s] = start, there
    m.occupy(s, start, there)
    if hinted is not None:
        model.add_hint(there, s in hinted)
        if s in hinted:
            model.add_hint(start, hinted[s])
    promised = dict(w.published).get(s)
    if w.kept and promised is not None and any(a <= promised <= b for a, b in spans):
        same = model.new_bool_var("")
        model.add_implication(same, there)
        model.add(start == promised).only_enforce_if(same)
        m.cost.append(-w.kept * same)
    return True


def _places(m: _Model) -> None:
    for stop, held in m.held.items():
        places = m.campus.places[stop]
        if places == 1:
            m.model.add_no_overlap(held)
        elif len(held) > places:
            m.model.add_cumulative(held, [1] * len(held), places)
    for talks in m.spoken.values():
        m.model.add_no_overlap(talks)


def _reception(m: _Model, walkers: Sequence[Walker], fixed: Sequence[Visits]) -> None:
    """Rule H11 among the walkers; a begun visit at the headline stop binds as it stands."""
    stop, model = m.campus.headline, m.model
    guests = []
    for g, w in enumerate(walkers):
        if w.heads:
            begun = dict(w.begun).get(stop)
            if begun is not None:
                guests.append((w.heads, begun, None))
            elif (g, stop) in m.start:
                guests.append((w.heads, m.start[g, stop], m.there[g, stop]))
    for i, (heads, start, there) in enumerate(guests):
        for other, then, also in guests[i + 1 :]:
            both = [x for x in (there, also) if x is not None]
            if not both:
                continue
            if heads[0] < other[-1]:
                model.add(start <= then).only_enforce_if(both)
            if other[0] < heads[-1]:
                model.add(then <= start).only_enforce_if(both)
