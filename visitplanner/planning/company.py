"""Who can walk with whom: guests left with too small a group, and too many who must be apart."""

from __future__ import annotations

from collections.abc import Iterator

from visitplanner.planning.campus import Block, Campus, understood
from visitplanner.planning.finding import Finding, finding, named

MOST_PAIRS = 300_000
"""Pairs looked at; beyond that nothing is claimed."""

MOST_TOLD = 3
"""Guests without company named one by one."""


def company_findings(campus: Campus, most: int) -> Iterator[Finding]:
    """Guests whom no group of the least size can take, and more delegations that must be apart than
    groups there can be; groups have at most `most` people."""
    yield from _lonely(campus, most)
    yield from _apart(campus)


def _lonely(campus: Campus, most: int) -> Iterator[Finding]:
    left, least, told = MOST_PAIRS, campus.least_people, 0
    for block in campus.blocks:
        people = block.people
        for other in campus.blocks:
            if people >= least or left <= 0:
                break
            left -= 1
            if other.index != block.index and together(campus, block, other, most):
                people += other.people
        if left <= 0 or told >= MOST_TOLD:
            return
        if people < least:
            told += 1
            relax = "apart_from" if block.apart else "group_people"
            who = block.members[0].delegation
            yield finding("lonely", relax, who=who, people=people, least=least)


def together(campus: Campus, one: Block, other: Block, most: int) -> bool:
    """Whether two may share a group of at most `most` people, by the rules about two: being apart,
    size, languages, stops, pins at one stop and where the other may not go."""
    if one.apart >> other.index & 1 or one.people + other.people > most:
        return False
    if (one.allowed & other.allowed).bit_count() < campus.least_stops:
        return False
    for a, b in ((one, other), (other, one)):
        if any(not a.allowed >> s & 1 for s, _ in b.must):
            return False
    starts = dict(one.must)
    if any(t >= 0 and starts.get(s, t) not in (t, -1) for s, t in other.must):
        return False
    if set(one.languages) & set(other.languages):
        return True
    return understood(campus, one.languages + other.languages)


def _apart(campus: Campus) -> Iterator[Finding]:
    groups = len(campus.escorts)
    if campus.least_people > 0:
        groups = min(groups, campus.problem.people // campus.least_people)
    largest = max((_hostile(campus, b) for b in campus.blocks if b.apart), key=len, default=[])
    if len(largest) > groups > 0:
        who = [b.members[0].delegation for b in largest]
        yield finding("apart-many", "apart_from", count=len(who), who=named(who), groups=groups)


def _hostile(campus: Campus, block: Block) -> list[Block]:
    """Blocks that must all be apart from one another, found greedily around `block`."""
    found, common = [block], block.apart & ~(1 << block.index)
    while common:
        near = [b for b in campus.blocks if common >> b.index & 1]
        best = max(near, key=lambda b: ((b.apart & common).bit_count(), -b.index))
        found.append(best)
        common &= best.apart & ~(1 << best.index)
    return found
