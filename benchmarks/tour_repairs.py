"""Repairs on the day: how long the quick answer takes, and how often it is proved or bettered.

    python -m benchmarks.tour_repairs --events 200 --proofs 40

Events are drawn as in the tests of repairs, on the generated days of seed 0; proofs on four small
days. Times are milliseconds and seconds of processor, so that a busy machine does not count.
"""

from __future__ import annotations

import argparse
import time
from random import Random
from statistics import median

from benchmarks.tour_instances import SIZES, generate
from tests.support.tour_events import drawn
from visitplanner.planning import answer, planner
from visitplanner.planning.events import Event, read_event
from visitplanner.planning.plan import Plan
from visitplanner.planning.plan_file import plan_to_json
from visitplanner.planning.problem import Problem
from visitplanner.planning.problem_file import read_problem
from visitplanner.planning.repair import better_repair, faults_of, repair

ITERATIONS = {"small": 20_000, "medium": 4_000, "large": 1_000}
SMALL_DAYS = (0, 1, 2, 3)
SEARCH_SEEDS = range(1, 10)
WALL = 15.0
"""Seconds of wall clock after which a proof is given up."""


def published(kind: str, day: int) -> tuple[Problem, Plan]:
    """A generated day and its plan of the first search seed that has one (small-2 has few stop
    hours to spare); its bound, which takes long on large days, is not wanted."""
    answer.MOST_ROUNDS = 0
    problem = read_problem(generate(kind, day))
    plans = (planner.plan(problem, seed=n, iterations=ITERATIONS[kind]) for n in SEARCH_SEEDS)
    return problem, next(found for found in plans if found.groups)


def event_of(problem: Problem, found: Plan, kind: str, day: int, number: int) -> Event:
    """An event drawn for a plan."""
    document = plan_to_json(problem, found)
    return read_event(drawn(Random(number), generate(kind, day), document), problem, found)


def quick(kind: str, events: int) -> list[float]:
    """Milliseconds of each quick answer."""
    problem, found = published(kind, 0)
    times = []
    for number in range(events):
        event = event_of(problem, found, kind, 0, number)
        begin = time.process_time()
        repair(problem, found, event)
        times.append(1000 * (time.process_time() - begin))
    return times


def proofs(events: int) -> list[tuple[bool, bool, float]]:
    """Of each small repair: proved or not, bettered or not, seconds of processor."""
    rows = []
    for day in SMALL_DAYS:
        problem, found = published("small", day)
        for number in range(events // len(SMALL_DAYS)):
            event = event_of(problem, found, "small", day, number)
            answer = repair(problem, found, event)
            broken = len(faults_of(answer))
            begin = time.process_time()
            better = better_repair(problem, found, event, answer, broken=broken, seconds=WALL)
            spent = time.process_time() - begin
            proved = better is not None and better.proved
            rows.append((proved, better is not None and better.plan != answer.plan, spent))
    return rows


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=200)
    parser.add_argument("--proofs", type=int, default=40)
    options = parser.parse_args()
    print("| size | events | median ms | longest ms |", "| --- | --- | --- | --- |", sep="\n")
    for kind in SIZES:
        times = quick(kind, options.events)
        print(f"| {kind} | {len(times)} | {median(times):.1f} | {max(times):.1f} |", flush=True)
    rows = proofs(options.proofs)
    print(f"\nsmall repairs: {len(rows)}, bettered: {sum(better for _, better, _ in rows)}")
    for limit in (1, 5, WALL):
        count = sum(proved and spent <= limit for proved, _, spent in rows)
        print(f"proved within {limit:g} s: {count} ({100 * count / max(1, len(rows)):.0f} %)")


if __name__ == "__main__":
    main()
