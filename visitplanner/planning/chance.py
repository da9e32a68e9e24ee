"""Random choices that are the same on every machine: no function of the maths library in them."""

from __future__ import annotations

from random import Random
from typing import TypeVar

T = TypeVar("T")

STEPS = 256


class Chance:
    """A seeded source of choices (Mersenne Twister, whose bits are the same everywhere)."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - a search, not a secret
        self.uniform = self._random.random

    def below(self, n: int) -> int:
        """A whole number from 0 to n - 1."""
        return int(self.uniform() * n)

    def pick(self, items: list[T] | tuple[T, ...]) -> T:
        """One of the items."""
        return items[int(self.uniform() * len(items))]

    def shuffle(self, items: list[T]) -> None:
        """Put the items in a random order, in place."""
        for i in range(len(items) - 1, 0, -1):
            j = int(self.uniform() * (i + 1))
            items[i], items[j] = items[j], items[i]

    def exponential(self) -> float:
        """An exponential variate of mean 1 by comparisons alone (von Neumann 1951)."""
        whole = 0
        while True:
            first = last = self.uniform()
            falls = 0
            while True:
                following = self.uniform()
                if following > last:
                    break
                last, falls = following, falls + 1
            if falls % 2 == 0:
                return whole + first
            whole += 1


def cooling(hot: float, cold: float) -> list[float]:
    """Temperatures falling geometrically from hot to about cold in STEPS steps, by exact
    arithmetic: the ratio is found by bisection, not by a root."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        power = middle
        for _ in range(8):
            power *= power
        low, high = (middle, high) if power < cold / hot else (low, middle)
    found = [hot]
    for _ in range(STEPS):
        found.append(found[-1] * low)
    return found
