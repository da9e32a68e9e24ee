"""What makes a tour impossible at a glance: each finding is a proof, found by counting."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from visitplanner.planning.campus import Block, Campus, compile_campus
from visitplanner.planning.capacity import stop_capacity
from visitplanner.planning.plan import Reason
from visitplanner.planning.problem import Member, Problem
from visitplanner.planning.solo import shortest_tour
from visitplanner.planning.words import say


def precheck(problem: Problem, language: str = "en") -> tuple[Reason, ...]:
    """Every reason that counting finds against any plan, in words of `language`; () proves nothing.

    Takes microseconds to a few milliseconds, fit for use while the coordinator types."""
    campus = compile_campus(problem, everyone=True)
    found = [*_guests(campus), *_pins(campus), *_staff(campus), *_hours(campus)]
    unique = dict.fromkeys(found)
    return tuple(
        Reason(code, say(code, language, **dict(values)), relax) for code, relax, values in unique
    )


Finding = tuple[str, str, tuple[tuple[str, object], ...]]


def _finding(code: str, relax: str, **values: object) -> Finding:
    return code, relax, tuple(values.items())


def least_groups(problem: Problem) -> int:
    """Fewest groups the guests make."""
    return max(1, ceil(problem.people / problem.rules.group_people[1]))


def _guests(campus: Campus) -> Iterator[Finding]:
    problem = campus.problem
    least, most = problem.rules.group_people
    spoken = {t for mask, _ in campus.tongues for t in [mask]}
    for d in problem.delegations:
        mask = sum(1 << campus.languages.index(x) for x in d.languages)
        if not any(mask & t for t in spoken):
            yield _finding("language", "staff", who=d.id, languages=", ".join(d.languages))
        largest = max(p.people for p in d.parts)
        if largest > most:
            yield _finding("too-large", "group_people", who=d.id, people=largest, most=most)
        usable = sum(
            1
            for s in problem.stops
            if d.country not in s.barred
            and (s.step_free or not d.step_free)
            and min(p.people for p in d.parts) <= s.people
        )
        if usable < campus.least_stops:
            yield _finding(
                "few-stops", "stops_per_group", who=d.id, usable=usable, least=campus.least_stops
            )
    if least_groups(problem) * least > problem.people:
        values = {"people": problem.people, "least": least, "most": most}
        yield _finding("sizes", "group_people", **values)
    if campus.least_stops > campus.stops:
        yield _finding(
            "stops-missing", "stops_per_group", least=campus.least_stops, stops=campus.stops
        )


def _name(block: Block) -> str:
    return block.members[0].delegation


def _pins(campus: Campus) -> Iterator[Finding]:
    problem = campus.problem
    where: dict[Member, Block] = {m: b for b in campus.blocks for m in b.members}
    for d in problem.delegations:
        for other in d.apart_from:
            home = where[Member(d.id, 0)]
            for n in range(len(problem.by_id[other].parts)):
                if where[Member(other, n)] is home:
                    yield _finding("pin-apart", "pinned", who=d.id, other=other)
    for block in campus.blocks:
        if len(block.members) > 1:
            yield from _company(campus, block)
        yield from _pinned_stops(campus, block)
    yield from _pinned_places(campus)


def _company(campus: Campus, block: Block) -> Iterator[Finding]:
    if block.people > campus.most_group:
        yield _finding(
            "pin-company", "pinned", who=_name(block), people=block.people, most=campus.most_group
        )
    if not any(all(t & x for x in block.languages) for t, _ in campus.tongues):
        count = campus.problem.rules.working_languages_per_group
        yield _finding("pin-language", "pinned", who=_name(block), count=count)


def _pinned_stops(campus: Campus, block: Block) -> Iterator[Finding]:
    starts: dict[int, int] = {}
    for s, start in block.must:
        stop = campus.problem.stops[s].id
        if not block.allowed >> s & 1:
            yield _finding("pin-barred", "pinned", who=_name(block), stop=stop)
        if start < 0:
            continue
        if starts.setdefault(s, start) != start:
            yield _finding(
                "pin-starts", "pinned", who=_name(block), stop=stop, first=starts[s], second=start
            )
        end, hall = start + campus.visit[s], campus.stops
        inside = any(a <= start and end <= b for a, b in campus.opening[s])
        early = start < campus.walk[hall][s]
        if not inside or early or end + campus.walk[s][hall] > campus.horizon:
            yield _finding("pin-closed", "pinned", who=_name(block), stop=stop, start=start)
    if (count := len({s for s, _ in block.must})) > campus.most_stops:
        yield _finding("pin-many", "pinned", who=_name(block), count=count, most=campus.most_stops)


def _pinned_places(campus: Campus) -> Iterator[Finding]:
    """Pins to one moment that cannot be met by few enough groups."""
    people: dict[tuple[int, int], int] = {}
    for block in campus.blocks:
        for s, start in block.must:
            if start >= 0:
                people[s, start] = people.get((s, start), 0) + block.people
    for (s, start), guests in sorted(people.items()):
        room = min(campus.most_group, campus.most_people[s]) * campus.places[s]
        if guests > room:
            stop = campus.problem.stops[s].id
            yield _finding("pin-places", "pinned", stop=stop, start=start, places=campus.places[s])


def _staff(campus: Campus) -> Iterator[Finding]:
    problem = campus.problem
    groups = least_groups(problem)
    if groups > len(campus.escorts):
        values = {"people": problem.people, "groups": groups, "escorts": len(campus.escorts)}
        yield _finding("escorts", "staff", **values)
    only: dict[int, int] = {}
    for d in problem.delegations:
        mask = sum(1 << campus.languages.index(x) for x in d.languages)
        if not mask & campus.host:
            only[mask] = only.get(mask, 0) + d.people
    for mask in sorted(only):
        people = sum(count for other, count in only.items() if not other & ~mask)
        need = ceil(people / campus.most_group)
        there = sum(1 for _, spoken, _ in campus.interpreters if spoken & mask)
        if 0 < there < need:
            names = ", ".join(x for i, x in enumerate(campus.languages) if mask >> i & 1)
            yield _finding(
                "interpreters", "staff", people=people, languages=names, need=need, there=there
            )


def _hours(campus: Campus) -> Iterator[Finding]:
    least, horizon = campus.least_stops, campus.horizon
    if least > campus.stops:
        return
    minutes = shortest_tour(campus)
    if minutes is None:
        yield _finding("tour-closed", "stops_per_group", least=least, horizon=horizon)
    elif minutes > horizon:
        values = {"least": least, "minutes": minutes, "horizon": horizon}
        yield _finding("tour-time", "horizon", **values)
    groups = least_groups(campus.problem)
    shortest = sorted(campus.visit)[:least]
    need = groups * sum(shortest)
    offered = sum(
        places * sum(b - a for a, b in windows)
        for places, windows in zip(campus.places, campus.opening, strict=True)
    )
    room = sum(stop_capacity(campus))
    values = {"groups": groups, "stops": campus.stops}
    if need > offered:
        yield _finding("stop-hours", "stops_per_group", need=need, offered=offered, **values)
    elif groups * least > room:
        visits = {"least": least, "need": groups * least, "offered": room}
        yield _finding("stop-visits", "stops_per_group", **visits, **values)
