"""Who walks with whom: annealing on what each group would cost alone on the campus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from visitplanner.planning.board import Board, Standing
from visitplanner.planning.campus import Campus
from visitplanner.planning.capacity import shared_capacity
from visitplanner.planning.chance import STEPS, Chance, cooling
from visitplanner.planning.kernel import Visits
from visitplanner.planning.sketch import LACKING, SMALL_GROUP, Sketch, Sketcher
from visitplanner.planning.staffing import Supply

HOT, COLD = 60.0, 2.0
STRIDE = 32
"""Exchanges between two looks at the clock."""
CAUTIOUS = 0.92
"""Part of a stop's room that groups may want before it gets dearer."""
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

    def __init__(
        self, campus: Campus, sketcher: Sketcher, supply: Supply, chance: Chance, board: Board
    ) -> None:
        self.campus, self.sketcher, self.supply, self.chance = campus, sketcher, supply, chance
        self.board = board
        self._choices = {mask: i for i, (mask, _) in enumerate(campus.tongues)}
        self.interpreter = campus.problem.rules.weights.interpreter
        self.drafts: list[Draft] = []
        self.capacity = self.room(CAUTIOUS)

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

    def room(self, part: float) -> tuple[int, ...]:
        """Groups that may want each stop before it gets dearer."""
        return tuple(int(part * c) for c in shared_capacity(self.campus))

    def restart(self, *, full: bool) -> None:
        """Another first grouping, by other choices; `full` lets groups want all the room there
        is."""
        self.drafts, self.capacity = [], self.room(1.0 if full else CAUTIOUS)
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

    def standing(self, draft: Draft, visits: Visits = ()) -> Standing:
        """The draft as the board knows it."""
        return Standing(self._choices[draft.tongue], draft.sketch.blocks, visits)

    def standing_draft(self, group: Standing) -> Draft:
        """The draft of a group on the board."""
        sketch = self.sketcher.sketch(group.blocks)
        assert sketch is not None
        return Draft(sketch, *self.campus.tongues[group.tongue])

    def set_prices(self, prices: tuple[int, ...]) -> None:
        """Let crowded stops cost more."""
        self.sketcher.set_prices(prices)
        self.board.set_stop_prices(prices)

    def improve(self, share: Callable[[], float], hot: float = HOT) -> int:
        """Anneal from `hot` points on until `share()`, the part of the budget used, reaches 1.
        Returns the moves."""
        if not self.drafts:
            return 0
        heat, moves, priced = cooling(hot, COLD), 0, 0
        self.board.take_over([self.standing(d) for d in self.drafts])
        self.board.set_stop_prices(self.sketcher.prices)
        while (done := share()) < 1:
            self.board.sort_guests(STRIDE, heat[int(done * STEPS)], late=done > 0.6)
            moves += STRIDE
            if moves - priced >= PRICE_EVERY:
                priced = moves
                self._reprice()
        self.drafts = [self.standing_draft(g) for g in self.board.best()[0]]
        return moves

    def _reprice(self) -> None:
        """Raise the prices of stops that too many groups want, lower those of idle ones."""
        prices = list(self.sketcher.prices)
        for s, (load, room) in enumerate(zip(self.board.wanted(), self.capacity, strict=True)):
            if load > room:
                prices[s] = min(DEAREST, prices[s] + 3)
            elif load < 0.9 * room:
                prices[s] = max(0, prices[s] - 2)
        if tuple(prices) != self.sketcher.prices:
            self.set_prices(tuple(prices))
