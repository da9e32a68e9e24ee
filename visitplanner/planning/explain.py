"""The cheapest rules to give up, each tried: what it would cost and whether a plan then exists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from visitplanner.planning.plan import Plan, Reason
from visitplanner.planning.planner import first_plan
from visitplanner.planning.precheck import least_groups, precheck
from visitplanner.planning.problem import Problem, Staff, Window
from visitplanner.planning.words import say

MOST_TRIES = 14
STEPS = (0, 2, 5, 9, 14, 21, 34)


class Trial:
    """Counts and makes quick attempts at relaxed problems."""

    def __init__(self, cancelled: Callable[[], bool], most: int = MOST_TRIES) -> None:
        self.cancelled, self.left = cancelled, most

    def plan(self, problem: Problem) -> Plan | None:
        """A first complete plan, if one is found quickly."""
        if self.left <= 0 or self.cancelled():
            return None
        self.left -= 1
        return first_plan(problem, cancelled=self.cancelled)


def ways_out(
    problem: Problem, language: str = "en", *, cancelled: Callable[[], bool] = lambda: False
) -> tuple[Reason, ...]:
    """Relaxations after which a plan was actually found, with their cost in words of `language`;
    cheapest kind first (staff and pins, then time, places, stops, sizes)."""
    most = MOST_TRIES if len(problem.delegations) <= 120 else 4
    codes = {r.code for r in precheck(problem)}
    found: list[Reason] = []
    for kind in (_staff, _pins, _horizon, _places, _stops, _sizes):
        found += kind(problem, codes, Trial(cancelled, most), language)
    return tuple(found)


def _staff(problem: Problem, codes: set[str], trial: Trial, language: str) -> Iterator[Reason]:
    if "escorts" in codes:
        missing = least_groups(problem) - len(problem.staff_of("escort"))
        for more in (missing, missing + 1, missing + 2):
            if more > 0 and trial.plan(with_staff(problem, "escort", (), more)) is not None:
                yield Reason("way-escorts", say("way-escorts", language, count=more), "staff")
                return
    given = set(problem.host_languages)
    given |= {x for s in problem.staff_of("interpreter") for x in s.languages}
    if codes & {"language", "interpreters"}:
        wanted = [d.languages[0] for d in problem.delegations if not given & set(d.languages)]
        wanted = list(dict.fromkeys(wanted)) or sorted(
            {d.languages[0] for d in problem.delegations} - set(problem.host_languages)
        )
        for name in wanted:
            if trial.plan(with_staff(problem, "interpreter", (name,), 1)) is not None:
                text = say("way-interpreter", language, languages=name)
                yield Reason("way-interpreter", text, "staff")


def with_staff(problem: Problem, role: str, languages: tuple[str, ...], count: int) -> Problem:
    """The problem with `count` more escorts or interpreters on duty all day."""
    taken = {s.id for s in problem.staff}
    names = (f"+{n}" for n in range(count + len(taken) + 1))
    fresh = [n for n in names if n not in taken][:count]
    more = tuple(Staff(n, role, languages, ((0, problem.horizon),)) for n in fresh)
    return replace(problem, staff=problem.staff + more)


def _pins(problem: Problem, codes: set[str], trial: Trial, language: str) -> Iterator[Reason]:
    if not any(code.startswith("pin-") for code in codes):
        return
    for pin in problem.pinned:
        rest = tuple(p for p in problem.pinned if p is not pin)
        if trial.plan(replace(problem, pinned=rest)) is not None:
            text = say("way-pins", language, who=pin.delegation)
            yield Reason("way-pins", text, "pinned")


def with_horizon(problem: Problem, horizon: int) -> Problem:
    """The problem with a later end; what was open or on duty to the end stays so."""

    def longer(windows: tuple[Window, ...]) -> tuple[Window, ...]:
        return tuple((a, horizon if b == problem.horizon else b) for a, b in windows)

    stops = tuple(replace(s, windows=longer(s.windows)) for s in problem.stops)
    staff = tuple(replace(s, windows=longer(s.windows)) for s in problem.staff)
    return replace(problem, horizon=horizon, stops=stops, staff=staff)


def _horizon(problem: Problem, codes: set[str], trial: Trial, language: str) -> Iterator[Reason]:
    if not codes & {"tour-time", "tour-closed", "stop-hours", "stop-visits"}:
        return
    low, high = problem.horizon, 3 * problem.horizon + 60
    if precheck(with_horizon(problem, high)):
        return
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if precheck(with_horizon(problem, middle)) else (low, middle)
    for step in STEPS:
        found = trial.plan(with_horizon(problem, high + step))
        if found is not None:
            values = {"minutes": high + step - problem.horizon, "horizon": high + step}
            text = say(
                "way-horizon", language, old=problem.horizon, idle=found.score.idle, **values
            )
            yield Reason("way-horizon", text, "horizon")
            return


def _places(problem: Problem, codes: set[str], trial: Trial, language: str) -> Iterator[Reason]:
    if not codes & {"stop-hours", "stop-visits"}:
        return
    order = sorted(problem.stops, key=lambda s: (s.groups_at_once, -s.people, s.id))
    least, most = problem.rules.stops_per_group
    for stops in range(least, max(0, least - 2), -1):
        rules = replace(problem.rules, stops_per_group=(stops, max(stops, most - least + stops)))
        fewer = replace(problem, rules=rules)
        for count in range(1, len(order) + 1):
            chosen = {s.id for s in order[:count]}
            wider = with_places(fewer, chosen)
            found = None if precheck(wider) else trial.plan(wider)
            if found is not None:
                values = {
                    "places": order[count - 1].groups_at_once + 1,
                    "stops": ", ".join(s.name or s.id for s in problem.stops if s.id in chosen),
                    "idle": found.score.idle,
                    "count": stops,
                }
                code = "way-places" if stops == least else "way-places-stops"
                yield Reason(code, say(code, language, **values), "groups_at_once")
                return


def with_places(problem: Problem, stops: set[str]) -> Problem:
    """The problem with one more group at once at each of these stops."""
    wider = tuple(
        replace(s, groups_at_once=s.groups_at_once + 1) if s.id in stops else s
        for s in problem.stops
    )
    return replace(problem, stops=wider)


def _stops(problem: Problem, codes: set[str], trial: Trial, language: str) -> Iterator[Reason]:
    least, most = problem.rules.stops_per_group
    if not codes & {
        "tour-time", "tour-closed", "stop-hours", "stop-visits", "few-stops", "stops-missing"
    }:  # fmt: skip
        return
    for count in range(least - 1, 0, -1):
        rules = replace(problem.rules, stops_per_group=(count, max(count, min(most, least - 1))))
        found = trial.plan(replace(problem, rules=rules))
        if found is not None:
            visits = sum(least - len(g.visits) for g in found.groups)
            values = {"count": count, "least": least, "unmet": found.score.unmet_wish}
            text = say("way-stops", language, visits=visits, **values)
            yield Reason("way-stops", text, "stops_per_group")
            return


def _sizes(problem: Problem, codes: set[str], trial: Trial, language: str) -> Iterator[Reason]:
    if not codes & {"too-large", "sizes", "stop-hours", "stop-visits", "escorts"}:
        return
    least, most = problem.rules.group_people
    largest = max([most, *(p.people for d in problem.delegations for p in d.parts)])
    tried = 0
    for people in sorted({largest, *range(most + 1, 3 * most + 1)}):
        rules = replace(problem.rules, group_people=(least, people))
        relaxed = replace(problem, rules=rules)
        if people <= most or precheck(relaxed):
            continue
        found = trial.plan(relaxed)
        if found is not None:
            values = {"most": people, "old": most, "groups": len(found.groups)}
            yield Reason("way-groups", say("way-groups", language, **values), "group_people")
        tried += 1
        if found is not None or tried >= 3:
            return
