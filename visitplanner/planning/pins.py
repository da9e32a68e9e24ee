"""Pins that contradict one another or the rules: each finding is a proof."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from visitplanner.planning.campus import Block, Campus, understood
from visitplanner.planning.finding import Finding, finding
from visitplanner.planning.problem import Member


def pin_findings(campus: Campus) -> Iterator[Finding]:
    """Everything that counting finds against the pins."""
    if not campus.problem.pinned:
        return
    yield from _apart(campus)
    for block in campus.blocks:
        if len(block.members) > 1:
            yield from _company(campus, block)
        yield from _pinned_stops(campus, block)
        yield from _in_turn(campus, block)
    yield from _places(campus)
    yield from _speakers(campus)
    yield from _reception(campus)


def _name(block: Block) -> str:
    return block.members[0].delegation


def _apart(campus: Campus) -> Iterator[Finding]:
    problem = campus.problem
    where: dict[Member, Block] = {m: b for b in campus.blocks for m in b.members}
    for d in problem.delegations:
        for other in d.apart_from:
            home = where[Member(d.id, 0)]
            for n in range(len(problem.by_id[other].parts)):
                if where[Member(other, n)] is home:
                    yield finding("pin-apart", "pinned", who=d.id, other=other)


def _company(campus: Campus, block: Block) -> Iterator[Finding]:
    if block.people > campus.most_group:
        yield finding(
            "pin-company", "pinned", who=_name(block), people=block.people, most=campus.most_group
        )
    if not understood(campus, block.languages):
        count = campus.problem.rules.working_languages_per_group
        yield finding("pin-language", "pinned", who=_name(block), count=count)


def _pinned_stops(campus: Campus, block: Block) -> Iterator[Finding]:
    starts: dict[int, int] = {}
    for s, start in block.must:
        stop = campus.problem.stops[s].id
        if not block.allowed >> s & 1:
            yield finding("pin-barred", "pinned", who=_name(block), stop=stop)
        if start < 0:
            continue
        if starts.setdefault(s, start) != start:
            yield finding(
                "pin-starts", "pinned", who=_name(block), stop=stop, first=starts[s], second=start
            )
        end, hall = start + campus.visit[s], campus.stops
        inside = any(a <= start and end <= b for a, b in campus.opening[s])
        early = start < campus.walk[hall][s]
        if not inside or early or end + campus.walk[s][hall] > campus.horizon:
            yield finding("pin-closed", "pinned", who=_name(block), stop=stop, start=start)
    if (count := len({s for s, _ in block.must})) > campus.most_stops:
        yield finding("pin-many", "pinned", who=_name(block), count=count, most=campus.most_stops)


def _in_turn(campus: Campus, block: Block) -> Iterator[Finding]:
    """Pinned visits of one group with too little time between them."""
    timed = sorted((t, s) for s, t in set(block.must) if t >= 0)
    for (first, s), (second, q) in pairwise(timed):
        if s != q and first + campus.visit[s] + campus.walk[s][q] > second:
            stops = campus.problem.stops
            values = {"stop": stops[s].id, "first": first, "other": stops[q].id, "second": second}
            yield finding("pin-overlap", "pinned", who=_name(block), **values)


def _timed(campus: Campus) -> dict[tuple[int, int], list[Block]]:
    """Blocks by pinned (stop, start)."""
    found: dict[tuple[int, int], list[Block]] = {}
    for block in campus.blocks:
        for s, start in block.must:
            if start >= 0:
                found.setdefault((s, start), []).append(block)
    return found


def _places(campus: Campus) -> Iterator[Finding]:
    """Pinned visits that need more groups at a stop at one moment than it takes: those of different
    minutes are different groups, those of the same minute as few as their people permit."""
    timed = _timed(campus)
    for s, start in sorted(timed):
        hold = campus.visit[s] + campus.reset[s]
        room = min(campus.most_group, campus.most_people[s])
        need = sum(
            _fewest(blocks, room)
            for (q, other), blocks in timed.items()
            if q == s and other <= start < other + hold
        )
        if need > campus.places[s]:
            stop, places = campus.problem.stops[s].id, campus.places[s]
            yield finding("pin-places", "pinned", stop=stop, start=start, places=places)


def _fewest(blocks: list[Block], room: int) -> int:
    """Fewest groups that hold these blocks."""
    apart = any(a.apart >> b.index & 1 for a, b in combinations(blocks[:50], 2))
    return max(-(-sum(b.people for b in blocks) // room), 2 if apart else 1)


def _speakers(campus: Campus) -> Iterator[Finding]:
    """Pinned visits that need one speaker at two places or with two groups at once."""
    talks = sorted((t, s) for s, t in _timed(campus) if campus.speaker[s] >= 0)
    for (first, s), (second, q) in combinations(talks, 2):
        if campus.speaker[s] == campus.speaker[q] and second < first + campus.visit[s]:
            stops = campus.problem.stops
            values = {"stop": stops[s].id, "first": first, "other": stops[q].id, "second": second}
            yield finding("pin-speaker", "pinned", **values)


def _reception(campus: Campus) -> Iterator[Finding]:
    """Heads pinned to the headline stop out of precedence."""
    heads = sorted(
        (head, t, _head(campus, head))
        for block in campus.blocks
        for s, t in block.must
        if s == campus.headline and t >= 0
        for head in block.heads
    )
    for (_, first, who), (_, second, other) in pairwise(heads):
        if first > second:
            stop = campus.problem.stops[campus.headline].id
            values = {"stop": stop, "first": first, "second": second}
            yield finding("pin-order", "pinned", who=who, other=other, **values)


def _head(campus: Campus, place: int) -> str:
    ranked = sorted(campus.problem.delegations, key=lambda d: d.precedence)
    return ranked[place].id
