"""How much of the time or of the iterations of a planning run is used."""

from __future__ import annotations

import time
from collections.abc import Callable

CLOCK = time.monotonic
DEFAULT_SECONDS = 10.0
READING = 0.004
"""Seconds between two looks at the clock, about."""


class Budget:
    """How much of the time or of the iterations is used; one of the two is given."""

    def __init__(
        self, seconds: float | None, iterations: int | None, cancelled: Callable[[], bool]
    ) -> None:
        self.seconds = None if iterations is not None else (seconds or DEFAULT_SECONDS)
        self.iterations = iterations
        self.cancelled = cancelled
        self.started = self.now()
        self.stopped = False

    @staticmethod
    def now() -> float:
        """Seconds on the clock in use."""
        return CLOCK()

    def elapsed(self) -> float:
        """Seconds since the start; 0 with an iteration budget (the plan must not tell the time)."""
        return 0.0 if self.seconds is None else self.now() - self.started

    def half(self) -> Budget:
        """Half of this budget, from now on."""
        seconds = None if self.seconds is None else self.seconds / 2
        iterations = None if self.iterations is None else -(-self.iterations // 2)
        return Budget(seconds, iterations, self.stop)

    def stop(self) -> bool:
        """Whether the caller has asked to stop."""
        self.stopped = self.stopped or self.cancelled()
        return self.stopped

    def beside(self, ended: Callable[[], bool]) -> Budget:
        """This budget for a search beside the first: over with it, or once it has `ended`."""
        other = Budget(self.seconds, self.iterations, lambda: self.stopped or ended())
        other.started = self.started
        return other

    def span(self, begin: float, end: float, moves: int, stride: int = 1) -> Callable[[], float]:
        """A function telling how much of the part from `begin` to `end` of the budget is used; with
        an iteration budget each call counts `stride` of `moves`."""
        count = 0

        def by_count() -> float:
            nonlocal count
            count += stride
            return 1.0 if self.stop() else (count - stride) / max(1, moves)

        return by_count if self.seconds is None else self._by_clock(begin, end)

    def _by_clock(self, begin: float, end: float) -> Callable[[], float]:
        """Reading a clock may cost as much as a step of the search: it is read every few calls,
        so often that some thousandths of a second lie between."""
        left, every, read, share = 0, 1, self.now(), 0.0

        def by_clock() -> float:
            nonlocal left, every, read, share
            if left > 0:
                left -= 1
                return share
            assert self.seconds is not None
            now = self.now()
            every = min(16, 2 * every) if now - read < READING else max(1, every // 2)
            left, read = every - 1, now
            used = (now - self.started) / self.seconds
            share = 1.0 if self.stop() else max(0.0, (used - begin) / max(1e-9, end - begin))
            return share

        return by_clock
