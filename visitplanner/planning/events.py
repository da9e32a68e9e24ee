"""What happens on the day (`visitplanner-tour-event/1`), and the problem it leaves behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from visitplanner.planning.json_field import Field, read_document
from visitplanner.planning.plan import Plan
from visitplanner.planning.problem import Delegation, Member, Part, Problem, Stop, Window
from visitplanner.planning.problem_file import (
    MOST_DELEGATIONS,
    MOST_PEOPLE,
    read_delegation,
)

FORMAT = "visitplanner-tour-event/1"
KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "late": (("group", "minutes"), ()),
    "closed": (("stop",), ("until",)),
    "reopened": (("stop",), ()),
    "staff-lost": (("staff",), ()),
    "leaves": (("delegation",), ()),
    "arrives-late": (("delegation", "minute"), ()),
    "joins": (("delegation",), ()),
    "split": (("group", "members"), ()),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One event at minute `now`; only the fields of its kind are set. Times are minutes."""

    kind: str
    now: int
    group: str = ""
    stop: str = ""
    staff: str = ""
    delegation: str = ""
    minutes: int = 0
    until: int = 0
    guests: Delegation | None = None
    members: tuple[Member, ...] = ()


def read_event(source: Path | Mapping[str, object], problem: Problem, plan: Plan) -> Event:
    """The event in a file or a parsed document, checked against the day it happens on. Raises
    ProblemFault naming the field."""
    root = read_document(source) if isinstance(source, Path) else Field("$", dict(source))
    kind_field = root.members().get("kind", Field("$.kind", None))
    if not isinstance(kind_field.value, str) or kind_field.value not in KINDS:
        raise kind_field.refuse("choice", "must be one of " + ", ".join(KINDS))
    kind = kind_field.value
    required, optional = KINDS[kind]
    top = root.object(("format", "kind", "now", *required), optional)
    if top["format"].value != FORMAT:
        raise top["format"].refuse("format", f"must be “{FORMAT}”")
    now = top["now"].integer(0, problem.horizon)
    found = Event(kind, now)
    if "group" in top:
        found = replace(found, group=_named(top["group"], {g.id for g in plan.groups}))
    if "stop" in top:
        found = replace(found, stop=_named(top["stop"], {s.id for s in problem.stops}))
    if "staff" in top:
        found = replace(found, staff=_named(top["staff"], {s.id for s in problem.staff}))
    if kind == "joins":
        guests = read_delegation(top["delegation"], {s.id for s in problem.stops})
        _new(top["delegation"], guests, problem)
        return replace(found, guests=guests, delegation=guests.id)
    if "delegation" in top:
        found = replace(found, delegation=_named(top["delegation"], set(problem.by_id)))
    if "members" in top:
        found = replace(found, members=_members(top["members"], found.group, plan))
    return replace(
        found,
        minutes=_minutes(top, problem),
        until=top["until"].integer(now, problem.horizon) if "until" in top else problem.horizon,
    )


def _new(field: Field, guests: Delegation, problem: Problem) -> None:
    """Refuse unlisted guests with whom the problem would no longer be one."""
    own = field.members()
    if guests.id in problem.by_id:
        raise field.refuse("repeated", f"“{guests.id}” is already on the list")
    if any(d.precedence == guests.precedence for d in problem.delegations):
        raise own["precedence"].refuse("repeated", f"“{guests.precedence}” stands twice")
    for other in guests.apart_from:
        if other not in problem.by_id:
            fault = f"there is no delegation “{other}”"
            raise own["apart_from"].refuse("unknown-delegation", fault)
    if len(problem.delegations) >= MOST_DELEGATIONS:
        raise field.refuse("limit", f"is one more than {MOST_DELEGATIONS} delegations")
    if (people := problem.people + guests.people) > MOST_PEOPLE:
        raise own["people"].refuse("limit", f"makes {people} people, the limit is {MOST_PEOPLE}")


def _minutes(top: dict[str, Field], problem: Problem) -> int:
    for key in ("minutes", "minute"):
        if key in top:
            return top[key].integer(0, problem.horizon)
    return 0


def _named(field: Field, known: set[str]) -> str:
    name = field.text(100)
    if name not in known:
        raise field.refuse("unknown", f"there is no “{name}”")
    return name


def _members(field: Field, group: str, plan: Plan) -> tuple[Member, ...]:
    there = next(set(g.members) for g in plan.groups if g.id == group)
    found = []
    for item in field.items(5000, 1):
        own = item.object(("delegation", "part"))
        member = Member(own["delegation"].text(100), own["part"].integer(0, 5000))
        if member not in there:
            raise item.refuse("unknown", f"is not in group {group}")
        found.append(member)
    if set(found) == there:
        raise field.refuse("all", "someone must stay in the group")
    return tuple(dict.fromkeys(found))


def amend(problem: Problem, plan: Plan, event: Event) -> Problem:
    """The problem after the event: what is closed, who is gone, who has come."""
    if event.kind == "closed":
        return _with_windows(problem, event.stop, lambda s: _closed(problem, plan, event, s))
    if event.kind == "reopened":
        span = (event.now, problem.horizon)
        return _with_windows(problem, event.stop, lambda s: joined((*s.windows, span)))
    if event.kind == "staff-lost":
        staff = tuple(s for s in problem.staff if s.id != event.staff)
        return replace(problem, staff=staff)
    if event.kind == "joins" and event.guests is not None:
        return replace(problem, delegations=(*problem.delegations, event.guests))
    if event.kind == "leaves":
        return _without_wishes(problem, plan, event)
    return problem


def _with_windows(problem: Problem, stop: str, windows: object) -> Problem:
    assert callable(windows)
    stops = tuple(replace(s, windows=windows(s)) if s.id == stop else s for s in problem.stops)
    return replace(problem, stops=stops)


def _closed(problem: Problem, plan: Plan, event: Event, stop: Stop) -> tuple[Window, ...]:
    """The windows less the closure; a visit that has begun may end."""
    running = [
        v.end
        for g in plan.groups
        for v in g.visits
        if v.stop == stop.id and v.start < event.now < v.end
    ]
    shut = max([event.now, *running])
    found: list[Window] = []
    for opens, closes in stop.windows:
        if opens < shut:
            found.append((opens, min(closes, shut)))
        if closes > max(event.until, shut):
            found.append((max(opens, event.until, shut), closes))
    return tuple(w for w in found if w[0] < w[1])


def joined(windows: tuple[Window, ...]) -> tuple[Window, ...]:
    """The same minutes in windows that neither touch nor overlap."""
    found: list[Window] = []
    for opens, closes in sorted(windows):
        if found and opens <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], closes))
        else:
            found.append((opens, closes))
    return tuple(found)


def _without_wishes(problem: Problem, plan: Plan, event: Event) -> Problem:
    """A delegation that leaves keeps only the wishes that were met by then."""
    seen: dict[int, set[str]] = {}
    for g in plan.groups:
        for m in g.members:
            if m.delegation == event.delegation:
                seen[m.part] = {v.stop for v in g.visits if v.start < event.now}
    leaving = problem.by_id[event.delegation]
    parts = tuple(
        Part(p.people, tuple((s, w) for s, w in p.wishes if s in seen.get(n, set())))
        for n, p in enumerate(leaving.parts)
    )
    pins = tuple(p for p in problem.pinned if p.delegation != event.delegation or p.stop is None)
    return replace(
        problem,
        delegations=tuple(
            replace(d, parts=parts) if d is leaving else d for d in problem.delegations
        ),
        pinned=pins,
    )
