"""Whether the guests of a small day can be divided into groups at all: a proof by CP-SAT, without
timetable and interpreters, for days on which every guest has company and yet no grouping holds."""

from __future__ import annotations

from typing import Any

from visitplanner.planning.campus import Campus
from visitplanner.planning.company import together

MOST_GROUPS, MOST_BLOCKS = 12, 60
"""Groups and blocks beyond which nothing is claimed."""
MOST_TONGUES = 300
"""Sets of working languages beyond which languages are left out."""
WORK = 0.5
"""Limit of the proof in deterministic time, a unit of the solver's own."""


def indivisible(campus: Campus, escorts: int) -> bool:
    """Whether it is proved that no grouping keeps the size of groups, working languages, enough
    stops for each group, pins, and those apart, with so many escorts. False proves nothing."""
    least, blocks, problem = campus.least_people, campus.blocks, campus.problem
    if any(len(problem.by_id[x].parts) > 1 for p in problem.pinned for x in p.company):
        return False  # only the first part must be there, while a block has them all
    groups = min(escorts, len(blocks))
    if least:
        groups = min(groups, sum(b.people for b in blocks) // least)
    if not groups:
        return True
    if groups > MOST_GROUPS or len(blocks) > MOST_BLOCKS:
        return False
    # CP-SAT takes half a second to import; few days need it here.
    from ortools.sat.python import cp_model

    from visitplanner.planning.cp_sat import exact_solver

    model: Any = cp_model.CpModel()  # ortools is untyped
    inside = [[model.new_bool_var("") for _ in range(groups)] for _ in blocks]
    for i, row in enumerate(inside):
        model.add_exactly_one(row)
        # Groups have no names: block i is in one of the first i + 1.
        for var in row[i + 1 :]:
            model.add(var == 0)
    for i, one in enumerate(blocks):
        for j in range(i):
            if not together(campus, one, blocks[j], campus.most_group):
                for a, b in zip(inside[i], inside[j], strict=True):
                    model.add_bool_or(~a, ~b)
    for g in range(groups):
        _group(model, campus, [row[g] for row in inside])
    solver = exact_solver(work=WORK)
    return bool(solver.solve(model) == cp_model.INFEASIBLE)


def _group(model: Any, campus: Campus, members: list[Any]) -> None:
    """The rules of one group, which may stay empty."""
    used = model.new_bool_var("")
    people = sum(b.people * x for b, x in zip(campus.blocks, members, strict=True))
    model.add(people >= campus.least_people * used)
    model.add(people <= campus.most_group * used)
    _stops(model, campus, members, used, people)
    if len(campus.tongues) <= MOST_TONGUES and _every_tongue(campus):
        _languages(model, campus, members, used)


def _stops(model: Any, campus: Campus, members: list[Any], used: Any, people: Any) -> None:
    """Enough stops that all may visit and that take so many."""
    open_to = [model.new_bool_var("") for _ in range(campus.stops)]
    for s, var in enumerate(open_to):
        if campus.most_people[s] < campus.most_group:
            model.add(people <= campus.most_people[s]).only_enforce_if(var)
        for block, member in zip(campus.blocks, members, strict=True):
            if not block.allowed >> s & 1:
                model.add_implication(member, ~var)
            elif any(stop == s for stop, _ in block.must):
                model.add_implication(member, var)
    model.add(sum(open_to) >= campus.least_stops * used)


def _every_tongue(campus: Campus) -> bool:
    """Whether all sets of working languages that a group may have are looked at."""
    sizes = [tongue.bit_count() for tongue, _ in campus.tongues]
    allowed = campus.problem.rules.working_languages_per_group
    return max(sizes, default=0) >= min(allowed, sizes.count(1))


def _languages(model: Any, campus: Campus, members: list[Any], used: Any) -> None:
    """One set of working languages that all understand."""
    chosen = [model.new_bool_var("") for _ in campus.tongues]
    model.add(sum(chosen) == used)
    for block, member in zip(campus.blocks, members, strict=True):
        fit = [
            var
            for (mask, _), var in zip(campus.tongues, chosen, strict=True)
            if all(mask & x for x in block.languages)
        ]
        model.add_bool_or(~member, *fit)
