"""CP-SAT alone: grouping, choice of stops, order and times of a tour in one model.

The yardstick for what a general solver does without our search. It models every rule of the format
for days whose staff are there all day and whose weights of idle and walk are equal (the generated
ones).
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from ortools.sat.python import cp_model

Document = dict[str, Any]
CLOCKS: dict[str, Callable[[], float]] = {"wall": time.monotonic, "cpu": time.process_time}


@dataclass(frozen=True, slots=True)
class Unit:
    """One part of a delegation."""

    guest: Document
    part: int
    people: int
    wishes: dict[str, int]


@dataclass(slots=True)
class Model:
    """The model with the variables that the plan is read from."""

    problem: Document
    groups: range
    cp: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    inside: dict[tuple[int, int], Any] = field(default_factory=dict)
    speaks: dict[tuple[int, str], Any] = field(default_factory=dict)
    sees: dict[tuple[int, str], Any] = field(default_factory=dict)
    start: dict[tuple[int, str], Any] = field(default_factory=dict)
    helps: dict[tuple[int, str, str], Any] = field(default_factory=dict)
    used: list[Any] = field(default_factory=list)
    back: list[Any] = field(default_factory=list)

    @property
    def units(self) -> list[Unit]:
        return [
            Unit(d, n, part["people"], part.get("wishes", {}))
            for d in self.problem["delegations"]
            for n, part in enumerate(d.get("parts") or [d])
        ]

    def staff(self, role: str) -> list[Document]:
        return [s for s in self.problem["staff"] if s["role"] == role]


def solve(
    problem: Document, seconds: float, seed: int = 1, *, clock: Callable[[], float] = time.monotonic
) -> Document | None:
    """A plan document (score not stated) with CP-SAT's bound, or None if nothing was found in
    `seconds` of `clock`, with two workers."""
    begin = clock()
    weights = problem["rules"]["weights"]
    if weights["idle"] != weights["walk"]:
        raise ValueError("this model counts the minutes on the way, idle and walk alike")
    model = _model(problem)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.random_seed = seed
    status = solve_until(solver, model.cp, clock, begin + seconds)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return {
        "format": "visitplanner-tour-plan/1",
        "status": "optimal" if status == cp_model.OPTIMAL else "feasible",
        "groups": _groups(model, solver),
        "bound": max(0, math.ceil(solver.best_objective_bound - 1e-6)),
    }


def solve_until(
    solver: cp_model.CpSolver, model: cp_model.CpModel, clock: Callable[[], float], end: float
) -> Any:
    """CP-SAT's status after a search that is stopped when `clock` shows `end`."""
    done = threading.Event()

    def stop() -> None:
        while not done.wait(0.02):
            if clock() >= end:
                solver.stop_search()  # again and again: it may not have begun yet

    watch = threading.Thread(target=stop, daemon=True)
    watch.start()
    status = solver.solve(model)
    done.set()
    watch.join()
    return status


def _model(problem: Document) -> Model:
    most = problem["rules"]["group_people"][1]
    people = sum(d["people"] for d in problem["delegations"])
    escorts = sum(s["role"] == "escort" for s in problem["staff"])
    model = Model(problem, range(min(escorts, math.ceil(people / (most * 0.88)) + 1)))
    _membership(model)
    _languages(model)
    _tours(model)
    _capacity(model)
    _precedence(model)
    _objective(model)
    return model


def _membership(model: Model) -> None:
    cp, units = model.cp, model.units
    least, most = model.problem["rules"]["group_people"]
    for g in model.groups:
        used = cp.new_bool_var("")
        model.used.append(used)
        for u in range(len(units)):
            model.inside[u, g] = cp.new_bool_var("")
            cp.add_implication(model.inside[u, g], used)
        size = sum(unit.people * model.inside[u, g] for u, unit in enumerate(units))
        cp.add(size >= least * used)
        cp.add(size <= most * used)
    for u in range(len(units)):
        cp.add_exactly_one(model.inside[u, g] for g in model.groups)
    for a, b in combinations(range(len(units)), 2):
        if _apart(units[a].guest, units[b].guest):
            for g in model.groups:
                cp.add_at_most_one(model.inside[a, g], model.inside[b, g])
    for g in model.groups[1:]:
        cp.add_implication(model.used[g], model.used[g - 1])


def _apart(one: Document, other: Document) -> bool:
    return other["id"] in one.get("apart_from", ()) or one["id"] in other.get("apart_from", ())


def _languages(model: Model) -> None:
    cp, problem = model.cp, model.problem
    spoken = sorted({x for d in problem["delegations"] for x in d["languages"]})
    most = problem["rules"].get("working_languages_per_group", 2)
    for g in model.groups:
        for language in spoken:
            model.speaks[g, language] = cp.new_bool_var("")
        own = [model.speaks[g, language] for language in spoken]
        cp.add(sum(own) <= most)
        cp.add(sum(own) >= model.used[g])
        for u, unit in enumerate(model.units):
            understood = [model.speaks[g, language] for language in unit.guest["languages"]]
            cp.add_bool_or([*understood, model.inside[u, g].negated()])
    foreign = [x for x in spoken if x not in problem["host_languages"]]
    for person in model.staff("interpreter"):
        name = person["id"]
        for g in model.groups:
            for language in set(foreign) & set(person["languages"]):
                model.helps[g, language, name] = cp.new_bool_var("")
        cp.add_at_most_one(v for (_, _, who), v in model.helps.items() if who == name)
    for g in model.groups:
        for language in foreign:
            helpers = [v for (h, x, _), v in model.helps.items() if (h, x) == (g, language)]
            cp.add(sum(helpers) == model.speaks[g, language])


def _tours(model: Model) -> None:
    cp, problem = model.cp, model.problem
    way, hall, horizon = problem["walk"], problem["hall"], problem["horizon"]
    least, most = problem["rules"]["stops_per_group"]
    stops = problem["stops"]
    for g in model.groups:
        back = cp.new_int_var(0, horizon, "")
        model.back.append(back)
        arcs = [(0, 0, model.used[g].negated())]
        for n, stop in enumerate(stops, 1):
            s, visit = stop["id"], stop["visit"]
            sees = model.sees[g, s] = cp.new_bool_var("")
            spans = [
                [max(a, way[hall][s]), min(b, horizon - way[s][hall]) - visit]
                for a, b in stop["windows"]
            ]
            domain = cp_model.Domain.from_intervals([x for x in spans if x[0] <= x[1]])
            start = model.start[g, s] = cp.new_int_var_from_domain(domain, "")
            cp.add(back >= start + visit + way[s][hall]).only_enforce_if(sees)
            arcs += [
                (n, n, sees.negated()), (0, n, cp.new_bool_var("")), (n, 0, cp.new_bool_var(""))
            ]  # fmt: skip
        for n, one in enumerate(stops, 1):
            for m, other in enumerate(stops, 1):
                if n != m:
                    follows = cp.new_bool_var("")
                    arcs.append((n, m, follows))
                    gap = one["visit"] + way[one["id"]][other["id"]]
                    cp.add(
                        model.start[g, other["id"]] >= model.start[g, one["id"]] + gap
                    ).only_enforce_if(follows)
        cp.add_circuit(arcs)
        seen = sum(model.sees[g, stop["id"]] for stop in stops)
        cp.add(seen >= least).only_enforce_if(model.used[g])
        cp.add(seen <= most)


def _capacity(model: Model) -> None:
    cp = model.cp
    talks: dict[str, list[Any]] = {}
    for stop in model.problem["stops"]:
        s, whole = stop["id"], stop["visit"] + stop.get("reset", 0)
        spans = [_span(model, g, s, whole) for g in model.groups]
        cp.add_cumulative(spans, [1] * len(spans), stop["groups_at_once"])
        if stop.get("speaker") is not None:
            own = [_span(model, g, s, stop["visit"]) for g in model.groups]
            talks.setdefault(stop["speaker"], []).extend(own)
        for g in model.groups:
            size = sum(unit.people * model.inside[u, g] for u, unit in enumerate(model.units))
            if stop["people"] < model.problem["rules"]["group_people"][1]:
                cp.add(size <= stop["people"]).only_enforce_if(model.sees[g, s])
            for u, unit in enumerate(model.units):
                steps = unit.guest.get("step_free") and not stop.get("step_free", True)
                if steps or unit.guest["country"] in stop.get("barred", ()):
                    cp.add_at_most_one(model.inside[u, g], model.sees[g, s])
    for spans in talks.values():
        cp.add_no_overlap(spans)


def _span(model: Model, group: int, stop: str, minutes: int) -> Any:
    return model.cp.new_optional_fixed_size_interval_var(
        model.start[group, stop], minutes, model.sees[group, stop], ""
    )


def _precedence(model: Model) -> None:
    headline = model.problem["rules"].get("headline")
    if not headline:
        return
    stop, heads = headline["stop"], {}
    for u, unit in enumerate(model.units):
        if unit.part == 0:
            heads[unit.guest["precedence"]] = u
    highest = [heads[rank] for rank in sorted(heads)][: headline["depth"]]
    for higher, lower in combinations(highest, 2):
        for g in model.groups:
            for h in model.groups:
                if g != h:
                    first, second = model.start[g, stop], model.start[h, stop]
                    model.cp.add(first <= second).only_enforce_if(
                        model.inside[higher, g], model.inside[lower, h],
                        model.sees[g, stop], model.sees[h, stop],
                    )  # fmt: skip


def _objective(model: Model) -> None:
    cp, weights = model.cp, model.problem["rules"]["weights"]
    unmet = []
    for u, unit in enumerate(model.units):
        for stop, weight in unit.wishes.items():
            missed = cp.new_bool_var("")
            unmet.append(weight * missed)
            for g in model.groups:
                cp.add_bool_or(missed, model.inside[u, g].negated(), model.sees[g, stop])
    shown = [
        stop["visit"] * model.sees[g, stop["id"]]
        for g in model.groups
        for stop in model.problem["stops"]
    ]
    cp.minimize(
        weights["idle"] * (sum(model.back) - sum(shown))
        + weights["unmet_wish"] * sum(unmet)
        + weights["interpreter"] * sum(model.helps.values())
    )


def _groups(model: Model, solver: cp_model.CpSolver) -> list[Document]:
    shown = {stop["id"]: stop["visit"] for stop in model.problem["stops"]}
    found = []
    for g in model.groups:
        if not solver.value(model.used[g]):
            continue
        starts = sorted(
            (solver.value(model.start[g, s]), s) for s in shown if solver.value(model.sees[g, s])
        )
        found.append({
            "id": f"G{len(found) + 1}",
            "members": [
                {"delegation": unit.guest["id"], "part": unit.part}
                for u, unit in enumerate(model.units)
                if solver.value(model.inside[u, g])
            ],
            "working_languages": [x for (h, x), v in model.speaks.items()
                                  if h == g and solver.value(v)],
            "escort": model.staff("escort")[g]["id"],
            "interpreters": {x: who for (h, x, who), v in model.helps.items()
                             if h == g and solver.value(v)},
            "visits": [{"stop": s, "start": t, "end": t + shown[s]} for t, s in starts],
        })  # fmt: skip
    return found
