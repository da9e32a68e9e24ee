"""The CP-SAT solver as planning uses it: one worker, and Ctrl-C is left to the caller."""

from __future__ import annotations

from typing import Any

from ortools.sat.python import cp_model


def exact_solver(
    *, seed: int = 1, seconds: float | None = None, work: float | None = None
) -> Any:  # ortools is untyped
    """A solver within `seconds` of the clock, or within `work` (deterministic time: the same answer
    on any machine). By itself CP-SAT catches SIGINT and afterwards leaves the system's handler in
    place, so that a later Ctrl-C would end the process and lose the best plan."""
    solver: Any = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.catch_sigint_signal = False
    if work is not None:
        solver.parameters.max_deterministic_time = work
    elif seconds is not None:
        solver.parameters.max_time_in_seconds = seconds
    return solver
