"""One fault of each kind to put into a valid problem and plan, with the rule it breaks."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

Document = dict[str, Any]
Injection = Callable[[Document, Document], None]

INJECTIONS: dict[str, tuple[str, Injection]] = {}


def _breaks(rule: str) -> Callable[[Injection], Injection]:
    def keep(injection: Injection) -> Injection:
        INJECTIONS[injection.__name__] = (rule, injection)
        return injection

    return keep


def _stop(problem: Document, key: str) -> Document:
    return next(s for s in problem["stops"] if s["id"] == key)


def _delegation(problem: Document, key: str) -> Document:
    return next(d for d in problem["delegations"] if d["id"] == key)


def _people(problem: Document, group: Document) -> int:
    return sum(
        _delegation(problem, who)["people"] for who in {m["delegation"] for m in group["members"]}
    )


def _unbar(problem: Document) -> None:
    for stop in problem["stops"]:
        stop["barred"] = []


def _way(problem: Document, a: str, b: str) -> int:
    return problem["walk"][a][b]


@_breaks("H1")
def delegation_forgotten(problem: Document, plan: Document) -> None:
    problem["delegations"].append(
        {"id": "NEW", "country": "NEW", "people": 2, "precedence": 999, "languages": ["ru"]}
    )


@_breaks("H1")
def part_in_two_groups(problem: Document, plan: Document) -> None:
    guest = plan["groups"][0]["members"][0]
    plan["groups"][1]["members"].append(guest)
    _unbar(problem)
    problem["rules"]["group_people"][1] += 99


@_breaks("H1")
def member_twice_in_a_group(problem: Document, plan: Document) -> None:
    plan["groups"][0]["members"].append(plan["groups"][0]["members"][0])
    problem["rules"]["group_people"][1] += 99


@_breaks("H1")
def stranger_in_a_group(problem: Document, plan: Document) -> None:
    plan["groups"][0]["members"].append({"delegation": "ATL", "part": 0})


@_breaks("H1")
def part_that_is_not(problem: Document, plan: Document) -> None:
    plan["groups"][0]["members"].append({"delegation": "D10", "part": 7})
    _unbar(problem)


@_breaks("H2")
def group_too_large(problem: Document, plan: Document) -> None:
    problem["rules"]["group_people"] = [1, max(_people(problem, g) for g in plan["groups"]) - 1]


@_breaks("H2")
def group_too_small(problem: Document, plan: Document) -> None:
    least = min(_people(problem, g) for g in plan["groups"])
    problem["rules"]["group_people"] = [least + 1, 99]


@_breaks("H3")
def one_language_too_many(problem: Document, plan: Document) -> None:
    problem["rules"]["working_languages_per_group"] = 1


@_breaks("H3")
def language_twice(problem: Document, plan: Document) -> None:
    plan["groups"][0]["working_languages"].append(plan["groups"][0]["working_languages"][0])


@_breaks("H3")
def language_nobody_speaks(problem: Document, plan: Document) -> None:
    _delegation(problem, plan["groups"][0]["members"][0]["delegation"])["languages"] = ["zh"]


@_breaks("H4")
def escort_missing(problem: Document, plan: Document) -> None:
    plan["groups"][0]["escort"] = None


@_breaks("H4")
def escort_of_two_groups(problem: Document, plan: Document) -> None:
    plan["groups"][0]["escort"] = plan["groups"][1]["escort"]
    for person in problem["staff"]:
        person["windows"] = [[0, problem["horizon"]]]


@_breaks("H4")
def escort_who_is_interpreter(problem: Document, plan: Document) -> None:
    for person in problem["staff"]:
        if person["id"] == plan["groups"][0]["escort"]:
            person["role"] = "interpreter"


@_breaks("H4")
def escort_unknown(problem: Document, plan: Document) -> None:
    plan["groups"][0]["escort"] = "nobody"


@_breaks("H4")
def escort_leaves_early(problem: Document, plan: Document) -> None:
    for person in problem["staff"]:
        if person["id"] == plan["groups"][0]["escort"]:
            person["windows"][0][1] -= 1


@_breaks("H4")
def escort_comes_late(problem: Document, plan: Document) -> None:
    for person in problem["staff"]:
        if person["id"] == plan["groups"][0]["escort"]:
            person["windows"][0][0] = 1


@_breaks("H4")
def interpreter_with_a_break(problem: Document, plan: Document) -> None:
    (who,) = plan["groups"][0]["interpreters"].values()
    for person in problem["staff"]:
        if person["id"] == who:
            person["windows"][1][1] -= 1


@_breaks("H4")
def interpreter_missing(problem: Document, plan: Document) -> None:
    plan["groups"][0]["interpreters"] = {}


@_breaks("H4")
def interpreter_without_the_language(problem: Document, plan: Document) -> None:
    (who,) = plan["groups"][0]["interpreters"].values()
    for person in problem["staff"]:
        if person["id"] == who:
            person["languages"] = ["ru", "zh"]


@_breaks("H4")
def interpreter_for_the_host_language(problem: Document, plan: Document) -> None:
    problem["staff"].append({"id": "extra", "role": "interpreter", "languages": ["ru"]})
    plan["groups"][0]["interpreters"]["ru"] = "extra"


@_breaks("H4")
def interpreter_of_two_groups(problem: Document, plan: Document) -> None:
    one, other = plan["groups"][0], plan["groups"][3]
    for language in other["interpreters"]:
        other["interpreters"][language] = next(iter(one["interpreters"].values()))
    for person in problem["staff"]:
        person["windows"] = [[0, problem["horizon"]]]


@_breaks("H4")
def escort_is_also_the_interpreter(problem: Document, plan: Document) -> None:
    group = plan["groups"][0]
    (language,) = group["interpreters"]
    group["interpreters"][language] = group["escort"]


@_breaks("H5")
def enemies_together(problem: Document, plan: Document) -> None:
    one, other = plan["groups"][0]["members"][0], plan["groups"][0]["members"][1]
    _delegation(problem, one["delegation"])["apart_from"] = [other["delegation"]]


@_breaks("H5")
def enemies_together_said_by_the_other(problem: Document, plan: Document) -> None:
    one, other = plan["groups"][0]["members"][0], plan["groups"][0]["members"][1]
    _delegation(problem, other["delegation"])["apart_from"] = [one["delegation"]]


@_breaks("H6")
def visit_cut_short(problem: Document, plan: Document) -> None:
    plan["groups"][0]["visits"][0]["end"] -= 1


@_breaks("H6")
def stop_opens_later(problem: Document, plan: Document) -> None:
    _stop(problem, plan["groups"][0]["visits"][0]["stop"])["windows"][0][0] += 1


@_breaks("H6")
def stop_closes_earlier(problem: Document, plan: Document) -> None:
    _stop(problem, plan["groups"][0]["visits"][0]["stop"])["windows"][0][1] -= 1


@_breaks("H6")
def visit_across_two_windows(problem: Document, plan: Document) -> None:
    visit = plan["groups"][0]["visits"][0]
    stop = _stop(problem, visit["stop"])
    opens, closes = stop["windows"][0]
    stop["windows"] = [[opens, visit["start"] + 1], [visit["start"] + 1, closes]]


@_breaks("H6")
def stop_too_small_for_the_group(problem: Document, plan: Document) -> None:
    group = plan["groups"][0]
    _stop(problem, group["visits"][0]["stop"])["people"] = _people(problem, group) - 1


@_breaks("H6")
def next_group_before_the_reset_is_over(problem: Document, plan: Document) -> None:
    starts: list[int] = []
    for stop in problem["stops"][:2]:
        starts = sorted(
            v["start"] for g in plan["groups"] for v in g["visits"] if v["stop"] == stop["id"]
        )
        if len(starts) > 1:
            break
    stop["reset"] = min(b - a for a, b in pairwise(starts)) - stop["visit"] + 1


@_breaks("H7")
def speaker_at_two_stops(problem: Document, plan: Document) -> None:
    one, other = plan["groups"][0]["visits"][0], plan["groups"][0]["visits"][1]
    for stop in problem["stops"]:
        stop.pop("speaker", None)
    _stop(problem, one["stop"])["speaker"] = _stop(problem, other["stop"])["speaker"] = "x"
    _run_together(problem, plan, one["stop"], other["stop"])


@_breaks("H7")
def speaker_twice_at_one_stop(problem: Document, plan: Document) -> None:
    where = plan["groups"][0]["visits"][0]["stop"]
    for stop in problem["stops"]:
        stop.pop("speaker", None)
    _stop(problem, where)["speaker"] = "x"
    _run_together(problem, plan, where, where)


def _run_together(problem: Document, plan: Document, here: str, there: str) -> None:
    """A second group with a timetable moved so that its visit `there` meets the first's `here`."""
    for stop in problem["stops"]:
        stop.update(groups_at_once=99, windows=[[0, 9999]], people=999, barred=[], reset=0)
    problem["horizon"] = 9999
    problem["rules"].pop("headline")
    problem["pinned"] = []
    for person in problem["staff"]:
        person["windows"] = [[0, 9999]]
    plan["groups"][2:], last = [], plan["groups"][2:]
    problem["delegations"] = [
        d for d in problem["delegations"] if d["id"][1] not in {g["escort"][1:] for g in last}
    ]
    first, second = plan["groups"]
    start = next(v["start"] for v in first["visits"] if v["stop"] == here)
    second["visits"] = [dict(v) for v in first["visits"]]
    if here == there:
        return
    moved = start - next(v["start"] for v in second["visits"] if v["stop"] == there)
    for group, shift in ((first, max(0, -moved)), (second, max(0, moved))):
        for visit in group["visits"]:
            visit.update(start=visit["start"] + shift, end=visit["end"] + shift)


@_breaks("H8")
def teleport_from_the_hall(problem: Document, plan: Document) -> None:
    problem["walk"]["hall"] = dict.fromkeys(problem["walk"]["hall"], 500)


@_breaks("H8")
def teleport_between_stops(problem: Document, plan: Document) -> None:
    ways = problem["walk"][plan["groups"][0]["visits"][0]["stop"]]
    ways.update(dict.fromkeys(ways, 500))
    for person in problem["staff"]:
        person["windows"] = [[0, 9999]]


@_breaks("H8")
def back_after_the_horizon(problem: Document, plan: Document) -> None:
    problem["horizon"] = max(
        g["visits"][-1]["end"] + _way(problem, g["visits"][-1]["stop"], "hall") - 1
        for g in plan["groups"]
    )


@_breaks("H9")
def too_few_stops(problem: Document, plan: Document) -> None:
    problem["rules"]["stops_per_group"] = [6, 6]


@_breaks("H9")
def too_many_stops(problem: Document, plan: Document) -> None:
    problem["rules"]["stops_per_group"] = [1, 4]


@_breaks("H9")
def stop_that_is_not(problem: Document, plan: Document) -> None:
    plan["groups"][2]["visits"].append({"stop": "attic", "start": 1, "end": 2})
    problem["rules"]["stops_per_group"][1] += 1


@_breaks("H10")
def steps_in_the_way(problem: Document, plan: Document) -> None:
    group = plan["groups"][0]
    _delegation(problem, group["members"][0]["delegation"])["step_free"] = True
    _stop(problem, group["visits"][0]["stop"])["step_free"] = False


@_breaks("H10")
def barred_country(problem: Document, plan: Document) -> None:
    group = plan["groups"][0]
    country = _delegation(problem, group["members"][0]["delegation"])["country"]
    _stop(problem, group["visits"][0]["stop"])["barred"].append(country)


@_breaks("H11")
def highest_head_received_last(problem: Document, plan: Document) -> None:
    last = max(
        (v["start"], g["members"][0]["delegation"])
        for g in plan["groups"]
        for v in g["visits"]
        if v["stop"] == "s2"
    )[1]
    for delegation in problem["delegations"]:
        delegation["precedence"] += 1
    _delegation(problem, last)["precedence"] = 1


@_breaks("H12")
def pinned_company_elsewhere(problem: Document, plan: Document) -> None:
    problem["pinned"].append({"delegation": "D00", "with": ["D10"]})


@_breaks("H12")
def pinned_stop_skipped(problem: Document, plan: Document) -> None:
    seen = {v["stop"] for v in plan["groups"][0]["visits"]}
    (skipped,) = {s["id"] for s in problem["stops"]} - seen
    problem["pinned"].append({"delegation": "D00", "stop": skipped})


@_breaks("H12")
def pinned_start_missed(problem: Document, plan: Document) -> None:
    problem["pinned"][2]["start"] += 1
