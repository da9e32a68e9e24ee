"""Small tour problems for tests: the demo's day and random ones that use every rule."""

from __future__ import annotations

from random import Random
from typing import Any

LANGUAGES = ("ru", "en", "fr", "es", "ar")


def demo_day(stops: int = 4, **rules: Any) -> dict[str, Any]:
    """118 guests of 53 missions in nine groups at six stops of 10 minutes, 4 minutes apart, within
    84 minutes; each group sees `stops` of them."""
    spoken = ["ru"] * 60 + ["en"] * 34 + ["fr"] * 12 + ["es"] * 8 + ["ar"] * 4
    sizes = [3, 2, 2, 2, 2, 3, 2, 2, 2, 2] * 6
    delegations: list[dict[str, Any]] = []
    left = list(spoken)
    for n, size in enumerate(sizes):
        own = [x for x in left[:size] if x == left[0]] if left else []
        if not own:
            break
        left = left[len(own) :]
        delegations.append(
            {
                "id": f"M{n:02d}",
                "country": f"C{n:02d}",
                "people": len(own),
                "precedence": n + 1,
                "languages": [own[0]],
                "wishes": {f"stop{n % 6}": 1},
            }
        )
    names = [f"stop{k}" for k in range(6)]
    places = [*names, "hall"]
    return {
        "format": "visitplanner-tour-problem/1",
        "name": "The day of the visit",
        "start": "2025-10-31T11:00+03:00",
        "horizon": 84,
        "host_languages": ["ru"],
        "delegations": delegations,
        "stops": [
            {"id": k, "name": k, "groups_at_once": 1, "people": 30, "visit": 10} for k in names
        ],
        "hall": "hall",
        "walk": {a: {b: 4 for b in places if a != b} for a in places},
        "staff": [{"id": f"E{k}", "role": "escort", "languages": ["ru"]} for k in range(9)]
        + [
            {"id": f"I{k}", "role": "interpreter", "languages": ["ru", x]}
            for k, x in enumerate(("en", "en", "en", "en", "fr", "fr", "es", "es", "ar"))
        ],
        "rules": {"group_people": [6, 14], "stops_per_group": [stops, stops], **rules},
    }


def random_day(seed: int, delegations: int = 12, stops: int = 5) -> dict[str, Any]:
    """A random day that uses parts, pins, windows, speakers, steps, bars and the headline stop."""
    r = Random(seed)
    names = [f"s{k}" for k in range(stops)]
    places = [*names, "hall"]
    guests = []
    for n in range(delegations):
        people = r.randint(1, 4)
        wishes = {x: r.randint(1, 2) for x in r.sample(names, r.randint(0, 3))}
        one: dict[str, Any] = {
            "id": f"D{n}",
            "country": f"C{n}",
            "people": people,
            "precedence": n + 1,
            "languages": r.sample(LANGUAGES, r.randint(1, 2)),
            "step_free": r.random() < 0.1,
        }
        if people >= 3 and r.random() < 0.3:
            one["parts"] = [{"people": people - 1, "wishes": wishes}, {"people": 1}]
        else:
            one["wishes"] = wishes
        guests.append(one)
    if r.random() < 0.6:
        guests[0]["apart_from"] = ["D1"]
    rooms = []
    for k, name in enumerate(names):
        windows = [[0, 150]] if r.random() < 0.7 else [[0, 70], [85, 150]]
        room: dict[str, Any] = {
            "id": name,
            "name": name,
            "groups_at_once": r.randint(1, 2),
            "people": r.choice([10, 14]),
            "visit": r.choice([8, 10, 15]),
            "reset": r.choice([0, 3]),
            "windows": windows,
            "step_free": k < 3 or r.random() < 0.7,
            "barred": ["C3"] if k == 4 else [],
        }
        if k in (1, 2) and r.random() < 0.5:
            room["speaker"] = "professor"
        rooms.append(room)
    pins: list[dict[str, Any]] = []
    if r.random() < 0.5:
        pins.append({"delegation": "D2", "with": ["D4"]})
        guests[4]["languages"] = guests[2]["languages"]
    if r.random() < 0.5:
        pins.append({"delegation": "D5", "stop": "s0"})
    return {
        "format": "visitplanner-tour-problem/1",
        "name": f"random {seed}",
        "start": "2025-10-31T11:00+03:00",
        "horizon": 150,
        "host_languages": ["ru"],
        "delegations": guests,
        "stops": rooms,
        "hall": "hall",
        "walk": {a: {b: r.randint(2, 6) for b in places if a != b} for a in places},
        "staff": [{"id": f"E{k}", "role": "escort", "languages": []} for k in range(8)]
        + [
            {"id": f"I{k}", "role": "interpreter", "languages": [LANGUAGES[1 + k % 4]]}
            for k in range(12)
        ],
        "rules": {
            "group_people": [2, 10],
            "stops_per_group": [2, 4],
            "headline": {"stop": "s0", "depth": 3},
        },
        "pinned": pins,
    }
