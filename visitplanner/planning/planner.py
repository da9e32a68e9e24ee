"""Plans a tour: first grouping, first timetable, then better ones until the budget is used."""

from __future__ import annotations

import time
from collections.abc import Callable

from visitplanner.planning.campus import Campus, compile_campus
from visitplanner.planning.chance import Chance
from visitplanner.planning.grouping import Grouping
from visitplanner.planning.kernel import make_kernel
from visitplanner.planning.plan import Group, Plan, Progress, Visit, group_letters, score_of
from visitplanner.planning.problem import Problem
from visitplanner.planning.rota import Rota, Snapshot
from visitplanner.planning.sketch import Sketcher
from visitplanner.planning.staffing import Supply, assign_escorts, assign_interpreters

DEFAULT_SECONDS = 10.0
GROUPING_MOVES = 12
"""Grouping moves per iteration of an iteration budget."""


class Budget:
    """How much of the time or of the iterations is used; one of the two is given."""

    def __init__(
        self, seconds: float | None, iterations: int | None, cancelled: Callable[[], bool]
    ) -> None:
        self.seconds = None if iterations is not None else (seconds or DEFAULT_SECONDS)
        self.iterations = iterations
        self.cancelled = cancelled
        self.started = time.monotonic()
        self.stopped = False

    def elapsed(self) -> float:
        """Seconds since the start; 0 with an iteration budget (the plan must not tell the time)."""
        return 0.0 if self.seconds is None else time.monotonic() - self.started

    def stop(self) -> bool:
        """Whether the caller has asked to stop."""
        self.stopped = self.stopped or self.cancelled()
        return self.stopped

    def span(self, begin: float, end: float, moves: int, stride: int = 1) -> Callable[[], float]:
        """A function telling how much of the part from `begin` to `end` of the budget is used; with
        an iteration budget each call counts `stride` of `moves`."""
        count = 0

        def by_count() -> float:
            nonlocal count
            count += stride
            return 1.0 if self.stop() else (count - stride) / max(1, moves)

        def by_clock() -> float:
            assert self.seconds is not None
            if self.stop():
                return 1.0
            used = (time.monotonic() - self.started) / self.seconds
            return max(0.0, (used - begin) / max(1e-9, end - begin))

        return by_count if self.seconds is None else by_clock


def plan(
    problem: Problem,
    *,
    seconds: float | None = None,
    iterations: int | None = None,
    seed: int = 1,
    on_progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Plan:
    """The best plan found in `seconds` of wall clock, or in `iterations` of search (then the same
    problem and seed give the same plan on any machine, and `seconds` of the plan is 0).

    `on_progress` gets each better plan as a Progress; `cancelled` is asked many times a second, and
    what is best by then is kept."""
    budget = Budget(seconds, iterations, cancelled)
    campus = compile_campus(problem)
    search = Search(campus, budget, seed, on_progress)
    return search.run()


class Search:
    """One planning run."""

    def __init__(
        self,
        campus: Campus,
        budget: Budget,
        seed: int,
        on_progress: Callable[[Progress], None] | None,
    ) -> None:
        self.campus, self.budget, self.seed, self.on_progress = campus, budget, seed, on_progress
        self.kernel = make_kernel(campus)
        self.sketcher = Sketcher(campus, self.kernel)
        self.grouping = Grouping(campus, self.sketcher, Supply(campus), Chance(seed))
        self.rota = Rota(campus, self.kernel, self.grouping)
        self.best: Snapshot | None = None
        self.told = -1.0

    def run(self) -> Plan:
        """Group, lay out, improve; the best plan."""
        budget, moves = self.budget, self.budget.iterations or 0
        self.grouping.begin()
        if sum(len(d.sketch.blocks) for d in self.grouping.drafts) < len(self.campus.blocks):
            return Plan("unknown", seed=self.seed)
        first = min(0.3, 0.15 / (budget.seconds or 1.0))
        self.grouping.improve(budget.span(0, first, min(2 * moves, 2_000), 32))
        self.rota.begin(self.grouping.drafts)
        self.keep(self.rota.snapshot(self.rota.total()))
        self.kernel.clear()
        self.grouping.improve(budget.span(first, 0.3, min(GROUPING_MOVES * moves, 200_000), 32))
        self.sketcher.set_prices((0,) * self.campus.stops)
        self.rota.begin(self.grouping.drafts)
        self.rota.improve(budget.span(0.3, 1.0, moves), self.keep)
        assert self.best is not None
        return self.result(self.best)

    def keep(self, snapshot: Snapshot) -> None:
        """Remember a better timetable and tell of it."""
        best = self.best
        if best is not None and (best.lacks, best.total) <= (snapshot.lacks, snapshot.total):
            return
        self.best = snapshot
        if self.on_progress is not None:
            now = time.monotonic()
            if best is None or best.lacks or now - self.told >= 0.1:
                self.told = now
                plan = self.result(snapshot)
                self.on_progress(Progress(plan.score, plan.bound, plan.gap, plan))

    def result(self, snapshot: Snapshot) -> Plan:
        """The plan of a snapshot: feasible, or unknown with its shortfalls."""
        groups = finished_groups(self.campus, snapshot)
        if groups is None or snapshot.lacks:
            return Plan("unknown", seconds=self.budget.elapsed(), seed=self.seed)
        score = score_of(self.campus.problem, groups)
        return Plan("feasible", groups, score, None, 0, self.budget.elapsed(), self.seed)


def finished_groups(campus: Campus, snapshot: Snapshot) -> tuple[Group, ...] | None:
    """The groups with their staff, the highest head's first; None when staff do not suffice."""
    problem = campus.problem
    rank = {d.id: d.precedence for d in problem.delegations}
    tours = sorted(
        snapshot.tours,
        key=lambda t: min(
            rank[m.delegation] for b in t[0].sketch.blocks for m in campus.blocks[b].members
        ),
    )
    until = [
        v[-1][1] + campus.visit[v[-1][0]] + campus.walk[v[-1][0]][campus.stops] if v else 0
        for _, v in tours
    ]
    tongues = [d.tongue for d, _ in tours]
    escorts = assign_escorts(campus, until)
    helpers = assign_interpreters(campus, tongues, until)
    if escorts is None or helpers is None:
        return None
    names = group_letters(len(tours))
    order = {m: i for i, m in enumerate(problem.members())}
    found = []
    for k, (draft, visits) in enumerate(tours):
        members = [m for b in draft.sketch.blocks for m in campus.blocks[b].members]
        spoken = [x for i, x in enumerate(campus.languages) if draft.tongue >> i & 1]
        mine = {campus.languages[x.bit_length() - 1]: who for x, who in helpers[k].items()}
        found.append(
            Group(
                id=names[k],
                members=tuple(sorted(members, key=order.__getitem__)),
                working_languages=tuple(spoken),
                escort=escorts[k],
                interpreters=tuple(sorted(mine.items())),
                visits=tuple(Visit(problem.stops[s].id, t, t + campus.visit[s]) for s, t in visits),
            )
        )
    return tuple(found)
