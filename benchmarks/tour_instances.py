"""Seeded tour problems in the documented format: small, medium and large visit days.

The order of the random calls is part of the benchmark: `(kind, seed)` means the same problem for
ever, on every machine. Change nothing here that draws a number; a test holds fingerprints.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import Any

Document = dict[str, Any]
Wishes = tuple[int, ...]

LANGUAGES = ["ru", "en", "fr", "es", "ar", "zh"]
START = "2025-10-31T11:00+03:00"


@dataclass(frozen=True, slots=True)
class Size:
    """Delegations, people and stops of a day; least and most people of a group."""

    delegations: int
    people: int
    stops: int
    most: int
    least: int


SIZES = {
    "small": Size(50, 120, 8, 16, 6),
    "medium": Size(100, 600, 12, 20, 8),
    "large": Size(200, 2000, 16, 30, 12),
}


@dataclass(frozen=True, slots=True)
class Day:
    """What can be varied: how full the stops are, the minutes, the stops of a group."""

    tightness: float = 0.72
    horizon: int = 240
    fewest: int = 5
    most: int = 6


def generate(kind: str = "small", seed: int = 0, day: Day | None = None) -> Document:
    """The problem document of a size ("small", "medium", "large") and a seed."""
    size, day = SIZES[kind], day or Day()
    r = random.Random(f"{kind}-{seed}")
    people = _people(r, size)
    walk = _walk(r, size.stops)
    countries = [f"C{i:03d}" for i in range(size.delegations)]
    groups = math.ceil(size.people / (size.most * 0.88))
    stops, places = _stops(r, size, day, countries, groups)
    headline = max(range(size.stops), key=lambda i: places[i])
    delegations = _delegations(r, stops, people, countries)
    _apart(r, delegations)
    guides = groups + max(3, groups // 4)
    return {
        "format": "visitplanner-tour-problem/1",
        "name": f"{kind}-{seed}",
        "start": START,
        "horizon": day.horizon,
        "host_languages": ["ru"],
        "delegations": delegations,
        "stops": stops,
        "hall": "hall",
        "walk": walk,
        "staff": [
            *({"id": f"e{n}", "role": "escort", "languages": ["ru"]} for n in range(guides)),
            *_interpreters(r, guides),
        ],
        "rules": {
            "group_people": [size.least, size.most],
            "stops_per_group": [day.fewest, day.most],
            "working_languages_per_group": 2,
            "headline": {"stop": stops[headline]["id"], "depth": 4},
            "weights": {"idle": 1, "walk": 1, "unmet_wish": 30, "interpreter": 100},
        },
    }


def _people(r: random.Random, size: Size) -> list[int]:
    """Everyone sends one; the rest are spread with a skew."""
    people = [1] * size.delegations
    weights = [r.random() ** 1.5 + 0.05 for _ in range(size.delegations)]
    most = min(max(6, int(2.2 * size.people / size.delegations)), size.most)
    while sum(people) < size.people:
        i = r.choices(range(size.delegations), weights)[0]
        if people[i] < most:
            people[i] += 1
    return people


def _walk(r: random.Random, stops: int) -> dict[str, dict[str, int]]:
    """Three clusters on 900 by 700 metres; a shuttle caps every transfer at 11 minutes."""
    middle = [(r.uniform(100, 800), r.uniform(100, 600)) for _ in range(3)]
    place = [
        (middle[i % 3][0] + r.gauss(0, 90), middle[i % 3][1] + r.gauss(0, 90)) for i in range(stops)
    ]
    place.append((450, 350))
    names = [*(_stop_id(i) for i in range(stops)), "hall"]
    way = {
        a: {b: max(2, min(11, math.ceil(math.dist(p, q) / 65)))
            for b, q in zip(names, place, strict=True) if b != a}
        for a, p in zip(names, place, strict=True)
    }  # fmt: skip
    for via in names:
        for a in names:
            for b in names:
                if len({a, b, via}) == 3:
                    way[a][b] = min(way[a][b], way[a][via] + way[via][b])
    return way


def _stop_id(index: int) -> str:
    return f"S{index:02d}"


def _stops(
    r: random.Random, size: Size, day: Day, countries: list[str], groups: int
) -> tuple[list[Document], list[int]]:
    """The stops, with as many places at once as the wished tightness asks for."""
    visits = [r.choice([20, 20, 25, 25, 30]) for _ in range(size.stops)]
    need = groups * day.most * (sum(visits) / size.stops + 5) / day.tightness
    places = [1] * size.stops
    while sum(p * (day.horizon - 20) for p in places) < need:
        places[r.randrange(size.stops)] += 1
    stops = []
    for i in range(size.stops):
        windows = _windows(r, day.horizon)
        stops.append({
            "id": _stop_id(i),
            "name": f"Laboratory {i}",
            "groups_at_once": places[i],
            "people": size.most if r.random() < 0.8 else int(size.most * 0.9),
            "visit": visits[i],
            "reset": 5,
            "windows": windows,
            "step_free": r.random() > 0.15,
            "barred": [c for c in countries if r.random() < 0.12] if r.random() < 0.25 else [],
        })  # fmt: skip
    single = [i for i in range(size.stops) if places[i] == 1]
    if len(single) >= 2:
        for i in single[:2]:
            stops[i]["speaker"] = "resident"
    return stops, places


def _windows(r: random.Random, horizon: int) -> list[list[int]]:
    """45 % open late, close early or have a hole of 25 minutes."""
    x = r.random()
    if x < 0.15:
        return [[0, horizon * 5 // 8]]
    if x < 0.30:
        return [[horizon * 3 // 8 // 5 * 5, horizon]]
    if x < 0.45:
        hole = r.randrange(80, 130, 5)
        return [[0, hole], [hole + 25, horizon]]
    return [[0, horizon]]


def _delegations(
    r: random.Random, stops: list[Document], people: list[int], countries: list[str]
) -> list[Document]:
    popular = [1 / (1 + 0.25 * i) for i in range(len(stops))]
    r.shuffle(popular)
    order = list(range(len(people)))
    r.shuffle(order)
    return [
        _delegation(r, stops, popular, country, size, rank)
        for country, size, rank in zip(countries, people, order, strict=True)
    ]


def _delegation(
    r: random.Random,
    stops: list[Document],
    popular: list[float],
    country: str,
    size: int,
    rank: int,
) -> Document:
    languages = {r.choices(LANGUAGES, [20, 34, 16, 12, 10, 8])[0]}
    if r.random() < 0.55:
        languages.add("en")
    if r.random() < 0.15:
        languages.add(r.choice(LANGUAGES))
    wishes = _wishes(r, stops, popular, country, r.choice([2, 3, 3, 4]))
    other: Wishes | None = None
    if size >= 4 and r.random() < 0.12:
        other = _wishes(r, stops, popular, country, 3)
    step_free = r.random() < 0.05
    if step_free:
        wishes, other = tuple(s for s in wishes if stops[s]["step_free"]), None
    made: Document = {
        "id": country,
        "country": country,
        "people": size,
        "precedence": rank + 1,
        "languages": sorted(languages),
        "step_free": step_free,
        "apart_from": [],
    }
    if other is None:
        return made | {"wishes": _weighed(wishes)}
    half = size // 2
    first, second = (size - half, wishes), (half, other)
    return made | {"parts": [{"people": n, "wishes": _weighed(w)} for n, w in (first, second)]}


def _weighed(wishes: Wishes) -> dict[str, int]:
    return {_stop_id(s): 1 for s in wishes}


def _wishes(
    r: random.Random, stops: list[Document], popular: list[float], country: str, count: int
) -> Wishes:
    open_to = [i for i, stop in enumerate(stops) if country not in stop["barred"]]
    found: list[int] = []
    while len(found) < count:
        s = r.choices(open_to, [popular[i] for i in open_to])[0]
        if s not in found:
            found.append(s)
    return tuple(found)


def _apart(r: random.Random, delegations: list[Document]) -> None:
    """A tenth as many pairs as delegations, at least three, must not share a group."""
    enemies: dict[int, set[int]] = {i: set() for i in range(len(delegations))}
    for _ in range(max(3, len(delegations) // 10)):
        a, b = r.sample(range(len(delegations)), 2)
        enemies[a].add(b)
        enemies[b].add(a)
    for i, delegation in enumerate(delegations):
        delegation["apart_from"] = [delegations[j]["id"] for j in sorted(enemies[i])]


def _interpreters(r: random.Random, guides: int) -> list[Document]:
    found: list[Document] = []
    for language, share in zip(LANGUAGES[1:], [0.5, 0.22, 0.18, 0.16, 0.14], strict=True):
        for _ in range(max(2, round(guides * share))):
            spoken = {language} | ({r.choice(LANGUAGES)} if r.random() < 0.25 else set())
            name = f"i{len(found)}"
            found.append({"id": name, "role": "interpreter", "languages": sorted(spoken)})
    return found


def rotation(visits: list[int], groups: int) -> Document:
    """A pure rotation: every group sees every stop, nobody walks, and the horizon is the least that
    can do, max(groups x longest visit, sum of visits). It can be kept where there are at least as
    many groups as stops (M. Dror, Openshop scheduling with machine dependent processing times,
    Discrete Applied Mathematics 39, 1992, 197-205)."""
    if groups < len(visits):
        raise ValueError("a rotation needs at least as many groups as stops")
    nodes = ["hall", *map(_stop_id, range(len(visits)))]
    return {
        "format": "visitplanner-tour-problem/1",
        "name": f"rotation-{groups}x{len(visits)}",
        "start": START,
        "horizon": max(groups * max(visits), sum(visits)),
        "host_languages": ["ru"],
        "delegations": [
            {"id": f"C{n:03d}", "country": f"C{n:03d}", "people": 6, "precedence": n + 1,
             "languages": ["ru"]}
            for n in range(groups)
        ],
        "stops": [
            {"id": _stop_id(n), "name": f"Laboratory {n}", "groups_at_once": 1, "people": 6,
             "visit": visit}
            for n, visit in enumerate(visits)
        ],
        "hall": "hall",
        "walk": {a: {b: 0 for b in nodes if b != a} for a in nodes},
        "staff": [
            {"id": f"e{n}", "role": "escort", "languages": ["ru"]} for n in range(groups)
        ],
        "rules": {"group_people": [6, 6], "stops_per_group": [len(visits), len(visits)]},
    }  # fmt: skip
