"""The benchmark stays what it is: instances by fingerprint, rivals and open shops by figures."""

from __future__ import annotations

import hashlib
import json

import pytest

from benchmarks.open_shop import OPTIMA, least, overlaps, rotate, taillard
from benchmarks.tour_instances import Day, generate
from benchmarks.tour_rivals import dispatcher, spreadsheet
from visitplanner.planning.checker import check_groups, score


def fingerprint(document: object) -> str:
    text = json.dumps(document, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@pytest.mark.parametrize(
    ("kind", "seed", "expected"),
    [
        ("small", 0, "fb945c9159fa88b3"),
        ("small", 1, "898c55f9c17cc5c8"),
        ("small", 2, "17081de2c3451960"),
        ("small", 7, "de1c660a19b357ea"),
        ("medium", 0, "6058780054f2a5be"),
        ("medium", 1, "8d4745a71a6bcd86"),
        ("medium", 2, "94a67f85948ecce3"),
        ("medium", 7, "da939ac7a9527826"),
        ("large", 0, "403e72db546f3fb6"),
        ("large", 1, "449b0e2a8a367ce8"),
        ("large", 2, "5e5572d294da56a1"),
        ("large", 7, "fa0b724fc521a6f3"),
    ],
)
def test_a_size_and_a_seed_mean_the_same_problem_for_ever(
    kind: str, seed: int, expected: str
) -> None:
    assert fingerprint(generate(kind, seed)) == expected


def test_a_varied_day_is_the_same_for_ever_too() -> None:
    assert fingerprint(generate("small", 3, Day(0.9, 200, 4, 5))) == "e73f2b396e871502"


@pytest.mark.parametrize(
    ("kind", "by_sheet", "by_radio"),
    [("small", 4104, 3753), ("medium", 10805, 8012), ("large", 22508, 17590)],
)
def test_the_rivals_make_the_plans_that_were_measured(
    kind: str, by_sheet: int, by_radio: int
) -> None:
    problem = generate(kind, 0)
    for method, expected in ((spreadsheet, by_sheet), (dispatcher, by_radio)):
        groups = method(problem)["groups"]
        assert score(problem, groups)["total"] == expected
        assert {f.rule for f in check_groups(problem, groups)} <= {"H2", "H4", "H9", "H11"}


@pytest.mark.parametrize("size", OPTIMA)
def test_the_rebuilt_open_shops_fit_their_published_optima(size: int) -> None:
    for number, optimum in enumerate(OPTIMA[size]):
        assert 0.85 * optimum <= least(taillard(size, number)) <= optimum


def test_a_small_open_shop_is_solved_to_its_optimum() -> None:
    times = taillard(4, 0)
    found = rotate(times, seconds=20)
    assert (found["status"], found["end"]) == ("optimal", OPTIMA[4][0])
    assert overlaps(times, found["starts"]) == 0
