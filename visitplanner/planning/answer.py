"""What a search says: drafts, the plan with its bounds, or why there is none."""

from __future__ import annotations

from dataclasses import replace

from visitplanner.planning.bounds import tours_bound
from visitplanner.planning.budget import Budget
from visitplanner.planning.campus import Campus
from visitplanner.planning.kernel import Kernel
from visitplanner.planning.outcome import finished_groups, shortfalls
from visitplanner.planning.plan import Plan, Reason, score_of
from visitplanner.planning.sketch import Sketcher
from visitplanner.planning.tour import Snapshot
from visitplanner.planning.whole_bound import whole_bound
from visitplanner.planning.words import say

LEAST_SECONDS = 3.0
"""Budget from which a bound over all groupings is worked out."""
MOST_ROUNDS = 200


class Answer:
    """Timetables of one search as plans. `indivisible` is the code of the sentence that says why
    the guests make no groups, if they make none."""

    def __init__(
        self,
        campus: Campus,
        kernel: Kernel,
        sketcher: Sketcher,
        budget: Budget,
        seed: int,
        language: str,
    ) -> None:
        self.campus, self.kernel, self.sketcher = campus, kernel, sketcher
        self.budget, self.seed, self.language = budget, seed, language
        self.indivisible = ""

    def draft(self, snapshot: Snapshot) -> Plan:
        """The plan of a snapshot: feasible, or unknown with its shortfalls."""
        problem = self.campus.problem
        groups, staffed = finished_groups(self.campus, snapshot)
        complete = staffed and not snapshot.lacks
        return Plan(
            status="feasible" if complete else "unknown",
            groups=groups,
            score=score_of(problem, groups),
            grouping_bound=self._alone(snapshot),
            seconds=self.budget.elapsed(),
            seed=self.seed,
            shortfalls=() if complete else shortfalls(problem, groups, self.language),
        )

    def _alone(self, snapshot: Snapshot) -> int:
        """Cost of the groups if each had the campus to itself: a bound for this grouping."""
        weight = self.campus.problem.rules.weights.interpreter
        return sum(
            (d.sketch.solo if self.sketcher.tabled else 0) + weight * d.helpers
            for d, _ in snapshot.tours
        )

    def of(self, snapshot: Snapshot | None) -> Plan:
        """The plan of a snapshot, or what could not be found."""
        if self.indivisible:
            return self._no_groups()
        plan = Plan("unknown", seed=self.seed) if snapshot is None else self.draft(snapshot)
        if plan.status == "feasible":
            return plan
        lacking = Reason("not-found", say("not-found", self.language), "seconds")
        reasons = (lacking, *plan.shortfalls)
        return Plan("unknown", seconds=self.budget.elapsed(), seed=self.seed, reasons=reasons)

    def _no_groups(self) -> Plan:
        problem, code = self.campus.problem, self.indivisible
        least, most = problem.rules.group_people
        escorts = len(problem.staff_of("escort"))
        values = {"people": problem.people, "least": least, "most": most, "escorts": escorts}
        relax = "staff" if code == "division-escorts" else "group_people"
        reasons = (Reason(code, say(code, self.language, **values), relax),)
        return Plan("infeasible", seconds=self.budget.elapsed(), seed=self.seed, reasons=reasons)

    def proved(self, best: Snapshot | None, since: float) -> Plan:
        """The best plan with a bound for its groups, from the part of the budget after `since`."""
        plan = self.of(best)
        if best is None or plan.status != "feasible":
            return plan
        least, rounds = self._least(), MOST_ROUNDS
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

    def _least(self) -> int | None:
        """A bound of the score over all groupings; None where there is no time for it."""
        short = self.budget.seconds is not None and self.budget.seconds < LEAST_SECONDS
        return None if short or self.budget.stop() else whole_bound(self.campus)
