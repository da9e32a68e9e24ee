"""Plans a tour: checks the day, searches it, and says how good the plan is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from visitplanner.planning.budget import Budget
from visitplanner.planning.campus import compile_campus
from visitplanner.planning.duty import Duty
from visitplanner.planning.plan import Plan, Progress, Reason
from visitplanner.planning.precheck import precheck
from visitplanner.planning.problem import Problem
from visitplanner.planning.search import Search
from visitplanner.planning.solo import shortest_tour
from visitplanner.planning.weighing import Weighing


def plan(
    problem: Problem,
    *,
    seconds: float | None = None,
    iterations: int | None = None,
    seed: int = 1,
    on_progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    language: str = "en",
    start: Plan | None = None,
) -> Plan:
    """The best plan found in `seconds` of wall clock, or in `iterations` of search (then the same
    problem and seed give the same plan on any machine, and `seconds` of the plan is 0).

    `on_progress` gets each better plan as a Progress (drafts with `shortfalls` first); `cancelled`
    is asked many times a second, and what is best by then is kept. An impossible problem gives a
    plan of status infeasible whose reasons, in `language`, name the cheapest rules to give up.
    With `start`, a plan that keeps this problem's rules, the answer is never worse than it."""
    budget = Budget(seconds, iterations, cancelled)

    def explained(reasons: tuple[Reason, ...]) -> Plan:
        from visitplanner.planning.explain import ways_out

        codes, timed = {r.code for r in reasons}, iterations is None
        reasons += ways_out(problem, codes, language, cancelled=cancelled, timed=timed)
        return Plan("infeasible", seconds=budget.elapsed(), seed=seed, reasons=reasons)

    reasons = precheck(problem, language)
    if reasons:
        return explained(reasons)
    weighing = Weighing(problem)

    def run(tell: Callable[[Progress], None] | None) -> Plan:
        found = start
        for search in _searches(weighing.light, budget, seed, tell, language, start=start):
            found = search.run() if found is None else search.resume(found)
            if budget.stop() or found.status == "infeasible":
                break
        assert found is not None
        if found.status == "infeasible":
            return explained(found.reasons)
        return replace(found, seconds=budget.elapsed())

    return weighing.search(run, on_progress, start)


def _searches(
    problem: Problem,
    budget: Budget,
    seed: int,
    tell: Callable[[Progress], None] | None,
    language: str,
    *,
    start: Plan | None = None,
    exact: bool = True,
) -> Iterator[Search]:
    """One search; where staff of different hours would shorten every tour two, each with half of
    the budget: the first until an hour when enough of them are there, which is quick, the second
    with everybody until the last minute of their own; from a plan at hand the second alone."""
    campus = compile_campus(problem)
    late = compile_campus(problem, everyone=True, since=shortest_tour(campus) or 0)
    if not Duty(late).differ or Duty(late).ends[-1] <= campus.deadline:
        yield Search(campus, budget, seed, tell, language, exact=exact)
    elif start is not None:
        yield Search(late, budget, seed, tell, language, exact=exact)
    else:
        yield Search(campus, budget.half(), seed, tell, language, exact=exact)
        yield Search(late, budget.half(), seed, tell, language, exact=exact)


def first_plan(
    problem: Problem,
    *,
    iterations: int = 100,
    seed: int = 1,
    cancelled: Callable[[], bool] = lambda: False,
    exact: bool = False,
) -> Plan | None:
    """The first complete plan found within `iterations` of a problem that passed the pre-check, or
    None; looks for no reasons and asks the exact model, which takes long to load, only on wish."""
    weighing = Weighing(problem)
    seen: list[bool] = []

    def note(progress: Progress) -> None:
        if progress.plan.status == "feasible":
            seen.append(True)

    budget = Budget(None, iterations, lambda: bool(seen) or cancelled())
    for search in _searches(weighing.light, budget, seed, note, "en", exact=exact):
        search.begin()
        found = weighing.weighed(search.answer.of(search.best))
        if found.status == "feasible":
            return found
    return None
