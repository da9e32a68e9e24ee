"""From the search's timetable to groups with names and staff, and what a draft still lacks."""

from __future__ import annotations

from visitplanner.planning.campus import Campus
from visitplanner.planning.grouping import Draft
from visitplanner.planning.plan import Group, Plan, Reason, Visit, group_letters
from visitplanner.planning.problem import Problem
from visitplanner.planning.sketch import Sketcher
from visitplanner.planning.staffing import assign_escorts, assign_interpreters
from visitplanner.planning.tour import Snapshot
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


def taken_up(campus: Campus, sketcher: Sketcher, plan: Plan) -> Snapshot | None:
    """A plan as the search's timetable, or None when it is not a plan of this problem."""
    if not plan.groups:
        return None
    where = {m: b.index for b in campus.blocks for m in b.members}
    tours = []
    for g in plan.groups:
        blocks = tuple(sorted({where[m] for m in g.members if m in where}))
        there = {m for b in blocks for m in campus.blocks[b].members}
        sketch = sketcher.sketch(blocks) if blocks and there == set(g.members) else None
        if sketch is None or any(x not in campus.languages for x in g.working_languages):
            return None
        tongue = sum(1 << campus.languages.index(x) for x in g.working_languages)
        helpers = (tongue & ~campus.host).bit_count()
        index = campus.problem.stop_index
        if any(v.stop not in index for v in g.visits):
            return None
        visits = tuple((index[v.stop], v.start) for v in g.visits)
        tours.append((Draft(sketch, tongue, helpers), visits))
    counted = sum(len(d.sketch.blocks) for d, _ in tours)
    snapshot = Snapshot(0, 0, tuple(tours))
    complete = counted == len(campus.blocks) and not tour_faults(campus, snapshot)
    return snapshot if complete else None


def tour_faults(campus: Campus, snapshot: Snapshot) -> bool:
    """Whether visits overstep opening hours, places, speakers, walking times or stops allowed."""
    held: dict[tuple[int, int], int] = {}
    talks: dict[tuple[int, int], int] = {}
    for draft, visits in snapshot.tours:
        place, free = campus.stops, 0
        for s, t in visits:
            end = t + campus.visit[s]
            inside = any(a <= t and end <= b for a, b in campus.opening[s])
            if not inside or not draft.sketch.allowed >> s & 1 or t < free + campus.walk[place][s]:
                return True
            for x in range(t, end + campus.reset[s]):
                held[s, x] = held.get((s, x), 0) + 1
            for x in range(t, end) if campus.speaker[s] >= 0 else ():
                talks[campus.speaker[s], x] = talks.get((campus.speaker[s], x), 0) + 1
            place, free = s, end
        if free + campus.walk[place][campus.stops] > campus.deadline:
            return True
    full = any(n > campus.places[s] for (s, _), n in held.items())
    return full or any(n > 1 for n in talks.values())
