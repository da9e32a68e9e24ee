"""What a coordinator feels besides the score: stopping, explanations, memory.

    python -m benchmarks.tour_service --stops 20

Planning runs in a process of its own and is stopped at random moments after its first plan; the
milliseconds are those until the best plan is in hand. Explanations are those of the documented days
of the tests. Memory is the largest of the planning process, in which nothing else runs.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from statistics import median

from benchmarks.tour_instances import SIZES, generate
from visitplanner.planning.planner import plan
from visitplanner.planning.problem_file import read_problem
from visitplanner.planning.process import plan_apart

PROBLEMS = Path(__file__).parent.parent / "tests/planning/problems"


def stopping(kind: str, times: int) -> list[float]:
    """Milliseconds from asking a planning process to stop until its best plan is in hand."""
    problem, random, found = read_problem(generate(kind, 0)), Random(1), []
    for _ in range(times):
        begun, asked = threading.Event(), threading.Event()
        moment: list[float] = []

        def ask(wait: float, begun: threading.Event, asked: threading.Event,
                moment: list[float]) -> None:  # fmt: skip
            begun.wait(60)
            time.sleep(wait)
            moment.append(time.monotonic())
            asked.set()

        thread = threading.Thread(
            target=ask, args=(random.uniform(0, 1.5), begun, asked, moment), daemon=True
        )
        thread.start()
        best = plan_apart(
            problem, seconds=300, cancelled=asked.is_set,
            on_progress=lambda step, begun=begun: begun.set() if step.plan.groups else None,
        )  # fmt: skip
        found.append(1000 * (time.monotonic() - moment[0]))
        assert best.groups or best.status == "unknown"
    return found


def explanation(name: str) -> tuple[float, float, int]:
    """Wall and processor seconds of an infeasible day's explanation, and how many ways out."""
    problem = read_problem(PROBLEMS / name)
    wall, cpu = time.monotonic(), time.process_time()
    found = plan(problem, seconds=5)
    ways = sum(1 for r in found.reasons if r.code.startswith("way-"))
    return time.monotonic() - wall, time.process_time() - cpu, ways


def _fresh(pipe: Connection, work: str, argument: str) -> None:
    if work == "explain":
        pipe.send(explanation(argument))
    else:
        plan(read_problem(generate(argument, 0)), seconds=8)
        pipe.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def fresh(work: str, argument: str) -> tuple[float, float, int] | float:
    """The answer of a process in which nothing ran before."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    child = context.Process(target=_fresh, args=(there, work, argument))
    child.start()
    found: tuple[float, float, int] | float = here.recv()
    child.join()
    return found


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stops", type=int, default=20, help="how often each size is stopped")
    times = parser.parse_args().stops
    print("| problem | stopped in, median ms | longest ms | memory MB |")
    print("| --- | --- | --- | --- |")
    for kind in SIZES:
        waits = stopping(kind, times)
        memory = fresh("memory", kind)
        print(f"| {kind} | {median(waits):.0f} | {max(waits):.0f} | {memory:.0f} |", flush=True)
    print("\n| explained | wall s | processor s | ways out |\n| --- | --- | --- | --- |")
    for name in ("demo-five-stops.json", "demo-six-stops.json"):
        wall, cpu, ways = fresh("explain", name)  # type: ignore[misc]
        print(f"| {name} | {wall:.2f} | {cpu:.2f} | {ways} |", flush=True)


if __name__ == "__main__":
    main()
