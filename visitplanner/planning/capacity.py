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


def shared_capacity(campus: Campus) -> tuple[int, ...]:
    """The same, with the time of a shared speaker divided evenly: a guide, not a bound."""
    found = list(stop_capacity(campus))
    for s in range(campus.stops):
        sharing = [q for q in range(campus.stops) if campus.speaker[q] == campus.speaker[s] >= 0]
        if sharing:
            found[s] = min(found[s], campus.horizon // len(sharing) // campus.visit[s])
    return tuple(found)
