"""Groups and their tours as they stand in the compiled search (`groups.lua`, `rota.lua`)."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from visitplanner.planning.campus import PINNED_STOP, Block, Campus
from visitplanner.planning.duty import Duty
from visitplanner.planning.kernel import Kernel, Visits, pack
from visitplanner.planning.staffing import Supply

TONGUE = 4
"""Most working languages of one choice."""
NOBODY = 9999
MOST_SLOTS, SPARE_SLOTS = 2048, 16


@dataclass(frozen=True, slots=True)
class Standing:
    """One group: its choice of working languages (a position in `Campus.tongues`), its blocks and
    its visits."""

    tongue: int
    blocks: tuple[int, ...]
    visits: Visits = ()


class Board:
    """Takes groups over, improves them, and tells of the best it has seen."""

    def __init__(
        self, campus: Campus, kernel: Kernel, supply: Supply, seed: int, *, tabled: bool
    ) -> None:
        self.campus, self._lua = campus, kernel.search
        self._duty = Duty(campus)
        slots = min(MOST_SLOTS, len(campus.blocks) + SPARE_SLOTS)
        self._setup_groups(slots, seed, supply, tabled=tabled)
        self._call("setup_rota")(
            len(campus.blocks), slots, campus.deadline,
            self._latest if self._duty.differ else None,
            self._short if self._duty.differ else None,
        )  # fmt: skip

    def _call(self, name: str) -> Callable[..., Any]:
        """A function of the other language (`Any`: its values)."""
        return cast("Callable[..., Any]", self._lua[name.encode()])

    # -- in and out

    def take_over(self, groups: Sequence[Standing]) -> None:
        """Begin from these groups with their tours; the calendar holds nothing else."""
        numbers: list[int] = []
        for g in groups:
            numbers += (g.tongue, len(g.blocks), *g.blocks, len(g.visits))
            for visit in g.visits:
                numbers += visit
        self._call("take_over")(pack(numbers))

    def fill(self) -> None:
        """Give each group that has no tour its best one in the free places, in their order."""
        self._call("fill")()

    def best(self) -> tuple[list[Standing], int, int]:
        """The best groups seen since `take_over`, their points and what they lack."""
        text, total, lacks = self._call("best_known")()
        numbers = array("i")
        numbers.frombytes(text)
        found, at = [], 0
        while at < len(numbers):
            tongue, size = numbers[at], numbers[at + 1]
            blocks = tuple(sorted(numbers[at + 2 : at + 2 + size]))
            at += 2 + size
            visits = numbers[at + 1 : at + 1 + 2 * numbers[at]]
            at += 1 + len(visits)
            tour = tuple(zip(visits[::2], visits[1::2], strict=True))
            found.append(Standing(tongue, blocks, tour))
        return found, int(total), int(lacks)

    # -- steps

    def anneal(self, steps: int, trades: int, warm: float, *, until_complete: bool = False) -> bool:
        """Steps of the timetable, each followed by looks at trades; whether a better one was
        found."""
        return bool(self._call("anneal")(steps, trades, warm, until_complete))

    def set_stop_prices(self, prices: Sequence[int]) -> None:
        """What a group pays for each stop while guests are sorted; forgets the best."""
        self._call("set_stop_prices")(pack(prices))

    def wanted(self) -> tuple[int, ...]:
        """How many groups want each stop."""
        found = self._call("wanted")()
        return found if isinstance(found, tuple) else (found,)

    def sort_guests(self, moves: int, warm: float, *, late: bool) -> None:
        """Exchanges of guests judged by what groups cost alone; each better grouping is noted where
        it is `late`, else the last."""
        self._call("sort_guests")(moves, warm, late)

    def books(self) -> tuple[int, int, int]:
        """The points as kept on the way, the same reckoned afresh, and the slots in all: what a
        test compares."""
        kept, afresh, slots = self._call("books")()
        return int(kept), int(afresh), int(slots)

    # -- staff of different hours

    def _latest(self, tongue: int, *others: int) -> int:
        return self._duty.latest(self._abroad(others), self.campus.tongues[tongue][0])

    def _short(self, *tours: int) -> int:
        return self._duty.short(self._abroad(tours))

    def _abroad(self, numbers: Sequence[int]) -> list[tuple[int, int]]:
        masks = [self.campus.tongues[t][0] for t in numbers[::2]]
        return list(zip(masks, numbers[1::2], strict=True))

    # -- what the search needs to know

    def _setup_groups(self, slots: int, seed: int, supply: Supply, *, tabled: bool) -> None:
        campus, blocks = self.campus, self.campus.blocks
        tongues = sorted({x for b in blocks for x in b.languages})
        room = max(1, min(len(blocks), campus.most_group))
        numbers = (
            slots, len(blocks), room, len(campus.escorts),
            campus.problem.rules.weights.interpreter, campus.least_people, campus.most_group,
            PINNED_STOP, len(campus.tongues), len(tongues), len(supply.sets),
            (1 << campus.stops) - 1, int(tabled), len(supply.wanted),
        )  # fmt: skip
        table = self._lua[b"table"]
        self._call("setup_groups")(
            seed, pack(numbers), table(*map(pack, _of_blocks(campus))),
            table(*map(pack, _lists(blocks, tongues))),
            table(*map(pack, _choices(campus, supply, tongues))),
            table(*map(pack, _staff(supply))), pack(campus.most_people),
        )  # fmt: skip


def _of_blocks(campus: Campus) -> tuple[list[int], ...]:
    """People, stops, points of all wishes, highest and lowest head received, by block."""
    blocks = campus.blocks
    return (
        [b.people for b in blocks],
        [b.allowed for b in blocks],
        [sum(b.gain) for b in blocks],
        [b.heads[0] if b.heads else NOBODY for b in blocks],
        [b.heads[-1] if b.heads else -1 for b in blocks],
    )


def _lists(blocks: Sequence[Block], tongues: Sequence[int]) -> list[list[int]]:
    """Lists of different lengths by block, one after the other, each behind where they begin:
    wishes (stop and points), languages, blocks to be apart from, pins (stop and start)."""
    index = {x: i for i, x in enumerate(tongues)}
    wishes = [[(s, g) for s, g in enumerate(b.gain) if g] for b in blocks]
    languages = [[index[x] for x in b.languages] for b in blocks]
    apart = [[i for i in range(len(blocks)) if b.apart >> i & 1] for b in blocks]
    pins = [list(b.must) for b in blocks]
    return [
        _begins(wishes), [s for w in wishes for s, _ in w], [g for w in wishes for _, g in w],
        _begins(languages), [x for w in languages for x in w],
        _begins(apart), [x for w in apart for x in w],
        _begins(pins), [s for w in pins for s, _ in w], [t for w in pins for _, t in w],
    ]  # fmt: skip


def _begins(lists: Sequence[Sequence[object]]) -> list[int]:
    found = [0]
    for own in lists:
        found.append(found[-1] + len(own))
    return found


def _choices(campus: Campus, supply: Supply, tongues: Sequence[int]) -> tuple[list[int], ...]:
    """Choices of working languages: interpreters, the languages, those to be interpreted (both
    padded by -1), and whether guests of each mask of languages follow."""
    index = {bit: i for i, bit in enumerate(supply.wanted)}
    helpers, languages, wanted, covers = [], [], [], []
    for mask, count in campus.tongues:
        own = [i for i in range(len(campus.languages)) if mask >> i & 1]
        need = [index[1 << i] for i in own if 1 << i in index]
        helpers.append(count)
        languages += own + [-1] * (TONGUE - len(own))
        wanted += need + [-1] * (TONGUE - len(need))
        covers += [int(mask & x != 0) for x in tongues]
    return helpers, languages, wanted, covers


def _staff(supply: Supply) -> tuple[list[int], ...]:
    """Sets of languages: the set it widens (0: none), the language added, interpreters there."""
    place: dict[int, int] = {0: 0}
    before, added, there = [], [], []
    for k, (mask, count) in enumerate(supply.sets):
        last = mask.bit_length() - 1
        place[mask] = k + 1
        before.append(place[mask & ~(1 << last)])
        added.append(supply.wanted.index(1 << last))
        there.append(count)
    return [0, *before], [0, *added], [0, *there]
