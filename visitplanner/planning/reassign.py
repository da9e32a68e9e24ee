"""Who is in which group and who leads it after an event, with as little moved as possible."""

from __future__ import annotations

from dataclasses import replace

from visitplanner.planning.campus import Campus, company, compile_campus
from visitplanner.planning.events import Event
from visitplanner.planning.plan import Group, Plan, Reason, back_in_hall, group_letters
from visitplanner.planning.problem import Member, Problem, Staff
from visitplanner.planning.words import say


def reassign(
    problem: Problem, plan: Plan, event: Event, language: str, notes: list[Reason]
) -> list[Group]:
    """The published groups with members and staff as the event (already in `problem`) leaves them;
    what cannot be helped goes to `notes`."""
    groups = list(plan.groups)
    if event.kind == "staff-lost":
        return [_replaced(problem, groups, g, event.staff, language, notes) for g in groups]
    if event.kind == "joins":
        return _joined(problem, groups, event, language, notes)
    if event.kind == "split":
        return _split(problem, groups, event, language, notes)
    if event.kind == "arrives-late":
        notes += _catch_up(problem, groups, event, language)
    return groups


def free_staff(
    problem: Problem, groups: list[Group], role: str, spoken: str, until: int
) -> Staff | None:
    """Somebody of the role who leads no group, speaks the language and is on duty long enough;
    the one with fewest languages first."""
    busy = {g.escort for g in groups} | {who for g in groups for _, who in g.interpreters}
    able = [
        s
        for s in problem.staff_of(role)
        if s.id not in busy and s.until() >= until and (not spoken or spoken in s.languages)
    ]
    return min(able, key=lambda s: (len(s.languages), s.until(), s.id), default=None)


def _replaced(
    problem: Problem,
    groups: list[Group],
    group: Group,
    lost: str,
    language: str,
    notes: list[Reason],
) -> Group:
    """The group with somebody free in the place of who was lost, or in other languages."""
    until = back_in_hall(problem, group)
    if group.escort == lost:
        other = free_staff(problem, groups, "escort", "", until)
        if other is None:
            notes.append(_nobody(lost, group.id, language))
        return replace(group, escort=other.id if other else None)
    if lost not in dict(group.interpreters).values():
        return group
    needed = next(spoken for spoken, who in group.interpreters if who == lost)
    other = free_staff(problem, groups, "interpreter", needed, until)
    if other is not None:
        pairs = tuple((x, other.id if who == lost else who) for x, who in group.interpreters)
        return replace(group, interpreters=pairs)
    changed = in_other_languages(problem, groups, group, {lost})
    if changed is None:
        notes.append(_nobody(lost, group.id, language))
        return replace(group, interpreters=tuple(p for p in group.interpreters if p[1] != lost))
    return changed


def _nobody(lost: str, group: str, language: str) -> Reason:
    return Reason("no-staff", say("no-staff", language, who=lost, group=group), "staff")


def in_other_languages(
    problem: Problem,
    groups: list[Group],
    group: Group,
    gone: set[str],
    campus: Campus | None = None,
    until: int | None = None,
) -> Group | None:
    """The group in other working languages that all its guests understand and somebody free (or
    already with the group, unless gone) interprets `until` a minute (that of its return when left
    out); None when there are none. `campus` is the problem's own with everyone, if at hand."""
    campus = campus or compile_campus(problem, everyone=True)
    spoken = [
        sum(1 << campus.languages.index(x) for x in problem.by_id[m.delegation].languages)
        for m in group.members
    ]
    own = {x: who for x, who in group.interpreters if who not in gone}
    until = back_in_hall(problem, group) if until is None else until
    for mask, _ in campus.tongues:
        if not all(mask & x for x in spoken):
            continue
        names = [x for i, x in enumerate(campus.languages) if mask >> i & 1]
        pairs: list[tuple[str, str]] = []
        bare = replace(group, interpreters=())
        for name in names:
            if name in problem.host_languages:
                continue
            others = [*(g for g in groups if g.id != group.id), replace(
                bare, interpreters=tuple(pairs))]  # fmt: skip
            who = own.get(name) or getattr(
                free_staff(problem, others, "interpreter", name, until), "id", None
            )
            if who is not None:
                pairs.append((name, who))
        if len(pairs) == sum(1 for x in names if x not in problem.host_languages):
            return replace(group, working_languages=tuple(names), interpreters=tuple(pairs))
    return None


def _people(problem: Problem, members: tuple[Member, ...]) -> int:
    return sum(problem.by_id[m.delegation].parts[m.part].people for m in members)


def _joined(
    problem: Problem, groups: list[Group], event: Event, language: str, notes: list[Reason]
) -> list[Group]:
    """Unlisted guests go to the group where they change least and see most."""
    guests = problem.by_id[event.delegation]
    members = tuple(Member(guests.id, n) for n in range(len(guests.parts)))
    apart = set(guests.apart_from)
    apart |= {d.id for d in problem.delegations if guests.id in d.apart_from}
    campus = compile_campus(problem, everyone=True)
    best: tuple[tuple[int, bool, int, int], Group] | None = None
    for k, g in enumerate(groups):
        people = _people(problem, g.members + members)
        wider = understood(problem, groups, g, members, campus)
        if (
            people > problem.rules.group_people[1]
            or wider is None
            or apart & {m.delegation for m in g.members}
        ):
            continue
        barred = _unfit(problem, g, event, people)
        if any(start < event.now for start in barred):
            continue
        seen = {v.stop for v in g.visits if v.start >= event.now}
        unmet = sum(w for p in guests.parts for s, w in p.wishes if s not in seen)
        rank = (len(barred), wider.working_languages != g.working_languages, unmet, k)
        if best is None or rank < best[0]:
            best = (rank, wider)
    if best is not None:
        return [best[1] if g.id == best[1].id else g for g in groups]
    alone = _new_group(problem, groups, members)
    if alone is None:
        notes.append(Reason("no-place", say("no-place", language, who=guests.id), "staff"))
        return groups
    return [*groups, alone]


def understood(
    problem: Problem,
    groups: list[Group],
    group: Group,
    members: tuple[Member, ...],
    campus: Campus | None = None,
) -> Group | None:
    """The group with these members too, in its own languages if all understand one of them, else
    in others that can be interpreted; None when there are none."""
    wider = replace(group, members=group.members + members)
    own = set(group.working_languages)
    if all(own & set(problem.by_id[m.delegation].languages) for m in members):
        return wider
    return in_other_languages(problem, groups, wider, set(), campus)


def _unfit(problem: Problem, group: Group, event: Event, people: int) -> list[int]:
    """Starts of the group's visits that the new guests do not permit."""
    guests = problem.by_id[event.delegation]
    stops = {s.id: s for s in problem.stops}
    return [
        v.start
        for v in group.visits
        if guests.country in stops[v.stop].barred
        or (guests.step_free and not stops[v.stop].step_free)
        or people > stops[v.stop].people
    ]


def _new_group(problem: Problem, groups: list[Group], members: tuple[Member, ...]) -> Group | None:
    """A group of its own for these members, with free staff; None when it cannot be had."""
    if not problem.rules.group_people[0] <= _people(problem, members):
        return None
    escort = free_staff(problem, groups, "escort", "", problem.horizon)
    name = next(x for x in group_letters(500) if x not in {g.id for g in groups})
    bare = Group(name, members, (), escort.id if escort else None, (), ())
    if escort is None:
        return None
    return in_other_languages(
        problem, groups, bare, set(), until=problem.horizon
    ) or in_other_languages(problem, groups, bare, set())


def _split(
    problem: Problem, groups: list[Group], event: Event, language: str, notes: list[Reason]
) -> list[Group]:
    """The members named walk on as a group of their own, with those pinned to them."""
    found = []
    for g in groups:
        if g.id != event.group:
            found.append(g)
            continue
        leaving = _with_company(problem, g.members, event.members)
        rest = tuple(m for m in g.members if m not in leaving)
        alone = _new_group(problem, groups, leaving) if rest else None
        if alone is None:
            guests = ", ".join(dict.fromkeys(m.delegation for m in leaving))
            notes.append(Reason("no-place", say("no-place", language, who=guests), "staff"))
            return groups
        found += [replace(g, members=rest), alone]
    return found


def _with_company(
    problem: Problem, members: tuple[Member, ...], some: tuple[Member, ...]
) -> tuple[Member, ...]:
    """`some` of the members and all whom a pin keeps with one of them (H12), in their order."""
    bound = {m for block in company(problem) if not set(block).isdisjoint(some) for m in block}
    return tuple(m for m in members if m in bound)


def _catch_up(problem: Problem, groups: list[Group], event: Event, language: str) -> list[Reason]:
    """Where a delegation that comes late meets its groups."""
    found = []
    for g in groups:
        if all(m.delegation != event.delegation for m in g.members):
            continue
        for v in g.visits:
            if v.start >= event.minutes + problem.minutes(problem.hall, v.stop):
                values = {"who": event.delegation, "group": g.id, "stop": v.stop}
                text = say("joins-at", language, start=v.start, **values)
                found.append(Reason("joins-at", text, "none"))
                break
        else:
            text = say("joins-never", language, who=event.delegation, group=g.id)
            found.append(Reason("joins-never", text, "none"))
    return found
