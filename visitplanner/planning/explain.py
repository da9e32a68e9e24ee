"""The cheapest rules to give up, each tried: what it would cost and whether a plan then exists."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from dataclasses import replace
from time import monotonic, thread_time

from visitplanner.planning.plan import Plan, Reason
from visitplanner.planning.planner import first_plan
from visitplanner.planning.precheck import least_groups, precheck
from visitplanner.planning.problem import Problem, Stop
from visitplanner.planning.relaxed import (
    with_full_hours,
    with_horizon,
    with_people,
    with_places,
    with_staff,
    with_stops,
    without_apart,
    without_pins,
)
from visitplanner.planning.search import MOST_EXACT
from visitplanner.planning.words import say

MOST_WORK_SECONDS = 1.5
"""Processor seconds of all attempts with a time budget: a busy machine explains no worse."""
MOST_SECONDS = 10.0
STEPS = (0, 7, 20)
EXACT_STEPS = (5, 15)
WORK = 900
"""Groups times attempts, about; a second of a processor for a small day, two for a large one."""
HOURS = {"tour-time", "tour-closed", "stop-hours", "stop-visits", "guest-time", "pin-tour"}
PLACES = {"stop-hours", "stop-visits"}
STOPS = HOURS | {"few-stops", "stops-missing", "stops-small", "division"}
PEOPLE = {"too-large", "sizes", "stop-hours", "stop-visits", "escorts", "pin-company", "division"}


class Trials:
    """Makes quick attempts at relaxed problems and keeps an account of them: `work` bounds groups
    times attempts (the same answers on any machine), the clock does when `timed`."""

    def __init__(self, cancelled: Callable[[], bool], work: int, timed: bool) -> None:
        self.cancelled, self.left, self.timed = cancelled, work, timed
        self.begun, self.worked = monotonic(), thread_time()

    def over(self) -> bool:
        """Whether nothing more may be tried."""
        late = monotonic() - self.begun >= MOST_SECONDS
        late = late or thread_time() - self.worked >= MOST_WORK_SECONDS
        return (late and self.timed) or self.left <= 0 or self.cancelled()

    def plan(self, problem: Problem, *, exact: bool = False) -> Plan | None:
        """A first complete plan, if one is found quickly."""
        if self.over() or precheck(problem):
            return None
        groups = least_groups(problem)
        if exact and groups > MOST_EXACT:
            return None
        self.left -= 10 + groups + groups * groups // 30
        tries = max(25, min(120, 1200 // groups))
        return first_plan(problem, iterations=tries, cancelled=self.over, exact=exact)


def ways_out(
    problem: Problem,
    codes: Set[str],
    language: str = "en",
    *,
    cancelled: Callable[[], bool] = lambda: False,
    timed: bool = True,
) -> tuple[Reason, ...]:
    """Relaxations of a problem that is impossible for the reasons of these `codes`, after which a
    plan was actually found, with their cost in words of `language`;
    cheapest kind first (staff, pins, those apart, then time, places, stops, sizes). With `timed`
    the clock bounds the attempts, without only their number does."""
    if "division-escorts" in codes:
        codes = {"division", "escorts", *codes}
    trials = Trials(cancelled, WORK, timed)
    found: list[Reason] = []
    for kind in (_staff, _pins, _apart, _stops, _places, _sizes, _languages, _horizon):
        found += kind(problem, codes, trials, language)
    order = ["staff", "pinned", "apart_from", "horizon", "groups_at_once", "stops_per_group"]
    place = {relax: n for n, relax in enumerate(order)}
    return tuple(sorted(found, key=lambda r: place.get(r.relax, len(order))))


Ways = Iterator[Reason]


def _way(code: str, relax: str, language: str, **values: object) -> Reason:
    return Reason(code, say(code, language, **values), relax)


def _staff(problem: Problem, codes: Set[str], trials: Trials, language: str) -> Ways:
    full = with_full_hours(problem)
    short = codes & {"escorts", "escorts-hours", "language", "interpreters"}
    if short and full != problem and trials.plan(full) is not None:
        yield _way("way-hours", "staff", language, minute=problem.horizon)
    if "escorts" in codes:
        yield from _escorts(problem, trials, language)
    if codes & {"language", "interpreters"}:
        yield from _interpreters(problem, trials, language)


def _escorts(problem: Problem, trials: Trials, language: str) -> Ways:
    """As few escorts as a plan was found with, the count at least or that of a free plan."""
    there = len(problem.staff_of("escort"))
    least = max(1, least_groups(problem) - there)
    found = trials.plan(with_staff(problem, "escort", (), least))
    if found is None:
        found = trials.plan(with_staff(problem, "escort", (), least + 5 + least_groups(problem)))
    if found is not None and len(found.groups) > there:
        yield _way("way-escorts", "staff", language, count=len(found.groups) - there)


def _interpreters(problem: Problem, trials: Trials, language: str) -> Ways:
    """Interpreters for the languages that lack any, then for those that lack some."""
    given = set(problem.host_languages)
    given |= {x for s in problem.staff_of("interpreter") for x in s.languages}
    mute = [d.languages[0] for d in problem.delegations if not given & set(d.languages)]
    wanted = list(dict.fromkeys(mute)) or sorted(
        {d.languages[0] for d in problem.delegations} - set(problem.host_languages)
    )
    if mute:
        wider = problem
        for name in wanted:
            wider = with_staff(wider, "interpreter", (name,), 1)
        if trials.plan(wider) is not None:
            count, names = len(wanted), tuple(wanted)
            yield _way("way-interpreter", "staff", language, count=count, languages=names)
        return
    for name in wanted:
        for count in (1, 2, 3, 5):
            wider = with_staff(problem, "interpreter", (name,), count)
            if any(r.code == "interpreters" for r in precheck(wider)):
                continue
            if trials.plan(wider) is not None:
                values = {"count": count, "languages": (name,)}
                yield _way("way-interpreter", "staff", language, **values)
                break


def _pins(problem: Problem, codes: Set[str], trials: Trials, language: str) -> Ways:
    if not any(code.startswith("pin-") or code in ("division", "lonely") for code in codes):
        return
    every = sorted({p.delegation for p in problem.pinned})
    single = [who for who in every if trials.plan(without_pins(problem, {who})) is not None]
    for who in single:
        yield _way("way-pins", "pinned", language, who=who)
    if not single and len(every) > 1 and trials.plan(without_pins(problem, every)) is not None:
        yield _way("way-pins", "pinned", language, who=", ".join(every))


def _apart(problem: Problem, codes: Set[str], trials: Trials, language: str) -> Ways:
    if not codes & {"lonely", "apart-many", "pin-apart", "division"}:
        return
    hostile = sorted(
        (d for d in problem.delegations if d.apart_from),
        key=lambda d: (-len(d.apart_from), d.precedence),
    )
    for count in (1, 2, 3, 5, len(hostile)):
        who = [d.id for d in hostile[:count]]
        if count <= len(hostile) and trials.plan(without_apart(problem, who)) is not None:
            yield _way("way-apart", "apart_from", language, who=", ".join(who), count=len(who))
            return


def _horizon(problem: Problem, codes: Set[str], trials: Trials, language: str) -> Ways:
    if not codes & HOURS:
        return
    low, high = problem.horizon, 3 * problem.horizon + 60
    if trials.over() or precheck(with_horizon(problem, high)):
        return
    while high - low > 1 and not trials.over():
        middle = (low + high) // 2
        low, high = (middle, high) if precheck(with_horizon(problem, middle)) else (low, middle)
    # A tight rotation is found by the exact model only; few groups, and it is worth loading it.
    tries = [(step, False) for step in STEPS] + [(step, True) for step in EXACT_STEPS]
    for step, exact in tries:
        found = trials.plan(with_horizon(problem, high + step), exact=exact)
        if found is not None:
            values = {"minutes": high + step - problem.horizon, "horizon": high + step}
            idle, old = found.score.idle, problem.horizon
            yield _way("way-horizon", "horizon", language, old=old, idle=idle, **values)
            return


def _places(problem: Problem, codes: Set[str], trials: Trials, language: str) -> Ways:
    """One more group at once at as few stops as counting permits, then at more of them; with one
    stop fewer for each group where places alone do not help."""
    if not codes & PLACES:
        return
    order = sorted(problem.stops, key=lambda s: (s.groups_at_once, -s.people, s.id))
    least = problem.rules.stops_per_group[0]
    for stops in range(least, max(0, least - 2), -1):
        for count in _counts(with_stops(problem, stops), [s.id for s in order], trials):
            chosen = {s.id for s in order[:count]}
            found = trials.plan(with_places(with_stops(problem, stops), chosen))
            wider = _widened(problem, found) if found is not None else []
            if found is not None and wider:
                values = {
                    "places": max(s.groups_at_once for s in wider) + 1,
                    "stops": ", ".join(s.name or s.id for s in wider),
                    "idle": found.score.idle,
                    "count": stops,
                }
                code = "way-places" if stops == least else "way-places-stops"
                yield _way(code, "groups_at_once", language, **values)
                return


def _widened(problem: Problem, found: Plan) -> list[Stop]:
    """The stops at which a plan has more groups at once than there may be, resets included."""
    wider = []
    for stop in problem.stops:
        visits = [v for g in found.groups for v in g.visits if v.stop == stop.id]
        spans = [(v.start, v.end + stop.reset) for v in visits]
        if any(sum(a <= at < b for a, b in spans) > stop.groups_at_once for at, _ in spans):
            wider.append(stop)
    return wider


def _counts(problem: Problem, order: list[str], trials: Trials) -> list[int]:
    """How many stops to widen: the fewest that counting permits, some more, all."""
    for count in range(1, len(order) + 1):
        if trials.over():
            return []
        if not precheck(with_places(problem, order[:count])):
            return sorted({min(count + more, len(order)) for more in (0, 1, 2, len(order))})
    return []


def _stops(problem: Problem, codes: Set[str], trials: Trials, language: str) -> Ways:
    if not codes & STOPS:
        return
    least, most = problem.rules.stops_per_group
    for count in range(least - 1, 0, -1):
        rules = replace(problem.rules, stops_per_group=(count, max(count, min(most, least - 1))))
        fewer = replace(problem, rules=rules)
        found = trials.plan(fewer) or trials.plan(fewer, exact=True)
        if found is not None:
            visits = sum(least - len(g.visits) for g in found.groups)
            values = {"count": count, "least": least, "unmet": found.score.unmet_wish}
            yield _way("way-stops", "stops_per_group", language, visits=visits, **values)
            return


def _sizes(problem: Problem, codes: Set[str], trials: Trials, language: str) -> Ways:
    least, most = problem.rules.group_people
    if codes & PEOPLE:
        largest = max([most, *(p.people for d in problem.delegations for p in d.parts)])
        tried = 0
        for people in sorted({largest, *range(most + 1, 3 * most + 1)} - {most}):
            relaxed = with_people(problem, least, people)
            if tried >= 3 or trials.over():
                break
            if precheck(relaxed):
                continue
            tried += 1
            found = trials.plan(relaxed)
            if found is not None:
                values = {"most": people, "old": most, "groups": len(found.groups)}
                yield _way("way-groups", "group_people", language, **values)
                break
    if codes & {"lonely", "stops-small", "sizes", "division"}:
        for people in dict.fromkeys((least // 2, 1)):
            found = trials.plan(with_people(problem, max(1, people), most))
            if found is not None:
                values = {"least": max(1, people), "old": least, "groups": len(found.groups)}
                yield _way("way-small", "group_people", language, **values)
                break


def _languages(problem: Problem, codes: Set[str], trials: Trials, language: str) -> Ways:
    old = problem.rules.working_languages_per_group
    if not codes & {"lonely", "pin-language", "division"} or old >= 3:
        return
    rules = replace(problem.rules, working_languages_per_group=old + 1)
    found = trials.plan(replace(problem, rules=rules))
    if found is not None:
        values = {"count": old + 1, "old": old, "used": found.score.interpreter}
        yield _way("way-languages", "working_languages_per_group", language, **values)
