"""One search: first grouping, first timetable, then better ones until the budget is used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import sqrt

from visitplanner.planning.answer import Answer
from visitplanner.planning.board import Board
from visitplanner.planning.budget import Budget
from visitplanner.planning.campus import Campus, duty_end
from visitplanner.planning.chance import Chance
from visitplanner.planning.division import indivisible
from visitplanner.planning.grouping import STRIDE, Grouping
from visitplanner.planning.kernel import Kernel
from visitplanner.planning.outcome import taken_up
from visitplanner.planning.pair import Pool, beside, worth_while
from visitplanner.planning.plan import Plan, Progress
from visitplanner.planning.rota import COLD, HOT, Rota
from visitplanner.planning.rota import STRIDE as ROTA_STRIDE
from visitplanner.planning.sketch import Sketcher
from visitplanner.planning.staffing import Supply
from visitplanner.planning.tour import Snapshot

GROUPING_MOVES = 12
"""Grouping moves per iteration of an iteration budget."""
PROVING, PROVING_FEW = 0.78, 0.92
"""Part of the budget after which the bound is worked out; with few groups or in short runs."""
SHORT = 30.0
"""Seconds of a short run."""
GROUPING_PART = 0.33
"""Part of a start that goes into grouping."""
MOST_STARTS, START_SECONDS = 16, 2.5
"""Most starts of a search for few groups, whose end depends much on its first grouping, and the
seconds from which there is one more; many groups even out by themselves."""
MOST_EXACT = 12
"""Groups up to which the exact model is asked for a first timetable, and the search may begin anew
several times."""
FIRST, HEATS = 0.43, (HOT, 8.0, 4.0, COLD)
"""Part of the time of several starts in which all of them are grouped and laid out, and the heats
at which the better ones are chosen: the root of their number is cooled further, then the best."""
WARM, MILD = 8.0, 2.0
"""Heats between which a timetable at hand is improved further."""
PACKED_SECONDS = 3.0
"""Budget from which a packed grouping is begun with."""
GROUPING_HEAT, PACKED_HEAT = 60.0, 2.0
"""Points at which grouping begins to cool; from a packed one, times the root of the seconds."""
MEETINGS = tuple(0.3 + 0.7 * k / 8 for k in range(1, 8))
"""Parts of the timetable of many groups at which two searches compare theirs: early on, while all
is fluid, the better one says little about the end."""
SECOND_SEED = 1_000_003
"""What a second search adds to the seed."""
TELL = 0.1
"""Seconds between two plans told of."""
PER_SECOND = 5_000
"""Iterations that stand for a second."""
EXACT_WORK, EXACT_SECONDS = 0.03, 0.2
"""Limits of the exact model in deterministic time, a unit of the solver's own that a busy machine
does not shorten: with an iteration budget; with seconds."""


class Search:
    """One planning run."""

    def __init__(
        self,
        campus: Campus,
        budget: Budget,
        seed: int,
        on_progress: Callable[[Progress], None] | None,
        language: str,
        *,
        exact: bool = True,
        pool: Pool | None = None,
    ) -> None:
        self.pool = pool
        self.campus, self.budget, self.seed, self.on_progress = campus, budget, seed, on_progress
        self.language, self.exact = language, exact
        self.kernel = Kernel(campus)
        self.sketcher = Sketcher(campus, self.kernel)
        supply = Supply(campus)
        board = Board(campus, self.kernel, supply, seed, tabled=self.sketcher.tabled)
        self.grouping = Grouping(campus, self.sketcher, supply, Chance(seed), board)
        self.rota = Rota(self.grouping)
        self.answer = Answer(campus, self.kernel, self.sketcher, budget, seed, language)
        self.best: Snapshot | None = None
        self.told = -1.0

    def run(self) -> Plan:
        """A quick draft, then group, lay out and improve at leisure; the best plan. A second search
        helps where there is a processor for it."""
        if self.pool is None and worth_while(self.budget.seconds):
            self.pool = Pool()
            with beside(self.second):
                proving = self.look()
            if self.best is not None:
                self.keep(self.pool.exchange(self.best))
        else:
            proving = self.look()
        return self.answer.proved(self.best, proving)

    def second(self, ended: Callable[[], bool]) -> None:
        """Search the same day with other random choices, and offer what is found."""
        other = Search(
            self.campus, self.budget.beside(ended), self.seed + SECOND_SEED, None, self.language,
            exact=self.exact, pool=self.pool,
        )  # fmt: skip
        other.look()

    def look(self) -> float:
        """All of the search, without the bound; the part of the budget after which that comes."""
        draft = self.begin()
        if draft is None:
            return 1.0
        starts, proving = self.starts(), self.proving()
        if starts > 1:
            self.several(starts, draft, proving)
        else:
            moves = self.budget.iterations or 0
            self.start(0, draft, proving, moves, meetings=MEETINGS)
        if self.best is not None:
            self.met(self.best)
        return proving

    def start(
        self,
        k: int,
        begin: float,
        end: float,
        moves: int,
        *,
        packed: bool = True,
        cold: float = COLD,
        meetings: Sequence[float] = (),
    ) -> Snapshot:
        """Group and lay out within a part of the budget; the timetable. From the second start on,
        grouping begins anew."""
        budget, middle = self.budget, begin + GROUPING_PART * (end - begin)
        if k:
            self.grouping.restart(full=k % 2 == 1)
        heat = self.pack(k) if packed else GROUPING_HEAT
        sorting = budget.span(begin, middle, min(GROUPING_MOVES * moves, 200_000), STRIDE)
        self.grouping.improve(sorting, heat)
        laying = budget.span(middle, end, moves, ROTA_STRIDE)
        return self.lay_out(laying, cold=cold, meetings=meetings)

    def several(self, starts: int, begin: float, end: float) -> None:
        """Timetables of several groupings, of which ever fewer are cooled further."""
        moves, until = self.budget.iterations or 0, begin + FIRST * (end - begin)
        each, own = (until - begin) / starts, moves // 3 // starts
        found = []
        for k in range(starts):
            at, packed = begin + k * each, self.lacking()
            found.append(self.start(k, at, at + each, own, packed=packed, cold=HEATS[1]))
            if self.budget.stop():
                return
        assert self.best is not None
        rest = (end - until) / 2
        found = self.cooled(self.chosen(found, round(sqrt(starts))), until, rest, 1)
        found = [self.met(self.best), *found]
        self.cooled(self.chosen(found, 1), until + rest, rest, 2)

    def chosen(self, found: list[Snapshot], count: int) -> list[Snapshot]:
        """The best timetables found, among them the best of the search so far."""
        by_rank = {s.rank: s for s in (*found, self.best) if s is not None}
        return [by_rank[rank] for rank in sorted(by_rank)[:count]]

    def cooled(
        self, found: list[Snapshot], begin: float, length: float, stage: int
    ) -> list[Snapshot]:
        """These timetables improved further, between the heats of a stage."""
        each, own = length / len(found), (self.budget.iterations or 0) // 3 // len(found)
        shares = (
            self.budget.span(begin + k * each, begin + (k + 1) * each, own, ROTA_STRIDE)
            for k in range(len(found))
        )
        hot, cold = HEATS[stage], HEATS[stage + 1]
        return [self.go_on(s, share, hot, cold) for s, share in zip(found, shares, strict=True)]

    def met(self, own: Snapshot) -> Snapshot:
        """The best timetable of this search and of one beside it, which is offered it."""
        return own if self.pool is None else self.pool.exchange(own)

    def go_on(
        self, best: Snapshot, share: Callable[[], float], hot: float = WARM, cold: float = MILD
    ) -> Snapshot:
        """Improve a timetable from a lower heat than a fresh one."""
        self.rota.restore(best)
        self.keep(self.rota.snapshot())
        found = self.rota.improve(share, self.hear, hot=hot, cold=cold)
        self.keep(found)
        self.kernel.clear()
        return found

    def pack(self, start: int) -> float:
        """Begin with groups that take fewer interpreters, where exact sums find such, and the heat
        to go on with: the less time, the less is undone."""
        length = self.length()
        few = sum(d.helpers for d in self.grouping.drafts)
        if few and length >= PACKED_SECONDS and self.pack_crews(start, below=few):
            return PACKED_HEAT * sqrt(length)
        return GROUPING_HEAT

    def length(self) -> float:
        """Seconds of the budget, or what its iterations stand for."""
        budget = self.budget
        return (budget.iterations or 0) / PER_SECOND if budget.seconds is None else budget.seconds

    def pack_crews(self, start: int, below: int | None = None) -> bool:
        """Groups by exact sums over languages and staff, where such take fewer than `below`
        interpreters; whether they are found."""
        if not self.exact or self.budget.stop():
            return False
        # CP-SAT takes half a second to import; most short runs do without.
        from visitplanner.planning.packing import crews, pack

        found = crews(self.campus, self.grouping.supply, self.seed + start)
        if found is None or (below is not None and sum(c.helpers for c in found) >= below):
            return False
        pack(self.grouping, found)
        return True

    def starts(self) -> int:
        """How often to begin anew within the budget."""
        few = len(self.grouping.drafts) <= MOST_EXACT
        return max(1, min(MOST_STARTS, int(self.length() / START_SECONDS))) if few else 1

    def proving(self) -> float:
        """The part of the budget after which the bound is worked out."""
        best, seconds = self.best, self.budget.seconds
        few = best is not None and len(best.tours) <= MOST_EXACT
        return PROVING_FEW if few or (seconds is not None and seconds < SHORT) else PROVING

    def resume(self, start: Plan) -> Plan:
        """Improve a plan that is there; from the beginning when it is not one of this problem."""
        snapshot = taken_up(self.campus, self.sketcher, start)
        if snapshot is None:
            return self.run()
        proving, moves = self.proving(), self.budget.iterations or 0
        self.go_on(snapshot, self.budget.span(0, proving, moves, ROTA_STRIDE))
        return self.answer.proved(self.best, proving)

    def begin(self) -> float | None:
        """A first grouping and a first timetable, complete if that is quickly had; the part of the
        budget set apart for it, or None when some guests fit no group at all."""
        budget, moves = self.budget, self.budget.iterations or 0
        length = budget.seconds or 1.0
        quick, draft = min(0.1, 0.12 / length), min(0.2, 0.8 / length)
        self.grouping.begin()
        if sum(len(d.sketch.blocks) for d in self.grouping.drafts) < len(self.campus.blocks):
            self.answer.indivisible = self.indivisible()
            return None
        self.grouping.improve(budget.span(0, quick, min(4 * moves, 1_000), STRIDE))
        if self.uneven():
            self.answer.indivisible = self.indivisible()
            if self.answer.indivisible:
                return None
        self.lay_out(budget.span(quick, draft, min(moves, 300), ROTA_STRIDE), until_complete=True)
        staff = self.grouping.lacking(self.grouping.drafts) > 0
        if self.lacking() and not staff:
            self.force(self.rota.snapshot())
        if self.lacking() and (staff or self.length() >= 1) and self.pack_crews(0):
            share = budget.span(draft, 1.5 * draft, min(moves, 300), ROTA_STRIDE)
            self.lay_out(share, until_complete=True)
            if self.lacking():
                self.force(self.rota.snapshot())
        return draft

    def uneven(self) -> bool:
        """Whether the groups so far are too small or too many."""
        drafts = self.grouping.drafts
        return any(d.sketch.small for d in drafts) or len(drafts) > len(self.campus.escorts)

    def indivisible(self) -> str:
        """The sentence that says why the guests of a small day make no groups, where that is
        proved."""
        campus = self.campus
        if not self.exact or self.budget.stop():
            return ""
        if not indivisible(campus, len(campus.problem.staff_of("escort"))):
            return ""
        return "division" if indivisible(campus, len(campus.blocks)) else "division-escorts"

    def lacking(self) -> bool:
        """Whether something is still missing, and there is time to look for it."""
        return self.best is not None and self.best.lacks > 0 and not self.budget.stop()

    def force(self, snapshot: Snapshot) -> None:
        """Look for a complete timetable of few groups by the exact model."""
        if not self.exact or len(snapshot.tours) > MOST_EXACT:
            return
        # CP-SAT takes half a second to import; most plans do without.
        from visitplanner.planning.exact import Walker, lay_out_exactly

        deadline = min(self.campus.deadline, duty_end(self.campus.problem))
        walkers = [
            Walker(
                d.sketch.allowed, d.sketch.gain, d.sketch.total, d.sketch.heads, d.sketch.must,
                self.campus.stops, deadline=deadline,
            )
            for d, _ in snapshot.tours
        ]  # fmt: skip
        answer = lay_out_exactly(
            self.campus, walkers, first=True, seconds=2.0, cancelled=self.budget.stop,
            deterministic=EXACT_WORK if self.budget.seconds is None else EXACT_SECONDS,
        )  # fmt: skip
        if answer.visits is not None:
            drafts = [d for d, _ in snapshot.tours]
            tours = tuple(zip(drafts, answer.visits, strict=True))
            self.rota.restore(Snapshot(0, 0, tours))
            self.keep(self.rota.snapshot())
            self.kernel.clear()

    def lay_out(
        self,
        share: Callable[[], float],
        *,
        cold: float = COLD,
        until_complete: bool = False,
        meetings: Sequence[float] = (),
    ) -> Snapshot:
        """A timetable for the grouping as it stands, improved; once stopped, the best there is."""
        if self.best is not None and self.budget.stop():
            return self.best
        prices = self.sketcher.prices
        self.rota.begin(self.grouping.drafts)
        self.keep(self.rota.snapshot())
        found = self.rota.improve(
            share, self.hear, cold=cold, until_complete=until_complete, met=self.met,
            meetings=meetings,
        )  # fmt: skip
        self.keep(found)
        self.kernel.clear()
        self.sketcher.set_prices(prices)
        return found

    def hear(self, snapshot: Callable[[], Snapshot]) -> None:
        """Have a better timetable when there is somebody to tell, not too often."""
        if self.on_progress is not None:
            best = self.best
            if best is None or best.lacks or self.budget.now() - self.told >= TELL:
                self.keep(snapshot())

    def keep(self, snapshot: Snapshot) -> None:
        """Remember a better timetable and tell of it."""
        best = self.best
        if best is not None and best.rank <= snapshot.rank:
            return
        self.best = snapshot
        if self.on_progress is not None:
            now = self.budget.now()
            if best is None or best.lacks or now - self.told >= TELL:
                self.told = now
                plan = self.answer.draft(snapshot)
                self.on_progress(Progress(plan.score, plan.bound, plan.gap, plan))
