"""Whether a plan speaks of a problem's own guests, stops and staff: what a repair begins with."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from visitplanner.planning.json_field import ProblemFault
from visitplanner.planning.plan import Group, Plan, Visit
from visitplanner.planning.problem import Member, Problem


def belongs(problem: Problem, plan: Plan) -> None:
    """Raises ProblemFault naming the field of the plan file that has nothing to stand on in the
    problem. Rules may be broken (somebody may be without an escort since the last event), but all
    whom it names are there once, and every visit lasts as long as its stop says, within the day."""
    if not plan.groups:
        raise ProblemFault("$.groups", "too-few", "holds no group: there is nothing to repair")
    _once([(f"$.groups[{n}].id", g.id) for n, g in enumerate(plan.groups)])
    members = [
        (f"$.groups[{n}].members[{k}]", m)
        for n, g in enumerate(plan.groups)
        for k, m in enumerate(g.members)
    ]
    known = set(problem.members())
    for path, member in members:
        if member not in known:
            raise ProblemFault(path, "unknown", f"there is no {_named(member)}")
    _once([(path, _named(member)) for path, member in members])
    staff = {s.id for s in problem.staff}
    for n, group in enumerate(plan.groups):
        path = f"$.groups[{n}]"
        _led(problem, path, group, staff)
        _tour(problem, path, group.visits)


def _named(member: Member) -> str:
    return f"part {member.part} of “{member.delegation}”"


def _once(named: Sequence[tuple[str, str]]) -> None:
    seen: set[str] = set()
    for path, name in named:
        if name in seen:
            raise ProblemFault(path, "repeated", f"{name} stands twice")
        seen.add(name)


def _led(problem: Problem, path: str, group: Group, staff: Collection[str]) -> None:
    """The group has members, and all who lead it are on the list."""
    if not group.members:
        raise ProblemFault(f"{path}.members", "too-few", "must have at least 1")
    spoken = {*problem.host_languages, *(x for s in problem.staff for x in s.languages)}
    spoken |= {x for d in problem.delegations for x in d.languages}
    named = [(f"{path}.escort", group.escort)] if group.escort is not None else []
    named += [(f"{path}.interpreters.{x}", who) for x, who in group.interpreters]
    for where, who in named:
        if who not in staff:
            raise ProblemFault(where, "unknown", f"there is no “{who}”")
    for k, language in enumerate(group.working_languages):
        if language not in spoken:
            where = f"{path}.working_languages[{k}]"
            raise ProblemFault(where, "unknown", f"nobody speaks “{language}”")


def _tour(problem: Problem, path: str, visits: Sequence[Visit]) -> None:
    """The visits are to different stops, one after another, each as long as its stop says."""
    stops = {s.id: s for s in problem.stops}
    _once([(f"{path}.visits[{k}].stop", v.stop) for k, v in enumerate(visits)])
    free = 0
    for k, visit in enumerate(visits):
        where = f"{path}.visits[{k}]"
        if visit.stop not in stops:
            raise ProblemFault(f"{where}.stop", "unknown", f"there is no “{visit.stop}”")
        if visit.start < free:
            raise ProblemFault(f"{where}.start", "order", f"begins before minute {free}")
        if visit.end != visit.start + stops[visit.stop].visit:
            lasts = stops[visit.stop].visit
            raise ProblemFault(f"{where}.end", "range", f"must be {lasts} minutes after the start")
        if visit.end > problem.horizon:
            raise ProblemFault(f"{where}.end", "range", f"is after minute {problem.horizon}")
        free = visit.end
