"""A problem back into the JSON document it could have been read from."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from visitplanner.planning.problem import Delegation, Problem, Stop
from visitplanner.planning.problem_file import FORMAT


def problem_to_json(problem: Problem) -> dict[str, Any]:
    """The document of the format, walking closed under shortest paths (`Any`: a JSON value)."""
    rules, nodes = problem.rules, [*(s.id for s in problem.stops), problem.hall]
    return {
        "format": FORMAT,
        "name": problem.name,
        "start": problem.start.isoformat(),
        "horizon": problem.horizon,
        "host_languages": list(problem.host_languages),
        "delegations": [_delegation(d) for d in problem.delegations],
        "stops": [_stop(s) for s in problem.stops],
        "hall": problem.hall,
        "walk": {a: {b: problem.minutes(a, b) for b in nodes if a != b} for a in nodes},
        "staff": [
            {
                "id": s.id,
                "role": s.role,
                "languages": list(s.languages),
                "windows": [list(w) for w in s.windows],
            }
            for s in problem.staff
        ],
        "rules": {
            "group_people": list(rules.group_people),
            "stops_per_group": list(rules.stops_per_group),
            "working_languages_per_group": rules.working_languages_per_group,
            "weights": asdict(rules.weights),
        }
        | ({} if rules.headline is None else {"headline": asdict(rules.headline)}),
        "pinned": [
            {"delegation": p.delegation, "with": list(p.company)}
            if p.stop is None
            else {"delegation": p.delegation, "stop": p.stop}
            | ({} if p.start is None else {"start": p.start})
            for p in problem.pinned
        ],
    }


def _delegation(d: Delegation) -> dict[str, Any]:
    own: dict[str, Any] = {
        "id": d.id,
        "country": d.country,
        "people": d.people,
        "precedence": d.precedence,
        "languages": list(d.languages),
        "step_free": d.step_free,
        "apart_from": list(d.apart_from),
    }
    if len(d.parts) == 1:
        return own | {"wishes": dict(d.parts[0].wishes)}
    return own | {"parts": [{"people": p.people, "wishes": dict(p.wishes)} for p in d.parts]}


def _stop(s: Stop) -> dict[str, Any]:
    return {
        "id": s.id,
        "name": s.name,
        "groups_at_once": s.groups_at_once,
        "people": s.people,
        "visit": s.visit,
        "reset": s.reset,
        "windows": [list(w) for w in s.windows],
        "step_free": s.step_free,
        "barred": list(s.barred),
    } | ({} if s.speaker is None else {"speaker": s.speaker})
