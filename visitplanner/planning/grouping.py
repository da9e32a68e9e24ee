"""Who walks with whom: annealing on what each group would cost alone on the campus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from visitplanner.planning.campus import Campus
from visitplanner.planning.capacity import shared_capacity
from visitplanner.planning.chance import STEPS, Chance, cooling
from visitplanner.planning.sketch import LACKING, SMALL_GROUP, Sketch, Sketcher
from visitplanner.planning.staffing import Supply

HOT, COLD = 60.0, 2.0
PRICE_EVERY = 500
DEAREST = 90


@dataclass(frozen=True, slots=True)
class Draft:
    """A group with its working languages (mask)."""

    sketch: Sketch
    tongue: int
    helpers: int


class Grouping:
    """A grouping under improvement. Cost: tours alone, interpreters, and what is lacking."""

    def __init__(self, campus: Campus, sketcher: Sketcher, supply: Supply, chance: Chance) -> None:
        self.campus, self.sketcher, self.supply, self.chance = campus, sketcher, supply, chance
        self.interpreter = campus.problem.rules.weights.interpreter
        self.drafts: list[Draft] = []
        self.capacity = tuple(int(0.92 * c) for c in shared_capacity(campus))

    def draft(self, sketch: Sketch) -> Draft:
        """The sketch with the working languages that leave fewest interpreters short."""
        options = sketch.tongues
        chosen = options[0]
        if len(options) > 1:
            others = [d.tongue for d in self.drafts]
            chosen = min(
                options, key=lambda o: (self.supply.short(self.supply.demand([*others, o[0]])), o)
            )
        return Draft(sketch, *chosen)

    def cost(self, draft: Draft) -> int:
        """Points of one group by itself."""
        return self.sketcher.priced(draft.sketch)[0] + self.price(draft)

    def price(self, draft: Draft) -> int:
        """Points of a group besides its tour."""
        return self.interpreter * draft.helpers + SMALL_GROUP * draft.sketch.small

    def lacking(self, drafts: list[Draft]) -> int:
        """Points for interpreters and escorts who are not there."""
        short = self.supply.short(self.supply.demand([d.tongue for d in drafts]))
        return LACKING * (short + max(0, len(drafts) - len(self.campus.escorts)))

    def begin(self) -> None:
        """A first grouping: each block joins the best of a few groups, or makes its own."""
        blocks = self.campus.blocks
        width = [sum(1 for m, _ in self.campus.tongues if all(m & x for x in b.languages))
                 for b in blocks]  # fmt: skip
        order = sorted(range(len(blocks)), key=lambda i: (width[i], -blocks[i].people, i))
        for i in order:
            self.join(i)

    def restart(self) -> None:
        """Another first grouping, by other choices."""
        self.drafts = []
        self.sketcher.set_prices((0,) * self.campus.stops)
        self.begin()

    def join(self, block: int) -> None:
        """Put a block where it costs least, or into a group of its own."""
        alone = self.sketcher.sketch((block,))
        tried, best, place = 0, None, -1
        start = self.chance.below(len(self.drafts)) if self.drafts else 0
        for k in range(len(self.drafts)):
            g = (start + k) % len(self.drafts)
            old = self.drafts[g]
            wider = self.sketcher.sketch(tuple(sorted((*old.sketch.blocks, block))))
            if wider is None:
                continue
            more = self.cost(Draft(wider, *wider.tongues[0])) - self.cost(old)
            if best is None or more < best:
                best, place = more, g
            tried += 1
            if tried >= 12:
                break
        if best is not None and (alone is None or best < 250 + self._own(alone)):
            sketch = self.sketcher.sketch(tuple(sorted((*self.drafts[place].sketch.blocks, block))))
            assert sketch is not None
            rest = self.drafts[:place] + self.drafts[place + 1 :]
            self.drafts = rest
            self.drafts = [*rest, self.draft(sketch)]
        elif alone is not None:
            self.drafts.append(self.draft(alone))

    def _own(self, alone: Sketch) -> int:
        return self.cost(Draft(alone, *alone.tongues[0]))

    def improve(self, share: Callable[[], float], hot: float = HOT) -> int:
        """Anneal from `hot` points on until `share()`, the part of the budget used, reaches 1.
        Returns the moves."""
        chance, moves = self.chance, 0
        heat = cooling(hot, COLD)
        total = sum(self.cost(d) for d in self.drafts)
        lack = self.lacking(self.drafts)
        best: tuple[int, list[Draft]] | None = None
        done = 0.0
        while len(self.drafts) > 0:
            if moves % 32 == 0:
                done = share()
                if done >= 1:
                    break
            moves += 1
            if moves % PRICE_EVERY == 0 and self._reprice():
                total, best = sum(self.cost(d) for d in self.drafts), None
            found = self.propose()
            if found is None:
                continue
            gone, new = found
            keep = [d for i, d in enumerate(self.drafts) if i not in gone]
            change = sum(map(self.cost, new)) - sum(self.cost(self.drafts[i]) for i in gone)
            after = keep + new
            less = self.lacking(after)
            delta = change + less - lack
            if delta <= 0 or delta <= heat[int(done * STEPS)] * chance.exponential():
                self.drafts, total, lack = after, total + change, less
                if done > 0.6 and (best is None or total + lack < best[0]):
                    best = (total + lack, after)
        if best is not None and best[0] < total + lack:
            self.drafts = best[1]
        return moves

    def propose(self) -> tuple[tuple[int, ...], list[Draft]] | None:
        """A random exchange between two groups, or a new group: (positions gone, new drafts)."""
        chance, drafts = self.chance, self.drafts
        i, x = chance.below(len(drafts)), chance.uniform()
        own = drafts[i].sketch.blocks
        if x < 0.03 or len(drafts) == 1:
            if len(own) < 2:
                return None
            return self._made((i,), self.exchange(own, (), 1, 0))
        j = chance.below(len(drafts) - 1)
        j += j >= i
        other = drafts[j].sketch.blocks
        if x < 0.08:
            return self._made((i, j), (tuple(sorted(own + other)), ()))
        give = 1 if x < 0.8 else min(2, len(own))
        take = 0 if x < 0.45 else min(1, len(other))
        return self._made((i, j), self.exchange(own, other, give, take))

    def exchange(
        self, own: tuple[int, ...], other: tuple[int, ...], give: int, take: int
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Both groups after `give` random blocks went over and `take` came back."""
        mine, theirs = list(own), list(other)
        over = [mine.pop(self.chance.below(len(mine))) for _ in range(give)]
        back = [theirs.pop(self.chance.below(len(theirs))) for _ in range(take)]
        return tuple(sorted(mine + back)), tuple(sorted(theirs + over))

    def _made(
        self, gone: tuple[int, ...], parts: tuple[tuple[int, ...], tuple[int, ...]]
    ) -> tuple[tuple[int, ...], list[Draft]] | None:
        new = []
        for blocks in parts:
            if blocks:
                sketch = self.sketcher.sketch(blocks)
                if sketch is None:
                    return None
                new.append(sketch)
        return gone, [self.draft(s) for s in new]

    def _reprice(self) -> bool:
        """Raise the prices of stops that too many groups want, lower those of idle ones."""
        load = [0] * self.campus.stops
        for d in self.drafts:
            targets = self.sketcher.priced(d.sketch)[1]
            for s in range(self.campus.stops):
                load[s] += targets >> s & 1
        prices = list(self.sketcher.prices)
        for s, (wanted, room) in enumerate(zip(load, self.capacity, strict=True)):
            if wanted > room:
                prices[s] = min(DEAREST, prices[s] + 3)
            elif wanted < 0.9 * room:
                prices[s] = max(0, prices[s] - 2)
        if tuple(prices) == self.sketcher.prices:
            return False
        self.sketcher.set_prices(tuple(prices))
        return True
