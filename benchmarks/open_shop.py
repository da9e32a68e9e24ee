"""Taillard's open shops: pure rotation, where every group sees every stop, against proven optima.

    python -m benchmarks.open_shop --sizes 4,5,7 --seconds 20

The instances are rebuilt from the published generator and seeds (E. Taillard, Benchmarks for basic
scheduling problems, EJOR 64, 1993, 278-285). A visit there takes a time of its own for each pair of
group and stop, which the tour format does not have, so these run on the timetable model alone.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

from ortools.sat.python import cp_model

from benchmarks.tour_cpsat import CLOCKS, solve_until

Times = list[list[int]]
RESULTS = Path(__file__).parent / "results" / "open_shop.json"

SEEDS = {
    4: [(1166510396, 164000672), (1624514147, 1076870026), (1116611914, 1729673136),
        (410579806, 1453014524), (1036100146, 375655500), (597897640, 322140729),
        (1268670769, 556009645), (307928077, 421384574), (667545295, 485515899),
        (35780816, 492238933)],
    5: [(527556884, 1343124817), (1046824493, 1973406531), (1165033492, 86711717),
        (476292817, 24463110), (1181363416, 606981348), (897739730, 513119113),
        (577107303, 2046387124), (1714191910, 1928475945), (1813128617, 2091141708),
        (808919936, 183753764)],
    7: [(1840686215, 1827454623), (1026771938, 1312166461), (609471574, 670843185),
        (1022295947, 398226875), (1513073047, 1250759651), (1612211197, 95606345),
        (435024109, 1118234860), (1760865440, 1099909092), (122574075, 10979313),
        (248031774, 1685251301)],
    10: [(1344106948, 1868311537), (425990073, 1111853152), (666128954, 1750328066),
         (442723456, 1369177184), (2033800800, 1344077538)],
    15: [(1561423441, 1787167667), (204120997, 213027331), (801158374, 1812110433),
         (1502847623, 1527847153), (282791231, 1855451778), (1130361878, 849417380),
         (379464508, 944419714), (1760142791, 1955448160), (1993140927, 179408412),
         (1678386613, 1567160817)],
    20: [(957638, 9237185), (162587311, 1489531109), (965299017, 1054695706),
         (1158457671, 1499999517), (1191143707, 1530757746), (1826671743, 901609771),
         (1591533998, 1146547719), (937297777, 92726463), (687896268, 1731298717),
         (687034842, 684013066)],
}  # fmt: skip
"""Size to (seed of the times, seed of the machines), as published; 10: the first five."""

OPTIMA = {
    4: [193, 236, 271, 250, 295, 189, 201, 217, 261, 217],
    5: [300, 262, 323, 310, 326, 312, 303, 300, 353, 326],
    7: [435, 443, 468, 463, 416, 451, 422, 424, 458, 398],
    10: [637, 588, 598, 577, 640],
    15: [937, 918, 871, 934, 946, 933, 891, 893, 899, 902],
    20: [1155, 1241, 1257, 1248, 1256, 1204, 1294, 1169, 1289, 1241],
}


ATTEMPTS = (0.15, *7 * (0.05,), *3 * (0.1,))
"""Parts of the time that are given to asking for the bound."""


def taillard(size: int, number: int) -> Times:
    """Minutes of group i at stop k, of the instance with that number (from 0) in the size."""
    time_seed, machine_seed = SEEDS[size][number]
    draw = _uniform(time_seed)
    drawn = [[draw(1, 99) for _ in range(size)] for _ in range(size)]
    draw = _uniform(machine_seed)
    times = [[0] * size for _ in range(size)]
    for i in range(size):
        machines = list(range(size))
        for j in range(size):
            k = draw(j, size - 1)
            machines[j], machines[k] = machines[k], machines[j]
        for j, machine in enumerate(machines):
            times[i][machine] = drawn[i][j]
    return times


def _uniform(seed: int) -> Callable[[int, int], int]:
    """The linear congruential generator 16807 modulo 2^31 - 1."""
    state = seed

    def draw(low: int, high: int) -> int:
        nonlocal state
        state = 16807 * state % (2**31 - 1)
        return low + int(state / (2**31 - 1) * (high - low + 1))

    return draw


def least(times: Times) -> int:
    """The longest group or stop: no rotation ends earlier."""
    return max(*map(sum, times), *map(sum, zip(*times, strict=True)))


def rotate(
    times: Times, seconds: float, seed: int = 1, clock: Callable[[], float] = time.monotonic
) -> dict[str, Any]:
    """The shortest rotation found in `seconds` of `clock`: its end, the bound, the starts.

    Most of the time goes to a question that is far easier than the search for the shortest: can
    the bound `least` be kept? Large shops nearly always can, and how long the answer takes varies
    wildly with the seed, so it is asked in short attempts with a seed each, first granting one per
    cent more. The rest of the time looks for the shortest.
    """
    begin, bound = clock(), least(times)
    best, proved = None, bound
    for attempt, share in enumerate(ATTEMPTS):
        grant = 0 if attempt else bound // 100
        status, starts, _ = _solve(times, bound + grant, share * seconds, seed + attempt, clock)
        best = starts or best
        if status == cp_model.INFEASIBLE or (starts and _end(times, starts) == bound):
            break
    if best is None or _end(times, best) > bound:
        left = seconds - (clock() - begin)
        _, starts, proved = _solve(times, None, left, seed, clock)
        if starts and (best is None or _end(times, starts) < _end(times, best)):
            best = starts
    end = None if best is None else _end(times, best)
    status = "optimal" if end == proved else "feasible"
    return {
        "status": "unknown" if end is None else status,
        "end": end,
        "bound": proved,
        "seconds": round(clock() - begin, 2),
        "starts": best,
    }


def _end(times: Times, starts: Times) -> int:
    size = range(len(times))
    return max(starts[i][k] + times[i][k] for i in size for k in size)


def _solve(
    times: Times, end: int | None, seconds: float, seed: int, clock: Callable[[], float]
) -> tuple[Any, Times | None, int]:
    """CP-SAT's status, starts and bound: a rotation that ends at `end`, or the shortest (None)."""
    cp, size, shortest = cp_model.CpModel(), range(len(times)), least(times)
    latest = 2 * shortest if end is None else end
    start = {(i, k): cp.new_int_var(0, latest - times[i][k], "") for i in size for k in size}
    spans = {
        key: cp.new_fixed_size_interval_var(at, times[key[0]][key[1]], "")
        for key, at in start.items()
    }
    for one in size:
        cp.add_no_overlap([spans[one, k] for k in size])
        cp.add_no_overlap([spans[i, one] for i in size])
    last = cp.new_int_var(shortest, latest, "")
    for (i, k), at in start.items():
        cp.add(last >= at + times[i][k])
    i, k = max(start, key=lambda x: times[x[0]][x[1]])
    cp.add(2 * start[i, k] + times[i][k] <= last)  # or else the rotation is read backwards
    if end is None:
        cp.minimize(last)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.random_seed = seed
    solver.parameters.use_dynamic_precedence_in_disjunctive = True
    solver.parameters.use_strong_propagation_in_disjunctive = True
    status = solve_until(solver, cp, clock, clock() + max(0.1, seconds))
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return status, None, shortest
    starts = [[solver.value(start[i, k]) for k in size] for i in size]
    return status, starts, shortest if end is not None else int(solver.best_objective_bound)


def overlaps(times: Times, starts: list[list[int]]) -> int:
    """How often a group is at two stops at once, or a stop has two groups at once."""
    size = range(len(times))
    lines = [[(i, k) for k in size] for i in size] + [[(i, k) for i in size] for k in size]
    wrong = 0
    for line in lines:
        spans = sorted((starts[i][k], starts[i][k] + times[i][k]) for i, k in line)
        wrong += sum(b[0] < a[1] for a, b in pairwise(spans))
    return wrong


def main() -> None:
    """Run the sizes, print a line for each, write the JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="4,5,7,10,15,20")
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument(
        "--clock",
        default="wall",
        choices=CLOCKS,
        help="cpu: seconds of processor, on a busy machine",
    )
    parser.add_argument("-o", "--output", type=Path, default=RESULTS)
    options = parser.parse_args()
    rows = []
    print("| size | optimal | worst over optimum | median s | longest s | broken | cpu s | MB |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for size in map(int, options.sizes.split(",")):
        cpu, own = time.process_time(), []
        for number, optimum in enumerate(OPTIMA[size]):
            times = taillard(size, number)
            row = rotate(times, options.seconds, clock=CLOCKS[options.clock])
            starts = row.pop("starts")
            row |= {"size": size, "number": number + 1, "optimum": optimum}
            own.append(row | {"broken": overlaps(times, starts) if starts else None})
        rows += own
        _print_size(size, own, time.process_time() - cpu)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(
        json.dumps({"limit": options.seconds, "clock": options.clock, "rows": rows}, indent=1)
        + "\n"
    )


def _print_size(size: int, rows: list[dict[str, Any]], cpu: float) -> None:
    optimal = sum(row["end"] == row["optimum"] for row in rows)
    worst = max(row["end"] / row["optimum"] - 1 for row in rows)
    seconds = sorted(row["seconds"] for row in rows)
    broken = sum(row["broken"] for row in rows)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"| {size}×{size} | {optimal} of {len(rows)} | {100 * worst:.1f} % "
        f"| {seconds[len(seconds) // 2]} | {seconds[-1]} | {broken} | {cpu:.0f} | {memory} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
