"""The cheapest way of each group under prices, compiled by LuaJIT where it is installed."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int32]


class WaysKernel:
    """`kernel_ways.lua` in a LuaJIT state of its own; groups are told once, prices each round.

    Raises ImportError where LuaJIT is missing."""

    def __init__(self) -> None:
        from lupa.luajit21 import LuaRuntime  # type: ignore[import-untyped,unused-ignore]

        lua: Any = LuaRuntime(encoding=None, unpack_returned_tuples=True)
        source = files("visitplanner.planning").joinpath("kernel_ways.lua").read_bytes()
        self._lua: Any = lua.execute(source)  # objects of another language
        self._cheapest = self._lua[b"cheapest"]

    def group(
        self, number: int, width: int, most: int, costs: tuple[int, int], tables: list[Whole]
    ) -> None:
        """Tell a group: minutes looked at, most further visits, (cost of staying, of a minute's
        walk), then walk, visit, arrival, cost of the way there, of having ended."""
        count = len(tables[1])
        packed = [np.ascontiguousarray(t, np.int32).tobytes() for t in tables]
        self._lua[b"group"](number, count, width, most, *costs, *packed)

    def cheapest(
        self, number: int, paid: Whole, lack: tuple[int, ...]
    ) -> tuple[int, list[tuple[int, int]]]:
        """The least cost, and (position of the stop, minute) of a way that has it; `paid` is what
        each start costs by stop and minute, `lack` what so many visits do."""
        found = self._cheapest(number, np.ascontiguousarray(paid, np.int32).tobytes(), *lack)
        if isinstance(found, tuple):
            return int(found[0]), list(zip(found[1::2], found[2::2], strict=True))
        return int(found), []


def ways_kernel() -> WaysKernel | None:
    """The compiled kernel; None where LuaJIT is missing."""
    try:
        return WaysKernel()
    except ImportError:
        return None
