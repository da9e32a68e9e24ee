"""What makes a tour impossible at a glance: each finding is a proof, found by counting."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

import numpy as np

from visitplanner.planning.campus import Block, Campus, compile_campus
from visitplanner.planning.capacity import room_for
from visitplanner.planning.company import company_findings
from visitplanner.planning.finding import Finding, finding, named
from visitplanner.planning.pins import pin_findings
from visitplanner.planning.plan import Reason
from visitplanner.planning.problem import Delegation, Problem
from visitplanner.planning.solo import shortest_tour, solo_costs, table_size
from visitplanner.planning.words import say

MOST_TOURS = 20_000
"""Sets of stops up to which guests with few stops are tried one by one."""


def precheck(problem: Problem, language: str = "en") -> tuple[Reason, ...]:
    """Every reason that counting finds against any plan, in words of `language`; () proves nothing.

    Takes microseconds to a few milliseconds, fit for use while the coordinator types."""
    campus = compile_campus(problem, everyone=True)
    shortest = shortest_tour(campus) if campus.least_stops <= campus.stops else None
    found = list(_guests(campus, shortest))
    if not found:
        found += company_findings(campus, most_people(problem))
    found += [*pin_findings(campus), *_staff(campus, shortest), *_hours(campus, shortest)]
    if not found:
        found += _alone(campus)
    else:
        found += _out_of_reach(campus)
    unique = dict.fromkeys(found)
    return tuple(
        Reason(code, say(code, language, **dict(values)), relax) for code, relax, values in unique
    )


def most_people(problem: Problem) -> int:
    """Most people a group may have and still find as many stops that take it as it must see."""
    least, most = problem.rules.stops_per_group[0], problem.rules.group_people[1]
    rooms = sorted((s.people for s in problem.stops), reverse=True)
    return min(most, rooms[least - 1]) if least <= len(rooms) else most


def least_groups(problem: Problem) -> int:
    """Fewest groups the guests make."""
    return max(1, ceil(problem.people / most_people(problem)))


def _guests(campus: Campus, shortest: int | None) -> Iterator[Finding]:
    problem = campus.problem
    least, most = problem.rules.group_people[0], most_people(problem)
    yield from _speechless(campus, shortest)
    for d in problem.delegations:
        largest = max(p.people for p in d.parts)
        if largest > most:
            yield finding("too-large", "group_people", who=d.id, people=largest, most=most)
    yield from _few_stops(campus)
    if least <= most and least_groups(problem) * least > problem.people:
        values = {"people": problem.people, "least": least, "most": most}
        yield finding("sizes", "group_people", **values)
    if campus.least_stops > campus.stops:
        values = {"least": campus.least_stops, "stops": campus.stops}
        yield finding("stops-missing", "stops_per_group", **values)
    elif most < least:
        wide = sum(1 for s in problem.stops if s.people >= least)
        values = {"least": least, "stops": wide, "count": campus.least_stops}
        yield finding("stops-small", "people", **values)


def _speechless(campus: Campus, shortest: int | None) -> Iterator[Finding]:
    """Guests none of whose languages the hosts speak or an interpreter on duty long enough."""
    until = min(shortest or 0, campus.horizon)
    given = campus.host
    for _, spoken, duty in campus.interpreters:
        given |= spoken if duty >= until else 0
    without: dict[tuple[str, ...], list[str]] = {}
    for d in campus.problem.delegations:
        if not any(1 << campus.languages.index(x) & given for x in d.languages):
            without.setdefault(tuple(sorted(d.languages)), []).append(d.id)
    for languages, who in without.items():
        yield finding("language", "staff", who=named(who), count=len(who), languages=languages)


def _few_stops(campus: Campus) -> Iterator[Finding]:
    """Guests who may go to fewer stops than each group must see."""
    problem, least = campus.problem, campus.least_stops
    few: dict[int, list[str]] = {}
    for d in problem.delegations:
        usable = sum(1 for s in range(campus.stops) if _usable(campus, d, s))
        if usable < least <= campus.stops:
            few.setdefault(usable, []).append(d.id)
    for usable, who in sorted(few.items()):
        values = {"who": named(who), "count": len(who), "usable": usable, "least": least}
        yield finding("few-stops", "stops_per_group", **values)


def _usable(campus: Campus, guests: Delegation, s: int) -> bool:
    stop = campus.problem.stops[s]
    smallest = min(p.people for p in guests.parts)
    return (
        guests.country not in stop.barred
        and (stop.step_free or not guests.step_free)
        and smallest <= stop.people
    )


def _reachable(campus: Campus, s: int) -> bool:
    """Whether a group could visit the stop at all and be back in the hall."""
    hall, visit = campus.stops, campus.visit[s]
    last = campus.horizon - campus.walk[s][hall]
    first = campus.walk[hall][s]
    return any(min(b, last) - max(a, first) >= visit for a, b in campus.opening[s])


def _out_of_reach(campus: Campus) -> Iterator[Finding]:
    """Stops nobody can visit; no proof by itself, but good to know where there is one."""
    far = [campus.problem.stops[s].id for s in range(campus.stops) if not _reachable(campus, s)]
    if far:
        yield finding("stop-far", "windows", stop=named(far), horizon=campus.horizon)


def _alone(campus: Campus) -> Iterator[Finding]:
    """Guests whose own stops make no tour, even with the campus to themselves."""
    full = (1 << campus.stops) - 1
    narrow: dict[tuple[int, int], list[Block]] = {}
    for block in campus.blocks:
        must = 0
        for s, _ in block.must:
            must |= 1 << s
        if must or block.allowed != full:
            narrow.setdefault((block.allowed, must), []).append(block)
    if not narrow or table_size(campus) > MOST_TOURS:
        return
    tours = np.array(solo_costs(campus)[0], np.int64)
    for (allowed, must), blocks in narrow.items():
        if not ((tours & must == must) & (tours & ~allowed == 0)).any():
            who = [b.members[0].delegation for b in blocks]
            values = {"least": campus.least_stops, "horizon": campus.horizon, "count": len(who)}
            code, relax = ("pin-tour", "pinned") if must else ("guest-time", "stops_per_group")
            yield finding(code, relax, who=named(who), **values)


def _staff(campus: Campus, shortest: int | None) -> Iterator[Finding]:
    problem = campus.problem
    groups, until = least_groups(problem), min(shortest or 0, campus.horizon)
    long = sum(1 for _, end in campus.escorts if end >= until)
    if groups > len(campus.escorts):
        values = {"people": problem.people, "groups": groups, "escorts": len(campus.escorts)}
        yield finding("escorts", "staff", **values)
    elif groups > long:
        yield finding("escorts-hours", "staff", groups=groups, minute=until, escorts=long)
    only: dict[int, int] = {}
    for d in problem.delegations:
        mask = sum(1 << campus.languages.index(x) for x in d.languages)
        if not mask & campus.host:
            only[mask] = only.get(mask, 0) + d.people
    for mask in sorted(only):
        people = sum(count for other, count in only.items() if not other & ~mask)
        need = ceil(people / most_people(problem))
        there = sum(1 for _, spoken, end in campus.interpreters if spoken & mask and end >= until)
        if 0 < there < need:
            names = tuple(x for i, x in enumerate(campus.languages) if mask >> i & 1)
            values = {"people": people, "need": need, "there": there}
            yield finding("interpreters", "staff", languages=names, **values)


def _hours(campus: Campus, shortest: int | None) -> Iterator[Finding]:
    least, horizon = campus.least_stops, campus.horizon
    if least > campus.stops:
        return
    if shortest is None:
        yield finding("tour-closed", "stops_per_group", least=least, horizon=horizon)
    elif shortest > horizon:
        values = {"least": least, "minutes": shortest, "horizon": horizon}
        yield finding("tour-time", "horizon", **values)
    groups = least_groups(campus.problem)
    need = groups * sum(sorted(campus.visit)[:least])
    offered = sum(
        places * sum(b - a for a, b in windows)
        for places, windows in zip(campus.places, campus.opening, strict=True)
    )
    room = room_for(campus, groups)
    values = {"groups": groups, "stops": campus.stops}
    if need > offered:
        yield finding("stop-hours", "stops_per_group", need=need, offered=offered, **values)
    elif groups * least > room:
        visits = {"least": least, "need": groups * least, "offered": room}
        yield finding("stop-visits", "stops_per_group", **visits, **values)
