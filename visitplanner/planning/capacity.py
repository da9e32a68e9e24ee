"""How many visits the stops can take: a count no plan can exceed."""

from __future__ import annotations

from visitplanner.planning.campus import Campus


def stop_capacity(campus: Campus) -> tuple[int, ...]:
    """Most visits each stop can take in its windows, given the way from and to the hall."""
    return tuple(_visits(campus, s) * campus.places[s] for s in range(campus.stops))


def _visits(campus: Campus, s: int) -> int:
    hall, step = campus.stops, campus.visit[s] + campus.reset[s]
    count, free = 0, 0
    for opens, closes in sorted(campus.opening[s]):
        first = max(opens, campus.walk[hall][s], free)
        last = min(closes, campus.horizon - campus.walk[s][hall])
        if last - first >= campus.visit[s]:
            more = 1 + (last - first - campus.visit[s]) // step
            count, free = count + more, first + more * step
    return count


def room_for(campus: Campus, groups: int) -> int:
    """Most visits that this many groups can make in all: none sees a stop twice, and a speaker
    talks to one group at a time."""
    single = [min(groups, count) for count in stop_capacity(campus)]
    found = 0
    for who in sorted(set(campus.speaker)):
        stops = [s for s in range(campus.stops) if campus.speaker[s] == who]
        room = sum(single[s] for s in stops)
        found += room if who < 0 else min(room, _talks(campus, stops))
    return found


def _talks(campus: Campus, stops: list[int]) -> int:
    """Most talks one speaker can give at these stops: the hours of any of them over the shortest
    visit."""
    hall, shortest = campus.stops, min(campus.visit[s] for s in stops)
    spans = sorted(
        (max(a, campus.walk[hall][s]), min(b, campus.horizon - campus.walk[s][hall]))
        for s in stops
        for a, b in campus.opening[s]
    )
    count, begin, end = 0, 0, 0
    for opens, closes in spans:
        if opens > end:
            count += (end - begin) // shortest
            begin, end = opens, closes
        end = max(end, closes)
    return count + max(0, end - begin) // shortest


def shared_capacity(campus: Campus) -> tuple[int, ...]:
    """The same, with the time of a shared speaker divided evenly: a guide, not a bound."""
    found = list(stop_capacity(campus))
    for s in range(campus.stops):
        sharing = [q for q in range(campus.stops) if campus.speaker[q] == campus.speaker[s] >= 0]
        if sharing:
            found[s] = min(found[s], campus.horizon // len(sharing) // campus.visit[s])
    return tuple(found)
