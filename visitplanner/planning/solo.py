"""What each set of stops costs a group that has the campus to itself: a bound and a guide."""

from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from visitplanner.planning.campus import Campus

LARGEST_TABLE = 300_000
FAR = 30_000

Table = NDArray[np.int64]


def table_size(campus: Campus) -> int:
    """Number of stop sets a tour may have."""
    return sum(comb(campus.stops, k) for k in range(1, campus.most_stops + 1))


def _next_opening(campus: Campus) -> Table:
    """First minute at or after each minute when a visit may begin, by stop."""
    width = campus.horizon + max(max(row) for row in campus.walk) + 2
    table = np.full((campus.stops, width), FAR, np.int64)
    for s in range(campus.stops):
        for opens, closes in campus.opening[s]:
            for t in range(opens, closes - campus.visit[s] + 1):
                table[s, t] = t
        for t in range(width - 2, -1, -1):
            if table[s, t] == FAR:
                table[s, t] = table[s, t + 1]
    return table


def solo_costs(campus: Campus) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Masks of the stop sets of permitted size and their cheapest idle and walking points alone,
    cheapest first (dynamic programme over set and last stop; exact where idle and walking weigh
    the same, else that of the earliest tour)."""
    n, weights = campus.stops, campus.problem.rules.weights
    opening = _next_opening(campus)
    masks, ends, walked, walk = _first(campus, opening)
    found: list[tuple[Table, Table]] = []
    for size in range(1, campus.most_stops + 1):
        back = ends + walk[:n, n]
        ends = np.where(back <= campus.horizon, ends, FAR)
        if size >= campus.least_stops:
            found.append(_costs(campus, masks, ends, walked, (weights.idle, weights.walk)))
        if size < campus.most_stops:
            masks, ends, walked = _longer(campus, size + 1, masks, ends, walked, opening, walk)
    joined = [np.concatenate(column) for column in zip(*found, strict=True)] if found else []
    if not joined:
        return (), ()
    order = np.lexsort((joined[0], joined[1]))
    return tuple(joined[0][order].tolist()), tuple(joined[1][order].tolist())


def _first(campus: Campus, opening: Table) -> tuple[Table, Table, Table, Table]:
    """Tours of one stop: masks, ends and walking by last stop; and the walking times."""
    n, every = campus.stops, np.arange(campus.stops)
    walk = np.array(campus.walk, np.int64)
    ends = np.full((n, n), FAR, np.int64)
    walked = np.zeros((n, n), np.int64)
    start = opening[every, np.minimum(walk[n, :n], opening.shape[1] - 1)]
    ends[every, every] = np.minimum(start + np.array(campus.visit, np.int64), FAR)
    walked[every, every] = walk[n, :n]
    return 1 << every.astype(np.int64), ends, walked, walk


def _costs(
    campus: Campus, masks: Table, ends: Table, walked: Table, weights: tuple[int, int]
) -> tuple[Table, Table]:
    walk = np.array(campus.walk, np.int64)
    visit = np.array(campus.visit, np.int64)
    n = campus.stops
    shown = ((masks[:, None] >> np.arange(n)) & 1) @ visit
    way = walked + walk[:n, n]
    cost = weights[0] * (ends + walk[:n, n] - shown[:, None] - way) + weights[1] * way
    cost = np.where(ends < FAR, cost, 10**9)
    best = cost.min(axis=1)
    keep = best < 10**9
    return masks[keep], best[keep]


def _longer(
    campus: Campus,
    size: int,
    masks: Table,
    ends: Table,
    walked: Table,
    opening: Table,
    walk: Table,
) -> tuple[Table, Table, Table]:
    """One more stop on every set."""
    n = campus.stops
    wider = np.array(
        sorted(sum(1 << s for s in chosen) for chosen in combinations(range(n), size)), np.int64
    )
    longer = np.full((len(wider), n), FAR, np.int64)
    ways = np.zeros((len(wider), n), np.int64)
    for s in range(n):
        free = np.flatnonzero((masks >> s) & 1 == 0)
        if not len(free):
            continue
        reach = np.minimum(ends[free] + walk[:n, s], opening.shape[1] - 1)
        begin = np.where(ends[free] < FAR, opening[s][reach], FAR)
        last = begin.argmin(axis=1)
        rows = np.arange(len(free))
        place = np.searchsorted(wider, masks[free] | (1 << s))
        longer[place, s] = np.minimum(begin[rows, last] + campus.visit[s], FAR)
        ways[place, s] = walked[free][rows, last] + walk[:n, s][last]
    return wider, longer, ways


def shortest_tour(campus: Campus) -> int | None:
    """Minutes of the shortest tour of the fewest permitted stops for one group alone: walking,
    visits and opening hours count, the horizon does not bind the return; None when no opening
    hours permit it. A quick bound where there are too many sets of stops."""
    n, least = campus.stops, campus.least_stops
    opening = _next_opening(campus)
    if comb(n, least) > 20_000:
        near = sorted(min(campus.walk[q][s] for q in range(n) if q != s) for s in range(n))
        return sum(sorted(campus.visit)[:least]) + sum(near[:least])
    masks, ends, walked, walk = _first(campus, opening)
    for size in range(2, least + 1):
        masks, ends, walked = _longer(campus, size, masks, ends, walked, opening, walk)
    back = int((ends + walk[:n, n] + np.where(ends < FAR, 0, FAR)).min())
    return back if back < FAR else None
