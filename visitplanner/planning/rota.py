"""The timetable: groups taken out and put back exactly, one after the other, under annealing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from visitplanner.planning.chance import STEPS, cooling
from visitplanner.planning.grouping import Draft, Grouping
from visitplanner.planning.tour import Snapshot

HOT, COLD = 15.0, 1.0
STRIDE = 8
"""Steps between two looks at the clock."""
TRADES = 20
"""Trades looked at after each step."""


class Rota:
    """A timetable under improvement."""

    def __init__(self, grouping: Grouping) -> None:
        self.grouping, self.board = grouping, grouping.board

    def begin(self, drafts: list[Draft]) -> None:
        """Build a first timetable: those with least choice go first."""
        order = sorted(
            drafts,
            key=lambda d: (
                not d.sketch.must,
                d.sketch.heads or (99,),
                d.sketch.allowed.bit_count(),
                d.sketch.blocks,
            ),
        )
        self.grouping.set_prices((0,) * self.grouping.campus.stops)
        self.board.take_over([self.grouping.standing(d) for d in order])
        self.board.fill()

    def restore(self, snapshot: Snapshot) -> None:
        """Return to a snapshot."""
        self.grouping.set_prices((0,) * self.grouping.campus.stops)
        self.board.take_over([self.grouping.standing(d, visits) for d, visits in snapshot.tours])

    def snapshot(self) -> Snapshot:
        """The best timetable since the last beginning or return."""
        groups, total, lacks = self.board.best()
        tours = tuple((self.grouping.standing_draft(g), g.visits) for g in groups)
        return Snapshot(total, lacks, tours)

    def improve(
        self,
        share: Callable[[], float],
        found: Callable[[Callable[[], Snapshot]], None],
        *,
        hot: float = HOT,
        cold: float = COLD,
        until_complete: bool = False,
        met: Callable[[Snapshot], Snapshot] = lambda own: own,
        meetings: Sequence[float] = (),
    ) -> Snapshot:
        """Anneal until `share()` reaches 1 (or the first complete timetable, if asked), telling
        `found` how to have each better timetable. At the shares `meetings` the best one is shown to
        `met`, and the search goes on from what that returns."""
        heat = cooling(hot, cold)
        complete, to_come = until_complete and not self.snapshot().lacks, list(meetings)
        while not complete and (done := share()) < 1:
            warm = heat[int(done * STEPS)]
            if self.board.anneal(STRIDE, TRADES, warm, until_complete=until_complete):
                found(self.snapshot)
                complete = until_complete and not self.snapshot().lacks
            while to_come and done >= to_come[0]:
                to_come.pop(0)
                self.meet(met)
        return self.snapshot()

    def meet(self, met: Callable[[Snapshot], Snapshot]) -> None:
        """Go on from the timetable of another search where that is better."""
        own = self.snapshot()
        best = met(own)
        if best.rank < own.rank:
            self.restore(best)
