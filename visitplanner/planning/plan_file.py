"""Writes and reads a tour plan file (`visitplanner-tour-plan/1`), the same bytes each time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast, get_args

from visitplanner.planning.json_field import Field, read_document
from visitplanner.planning.plan import Group, Plan, Reason, Score, Status, Visit
from visitplanner.planning.problem import Member, Problem

FORMAT = "visitplanner-tour-plan/1"


def plan_to_json(problem: Problem, plan: Plan) -> dict[str, Any]:
    """The plan as the JSON document of the format (`Any`: a JSON value)."""
    return {
        "format": FORMAT,
        "problem": problem.name,
        "status": plan.status,
        "groups": [_group(group) for group in plan.groups],
        "score": {
            "idle": plan.score.idle,
            "walk": plan.score.walk,
            "unmet_wish": plan.score.unmet_wish,
            "interpreter": plan.score.interpreter,
            "total": plan.score.total,
        },
        "bound": plan.bound,
        "grouping_bound": plan.grouping_bound,
        "gap": round(plan.gap, 4),
        "seconds": round(plan.seconds, 1),
        "seed": plan.seed,
        "reasons": [{"code": r.code, "text": r.text, "relax": r.relax} for r in plan.reasons],
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "id": group.id,
        "members": [{"delegation": m.delegation, "part": m.part} for m in group.members],
        "working_languages": list(group.working_languages),
        "escort": group.escort,
        "interpreters": dict(group.interpreters),
        "visits": [{"stop": v.stop, "start": v.start, "end": v.end} for v in group.visits],
    }


def plan_bytes(problem: Problem, plan: Plan) -> bytes:
    """The plan file's bytes: UTF-8, two spaces, keys in the order of the format."""
    return (json.dumps(plan_to_json(problem, plan), ensure_ascii=False, indent=2) + "\n").encode()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file in one step (a reader never sees half of it), a pipe or device as it is. Raises
    OSError, and then leaves what was there."""
    path = path.resolve()
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def read_plan(source: Path | Mapping[str, object]) -> Plan:
    """A plan from a file or a parsed document. Raises ProblemFault on what is not the format; it
    does not judge the plan (the checker does)."""
    root = read_document(source) if isinstance(source, Path) else Field("$", dict(source))
    top = root.object(
        ("format", "status", "groups"),
        ("problem", "score", "bound", "grouping_bound", "gap", "seconds", "seed", "reasons"),
    )
    if top["format"].value != FORMAT:
        raise top["format"].refuse("format", f"must be “{FORMAT}”")
    if top["status"].value not in get_args(Status):
        raise top["status"].refuse("choice", "must be one of " + ", ".join(get_args(Status)))
    bound = top.get("bound")
    grouping = top.get("grouping_bound")
    return Plan(
        status=cast("Status", top["status"].value),
        groups=tuple(_read_group(item) for item in top["groups"].items(5000)),
        score=_read_score(top.get("score")),
        bound=None if bound is None or bound.value is None else bound.integer(0, 10**12),
        grouping_bound=grouping.integer(0, 10**12) if grouping else 0,
        seed=top["seed"].integer(0, 2**63) if "seed" in top else 1,
        reasons=tuple(_read_reason(i) for i in top["reasons"].items()) if "reasons" in top else (),
    )


def _read_group(item: Field) -> Group:
    own = item.object(("id", "members", "working_languages", "escort", "interpreters", "visits"))
    members = []
    for entry in own["members"].items(5000):
        fields = entry.object(("delegation", "part"))
        members.append(Member(fields["delegation"].text(100), fields["part"].integer(0, 5000)))
    visits = []
    for entry in own["visits"].items(100):
        fields = entry.object(("stop", "start", "end"))
        start, end = fields["start"].integer(0, 10**6), fields["end"].integer(0, 10**6)
        visits.append(Visit(fields["stop"].text(100), start, end))
    helpers = own["interpreters"].members()
    return Group(
        id=own["id"].text(100),
        members=tuple(members),
        working_languages=own["working_languages"].texts(),
        escort=None if own["escort"].value is None else own["escort"].text(100),
        interpreters=tuple((language, who.text(100)) for language, who in helpers.items()),
        visits=tuple(visits),
    )


def _read_score(field: Field | None) -> Score:
    if field is None:
        return Score()
    own = field.object((), ("idle", "walk", "unmet_wish", "interpreter", "total"))
    return Score(**{key: item.integer(-(10**12), 10**12) for key, item in own.items()})


def _read_reason(item: Field) -> Reason:
    own = item.object(("code", "text", "relax"))
    return Reason(own["code"].text(), own["text"].text(10_000), own["relax"].text())
