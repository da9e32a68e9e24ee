"""From the search's timetable to groups with names and staff, and what a draft still lacks."""

from __future__ import annotations

from visitplanner.planning.campus import Campus
from visitplanner.planning.plan import Group, Reason, Visit, group_letters
from visitplanner.planning.problem import Problem
from visitplanner.planning.rota import Snapshot
from visitplanner.planning.staffing import assign_escorts, assign_interpreters
from visitplanner.planning.words import say


def finished_groups(campus: Campus, snapshot: Snapshot) -> tuple[tuple[Group, ...], bool]:
    """The groups with their staff, the highest head's first, and whether the staff suffice."""
    problem = campus.problem
    rank = {d.id: d.precedence for d in problem.delegations}
    tours = sorted(
        snapshot.tours,
        key=lambda t: min(
            rank[m.delegation] for b in t[0].sketch.blocks for m in campus.blocks[b].members
        ),
    )
    until = [
        v[-1][1] + campus.visit[v[-1][0]] + campus.walk[v[-1][0]][campus.stops] if v else 0
        for _, v in tours
    ]
    tongues = [d.tongue for d, _ in tours]
    escorts, led = assign_escorts(campus, until)
    helpers, interpreted = assign_interpreters(campus, tongues, until)
    names = group_letters(len(tours))
    order = {m: i for i, m in enumerate(problem.members())}
    found = []
    for k, (draft, visits) in enumerate(tours):
        members = [m for b in draft.sketch.blocks for m in campus.blocks[b].members]
        spoken = [x for i, x in enumerate(campus.languages) if draft.tongue >> i & 1]
        mine = {campus.languages[x.bit_length() - 1]: who for x, who in helpers[k].items()}
        found.append(
            Group(
                id=names[k],
                members=tuple(sorted(members, key=order.__getitem__)),
                working_languages=tuple(spoken),
                escort=escorts[k],
                interpreters=tuple(sorted(mine.items())),
                visits=tuple(Visit(problem.stops[s].id, t, t + campus.visit[s]) for s, t in visits),
            )
        )
    return tuple(found), led and interpreted


def shortfalls(
    problem: Problem, groups: tuple[Group, ...], language: str = "en"
) -> tuple[Reason, ...]:
    """What these groups lack to be a plan, in words of `language`."""
    rules, found, staff = problem.rules, [], 0
    pins = {p.delegation: p.stop for p in problem.pinned if p.stop is not None}
    for g in groups:
        staff += g.escort is None
        staff += sum(
            1
            for x in g.working_languages
            if x not in problem.host_languages and x not in dict(g.interpreters)
        )
        people = sum(problem.by_id[m.delegation].parts[m.part].people for m in g.members)
        if people < rules.group_people[0]:
            values = {"who": g.id, "people": people, "least": rules.group_people[0]}
            text = say("short-people", language, **values)
            found.append(Reason("short-people", text, "group_people"))
        if len(g.visits) < rules.stops_per_group[0]:
            seen = {"who": g.id, "seen": len(g.visits), "least": rules.stops_per_group[0]}
            text = say("short-stops", language, **seen)
            found.append(Reason("short-stops", text, "stops_per_group"))
        for m in g.members:
            stop = pins.get(m.delegation) if m.part == 0 else None
            if stop is not None and stop not in {v.stop for v in g.visits}:
                text = say("short-pin", language, who=g.id, stop=stop)
                found.append(Reason("short-pin", text, "pinned"))
    if staff:
        found.append(Reason("short-staff", say("short-staff", language, count=staff), "staff"))
    return tuple(dict.fromkeys(found))
