"""The problem in small integers: stops by position, stop sets and languages as bit masks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb

from visitplanner.planning.problem import Member, Problem

MISSING_STOP = 1500
"""Penalty of a stop a group lacks while the search runs; there is always a draft to improve."""
PINNED_STOP = 3000
"""Penalty of a pinned stop a group skips while the search runs."""
MOST_TONGUES = 20_000
"""Sets of working languages looked at; beyond it smaller sets have to do."""


@dataclass(frozen=True, slots=True)
class Block:
    """Parts that stay together: one, or several by a pin.

    `languages` holds one mask per part, `allowed` the stops as a mask, `gain` minutes saved by
    seeing each stop, `heads` the places (0 highest) among the heads received at the headline stop,
    `apart` the blocks that must be elsewhere as a mask, `must` pinned (stop, start or -1)."""

    index: int
    members: tuple[Member, ...]
    people: int
    languages: tuple[int, ...]
    allowed: int
    gain: tuple[int, ...]
    heads: tuple[int, ...]
    apart: int
    must: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Campus:
    """Everything the search reads. Minutes throughout; the hall is position `stops`."""

    problem: Problem
    stops: int
    horizon: int
    walk: tuple[tuple[int, ...], ...]
    visit: tuple[int, ...]
    reset: tuple[int, ...]
    places: tuple[int, ...]
    most_people: tuple[int, ...]
    speaker: tuple[int, ...]
    opening: tuple[tuple[tuple[int, int], ...], ...]
    headline: int
    least_stops: int
    most_stops: int
    least_people: int
    most_group: int
    languages: tuple[str, ...]
    host: int
    tongues: tuple[tuple[int, int], ...]
    escorts: tuple[tuple[str, int], ...]
    interpreters: tuple[tuple[str, int, int], ...]
    blocks: tuple[Block, ...]
    deadline: int


def compile_campus(problem: Problem, *, everyone: bool = False, since: int = 0) -> Campus:
    """The problem as a Campus. `tongues` lists sets of working languages as (mask, interpreters)
    from the cheapest; interpreters are (id, language mask, on duty until). Groups return by
    `deadline`, and staff who go home before it are left out unless `everyone` is asked for; then
    those are left out who go home before minute `since`."""
    deadline = since if everyone else duty_end(problem)
    stops, rules = problem.stops, problem.rules
    names = sorted(
        {x for d in problem.delegations for x in d.languages}
        | set(problem.host_languages)
        | {x for s in problem.staff_of("interpreter") for x in s.languages}
    )
    bit = {name: 1 << i for i, name in enumerate(names)}
    host = sum(bit[x] for x in problem.host_languages)
    speakers = sorted({s.speaker for s in stops if s.speaker is not None})
    helpers = [s for s in problem.staff_of("interpreter") if s.until() >= deadline]
    return Campus(
        problem=problem,
        stops=len(stops),
        horizon=problem.horizon,
        walk=problem.walk,
        visit=tuple(s.visit for s in stops),
        reset=tuple(s.reset for s in stops),
        places=tuple(s.groups_at_once for s in stops),
        most_people=tuple(s.people for s in stops),
        speaker=tuple(-1 if s.speaker is None else speakers.index(s.speaker) for s in stops),
        opening=tuple(s.windows for s in stops),
        headline=problem.stop_index[rules.headline.stop] if rules.headline else -1,
        least_stops=rules.stops_per_group[0],
        most_stops=min(rules.stops_per_group[1], len(stops)),
        least_people=rules.group_people[0],
        most_group=rules.group_people[1],
        languages=tuple(names),
        host=host,
        tongues=_tongues(problem, bit, host),
        escorts=tuple(
            (s.id, s.until()) for s in problem.staff_of("escort") if s.until() >= deadline
        ),
        interpreters=tuple((s.id, sum(bit[x] for x in s.languages), s.until()) for s in helpers),
        blocks=_blocks(problem, bit),
        deadline=problem.horizon if everyone else deadline,
    )


def duty_end(problem: Problem) -> int:
    """The latest minute until which enough staff are on duty for the fewest groups, counting
    escorts and each language by itself; the horizon where all stay."""
    most = problem.rules.group_people[1]
    least = -(-problem.people // most)
    wanted = {"": least + max(1, least // 8)}
    for d in problem.delegations:
        if len(d.languages) == 1 and d.languages[0] not in problem.host_languages:
            wanted[d.languages[0]] = wanted.get(d.languages[0], 0) + d.people
    wanted = {x: n if not x else -(-n // most) for x, n in wanted.items()}
    staff = [s for s in problem.staff if s.until() >= 0]
    for end in sorted({min(s.until(), problem.horizon) for s in staff}, reverse=True):
        there = dict.fromkeys(wanted, 0)
        later = dict(there)
        for s in staff:
            for x in ("",) if s.role == "escort" else s.languages:
                if x in wanted:
                    there[x] += 1
                    later[x] += s.until() >= end
        if all(later[x] >= min(there[x], n) for x, n in wanted.items()):
            return end
    return 0


def _tongues(problem: Problem, bit: dict[str, int], host: int) -> tuple[tuple[int, int], ...]:
    """Sets of working languages a group could have: each is spoken and can be interpreted."""
    spoken = {x for d in problem.delegations for x in d.languages}
    given = {x for s in problem.staff_of("interpreter") if s.until() >= 0 for x in s.languages}
    usable = sorted(bit[x] for x in spoken if bit[x] & host or x in given)
    most = min(problem.rules.working_languages_per_group, len(usable), 4)
    while most > 1 and comb(len(usable), most) > MOST_TONGUES:
        most -= 1
    found = []
    for size in range(1, most + 1):
        for chosen in combinations(usable, size):
            mask = sum(chosen)
            found.append((mask, (mask & ~host).bit_count()))
    return tuple(sorted(found, key=lambda t: (t[1], t[0].bit_count(), t[0])))


def understood(campus: Campus, spoken: tuple[int, ...]) -> bool:
    """Whether one group could understand all these languages (a mask for each part); True where
    not every set of working languages is looked at."""
    if any(all(tongue & x for x in spoken) for tongue, _ in campus.tongues):
        return True
    largest = max((tongue.bit_count() for tongue, _ in campus.tongues), default=0)
    allowed = min(campus.problem.rules.working_languages_per_group, len(set(spoken)))
    return bool(largest) and largest < min(allowed, len(campus.languages))


def company(problem: Problem) -> list[list[Member]]:
    """Parts joined by `with` pins (all parts of the company join part 0 of the one named)."""
    members = problem.members()
    home = {m: m for m in members}

    def find(m: Member) -> Member:
        while home[m] != m:
            m = home[m]
        return m

    for pin in problem.pinned:
        for other in pin.company:
            for part in range(len(problem.by_id[other].parts)):
                a, b = find(Member(pin.delegation, 0)), find(Member(other, part))
                home[max(a, b, key=members.index)] = min(a, b, key=members.index)
    together: dict[Member, list[Member]] = {}
    for m in members:
        together.setdefault(find(m), []).append(m)
    return list(together.values())


def _blocks(problem: Problem, bit: dict[str, int]) -> tuple[Block, ...]:
    joined = company(problem)
    where = {m.delegation: 0 for m in problem.members()}
    for i, members in enumerate(joined):
        for m in members:
            where[m.delegation] |= 1 << i
    depth = problem.rules.headline.depth if problem.rules.headline else 0
    heads = sorted(problem.delegations, key=lambda d: d.precedence)[:depth]
    rank = {d.id: i for i, d in enumerate(heads)}
    apart: dict[str, set[str]] = {d.id: set(d.apart_from) for d in problem.delegations}
    for d in problem.delegations:
        for other in d.apart_from:
            apart[other].add(d.id)
    return tuple(
        _block(problem, bit, i, tuple(members), where, rank, apart)
        for i, members in enumerate(joined)
    )


def _block(
    problem: Problem,
    bit: dict[str, int],
    index: int,
    members: tuple[Member, ...],
    where: dict[str, int],
    rank: dict[str, int],
    apart: dict[str, set[str]],
) -> Block:
    gain = [0] * len(problem.stops)
    people = 0
    allowed = (1 << len(problem.stops)) - 1
    for m in members:
        delegation = problem.by_id[m.delegation]
        part = delegation.parts[m.part]
        people += part.people
        for stop, weight in part.wishes:
            gain[problem.stop_index[stop]] += weight * problem.rules.weights.unmet_wish
        for i, stop_ in enumerate(problem.stops):
            if delegation.country in stop_.barred or (delegation.step_free and not stop_.step_free):
                allowed &= ~(1 << i)
    for i, stop_ in enumerate(problem.stops):
        if people > stop_.people:
            allowed &= ~(1 << i)
    first = {m.delegation for m in members if m.part == 0}
    others = 0
    for name in {other for m in members for other in apart[m.delegation]}:
        others |= where[name]
    return Block(
        index=index,
        members=members,
        people=people,
        languages=tuple(
            sorted({sum(bit[x] for x in problem.by_id[m.delegation].languages) for m in members})
        ),
        allowed=allowed,
        gain=tuple(gain),
        heads=tuple(sorted(rank[name] for name in first if name in rank)),
        apart=others,
        must=tuple(
            sorted(
                {
                    (problem.stop_index[p.stop], -1 if p.start is None else p.start)
                    for p in problem.pinned
                    if p.stop is not None and p.delegation in first
                }
            )
        ),
    )
