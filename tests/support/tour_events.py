"""What happens on a tour day, drawn at random, and a judge of what a repair may not do.

Works on documents alone: problem, published plan, event (`visitplanner-tour-event/1`), new plan.
"""

from __future__ import annotations

import random
from typing import Any

Document = dict[str, Any]

KINDS = ("late", "closed", "reopened", "staff-lost", "leaves", "arrives-late", "joins", "split")


def drawn(r: random.Random, problem: Document, plan: Document) -> Document:
    """An event of any kind that can happen to this plan."""
    kind = r.choice(KINDS)
    group = r.choice(plan["groups"])
    event: Document = {"format": "visitplanner-tour-event/1", "kind": kind}
    event["now"] = now = r.randrange(problem["horizon"] * 3 // 4)
    if kind == "late":
        return event | {"group": group["id"], "minutes": r.randrange(1, 25)}
    if kind == "closed":
        event["stop"] = r.choice(group["visits"])["stop"]
        open_end = r.random() < 0.3
        return event if open_end else event | {"until": min(problem["horizon"], now + 60)}
    if kind == "reopened":
        return event | {"stop": r.choice(problem["stops"])["id"]}
    if kind == "staff-lost":
        return event | {"staff": r.choice([group["escort"], *group["interpreters"].values()])}
    if kind == "split" and len(group["members"]) > 1:
        count = r.randrange(1, len(group["members"]))
        return event | {"group": group["id"], "members": r.sample(group["members"], count)}
    if kind == "joins":
        return event | {"delegation": _newcomer(r, problem)}
    guest = r.choice(problem["delegations"])["id"]
    if kind == "arrives-late":
        return event | {"delegation": guest, "minute": min(problem["horizon"], now + 20)}
    return event | {"kind": "leaves", "delegation": guest}


def _newcomer(r: random.Random, problem: Document) -> Document:
    languages = sorted({x for d in problem["delegations"] for x in d["languages"]})
    return {
        "id": "NEW",
        "country": "NEW",
        "people": r.randrange(1, 3),
        "precedence": max(d["precedence"] for d in problem["delegations"]) + 1,
        "languages": [r.choice(languages)],
        "wishes": {r.choice(problem["stops"])["id"]: 1},
    }


def wrongs(problem: Document, before: Document, event: Document, after: Document) -> list[str]:
    """What the new plan does that nobody can do on that day, whatever the planner says of it."""
    found = [*_history(before, event, after), *_present(problem, before, event, after)]
    old = {g["id"]: g for g in before["groups"]}
    for group in after["groups"]:
        published = [v["stop"] for v in old.get(group["id"], {"visits": []})["visits"]]
        for visit in group["visits"]:
            if event["kind"] == "closed" and visit["stop"] == event["stop"]:
                shut = event.get("until", problem["horizon"])
                if event["now"] <= visit["start"] < shut:
                    found.append(f"{group['id']} enters {event['stop']} while it is shut")
        if event["kind"] == "staff-lost":
            people = [group["escort"], *group["interpreters"].values()]
            if event["staff"] in people and published:
                found.append(f"{event['staff']} is gone and leads {group['id']}")
    return found


def _history(before: Document, event: Document, after: Document) -> list[str]:
    """What began before the event stays."""
    new = {g["id"]: g["visits"] for g in after["groups"]}
    found = []
    for group in before["groups"]:
        begun = [v for v in group["visits"] if v["start"] < event["now"]]
        if new.get(group["id"], [])[: len(begun)] != begun:
            found.append(f"the past of {group['id']} has changed")
    return found


def _present(problem: Document, before: Document, event: Document, after: Document) -> list[str]:
    """Nobody is moved faster than they walk from where they are at the event."""
    walk = problem["walk"]
    old = {g["id"]: g for g in before["groups"]}
    found = []
    for group in after["groups"]:
        origin = old.get(group["id"])
        if origin is None and event["kind"] == "split":
            origin = old[event["group"]]
        begun = [v for v in origin["visits"] if v["start"] < event["now"]] if origin else []
        place, free = (begun[-1]["stop"], begun[-1]["end"]) if begun else (problem["hall"], 0)
        if event["kind"] == "late" and event["group"] == group["id"]:
            free += event["minutes"]
        ahead = [v for v in group["visits"] if v["start"] >= event["now"]]
        if not ahead:
            continue
        changed = origin is None or ahead[0] not in origin["visits"]
        since = max(free, event["now"]) if changed else free
        first = ahead[0]
        way = 0 if place == first["stop"] else walk[place][first["stop"]]
        if first["start"] < since + way:
            found.append(f"{group['id']} cannot be at {first['stop']} at {first['start']}")
    return found
