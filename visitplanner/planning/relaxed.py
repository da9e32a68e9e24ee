"""Problems with one rule relaxed: more staff, time, places or freedom than there is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from visitplanner.planning.problem import Problem, Staff, Window


def with_staff(problem: Problem, role: str, languages: tuple[str, ...], count: int) -> Problem:
    """The problem with `count` more escorts or interpreters on duty all day."""
    taken = {s.id for s in problem.staff}
    names = (f"+{n}" for n in range(count + len(taken) + 1))
    fresh = [n for n in names if n not in taken][:count]
    more = tuple(Staff(n, role, languages, ((0, problem.horizon),)) for n in fresh)
    return replace(problem, staff=problem.staff + more)


def with_full_hours(problem: Problem) -> Problem:
    """The problem with everybody on duty all day."""
    full = ((0, problem.horizon),)
    return replace(problem, staff=tuple(replace(s, windows=full) for s in problem.staff))


def with_horizon(problem: Problem, horizon: int) -> Problem:
    """The problem with a later end; what was open or on duty to the end stays so."""

    def longer(windows: tuple[Window, ...]) -> tuple[Window, ...]:
        return tuple((a, horizon if b == problem.horizon else b) for a, b in windows)

    stops = tuple(replace(s, windows=longer(s.windows)) for s in problem.stops)
    staff = tuple(replace(s, windows=longer(s.windows)) for s in problem.staff)
    return replace(problem, horizon=horizon, stops=stops, staff=staff)


def with_places(problem: Problem, stops: Collection[str]) -> Problem:
    """The problem with one more group at once at each of these stops."""
    wider = tuple(
        replace(s, groups_at_once=s.groups_at_once + 1) if s.id in stops else s
        for s in problem.stops
    )
    return replace(problem, stops=wider)


def with_stops(problem: Problem, count: int) -> Problem:
    """The problem with `count` stops as the fewest of a group, the span of choice as wide."""
    least, most = problem.rules.stops_per_group
    rules = replace(problem.rules, stops_per_group=(count, max(count, most - least + count)))
    return replace(problem, rules=rules)


def with_people(problem: Problem, least: int, most: int) -> Problem:
    """The problem with other sizes of groups."""
    return replace(problem, rules=replace(problem.rules, group_people=(least, most)))


def without_pins(problem: Problem, who: Collection[str]) -> Problem:
    """The problem without what is pinned for these delegations."""
    rest = tuple(p for p in problem.pinned if p.delegation not in who)
    return replace(problem, pinned=rest)


def without_apart(problem: Problem, who: Collection[str]) -> Problem:
    """The problem in which these delegations need not be apart from anybody."""
    freed = tuple(
        replace(d, apart_from=())
        if d.id in who
        else replace(d, apart_from=tuple(x for x in d.apart_from if x not in who))
        for d in problem.delegations
    )
    return replace(problem, delegations=freed)
