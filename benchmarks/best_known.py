"""The best known plan of each benchmark day: ten seeds of ten minutes each, or what time permits.

    python -m benchmarks.best_known --sizes small,medium,large --runs 0-9 --minutes 10

Each run is ten minutes of one search on one processor, noted in `results/best_known_runs.json` when
it ends, so the work can be stopped at any time and goes on where it was; another `--processor` may
do other runs at the same time. Better plans without fault go into `best_known.json`.
"""

from __future__ import annotations

import argparse
import json
import os
from typing import Any

from benchmarks.tours import CLOCKS, RESULTS, numbers, record, run

RUNS = RESULTS / "best_known_runs.json"


def main() -> None:
    """Run what is not done yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="small,medium,large")
    parser.add_argument("--seeds", default="0", help="instances, like 0-9")
    parser.add_argument("--runs", default="0-9", help="seeds of the search")
    parser.add_argument("--minutes", type=float, default=10.0, help="budget of one run")
    parser.add_argument("--clock", default="cpu", choices=CLOCKS)
    parser.add_argument("--processor", type=int, help="the one to search on [the first]")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):  # with two processors the planner would search on both
        first = min(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {first if options.processor is None else options.processor})
    for kind in options.sizes.split(","):
        for day in numbers(options.seeds):
            for seed in numbers(options.runs):
                name = f"{kind}-{day}, seed {seed}, {options.minutes:g} min ({options.clock})"
                if name in runs_done():
                    continue
                row = run("ours", kind, day, 60 * options.minutes, seed, options.clock)
                record([row])
                told = {key: row.get(key) for key in ("total", "faults", "cpu", "wall")}
                RUNS.parent.mkdir(parents=True, exist_ok=True)
                fresh = RUNS.with_suffix(f".{os.getpid()}")
                fresh.write_text(json.dumps(runs_done() | {name: told}, indent=1) + "\n")
                fresh.replace(RUNS)
                print(name, told, flush=True)


def runs_done() -> dict[str, Any]:
    """What earlier runs ended with, by name."""
    return json.loads(RUNS.read_text()) if RUNS.exists() else {}


if __name__ == "__main__":
    main()
