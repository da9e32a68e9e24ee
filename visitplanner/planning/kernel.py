"""The planner's inner loops, compiled by LuaJIT: a calendar of free places, the exact search for
one group's cheapest tour in it, and the search for groups and their tours."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Iterable
from importlib.resources import files
from itertools import chain
from typing import Any, cast

from visitplanner.planning.campus import MISSING_STOP, Campus

PARTS = (
    "kernel.lua", "solo.lua", "kernel_prices.lua", "groups.lua", "rota.lua", "trade.lua",
    "rota_run.lua",
)  # fmt: skip
"""One chunk, in this order."""
MOST_IDLE = 2
"""Warm states kept for the next kernels of a thread."""
WIDTH = 16
"""Most stops one search looks at (the most profitable ones)."""

Ints = tuple[int, ...]
Visits = tuple[tuple[int, int], ...]
"""Stop and start of each visit."""


def pack(numbers: Iterable[int]) -> bytes:
    """Whole numbers as the other language reads them, 32 bits each."""
    return array("i", numbers).tobytes()


_local = threading.local()


def _idle_states() -> list[Any]:
    """Warm LuaJIT states of this thread (`Any`: objects of another language)."""
    if not hasattr(_local, "idle"):
        _local.idle = []
    return cast("list[Any]", _local.idle)


def _new_state() -> Any:
    from lupa.luajit21 import LuaRuntime  # type: ignore[import-untyped,unused-ignore]

    lua: Any = LuaRuntime(encoding=None, unpack_returned_tuples=True)
    here = files("visitplanner.planning")
    return lua.execute(b"".join(here.joinpath(part).read_bytes() for part in PARTS))


class Kernel:
    """`kernel.lua` in a LuaJIT state that no other kernel uses meanwhile; states are kept warm for
    the next kernel of the same thread."""

    def __init__(self, campus: Campus) -> None:
        self._home = _idle_states()
        self._lua: Any = self._home.pop() if self._home else _new_state()
        args = kernel_arguments(campus)
        self._lua[b"setup"](
            args[0], args[1], *args[2], *args[3], args[4], args[5],
            max(campus.speaker) + 1, *(pack(t) for t in args[6]),
        )  # fmt: skip
        self._book = self._lua[b"book"]
        self._tour = self._lua[b"tour"]
        self._solo = self._lua[b"solo"]
        self._profile = self._lua[b"profile"]
        self.search: Any = self._lua[b"search"]

    def __del__(self) -> None:
        if hasattr(self, "_profile") and len(self._home) < MOST_IDLE:
            self._home.append(self._lua)

    def clear(self) -> None:
        self._lua[b"clear"]()

    def open_stop(self, stop: int, minutes: Ints) -> None:
        self._lua[b"open_stop"](stop, pack(minutes))

    def book(self, visits: Visits, sign: int) -> None:
        self._book(sign, *chain.from_iterable(visits))

    def profile(self, number: int, allowed: int, gain: Ints, lo: Ints, hi: Ints) -> None:
        self._profile(number, allowed, pack(gain + lo + hi))

    def tour(
        self, number: int, lo: int, hi: int, loc: int, t0: int, k0: int, deadline: int, bound: int,
        guess: int,
    ) -> Ints | None:  # fmt: skip
        found = self._tour(number, lo, hi, loc, t0, k0, deadline, bound, guess)
        return (found,) if isinstance(found, int) else cast("Ints | None", found)

    def solo_table(self, masks: Ints, costs: Ints) -> None:
        self._lua[b"solo_table"](pack(masks), pack(costs))

    def solo(self, allowed: int, gain: Ints) -> tuple[int, int]:
        """Cost and mask of the cheapest set within `allowed` when seeing stop s saves gain[s]."""
        return cast("tuple[int, int]", self._solo(allowed, pack(gain)))

    def set_prices(self, starts: Ints) -> None:
        """What a start costs by stop and minute, in 16ths of a point."""
        self._lua[b"set_prices"](pack(starts))

    def priced_tour(self, number: int, deadline: int, bound: int) -> Ints | None:
        """The cheapest complete tour below `bound` (16ths of a point) in an empty calendar: cost,
        then stop and start from the last to the first; None if none, (-1,) if not to be told."""
        found = self._lua[b"priced_tour"](number, deadline, bound)
        return (found,) if isinstance(found, int) else cast("Ints | None", found)


def kernel_arguments(
    campus: Campus,
) -> tuple[int, int, tuple[int, int], tuple[int, int], int, int, tuple[Ints, ...]]:
    """What a kernel is built from."""
    weights = campus.problem.rules.weights
    opening = tuple(
        int(any(a <= t and t + campus.visit[s] <= b for a, b in campus.opening[s]))
        for s in range(campus.stops)
        for t in range(campus.horizon + 1)
    )
    tables = (
        tuple(w for row in campus.walk for w in row),
        campus.visit, campus.reset, campus.places, campus.speaker, opening,
    )  # fmt: skip
    tour_stops = (campus.least_stops, campus.most_stops)
    return (
        campus.stops, campus.horizon, tour_stops, (weights.idle, weights.walk),
        MISSING_STOP, campus.headline, tables,
    )  # fmt: skip
