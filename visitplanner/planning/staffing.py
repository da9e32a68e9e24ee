"""Who leads and who interprets: enough of each, nobody twice, on duty until the group is back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations

from visitplanner.planning.campus import Campus

MOST_WANTED = 30
"""Languages beyond which each is counted by itself."""


class Supply:
    """How many interpreters are short for a demand by language (König: the largest deficiency of
    any set of languages; with more than ten languages only sets up to three are looked at).
    `sets` are those sets as masks, each with the interpreters who speak one of them."""

    def __init__(self, campus: Campus) -> None:
        self.campus = campus
        needed = sorted({1 << i for i in range(len(campus.languages))} - {0})
        self.wanted = [x for x in needed if not x & campus.host]
        sizes = range(1, len(self.wanted) + 1) if len(self.wanted) <= 10 else range(1, 4)
        if len(self.wanted) > MOST_WANTED:
            sizes = range(1, 2)
        self.sets: list[tuple[int, int]] = []
        for size in sizes:
            for chosen in combinations(self.wanted, size):
                mask = sum(chosen)
                there = sum(1 for _, spoken, _ in campus.interpreters if spoken & mask)
                self.sets.append((mask, there))
        self.short = lru_cache(65536)(self._short)

    def demand(self, tongues: Sequence[int]) -> tuple[int, ...]:
        """Interpreters needed by language when groups work in these sets of languages."""
        return tuple(sum(1 for t in tongues if t & x) for x in self.wanted)

    def _short(self, demand: tuple[int, ...]) -> int:
        worst = 0
        for mask, there in self.sets:
            need = sum(d for x, d in zip(self.wanted, demand, strict=True) if x & mask)
            worst = max(worst, need - there)
        return worst


def assign_interpreters(
    campus: Campus, tongues: Sequence[int], until: Sequence[int]
) -> tuple[list[dict[int, str]], bool]:
    """One interpreter for each working language that is not a host language, by group, all on duty
    until the group's minute `until`, and whether they suffice (augmenting paths)."""
    slots = [
        (g, 1 << i)
        for g, mask in enumerate(tongues)
        for i in range(len(campus.languages))
        if mask >> i & 1 and not campus.host >> i & 1
    ]
    slots.sort(key=lambda s: -until[s[0]])
    people = sorted(
        campus.interpreters, key=lambda p: (p[1].bit_count(), p[2])
    )  # the least versatile first, so that the others stay free
    taken: dict[int, int] = {}

    def place(slot: int, seen: set[int]) -> bool:
        group, language = slots[slot]
        for k, (_, spoken, duty) in enumerate(people):
            if k in seen or not spoken & language or duty < until[group]:
                continue
            seen.add(k)
            if k not in taken or place(taken[k], seen):
                taken[k] = slot
                return True
        return False

    enough = sum(place(slot, set()) for slot in range(len(slots))) == len(slots)
    found: list[dict[int, str]] = [{} for _ in tongues]
    for k, slot in sorted(taken.items(), key=lambda item: item[1]):
        group, language = slots[slot]
        found[group][language] = people[k][0]
    return found, enough


def assign_escorts(campus: Campus, until: Sequence[int]) -> tuple[list[str | None], bool]:
    """An escort for each group, on duty until it is back, and whether they suffice."""
    duty = [end for _, end in campus.escorts]
    longest = sorted(range(len(duty)), key=lambda k: (-duty[k], k))
    order = sorted(range(len(until)), key=lambda g: (-until[g], g))
    if len(set(duty)) <= 1:
        order.sort()
    found: list[str | None] = [None] * len(until)
    for g, k in zip(order, longest, strict=False):
        if duty[k] >= until[g]:
            found[g] = campus.escorts[k][0]
    return found, None not in found
