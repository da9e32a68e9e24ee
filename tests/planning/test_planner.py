"""The planner's plans stand before the independent checker, and are the same everywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planning.cases import demo_day, random_day
from visitplanner.planning.checker import check
from visitplanner.planning.plan_file import plan_bytes, plan_to_json, read_plan
from visitplanner.planning.planner import plan
from visitplanner.planning.problem_file import read_problem


def solved(document: dict[str, Any], iterations: int = 60, seed: int = 1) -> dict[str, Any]:
    """The plan file of a problem file, already judged by the checker."""
    problem = read_problem(document)
    found = plan_to_json(problem, plan(problem, iterations=iterations, seed=seed))
    if found["status"] in ("feasible", "optimal"):
        assert check(document, found) == []
    return found


def test_the_day_of_the_visit_has_a_plan_of_nine_groups_at_four_stops_each() -> None:
    found = solved(demo_day(4), iterations=300)
    assert found["status"] in ("feasible", "optimal")
    assert len(found["groups"]) == 9
    assert {len(g["visits"]) for g in found["groups"]} == {4}
    assert found["seconds"] == 0


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_a_plan_keeps_every_hard_rule(seed: int) -> None:
    found = solved(random_day(seed), iterations=30)
    assert found["status"] != "unknown" or found["groups"] == []


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_a_written_plan_reads_back_the_same(seed: int) -> None:
    problem = read_problem(random_day(seed))
    found = plan(problem, iterations=10)
    again = read_plan(json.loads(plan_bytes(problem, found)))
    assert again.groups == found.groups
    assert again.score == found.score


def test_same_seed_and_iterations_give_the_same_bytes_whatever_the_hash_seed() -> None:
    program = (
        "import sys; from tests.planning.cases import random_day;"
        "from visitplanner.planning.problem_file import read_problem;"
        "from visitplanner.planning.planner import plan;"
        "from visitplanner.planning.plan_file import plan_bytes;"
        "p = read_problem(random_day(7, 20, 6));"
        "sys.stdout.buffer.write(plan_bytes(p, plan(p, iterations=120, seed=5)))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            check=True,
        ).stdout
        for hash_seed in ("0", "4242")
    }
    assert len(outputs) == 1
    assert b'"groups"' in outputs.pop()


@pytest.mark.parametrize("seed", [1, 2])
def test_cancelling_keeps_the_best(seed: int) -> None:
    problem = read_problem(random_day(3))
    seen = []
    found = plan(
        problem,
        iterations=10**9,
        seed=seed,
        on_progress=seen.append,
        cancelled=lambda: any(p.plan.status == "feasible" for p in seen),
    )
    assert found.status in ("feasible", "optimal")
    assert found.score.total <= seen[-1].score.total
