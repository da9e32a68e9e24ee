"""A grouping to begin with that takes as few interpreters as can be: exact sums over the sets of
working languages, then guests packed into the groups of each set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from visitplanner.planning.campus import Campus
from visitplanner.planning.grouping import Draft, Grouping
from visitplanner.planning.staffing import Supply

WORK = 0.3
"""Limit of the exact sums in deterministic time, a unit of the solver's own."""
TRIES = 20
"""Orders in which guests are packed; the second half looks at room alone, not at wishes."""
OUTING = 45
"""Points of a group's tour besides its wishes, about."""
UNEVEN = 0.3
"""How far the order of packing may stray from that of the blocks' sizes."""

Blocks = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Crew:
    """All groups of one set of working languages: how many, the interpreters of them all, and
    which blocks of guests go with them."""

    groups: int
    helpers: int
    blocks: Blocks


def crews(campus: Campus, supply: Supply, seed: int) -> list[Crew] | None:
    """The crews with the fewest points of interpreters and outings, or None where exact sums find
    nothing in time; wishes, stops and who must be apart are left to later."""
    from ortools.sat.python import cp_model

    from visitplanner.planning.cp_sat import exact_solver

    model: Any = cp_model.CpModel()  # ortools is untyped
    most = len(campus.escorts)
    counts = [model.new_int_var(0, most, "") for _ in campus.tongues]
    inside: list[list[Any]] = [[] for _ in campus.tongues]
    chosen: list[dict[int, Any]] = []
    for block in campus.blocks:
        fits = {
            k: model.new_bool_var("")
            for k, (mask, _) in enumerate(campus.tongues)
            if all(mask & x for x in block.languages)
        }
        model.add_exactly_one(fits.values())
        for k, var in fits.items():
            inside[k].append(block.people * var)
        chosen.append(fits)
    for people, groups in zip(inside, counts, strict=True):
        model.add(sum(people) <= campus.most_group * groups)
        model.add(sum(people) >= campus.least_people * groups)
    model.add(sum(counts) <= most)
    for wanted, there in supply.sets:
        need = [
            (mask & wanted).bit_count() * groups
            for (mask, _), groups in zip(campus.tongues, counts, strict=True)
        ]
        model.add(sum(need) <= there)
    price = campus.problem.rules.weights.interpreter
    costs = [
        (price * helpers + OUTING) * groups
        for (_, helpers), groups in zip(campus.tongues, counts, strict=True)
    ]
    model.minimize(sum(costs))
    solver = exact_solver(seed=seed, work=WORK)
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    home = [next(k for k, var in fits.items() if solver.value(var)) for fits in chosen]
    found = []
    for k, (_, helpers) in enumerate(campus.tongues):
        groups, blocks = solver.value(counts[k]), tuple(i for i, at in enumerate(home) if at == k)
        if blocks:
            found.append(Crew(groups, groups * helpers, blocks))
    return found


def pack(grouping: Grouping, found: list[Crew]) -> None:
    """Replace the drafts by groups of these crews; who finds no room joins where it costs least."""
    packed: list[Blocks] = []
    left: list[int] = []
    for crew in found:
        groups, over = _packed(grouping, crew)
        packed += groups
        left += over
    sketches = [s for s in map(grouping.sketcher.sketch, packed) if s is not None]
    grouping.drafts = [Draft(s, *s.tongues[0]) for s in sketches]
    grouping.drafts = [grouping.draft(s) for s in sketches]
    for block in left:
        grouping.join(block)


def _packed(grouping: Grouping, crew: Crew) -> tuple[list[Blocks], list[int]]:
    """The groups of one crew, and the blocks without room: the best of some tries."""
    best: tuple[int, list[Blocks], list[int]] | None = None
    for k in range(TRIES):
        groups, over = _fill(grouping, crew, dense=2 * k >= TRIES)
        left = sum(grouping.campus.blocks[i].people for i in over)
        if best is None or left < best[0]:
            best = left, groups, over
        if not left:
            break
    assert best is not None
    return best[1], best[2]


def _fill(grouping: Grouping, crew: Crew, *, dense: bool) -> tuple[list[Blocks], list[int]]:
    """Blocks into groups, the largest first, each where it costs least (or where it is fullest)."""
    chance, people = grouping.chance, [b.people for b in grouping.campus.blocks]
    order = sorted(crew.blocks, key=lambda i: -people[i] * (1 + UNEVEN * chance.uniform()))
    groups: list[Blocks] = []
    over: list[int] = []
    sketch = grouping.sketcher.sketch
    for block in order:
        best, place = 0, -1
        joined: Blocks = ()
        for g in range(min(crew.groups, len(groups) + 1)):
            old: Blocks = groups[g] if g < len(groups) else ()
            blocks = tuple(sorted((*old, block)))
            wider, before = sketch(blocks), sketch(old) if old else None
            if wider is None:
                continue
            more = -wider.people if dense else wider.solo - (before.solo if before else 0)
            if place < 0 or more < best:
                best, place, joined = more, g, blocks
        if place < 0:
            over.append(block)
        else:
            groups[place : place + 1] = [joined]
    return groups, over
