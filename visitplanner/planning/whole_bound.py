"""A lower bound on the score of any plan of a problem, whatever its groups: exact sums.

Guests who share languages are looked at as people to be spread over groups of each set of working
languages; every group walks and waits no less than the best tour alone, every working language
that the hosts do not speak takes an interpreter, and some wishes no group can meet. Crowds, stop
hours and who wishes what with whom are left out, which only lowers the bound."""

from __future__ import annotations

from typing import Any

from visitplanner.planning.campus import Campus
from visitplanner.planning.solo import LARGEST_TABLE, solo_costs, table_size

MOST_LANGUAGES = 4
"""Working languages of a group up to which all sets are looked at."""
WORK = 0.5
"""Limit of the exact sums in deterministic time; where it is too short, what is proved by then."""


def whole_bound(campus: Campus) -> int | None:
    """Points that any plan costs at least, or None where the sums tell nothing."""
    rules, weights = campus.problem.rules, campus.problem.rules.weights
    if rules.working_languages_per_group > MOST_LANGUAGES:
        return None
    tour = 0
    if weights.idle == weights.walk and table_size(campus) <= LARGEST_TABLE:
        costs = solo_costs(campus)[1]
        tour = costs[0] if costs else 0
    crews = _crews(campus, weights.interpreter, tour)
    return None if crews is None else crews + wishes_lost(campus, weights.unmet_wish)


def wishes_lost(campus: Campus, weight: int) -> int:
    """Points of the wishes that no plan meets: at stops closed to the part, or more than a group
    can see."""
    lost = 0
    problem = campus.problem
    for d in problem.delegations:
        for part in d.parts:
            open_to = sorted(
                wish
                for name, wish in part.wishes
                for stop in [problem.stops[problem.stop_index[name]]]
                if d.country not in stop.barred
                and (stop.step_free or not d.step_free)
                and part.people <= stop.people
            )
            met = sum(open_to[-campus.most_stops :])
            lost += sum(wish for _, wish in part.wishes) - met
    return weight * lost


def _crews(campus: Campus, interpreter: int, tour: int) -> int | None:
    """The least points of interpreters and of tours alone."""
    from ortools.sat.python import cp_model

    from visitplanner.planning.cp_sat import exact_solver

    problem = campus.problem
    people: dict[int, int] = {}
    bit = {name: 1 << i for i, name in enumerate(campus.languages)}
    for d in problem.delegations:
        spoken = sum(bit[x] for x in d.languages)
        people[spoken] = people.get(spoken, 0) + d.people
    model: Any = cp_model.CpModel()  # ortools is untyped
    most = len(problem.staff_of("escort"))
    placed: dict[int, list[Any]] = {spoken: [] for spoken in people}
    cost = []
    for mask, helpers in campus.tongues:
        groups = model.new_int_var(0, most, "")
        inside = []
        for spoken, count in people.items():
            if spoken & mask:
                there = model.new_int_var(0, count, "")
                placed[spoken].append(there)
                inside.append(there)
        model.add(sum(inside) <= campus.most_group * groups)
        model.add(sum(inside) >= campus.least_people * groups)
        cost.append((interpreter * helpers + tour) * groups)
    for spoken, there in placed.items():
        model.add(sum(there) == people[spoken])
    model.minimize(sum(cost))
    solver = exact_solver(work=WORK)
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return max(0, -int(-solver.best_objective_bound // 1))
