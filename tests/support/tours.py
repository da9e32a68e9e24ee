"""Small tour problems made together with a valid plan: timetable first, rules around it."""

from __future__ import annotations

import copy
import random
from typing import Any

from visitplanner.planning.checker import score

Document = dict[str, Any]
GUEST_LANGUAGES = ("fr", "es", "ar")


def built(seed: int, groups: int = 4, stops: int = 6) -> tuple[Document, Document]:
    """A problem and a plan that keeps its every rule, both JSON documents.

    Each group has two working languages (one of them the host's), three delegations, one of them
    in two parts where the seed says so, and sees all stops but one.
    """
    r = random.Random(seed)
    places = _stops(r, stops)
    walk = _walk(r, [s["id"] for s in places])
    delegations, plan_groups = [], []
    booked: list[tuple[str, int, int]] = []
    for n in range(groups):
        members = _delegations(r, n)
        delegations += members
        plan_groups.append(_group(r, n, members, _tour(r, places, walk, booked)))
    problem = {
        "format": "visitplanner-tour-problem/1",
        "name": f"built-{seed}",
        "start": "2025-10-31T11:00+03:00",
        "horizon": max(_back(g, walk) for g in plan_groups) + r.randrange(4),
        "host_languages": ["ru"],
        "delegations": delegations,
        "stops": places,
        "hall": "hall",
        "walk": walk,
        "staff": _staff(r, plan_groups, walk),
        "rules": _rules(r, delegations, plan_groups),
        "pinned": [],
    }
    _close_around(problem, plan_groups)
    _rank(problem, plan_groups)
    _pin(problem, plan_groups)
    plan = {
        "format": "visitplanner-tour-plan/1",
        "problem": problem["name"],
        "status": "feasible",
        "groups": plan_groups,
        "score": {},
        "bound": None,
        "grouping_bound": 0,
        "gap": 0.0,
        "seconds": 0.0,
        "seed": seed,
        "reasons": [],
    }
    return problem, restated(problem, plan)


def restated(problem: Document, plan: Document) -> Document:
    """The plan with the score that its groups have, and bounds of nine tenths of it."""
    plan = copy.deepcopy(plan)
    plan["score"] = score(problem, plan["groups"])
    total = plan["score"]["total"]
    plan["grouping_bound"] = total * 9 // 10
    plan["gap"] = (total - plan["grouping_bound"]) / plan["grouping_bound"]
    return plan


def _stops(r: random.Random, count: int) -> list[Document]:
    stops = [
        {"id": f"s{n}", "name": f"Stop {n}", "groups_at_once": r.choice([1, 1, 2]), "people": 99,
         "visit": r.randrange(5, 12), "reset": r.randrange(4)}
        for n in range(count)
    ]  # fmt: skip
    stops[0]["groups_at_once"] = stops[1]["groups_at_once"] = 1
    for stop in stops[:2]:
        stop["speaker"] = "professor"
    return stops


def _walk(r: random.Random, ids: list[str]) -> Document:
    """Minutes that are their own shortest paths: every way is 3 to 6 minutes."""
    nodes = ["hall", *ids]
    return {a: {b: r.randrange(3, 7) for b in nodes if b != a} for a in nodes}


def _delegations(r: random.Random, group: int) -> list[Document]:
    own = GUEST_LANGUAGES[group % len(GUEST_LANGUAGES)]
    made = []
    for n in range(3):
        people = r.randrange(2, 5)
        delegation: Document = {
            "id": f"D{group}{n}",
            "country": f"C{group}{n}",
            "people": people,
            "precedence": 0,
            "languages": ["ru", "en"] if n == 0 else [own],
            "step_free": group == 2 and n == 2,
            "apart_from": [],
        }
        if n == 1 and r.random() < 0.5:
            delegation["parts"] = [
                {"people": people - 1, "wishes": {"s1": 2}},
                {"people": 1, "wishes": {"s2": 1}},
            ]
        else:
            delegation["wishes"] = {f"s{r.randrange(6)}": r.randrange(1, 3)}
        made.append(delegation)
    return made


def _tour(
    r: random.Random, stops: list[Document], walk: Document, booked: list[tuple[str, int, int]]
) -> list[Document]:
    """All stops but one, in an order that starts with the headline for some, as soon as free."""
    order = r.sample(stops, len(stops))[:-1]
    if stops[2] not in order:
        order[0] = stops[2]
    visits, place, free = [], "hall", 0
    for stop in order:
        start = free + walk[place][stop["id"]]
        while not _free(stop, start, stops, booked):
            start += 1
        place, free = stop["id"], start + stop["visit"]
        visits.append({"stop": place, "start": start, "end": free})
    booked += [(v["stop"], v["start"], v["end"]) for v in visits]
    return visits


def _free(
    stop: Document, start: int, stops: list[Document], booked: list[tuple[str, int, int]]
) -> bool:
    reset = {s["id"]: s["reset"] for s in stops}
    speakers = {s["id"]: s.get("speaker") for s in stops}
    minutes = range(start, start + stop["visit"] + stop["reset"])
    for minute in minutes:
        there = [b for b in booked if b[0] == stop["id"] and b[1] <= minute < b[2] + reset[b[0]]]
        if len(there) >= stop["groups_at_once"]:
            return False
    talks = [b for b in booked if stop.get("speaker") and speakers[b[0]] == stop["speaker"]]
    return not any(b[1] < start + stop["visit"] and start < b[2] for b in talks)


def _back(group: Document, walk: Document) -> int:
    last = group["visits"][-1]
    return last["end"] + walk[last["stop"]]["hall"]


def _group(
    r: random.Random, n: int, delegations: list[Document], visits: list[Document]
) -> Document:
    own = GUEST_LANGUAGES[n % len(GUEST_LANGUAGES)]
    members = [
        {"delegation": d["id"], "part": part}
        for d in delegations
        for part in range(len(d.get("parts", [0])))
    ]
    return {
        "id": "ABCDEFGH"[n],
        "members": members,
        "working_languages": r.sample(["ru", own], 2),
        "escort": f"e{n}",
        "interpreters": {own: f"i{n}"},
        "visits": visits,
    }


def _staff(r: random.Random, groups: list[Document], walk: Document) -> list[Document]:
    staff = []
    for n, group in enumerate(groups):
        until = _back(group, walk)
        (own,) = group["interpreters"]
        half = r.randrange(1, until)
        staff += [
            {"id": f"e{n}", "role": "escort", "languages": ["ru"], "windows": [[0, until]]},
            {"id": f"i{n}", "role": "interpreter", "languages": ["ru", own],
             "windows": [[half, until], [0, half]]},
        ]  # fmt: skip
    return staff


def _rules(r: random.Random, delegations: list[Document], groups: list[Document]) -> Document:
    people = {d["id"]: d["people"] for d in delegations}
    sizes = [sum(people[x] for x in {m["delegation"] for m in g["members"]}) for g in groups]
    seen = [len(g["visits"]) for g in groups]
    return {
        "group_people": [min(sizes), max(sizes)],
        "stops_per_group": [min(seen), max(seen)],
        "headline": {"stop": "s2", "depth": len(groups) + 2},
        "weights": {"unmet_wish": r.randrange(1, 40)},
    }


def _close_around(problem: Document, groups: list[Document]) -> None:
    """Windows, steps and bars as tight as the timetable allows."""
    for stop in problem["stops"]:
        visits = sorted(
            (v["start"], v["end"]) for g in groups for v in g["visits"] if v["stop"] == stop["id"]
        )
        inside = {g["id"] for g in groups for v in g["visits"] if v["stop"] == stop["id"]}
        outside = [g for g in groups if g["id"] not in inside]
        if visits:
            stop["windows"] = [[visits[0][0], max(end for _, end in visits)]]
        away = {m["delegation"] for g in outside for m in g["members"]}
        stop["barred"] = sorted(f"C{name[1:]}" for name in away)
        stop["step_free"] = "C" in inside


def _rank(problem: Document, groups: list[Document]) -> None:
    """Precedence in the order in which the groups come to the headline stop."""
    start = {
        m["delegation"]: v["start"]
        for g in groups
        for m in g["members"]
        for v in g["visits"]
        if v["stop"] == "s2"
    }
    order = sorted(problem["delegations"], key=lambda d: start.get(d["id"], 0))
    for rank, delegation in enumerate(order, 1):
        delegation["precedence"] = rank


def _pin(problem: Document, groups: list[Document]) -> None:
    first, visit = groups[0]["members"], groups[0]["visits"][1]
    problem["pinned"] = [
        {"delegation": first[0]["delegation"], "with": [first[-1]["delegation"]]},
        {"delegation": first[0]["delegation"], "stop": visit["stop"]},
        {"delegation": first[0]["delegation"], "stop": visit["stop"], "start": visit["start"]},
    ]
