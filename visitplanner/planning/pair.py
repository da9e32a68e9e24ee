"""Two searches of one day side by side, each on a processor of its own.

The compiled search lets go of the interpreter, so a thread is enough. At meetings the search that
is behind goes on from the timetable of the other; nobody waits for anybody."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from visitplanner.planning.tour import Snapshot

LEAST_SECONDS = 5.0
"""Seconds of a budget from which a second search is worth its beginning."""
FAREWELL = 0.05
"""Seconds a second search may take to end; it looks at the flag every few milliseconds."""


def worth_while(seconds: float | None) -> bool:
    """Whether a second search helps: not where iterations are counted, whose plans are the same
    everywhere, nor in short runs, nor with one processor."""
    return seconds is not None and seconds >= LEAST_SECONDS and _processors() >= 2


def _processors() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not every system knows which processors are ours
        return os.cpu_count() or 1


class Pool:
    """The best timetable that searches of the same day have offered one another."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._best: Snapshot | None = None

    def exchange(self, own: Snapshot) -> Snapshot:
        """Offer a timetable; the best offered so far, which may be it."""
        with self._lock:
            if self._best is None or own.rank < self._best.rank:
                self._best = own
            return self._best


@contextmanager
def beside(work: Callable[[Callable[[], bool]], None]) -> Iterator[None]:
    """Run `work` in a thread until the block ends; it is given a function telling whether that is
    so. What went wrong in it is raised at the end of the block."""
    ended = threading.Event()
    errors: list[Exception] = []

    def run() -> None:
        try:
            work(ended.is_set)
        except Exception as error:
            errors.append(error)

    thread = threading.Thread(target=run, name="second search", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(FAREWELL)
    if errors:
        raise errors[0]
