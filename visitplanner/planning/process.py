"""Planning in a process of its own: progress through a callback, cancelled within 100 ms."""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from multiprocessing.synchronize import Event as Flag

from visitplanner.planning.plan import Plan, Progress
from visitplanner.planning.planner import plan
from visitplanner.planning.problem import Problem

PATIENCE = 0.05
"""Seconds a cancelled process may take to hand over its best plan before it is ended."""
LOOK = 0.01


class PlanningStopped(RuntimeError):  # noqa: N818 - a fact, not a mistake of the caller
    """The planning process ended without an answer (killed, or out of memory)."""


def plan_apart(
    problem: Problem,
    *,
    seconds: float | None = None,
    iterations: int | None = None,
    seed: int = 1,
    on_progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    language: str = "en",
) -> Plan:
    """`planner.plan` in a fresh process, so that it neither holds this one's interpreter lock nor
    its memory. `on_progress` is called here, in this thread; once `cancelled()` is true the best
    plan so far is returned within 100 ms. Raises PlanningStopped when the process dies."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    stop = context.Event()
    work = (problem, seconds, iterations, seed, language)
    process = context.Process(target=_work, args=(there, stop, work), daemon=True)
    process.start()
    there.close()
    try:
        return _listen(here, stop, seed, on_progress, cancelled)
    finally:
        here.close()
        # It holds nothing worth an orderly end, and nobody should wait for one.
        process.kill()
        threading.Thread(target=_reap, args=(process,), daemon=True).start()


def _reap(process: SpawnProcess) -> None:
    process.join()
    process.close()


def _listen(
    pipe: Connection,
    stop: Flag,
    seed: int,
    on_progress: Callable[[Progress], None] | None,
    cancelled: Callable[[], bool],
) -> Plan:
    best: Plan | None = None
    ends: float | None = None
    while ends is None or time.monotonic() < ends:
        if ends is None and cancelled():
            stop.set()
            ends = time.monotonic() + PATIENCE
        if not pipe.poll(LOOK):
            continue
        try:
            message = pipe.recv()
        except EOFError as error:
            raise PlanningStopped("the planning process ended without an answer") from error
        if isinstance(message, Plan):
            return message
        if message.plan.status == "feasible":
            best = message.plan
        if on_progress is not None and ends is None:
            on_progress(message)
    return best if best is not None else Plan("unknown", seed=seed)


def _work(
    pipe: Connection, stop: Flag, work: tuple[Problem, float | None, int | None, int, str]
) -> None:
    problem, seconds, iterations, seed, language = work
    checked = time.monotonic()
    stopped = False

    def cancelled() -> bool:
        # Asking the flag costs a system call; every few milliseconds is often enough.
        nonlocal checked, stopped
        if not stopped and time.monotonic() - checked > 0.005:
            stopped, checked = stop.is_set(), time.monotonic()
        return stopped

    try:
        found = plan(
            problem, seconds=seconds, iterations=iterations, seed=seed, on_progress=pipe.send,
            cancelled=cancelled, language=language,
        )  # fmt: skip
        pipe.send(found)
    except (BrokenPipeError, KeyboardInterrupt):
        return
    finally:
        pipe.close()
