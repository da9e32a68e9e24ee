"""Weights of any size, made fit for a search whose penalties and temperatures are in minutes.

A search must prefer a complete plan to every wish and every minute. Where weights are far above the
ordinary ones it works with lighter ones in the same order; what it finds is weighed as the problem
says, and its bounds are scaled so that they stay below every plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from visitplanner.planning.plan import Plan, Progress, score_of
from visitplanner.planning.problem import Delegation, Problem, Weights

MOST_MINUTE = 8
MOST_WISH = 600
MOST_INTERPRETER = 600


class Weighing:
    """A problem with lighter weights where it needs them: `light` is what to search."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        w = problem.rules.weights
        dearest = max([1, *(x for d in problem.delegations for p in d.parts for _, x in p.wishes)])
        self.factor = max(1, -(-max(w.idle, w.walk) // MOST_MINUTE))
        unmet = min(_lighter(w.unmet_wish, self.factor), max(1, MOST_WISH // dearest))
        self.cut = max(1, -(-dearest * unmet // MOST_WISH))
        weights = Weights(
            _lighter(w.idle, self.factor),
            _lighter(w.walk, self.factor),
            min(unmet, w.unmet_wish),
            min(_lighter(w.interpreter, self.factor), MOST_INTERPRETER),
        )
        self.same = weights == w and self.cut == 1
        self.light = problem if self.same else self._lightened(weights)
        self.scale = self._scale(weights)

    def _lightened(self, weights: Weights) -> Problem:
        rules = replace(self.problem.rules, weights=weights)
        guests = tuple(_cut(d, self.cut) for d in self.problem.delegations)
        return replace(self.problem, rules=rules, delegations=guests)

    def _scale(self, light: Weights) -> Fraction:
        """The largest factor by which no light point exceeds what it stands for."""
        own = self.problem.rules.weights
        pairs = [
            (own.idle, light.idle), (own.walk, light.walk), (own.interpreter, light.interpreter),
        ]  # fmt: skip
        parts = [Fraction(a, b) for a, b in pairs if b]
        parts += [
            Fraction(own.unmet_wish * x, light.unmet_wish * _lighter(x, self.cut))
            for x in {x for d in self.problem.delegations for p in d.parts for _, x in p.wishes}
            if x and light.unmet_wish
        ]
        return min(parts, default=Fraction(1))

    def weighed(self, found: Plan) -> Plan:
        """A plan of the light problem as one of the problem itself."""
        if self.same or not found.groups:
            return found
        score = score_of(self.problem, found.groups)
        bound = min(int(found.grouping_bound * self.scale), score.total)
        return replace(found, score=score, bound=None, grouping_bound=bound, status=(
            "feasible" if found.status == "optimal" else found.status))  # fmt: skip

    def search(
        self,
        run: Callable[[Callable[[Progress], None] | None], Plan],
        on_progress: Callable[[Progress], None] | None,
        start: Plan | None,
    ) -> Plan:
        """What `run` finds on the light problem, told and judged by the problem's own weights."""
        if self.same:
            return run(on_progress)
        best = None if start is None or not start.groups else start

        def tell(progress: Progress) -> None:
            nonlocal best
            plan = self.weighed(progress.plan)
            better = best is None or best.status == "unknown" or (
                plan.status != "unknown" and plan.score.total < best.score.total
            )  # fmt: skip
            if better:
                best = plan
                if on_progress is not None:
                    on_progress(Progress(plan.score, plan.bound, plan.gap, plan))

        found = self.weighed(run(tell))
        if found.groups and best is not None and best.status == "feasible":
            return best if best.score.total < found.score.total else found
        return found


def _lighter(weight: int, factor: int) -> int:
    return 0 if weight == 0 else max(1, round(Fraction(weight, factor)))


def _cut(guests: Delegation, cut: int) -> Delegation:
    parts = tuple(
        replace(p, wishes=tuple((stop, _lighter(x, cut)) for stop, x in p.wishes))
        for p in guests.parts
    )
    return replace(guests, parts=parts)
