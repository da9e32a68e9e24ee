"""Guests who change groups while every tour stays as it is: a cheap step between the dear ones."""

from __future__ import annotations

from dataclasses import dataclass

from visitplanner.planning.campus import Campus
from visitplanner.planning.grouping import Draft, Grouping
from visitplanner.planning.tour import Tour

REMEMBERED, REMEMBERED_MASKS = 100_000, 2_000
LOOKS = 16
"""Pairs of groups looked at until one trade looks well."""
BOTH = 0.5
"""Part of the trades in which a guest comes back for the one who goes over."""


@dataclass(frozen=True, slots=True)
class Trade:
    """Tours and the drafts that would walk them, with the points more that this costs."""

    old: tuple[Tour, Tour]
    drafts: tuple[Draft, Draft]
    change: int


class Trades:
    """Finds trades; who is pinned to a stop or received at the headline stop stays."""

    def __init__(self, campus: Campus, grouping: Grouping) -> None:
        self.campus, self.grouping = campus, grouping
        self.free = [not b.must and not b.heads for b in campus.blocks]
        self.people = [b.people for b in campus.blocks]
        self._relief: dict[tuple[int, ...], dict[int, int]] = {}
        self._worth: dict[int, list[int]] = {}

    def worth(self, seen: int) -> list[int]:
        """Points that each block saves by the stops of the mask `seen`."""
        found = self._worth.get(seen)
        if found is None:
            if len(self._worth) > REMEMBERED_MASKS:
                self._worth.clear()
            stops = [s for s in range(self.campus.stops) if seen >> s & 1]
            found = [sum(b.gain[s] for s in stops) for b in self.campus.blocks]
            self._worth[seen] = found
        return found

    def relief(self, draft: Draft) -> dict[int, int]:
        """Points of the interpreters a group needs no more when one block leaves, by block."""
        blocks = draft.sketch.blocks
        found = self._relief.get(blocks)
        if found is None:
            if len(self._relief) > REMEMBERED:
                self._relief.clear()
            found, own = {}, self.campus.blocks
            least = draft.sketch.tongues[0][1]
            for i in blocks if least else ():
                spoken = frozenset(x for j in blocks if j != i for x in own[j].languages)
                tongues = self.grouping.sketcher.tongues(spoken)
                if tongues and tongues[0][1] < least:
                    found[i] = self.grouping.interpreter * (least - tongues[0][1])
            self._relief[blocks] = found
        return found

    def propose(self, tours: list[Tour], slack: float) -> Trade | None:
        """A trade that costs at most `slack` points, what staff it may lack left out."""
        count, uniform = len(tours), self.grouping.chance.uniform
        if count < 2:
            return None
        for _ in range(LOOKS):
            a, b = int(uniform() * count), int(uniform() * (count - 1))
            one, two = tours[a], tours[b + (b >= a)]
            mine, theirs = one.draft.sketch.blocks, two.draft.sketch.blocks
            over = mine[int(uniform() * len(mine))]
            first, second = self.worth(one.seen), self.worth(two.seen)
            change, back = first[over] - second[over], None
            more = two.draft.sketch.people + self.people[over]
            if uniform() < BOTH:
                back = theirs[int(uniform() * len(theirs))]
                change += second[back] - first[back]
                more -= self.people[back]
            elif len(mine) == 1:
                continue
            if more > self.campus.most_group:
                continue
            if change > slack:
                less = self.relief(one.draft).get(over, 0)
                if back is not None:
                    less += self.relief(two.draft).get(back, 0)
                if change - less > slack:
                    continue
            if self.free[over] and (back is None or self.free[back]):
                drafts = self._drafts(one, two, over, back)
                if drafts is None:
                    return None
                change += sum(map(self.grouping.price, drafts))
                change -= self.grouping.price(one.draft) + self.grouping.price(two.draft)
                return Trade((one, two), drafts, change) if change <= slack else None
        return None

    def _drafts(
        self, one: Tour, two: Tour, over: int, back: int | None
    ) -> tuple[Draft, Draft] | None:
        """Both groups after the trade, if they may see what their tours show."""
        sketch, draft = self.grouping.sketcher.sketch, self.grouping.draft
        coming = () if back is None else (back,)
        mine = tuple(sorted({*one.draft.sketch.blocks, *coming} - {over}))
        theirs = tuple(sorted({*two.draft.sketch.blocks, over} - {*coming}))
        first, second = sketch(mine), sketch(theirs)
        if first is None or second is None:
            return None
        if one.seen & ~first.allowed or two.seen & ~second.allowed:
            return None
        return draft(first), draft(second)
