"""Whether guests make groups at all: the exact proof against all divisions there are."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from tests.planning.cases import random_day
from visitplanner.planning.campus import compile_campus
from visitplanner.planning.division import indivisible
from visitplanner.planning.planner import plan
from visitplanner.planning.problem_file import read_problem

STOPS = ("s0", "s1", "s2", "s3")


def small_day(
    sizes: list[int], group: tuple[int, int] = (4, 8), escorts: int = 3
) -> dict[str, Any]:
    """A day without crowds: delegations of these sizes, all of one language."""
    places = (*STOPS, "hall")
    return {
        "format": "visitplanner-tour-problem/1",
        "name": "A small day",
        "start": "2026-10-31T11:00+03:00",
        "horizon": 240,
        "host_languages": ["ru"],
        "delegations": [
            {
                "id": f"D{n}",
                "country": f"C{n}",
                "people": size,
                "precedence": n + 1,
                "languages": ["ru"],
                "wishes": {},
            }
            for n, size in enumerate(sizes)
        ],
        "stops": [
            {"id": s, "name": s, "groups_at_once": 6, "people": 30, "visit": 10} for s in STOPS
        ],
        "hall": "hall",
        "walk": {a: {b: 3 for b in places if a != b} for a in places},
        "staff": [{"id": f"E{k}", "role": "escort", "languages": ["ru"]} for k in range(escorts)]
        + [
            {"id": f"I{k}", "role": "interpreter", "languages": ["ru", "en", "fr"]}
            for k in range(9)
        ],
        "rules": {"group_people": list(group), "stops_per_group": [2, 3]},
    }


def pinned_apart() -> dict[str, Any]:
    """Each of two delegations is pinned to where the other may not go."""
    document = small_day([3, 3, 3], (4, 9))
    document["stops"][0]["barred"] = ["C1"]
    document["stops"][1]["barred"] = ["C0"]
    document["pinned"] = [{"delegation": f"D{k}", "stop": f"s{k}"} for k in range(2)]
    return document


def three_languages() -> dict[str, Any]:
    document = small_day([3, 3, 3], (5, 9))
    for guests, spoken in zip(document["delegations"], ("ru", "en", "fr"), strict=True):
        guests["languages"] = [spoken]
    document["rules"]["working_languages_per_group"] = 2
    return document


@pytest.mark.parametrize(
    ("document", "ways"),
    [
        (small_day([6, 1, 1, 1]), {"way-groups", "way-small"}),
        (small_day([3, 3, 3, 3, 3], (7, 8)), {"way-small"}),
        (small_day([5, 5, 5], (4, 8), escorts=2), {"way-escorts", "way-groups"}),
        (pinned_apart(), {"way-pins", "way-small"}),
        (three_languages(), {"way-languages", "way-small"}),
    ],
)
def test_days_without_any_grouping_are_proved_impossible(
    document: dict[str, Any], ways: set[str]
) -> None:
    found = plan(read_problem(document), iterations=60)
    assert found.status == "infeasible"
    assert ways <= {r.code for r in found.reasons}


def test_escorts_are_named_where_one_more_would_do() -> None:
    found = plan(read_problem(small_day([5, 5, 5], (4, 8), escorts=2)), iterations=60)
    assert next(r.code for r in found.reasons) == "division-escorts"
    assert "one more escort" in next(r.text for r in found.reasons if r.code == "way-escorts")
    assert plan(read_problem(small_day([5, 5, 5], (4, 8))), iterations=60).status == "feasible"


def test_nothing_is_claimed_where_company_is_in_parts() -> None:
    document = small_day([3, 5, 3, 3, 3], (4, 8))
    document["delegations"][1] |= {"parts": [{"people": 3}, {"people": 2}]}
    document["pinned"] = [{"delegation": "D0", "with": ["D1"]}]
    del document["delegations"][1]["wishes"]
    campus = compile_campus(read_problem(document))
    assert not indivisible(campus, 3)


def test_the_proof_does_not_wait_for_the_end_of_the_search() -> None:
    found = plan(read_problem(small_day([6, 1, 1, 1])), seconds=250)
    assert found.status == "infeasible"
    assert found.seconds < 200


def divisions(items: list[int]) -> Iterator[list[list[int]]]:
    """All ways to divide a list into groups."""
    if not items:
        yield []
        return
    for rest in divisions(items[1:]):
        yield [[items[0]], *rest]
        for k in range(len(rest)):
            yield [*rest[:k], [items[0], *rest[k]], *rest[k + 1 :]]


def holds(document: dict[str, Any], group: list[int]) -> bool:
    """Whether these delegations may be one group, read from the file alone."""
    guests, rules = [document["delegations"][k] for k in group], document["rules"]
    people = sum(d["people"] for d in guests)
    low, high = rules["group_people"]
    names = {d["id"] for d in guests}
    languages = sorted({x for d in guests for x in d["languages"]})
    pairs = [{a, b} for a in languages for b in languages]
    stops = [
        s["id"]
        for s in document["stops"]
        if people <= s["people"] and not {d["country"] for d in guests} & set(s.get("barred", []))
    ]
    pins = {p["stop"] for p in document.get("pinned", []) if p["delegation"] in names}
    return (
        low <= people <= high
        and not any(names & set(d.get("apart_from", [])) for d in guests)
        and any(all(set(d["languages"]) & pair for d in guests) for pair in pairs)
        and len(stops) >= rules["stops_per_group"][0]
        and pins <= set(stops)
    )


@pytest.mark.parametrize("seed", range(60))
def test_the_proof_agrees_with_all_divisions_there_are(seed: int) -> None:
    r = Random(seed)
    low = r.randint(3, 6)
    sizes = [r.randint(1, 5) for _ in range(r.randint(3, 6))]
    document = small_day(sizes, (low, low + r.randint(2, 4)), escorts=r.randint(1, 4))
    document["rules"]["working_languages_per_group"] = 2
    for guests in document["delegations"]:
        guests["languages"] = r.sample(["ru", "en", "fr"], r.choice([1, 1, 2]))
    for a, b in (r.sample(range(len(sizes)), 2) for _ in range(r.randint(0, 2))):
        document["delegations"][a]["apart_from"] = [f"D{b}"]
    for stop in document["stops"]:
        stop["people"] = r.choice([low + 1, 30])
        stop["barred"] = [f"C{k}" for k in range(len(sizes)) if r.random() < 0.15]
    document["pinned"] = [
        {"delegation": f"D{k}", "stop": r.choice(STOPS)}
        for k in range(len(sizes))
        if r.random() < 0.2
    ]
    campus = compile_campus(read_problem(document))
    escorts = len(campus.problem.staff_of("escort"))
    possible = any(
        len(groups) <= escorts and all(holds(document, g) for g in groups)
        for groups in divisions(list(range(len(sizes))))
    )
    assert indivisible(campus, escorts) is not possible


@pytest.mark.parametrize("seed", range(20))
def test_nothing_is_claimed_of_a_day_with_a_plan(seed: int) -> None:
    problem = read_problem(random_day(seed))
    if plan(problem, iterations=20).groups:
        campus = compile_campus(problem)
        assert not indivisible(campus, len(problem.staff_of("escort")))
