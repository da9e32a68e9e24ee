"""One search: first grouping, first timetable, then better ones until the budget is used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import sqrt

from visitplanner.planning.board import Board
from visitplanner.planning.bounds import tours_bound
from visitplanner.planning.budget import Budget
from visitplanner.planning.campus import Campus, duty_end
from visitplanner.planning.chance import Chance
from visitplanner.planning.division import indivisible
from visitplanner.planning.grouping import STRIDE, Grouping
from visitplanner.planning.kernel import Kernel
from visitplanner.planning.outcome import finished_groups, shortfalls, taken_up
from visitplanner.planning.pair import Pool, beside, worth_while
from visitplanner.planning.plan import Plan, Progress, Reason, score_of
from visitplanner.planning.rota import STRIDE as ROTA_STRIDE
from visitplanner.planning.rota import Rota
from visitplanner.planning.sketch import Sketcher
from visitplanner.planning.staffing import Supply
from visitplanner.planning.tour import Snapshot
from visitplanner.planning.whole_bound import whole_bound
from visitplanner.planning.words import say

GROUPING_MOVES = 12
"""Grouping moves per iteration of an iteration budget."""
PROVING, PROVING_FEW = 0.78, 0.92
"""Part of the budget after which the bound is worked out; with few groups or in short runs."""
SHORT = 30.0
"""Seconds of a short run."""
GROUPING_PART = 0.33
"""Part of a start that goes into grouping."""
MOST_STARTS, START_SECONDS = 16, 3.0
"""Most starts of a search for few groups, whose end depends much on its first grouping, and the
seconds from which there is one more; many groups even out by themselves."""
LEAST_SECONDS = 3.0
"""Budget from which a bound over all groupings is worked out."""
MOST_ROUNDS = 200
MOST_EXACT = 12
"""Groups up to which the exact model is asked for a first timetable, and the search may begin anew
several times."""
GOING_ON, WARM, MILD = 0.4, 8.0, 2.0
"""Part of the time of several starts in which the best is improved further, and between what
heats."""
GROUPING_HEAT, PACKED_HEAT = 60.0, 2.0
"""Points at which grouping begins to cool; from a packed one, times the root of the seconds."""
MEETINGS = tuple(0.3 + 0.7 * k / 8 for k in range(1, 8))
"""Parts of the timetable of many groups at which two searches compare theirs: early on, while all
is fluid, the better one says little about the end."""
SECOND_SEED = 1_000_003
"""What a second search adds to the seed."""
TELL = 0.1
"""Seconds between two plans told of."""
PER_SECOND = 5_000
"""Iterations that stand for a second."""
EXACT_WORK, EXACT_SECONDS = 0.03, 0.2
"""Limits of the exact model in deterministic time, a unit of the solver's own that a busy machine
does not shorten: with an iteration budget; with seconds."""


class Search:
    """One planning run."""

    def __init__(
        self,
        campus: Campus,
        budget: Budget,
        seed: int,
        on_progress: Callable[[Progress], None] | None,
        language: str,
        *,
        exact: bool = True,
        pool: Pool | None = None,
    ) -> None:
        self.pool = pool
        self.campus, self.budget, self.seed, self.on_progress = campus, budget, seed, on_progress
        self.language, self.exact = language, exact
        self.kernel = Kernel(campus)
        self.sketcher = Sketcher(campus, self.kernel)
        supply = Supply(campus)
        board = Board(campus, self.kernel, supply, seed, tabled=self.sketcher.tabled)
        self.grouping = Grouping(campus, self.sketcher, supply, Chance(seed), board)
        self.rota = Rota(self.grouping)
        self.best: Snapshot | None = None
        self.hopeless = False
        self.told = -1.0

    def run(self) -> Plan:
        """A quick draft, then group, lay out and improve at leisure; the best plan. A second search
        helps where there is a processor for it."""
        if self.pool is None and worth_while(self.budget.seconds):
            self.pool = Pool()
            with beside(self.second):
                proving = self.look()
            if self.best is not None:
                self.keep(self.pool.exchange(self.best))
        else:
            proving = self.look()
        return self.proved(proving)

    def second(self, ended: Callable[[], bool]) -> None:
        """Search the same day with other random choices, and offer what is found."""
        other = Search(
            self.campus, self.budget.beside(ended), self.seed + SECOND_SEED, None, self.language,
            exact=self.exact, pool=self.pool,
        )  # fmt: skip
        other.look()

    def look(self) -> float:
        """All of the search, without the bound; the part of the budget after which that comes."""
        budget, draft = self.budget, self.begin()
        if draft is None or self.hopeless:
            return 1.0
        starts, proving = self.starts(), self.proving()
        moves, rest = budget.iterations or 0, proving - draft
        going_on = GOING_ON if starts > 1 else 0.0
        part = rest * (1 - going_on) / starts
        own = int(moves * (1 - going_on)) // starts
        for k in range(starts):
            begin = draft + k * part
            middle = begin + GROUPING_PART * part
            if k:
                self.grouping.restart(full=k % 2 == 1)
            heat = self.pack(k) if starts == 1 or self.lacking() else GROUPING_HEAT
            sorting = budget.span(begin, middle, min(GROUPING_MOVES * own, 200_000), STRIDE)
            self.grouping.improve(sorting, heat)
            laying = budget.span(middle, begin + part, own, ROTA_STRIDE)
            self.lay_out(laying, meetings=MEETINGS if starts == 1 else ())
        if self.best is not None and going_on:
            self.go_on(
                self.met(self.best),
                budget.span(proving - going_on * rest, proving, int(going_on * moves), ROTA_STRIDE),
            )
        if self.best is not None:
            self.met(self.best)
        return proving

    def met(self, own: Snapshot) -> Snapshot:
        """The best timetable of this search and of one beside it, which is offered it."""
        return own if self.pool is None else self.pool.exchange(own)

    def go_on(self, best: Snapshot, share: Callable[[], float]) -> None:
        """Improve a timetable from a lower heat than a fresh one."""
        self.rota.restore(best)
        self.keep(self.rota.snapshot())
        self.keep(self.rota.improve(share, self.hear, hot=WARM, cold=MILD))
        self.kernel.clear()

    def pack(self, start: int) -> float:
        """Begin with groups that take fewer interpreters, where exact sums find such, and the heat
        to go on with: the less time, the less is undone."""
        length = self.length()
        few = sum(d.helpers for d in self.grouping.drafts)
        if few and length >= LEAST_SECONDS and self.pack_crews(start, below=few):
            return PACKED_HEAT * sqrt(length)
        return GROUPING_HEAT

    def length(self) -> float:
        """Seconds of the budget, or what its iterations stand for."""
        budget = self.budget
        return (budget.iterations or 0) / PER_SECOND if budget.seconds is None else budget.seconds

    def pack_crews(self, start: int, below: int | None = None) -> bool:
        """Groups by exact sums over languages and staff, where such take fewer than `below`
        interpreters; whether they are found."""
        if not self.exact or self.budget.stop():
            return False
        # CP-SAT takes half a second to import; most short runs do without.
        from visitplanner.planning.packing import crews, pack

        found = crews(self.campus, self.grouping.supply, self.seed + start)
        if found is None or (below is not None and sum(c.helpers for c in found) >= below):
            return False
        pack(self.grouping, found)
        return True

    def starts(self) -> int:
        """How often to begin anew within the budget."""
        few = len(self.grouping.drafts) <= MOST_EXACT
        return max(1, min(MOST_STARTS, int(self.length() / START_SECONDS))) if few else 1

    def proving(self) -> float:
        """The part of the budget after which the bound is worked out."""
        best, seconds = self.best, self.budget.seconds
        few = best is not None and len(best.tours) <= MOST_EXACT
        return PROVING_FEW if few or (seconds is not None and seconds < SHORT) else PROVING

    def resume(self, start: Plan) -> Plan:
        """Improve a plan that is there; from the beginning when it is not one of this problem."""
        snapshot = taken_up(self.campus, self.sketcher, start)
        if snapshot is None:
            return self.run()
        proving, moves = self.proving(), self.budget.iterations or 0
        self.go_on(snapshot, self.budget.span(0, proving, moves, ROTA_STRIDE))
        return self.proved(proving)

    def begin(self) -> float | None:
        """A first grouping and a first timetable, complete if that is quickly had; the part of the
        budget set apart for it, or None when some guests fit no group at all."""
        budget, moves = self.budget, self.budget.iterations or 0
        length = budget.seconds or 1.0
        quick, draft = min(0.1, 0.12 / length), min(0.2, 0.8 / length)
        self.grouping.begin()
        if sum(len(d.sketch.blocks) for d in self.grouping.drafts) < len(self.campus.blocks):
            self.hopeless = self.indivisible()
            return None
        self.grouping.improve(budget.span(0, quick, min(4 * moves, 1_000), STRIDE))
        if self.uneven() and self.indivisible():
            self.hopeless = True
            return None
        self.lay_out(budget.span(quick, draft, min(moves, 300), ROTA_STRIDE), until_complete=True)
        staff = self.grouping.lacking(self.grouping.drafts) > 0
        if self.lacking() and not staff:
            self.force(self.rota.snapshot())
        if self.lacking() and (staff or self.length() >= 1) and self.pack_crews(0):
            share = budget.span(draft, 1.5 * draft, min(moves, 300), ROTA_STRIDE)
            self.lay_out(share, until_complete=True)
            if self.lacking():
                self.force(self.rota.snapshot())
        return draft

    def uneven(self) -> bool:
        """Whether the groups so far are too small or too many."""
        drafts = self.grouping.drafts
        return any(d.sketch.small for d in drafts) or len(drafts) > len(self.campus.escorts)

    def indivisible(self) -> bool:
        """Whether it is proved that the guests of a small day make no groups."""
        if not self.exact or self.budget.stop():
            return False
        return indivisible(self.campus, len(self.campus.problem.staff_of("escort")))

    def lacking(self) -> bool:
        """Whether something is still missing, and there is time to look for it."""
        return self.best is not None and self.best.lacks > 0 and not self.budget.stop()

    def force(self, snapshot: Snapshot) -> None:
        """Look for a complete timetable of few groups by the exact model."""
        if not self.exact or len(snapshot.tours) > MOST_EXACT:
            return
        # CP-SAT takes half a second to import; most plans do without.
        from visitplanner.planning.exact import Walker, lay_out_exactly

        deadline = min(self.campus.deadline, duty_end(self.campus.problem))
        walkers = [
            Walker(
                d.sketch.allowed, d.sketch.gain, d.sketch.total, d.sketch.heads, d.sketch.must,
                self.campus.stops, deadline=deadline,
            )
            for d, _ in snapshot.tours
        ]  # fmt: skip
        answer = lay_out_exactly(
            self.campus, walkers, first=True, seconds=2.0, cancelled=self.budget.stop,
            deterministic=EXACT_WORK if self.budget.seconds is None else EXACT_SECONDS,
        )  # fmt: skip
        if answer.visits is not None:
            drafts = [d for d, _ in snapshot.tours]
            tours = tuple(zip(drafts, answer.visits, strict=True))
            self.rota.restore(Snapshot(0, 0, tours))
            self.keep(self.rota.snapshot())
            self.kernel.clear()

    def lay_out(
        self,
        share: Callable[[], float],
        *,
        until_complete: bool = False,
        meetings: Sequence[float] = (),
    ) -> None:
        """A timetable for the grouping as it stands, improved."""
        if self.budget.stop():
            return
        prices = self.sketcher.prices
        self.rota.begin(self.grouping.drafts)
        self.keep(self.rota.snapshot())
        found = self.rota.improve(
            share, self.hear, until_complete=until_complete, met=self.met, meetings=meetings
        )
        self.keep(found)
        self.kernel.clear()
        self.sketcher.set_prices(prices)

    def hear(self, snapshot: Callable[[], Snapshot]) -> None:
        """Have a better timetable when there is somebody to tell, not too often."""
        if self.on_progress is not None:
            best = self.best
            if best is None or best.lacks or self.budget.now() - self.told >= TELL:
                self.keep(snapshot())

    def keep(self, snapshot: Snapshot) -> None:
        """Remember a better timetable and tell of it."""
        best = self.best
        if best is not None and best.rank <= snapshot.rank:
            return
        self.best = snapshot
        if self.on_progress is not None:
            now = self.budget.now()
            if best is None or best.lacks or now - self.told >= TELL:
                self.told = now
                plan = self.draft(snapshot)
                self.on_progress(Progress(plan.score, plan.bound, plan.gap, plan))

    def draft(self, snapshot: Snapshot) -> Plan:
        """The plan of a snapshot: feasible, or unknown with its shortfalls."""
        problem = self.campus.problem
        groups, staffed = finished_groups(self.campus, snapshot)
        complete = staffed and not snapshot.lacks
        return Plan(
            status="feasible" if complete else "unknown",
            groups=groups,
            score=score_of(problem, groups),
            grouping_bound=self.alone(snapshot),
            seconds=self.budget.elapsed(),
            seed=self.seed,
            shortfalls=() if complete else shortfalls(problem, groups, self.language),
        )

    def alone(self, snapshot: Snapshot) -> int:
        """Cost of the groups if each had the campus to itself: a bound for this grouping."""
        weight = self.campus.problem.rules.weights.interpreter
        return sum(
            (d.sketch.solo if self.sketcher.tabled else 0) + weight * d.helpers
            for d, _ in snapshot.tours
        )

    def proved(self, since: float) -> Plan:
        """The best plan with a bound for its groups, from the part of the budget after `since`."""
        plan, best = self.result(self.best), self.best
        if best is None or plan.status != "feasible":
            return plan
        least, rounds = self.least(), MOST_ROUNDS
        if self.budget.iterations is not None:
            rounds = min(rounds, self.budget.iterations // 10)
        share = self.budget.span(since, 1.0, 10**9)
        tours = [(d.sketch, visits) for d, visits in best.tours]
        price = self.campus.problem.rules.weights.interpreter
        staff = price * plan.score.interpreter
        target = plan.score.total - staff
        bound = tours_bound(self.campus, self.kernel, tours, target, rounds, share)
        below = min(bound, target) + staff
        return replace(
            plan,
            status="optimal" if least == plan.score.total else "feasible",
            bound=least,
            grouping_bound=max(below, least or 0),
            seconds=self.budget.elapsed(),
        )

    def least(self) -> int | None:
        """A bound of the score over all groupings; None where there is no time for it."""
        short = self.budget.seconds is not None and self.budget.seconds < LEAST_SECONDS
        return None if short or self.budget.stop() else whole_bound(self.campus)

    def result(self, snapshot: Snapshot | None) -> Plan:
        """The plan of a snapshot, or what could not be found."""
        if self.hopeless:
            return self.no_groups()
        plan = Plan("unknown", seed=self.seed) if snapshot is None else self.draft(snapshot)
        if plan.status == "feasible":
            return plan
        lacking = Reason("not-found", say("not-found", self.language), "seconds")
        reasons = (lacking, *plan.shortfalls)
        return Plan("unknown", seconds=self.budget.elapsed(), seed=self.seed, reasons=reasons)

    def no_groups(self) -> Plan:
        """The answer where the guests make no groups at all."""
        problem = self.campus.problem
        least, most = problem.rules.group_people
        text = say("division", self.language, people=problem.people, least=least, most=most)
        reasons = (Reason("division", text, "group_people"),)
        return Plan("infeasible", seconds=self.budget.elapsed(), seed=self.seed, reasons=reasons)
