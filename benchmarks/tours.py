"""Tour planning: ours, the spreadsheet, the dispatcher and CP-SAT alone on the same days.

    python -m benchmarks.tours --sizes small,medium --seeds 0-2 --seconds 10

Each run has a process of its own, so that processor time and memory are its own; every plan is
judged by the independent checker, which also computes its score. With --record, better plans of
ours than `best_known.json` has go into that file.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import platform
import resource
import time
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import tour_rivals
from benchmarks.tour_instances import SIZES, generate
from visitplanner.planning.checker import check, check_groups, score

Document = dict[str, Any]
HERE = Path(__file__).parent
BEST_KNOWN = HERE / "best_known.json"
RESULTS = HERE / "results"

Clock = Callable[[], float]
CLOCKS: dict[str, Clock] = {"wall": time.monotonic, "cpu": time.process_time}


def ours(problem: Document, seconds: float, seed: int, clock: Clock) -> Document:
    """Our planner, with the second of its first plan and of its first plan without shortfall."""
    from visitplanner.planning import budget, planner
    from visitplanner.planning.plan_file import plan_to_json
    from visitplanner.planning.problem_file import read_problem

    budget.CLOCK = clock
    begin = clock()
    seen: list[tuple[float, Any]] = []
    parsed = read_problem(problem)
    found = planner.plan(
        parsed,
        seconds=seconds,
        seed=seed,
        on_progress=lambda progress: seen.append((clock() - begin, progress.plan)),
    )
    document = plan_to_json(parsed, found)
    complete = (t for t, p in seen if not check_groups(problem, plan_to_json(parsed, p)["groups"]))
    return document | {"first": seen[0][0] if seen else None, "complete": next(complete, None)}


def spreadsheet(problem: Document, seconds: float, seed: int, clock: Clock) -> Document:
    """Equal slots by hand."""
    return tour_rivals.spreadsheet(problem)


def dispatcher(problem: Document, seconds: float, seed: int, clock: Clock) -> Document:
    """One group at a time, by radio."""
    return tour_rivals.dispatcher(problem)


def cpsat(problem: Document, seconds: float, seed: int, clock: Clock) -> Document | None:
    """Everything in one CP-SAT model."""
    from benchmarks.tour_cpsat import solve

    return solve(problem, seconds, seed, clock=clock)


METHODS: dict[str, Callable[[Document, float, int, Clock], Document | None]] = {
    "ours": ours,
    "spreadsheet": spreadsheet,
    "dispatcher": dispatcher,
    "cp-sat": cpsat,
}


def _child(
    pipe: Connection, method: str, kind: str, day: int, seconds: float, seed: int, clock: str
) -> None:
    problem = generate(kind, day)
    begin, before = time.monotonic(), time.process_time()
    document = METHODS[method](problem, seconds, seed, CLOCKS[clock])
    row: Document = {
        "problem": problem["name"],
        "method": method,
        "budget": seconds,
        "clock": clock,
        "seed": seed,
        "wall": round(time.monotonic() - begin, 2),
        "cpu": round(time.process_time() - before, 2),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "status": "none" if document is None else document["status"],
    }
    nothing = document is None or not document["groups"]
    pipe.send(row if nothing else row | _judge(problem, document))


def _judge(problem: Document, document: Document) -> Document:
    """What the checker says of the groups, and the figures a coordinator asks for."""
    groups = document["groups"]
    own = score(problem, groups)
    extra = {key: document.pop(key, None) for key in ("first", "complete")}
    faults = check_groups(problem, groups) if "score" not in document else check(problem, document)
    parts = [p for d in problem["delegations"] for p in (d.get("parts") or [d])]
    wishes = sum(sum(p.get("wishes", {}).values()) for p in parts)
    visits = sum(len(g["visits"]) for g in groups)
    return {
        **own,
        "faults": len(faults),
        "groups": len(groups),
        "visits": visits,
        "unmet_percent": round(100 * own["unmet_wish"] / wishes, 1),
        "idle_per_visit": round(own["idle"] / max(1, visits), 2),
        "bound": document.get("bound"),
        "grouping_bound": document.get("grouping_bound"),
        "gap": _gap(own["total"], document.get("grouping_bound")),
        "whole_gap": _gap(own["total"], document.get("bound")),
        **{key: None if value is None else round(value, 2) for key, value in extra.items()},
    }


def _gap(total: int, bound: int | None) -> float | None:
    return round((total - bound) / bound, 4) if bound else None


def run(
    method: str, kind: str, day: int, seconds: float, seed: int = 1, clock: str = "wall"
) -> Document:
    """One run in a fresh process; the row of the table."""
    context = multiprocessing.get_context("spawn")
    receive, send = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(send, method, kind, day, seconds, seed, clock))
    child.start()
    send.close()
    try:
        row: Document = receive.recv()
    except EOFError as error:
        raise SystemExit(f"{method} on {kind}-{day} died") from error
    finally:
        child.join()
    return row


COLUMNS = (
    ("problem", "problem"), ("method", "method"), ("total", "score"), ("over_best", "over best"),
    ("faults", "broken"), ("groups", "groups"), ("visits", "visits"),
    ("unmet_percent", "unmet %"), ("idle_per_visit", "idle/visit"), ("gap", "gap"),
    ("whole_gap", "over all"),
    ("first", "first s"), ("complete", "complete s"), ("wall", "wall s"), ("cpu", "cpu s"),
    ("megabytes", "MB"),
)  # fmt: skip


def table(rows: Iterable[Document]) -> str:
    """The rows as a Markdown table."""
    head = [title for _, title in COLUMNS]
    lines = [head, ["---"] * len(head)]
    lines += [[_cell(key, row.get(key)) for key, _ in COLUMNS] for row in rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cell(key: str, value: object) -> str:
    if value is None:
        return "–"
    if key in ("gap", "whole_gap", "over_best") and isinstance(value, (int, float)):
        return f"{100 * value:.1f} %"
    return f"{value:,}" if isinstance(value, (int, float)) else str(value)


def summary(rows: list[Document]) -> str:
    """Medians per size and method."""
    lines = []
    for kind in SIZES:
        for method in METHODS:
            own = [r for r in rows if r["method"] == method and r["problem"].startswith(kind)]
            scores = [r["total"] for r in own if "total" in r]
            if own and scores:
                lines.append(
                    f"{kind}, {method}: {len(scores)} of {len(own)} runs with a plan, "
                    f"median score {median(scores):,}, "
                    f"broken rules {sum(r.get('faults', 0) for r in own)}"
                )
    return "\n".join(lines)


def best_known() -> Document:
    """The best known total of each problem, and how it was reached."""
    return json.loads(BEST_KNOWN.read_text()) if BEST_KNOWN.exists() else {}


def record(rows: list[Document]) -> None:
    """Keep better plans without fault as the best known."""
    best = best_known()
    for row in rows:
        if row.get("faults") == 0 and row["total"] < best.get(row["problem"], {}).get("total", 1e9):
            best[row["problem"]] = {
                "total": row["total"],
                "how": f"{row['method']}, {row['budget']:g} s ({row['clock']}), seed {row['seed']}",
            }
    BEST_KNOWN.write_text(json.dumps(dict(sorted(best.items())), indent=1) + "\n")


def numbers(text: str) -> list[int]:
    """“0-3,7” is 0, 1, 2, 3, 7."""
    found: list[int] = []
    for piece in text.split(","):
        low, _, high = piece.partition("-")
        found += range(int(low), int(high or low) + 1)
    return found


def main() -> None:
    """Run what is asked for, print the table, write the JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="small,medium,large")
    parser.add_argument("--seeds", default="0", help="instances, like 0-9")
    parser.add_argument("--seconds", type=float, default=10.0, help="budget of ours and of CP-SAT")
    parser.add_argument("--methods", default=",".join(METHODS))
    parser.add_argument("--runs", default="1", help="seeds of the search, like 1-10")
    parser.add_argument(
        "--clock",
        default="wall",
        choices=CLOCKS,
        help="cpu: seconds of processor, on a busy machine",
    )
    parser.add_argument("--record", action="store_true", help="update best_known.json")
    parser.add_argument("-o", "--output", type=Path, default=RESULTS / "tours.json")
    options = parser.parse_args()
    best, rows = best_known(), []
    for kind in options.sizes.split(","):
        for day in numbers(options.seeds):
            for method in options.methods.split(","):
                for seed in numbers(options.runs) if method in ("ours", "cp-sat") else [1]:
                    row = run(method, kind, day, options.seconds, seed, options.clock)
                    known = best.get(row["problem"], {}).get("total")
                    if known and "total" in row:
                        row["over_best"] = round(row["total"] / known - 1, 4)
                    rows.append(row)
                    print(json.dumps(row), flush=True)
    print(table(rows), summary(rows), sep="\n\n")
    options.output.parent.mkdir(parents=True, exist_ok=True)
    about = {
        "python": platform.python_version(),
        "seconds": options.seconds,
        "clock": options.clock,
        "rows": rows,
    }
    options.output.write_text(json.dumps(about, indent=1) + "\n")
    if options.record:
        record(rows)


if __name__ == "__main__":
    main()
