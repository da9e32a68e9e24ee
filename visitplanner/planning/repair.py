"""Repairs a published plan after an event with the fewest changes: at once, then perhaps better."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from visitplanner.planning.campus import compile_campus
from visitplanner.planning.changes import Change, changes, visits_changed
from visitplanner.planning.checker import check
from visitplanner.planning.checking.fault import Fault
from visitplanner.planning.events import Event, amend
from visitplanner.planning.kernel import Kernel
from visitplanner.planning.live import (
    CHANGED_VISIT,
    Calendar,
    Live,
    Visits,
    live_groups,
    tempered,
)
from visitplanner.planning.plan import Group, Plan, Reason, Visit, back_in_hall, score_of
from visitplanner.planning.plan_file import plan_to_json
from visitplanner.planning.problem import Problem
from visitplanner.planning.problem_document import problem_to_json
from visitplanner.planning.reassign import reassign
from visitplanner.planning.relay import Relay
from visitplanner.planning.words import say

if TYPE_CHECKING:
    from visitplanner.planning.exact import Walker

KEPT = (25, 60, 0)
"""Points a published stop earns in the attempts of a repair."""
MOST_FREED = 10
"""Groups tried for release beside the broken ones."""
MOST_STOPS, MOST_EXACT = 10, 10
"""Stops and groups of a day looked at as a whole; groups the exact model moves on others."""
LAPS, HOT, WARM = 1_000, 200.0, 5.0
"""Steps in which groups are laid out anew for a better repair; by how many points the first may be
worse, on small days and on larger ones, where time allows fewer steps than groups need."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A repaired plan, the problem it is a plan of, what changed, what could not be kept, and
    whether no repair is better (points: score plus 10 for each changed visit)."""

    plan: Plan
    problem: Problem
    changes: tuple[Change, ...]
    notes: tuple[Reason, ...]
    proved: bool = False


def repair(problem: Problem, plan: Plan, event: Event, language: str = "en") -> Repair:
    """The quick answer: groups whose tour is broken are laid out anew around the others, at most
    one more is moved where that saves more than it costs. Milliseconds; no event, no change."""
    day = Day(problem, plan, event, language)
    day.mend()
    return day.result()


def better_repair(
    problem: Problem,
    plan: Plan,
    event: Event,
    quick: Repair,
    *,
    broken: int,
    seconds: float = 2.0,
    language: str = "en",
    cancelled: Callable[[], bool] = lambda: False,
) -> Repair | None:
    """A repair better than `quick`, found by the exact model within `seconds`, to be offered beside
    it; `quick` itself marked as proved when there is none; None when neither was shown. `broken`:
    how many faults `quick` has (`faults_of`); the better one has no more."""
    day = Day(problem, plan, event, language)
    day.mend()
    before = day.points()
    answer = day.exactly(seconds, cancelled)
    if answer is None:
        return None
    found, proved = answer
    proved = proved and day.campus.problem.rules == day.problem.rules
    if day.points() >= before:
        return replace(quick, proved=True) if proved else None
    # Where weights are heavy, stops left out may save more points than they cost.
    keeps_as_much = len(faults_of(replace(quick, plan=found.plan))) <= broken
    return replace(found, proved=proved) if keeps_as_much else None


def faults_of(found: Repair) -> list[Fault]:
    """What the checker says of a repair."""
    return check(problem_to_json(found.problem), plan_to_json(found.problem, found.plan))


class Day:
    """The day at the minute of an event."""

    def __init__(self, problem: Problem, plan: Plan, event: Event, language: str) -> None:
        self.before, self.plan, self.event, self.language = problem, plan, event, language
        self.notes: list[Reason] = []
        self.laps = 0
        problem = amend(problem, plan, event)
        groups = reassign(problem, plan, event, language, self.notes)
        self.campus = compile_campus(tempered(problem), everyone=True)
        self.problem = problem
        self.groups = live_groups(self.campus, groups, event.now)
        if event.kind == "late":
            self._delay()
        if event.kind == "split":
            self._part()
        kernel = Kernel(self.campus)
        self.calendar = Calendar(self.campus, kernel, self.groups, event.now)
        self.broken = [
            g for g in self.groups
            if self.calendar.possible(g, g.ahead) != g.ahead or self._empty(g)
        ]  # fmt: skip

    @staticmethod
    def _empty(live: Live) -> bool:
        return not live.begun and not live.ahead

    def _delay(self) -> None:
        for live in self.groups:
            if live.group.id == self.event.group:
                live.free += self.event.minutes

    def _part(self) -> None:
        """Those who walk on alone set out from where their group is."""
        published = {g.id for g in self.plan.groups}
        origin = next(live for live in self.groups if live.group.id == self.event.group)
        for live in self.groups:
            if live.group.id not in published:
                live.place, live.free = origin.place, origin.free

    def points(self) -> int:
        """Points of the whole day."""
        return sum(self.calendar.cost(g) for g in self.groups)

    def mend(self) -> None:
        """Lay the broken groups out anew, trying several ways."""
        if not self.broken:
            return
        attempts = [self._attempt(self.broken, kept) for kept in KEPT]
        attempts.append(self._attempt(self.broken, None))
        best = min(attempts, key=lambda a: a[0])
        self._set(best[1])
        short = any(self._short(g) for g in self.broken)
        if short or len(self.groups) <= 40:
            for other in self._nearby():
                attempt = self._attempt([*self.broken, other], KEPT[0])
                if attempt[0] < best[0] - 1:
                    best = attempt
        self._set(best[1])

    def _short(self, live: Live) -> bool:
        return len(live.begun) + len(live.ahead) < self.campus.least_stops

    def _nearby(self) -> list[Live]:
        """Groups that will be at stops the broken ones were promised or could use."""
        wanted = {s for g in self.broken for s, _ in g.published}
        others = [g for g in self.groups if g not in self.broken and g.ahead]
        others.sort(key=lambda g: -sum(s in wanted for s, _ in g.ahead))
        return others[:MOST_FREED]

    def _set(self, ahead: list[Visits]) -> None:
        for live, visits in zip(self.groups, ahead, strict=True):
            if live.ahead != visits:
                self.calendar.lift(live)
        for live, visits in zip(self.groups, ahead, strict=True):
            if live.ahead != visits:
                self.calendar.lay(live, visits)

    def _attempt(self, freed: list[Live], kept: int | None) -> tuple[int, list[Visits]]:
        """Points and tours after re-inserting `freed`, or, with `kept` None, after only dropping
        the visits that have become impossible. Leaves the calendar as it was."""
        calendar = self.calendar
        old = [g.ahead for g in self.groups]
        for live in freed:
            calendar.lift(live)
        for live in freed:
            if kept is None:
                calendar.lay(live, calendar.possible(live, live.published))
            else:
                calendar.insert(live, kept)
        found = self.points(), [g.ahead for g in self.groups]
        self._set(old)
        return found

    def exactly(self, seconds: float, cancelled: Callable[[], bool]) -> tuple[Repair, bool] | None:
        """The best timetable found, and whether it is proved; None where none is better and nothing
        proved. Few groups at few stops: by prices and branching."""
        # CP-SAT takes half a second to import; all else does without.
        from visitplanner.planning.choice import Choice

        if len(self.groups) <= MOST_EXACT and self.campus.stops <= MOST_STOPS:
            walkers = [self.walker(g) for g in self.groups]
            choice = Choice(self.campus, walkers, (), self.event.now)
            laid = [g.ahead for g in self.groups]
            told = choice.better(laid, seconds, cancelled, self._relaid)
            return (self._offered(self.groups, told[0]), told[1]) if told else None
        return self._partly(seconds, cancelled)

    def _relaid(self, cancelled: Callable[[], bool], hot: float = HOT) -> list[Visits]:
        """What is ahead of the groups after laying them out anew many times."""
        self.laps += 1
        Relay(self.calendar, self.groups, self.laps).run(LAPS, hot, cancelled)
        return [g.ahead for g in self.groups]

    def _partly(self, seconds: float, cancelled: Callable[[], bool]) -> tuple[Repair, bool] | None:
        """The same on a larger day: all groups laid out anew, then the broken ones and their
        neighbours by the exact model."""
        from visitplanner.planning.exact import lay_out_exactly

        until, before = time.monotonic() + seconds, self.points()
        self._relaid(lambda: cancelled() or time.monotonic() > until - seconds / 2, WARM)
        moved = self.groups
        if len(moved) > MOST_EXACT:
            moved = (self.broken + self._nearby())[:MOST_EXACT]
        walkers = [self.walker(g) for g in moved]
        fixed = [g.begun + g.ahead for g in self.groups if g not in moved]
        answer = lay_out_exactly(
            self.campus, walkers, fixed=fixed, seconds=max(0.05, until - time.monotonic()),
            complete=False, hints=[g.ahead for g in moved], cancelled=cancelled,
            now=self.event.now,
        )  # fmt: skip
        if answer.visits is not None:
            proved = answer.proved and len(moved) == len(self.groups)
            return self._offered(moved, answer.visits), proved
        return (self.result(), False) if self.points() < before else None

    def walker(self, live: Live) -> Walker:
        """The group as the exact methods see it; one already on its way may go on."""
        from visitplanner.planning.exact import Walker

        now, underway = self.event.now, (-1, 0)
        promised = [stop for stop, start in live.published if start >= now]
        if promised and live.free <= now:
            walk = self.campus.walk[live.place][promised[0]]
            underway = (promised[0], max(now, live.free + walk))
        return Walker(
            live.allowed, live.gain, live.total, live.heads, live.must, live.place,
            max(live.free, now), live.begun, live.published, CHANGED_VISIT, live.until,
            underway,
        )  # fmt: skip

    def _offered(self, moved: list[Live], visits: Sequence[Visits]) -> Repair:
        """The timetable with these visits ahead, if it is better than the one at hand."""
        ahead = {id(g): v for g, v in zip(moved, visits, strict=True)}
        old, before = [g.ahead for g in self.groups], self.points()
        self._set([ahead.get(id(g), g.ahead) for g in self.groups])
        if self.points() >= before:
            self._set(old)
        return self.result()

    def result(self) -> Repair:
        """The plan as it now stands, with its problem and the differences."""
        problem, groups = self.problem, tuple(self._group(g) for g in self.groups)
        groups = tuple(g for g in groups if g.members)
        problem, notes = self._conceded(problem, groups)
        score = score_of(problem, groups)
        plan = Plan("feasible", groups, score, None, 0, 0.0, self.plan.seed)
        if groups == self.plan.groups and problem == self.before:
            plan = replace(
                plan, bound=self.plan.bound, grouping_bound=self.plan.grouping_bound,
                status=self.plan.status,
            )  # fmt: skip
        found = changes(self.plan, plan, self.language)
        return Repair(plan, problem, found, (*self.notes, *notes))

    def _group(self, live: Live) -> Group:
        stops, visit = self.problem.stops, self.campus.visit
        visits = tuple(Visit(stops[s].id, t, t + visit[s]) for s, t in live.begun + live.ahead)
        return replace(live.group, visits=visits)

    def _conceded(
        self, problem: Problem, groups: tuple[Group, ...]
    ) -> tuple[Problem, list[Reason]]:
        """The problem with what the event made impossible conceded, each named."""
        notes = []
        rules, language = problem.rules, self.language
        least, most = rules.stops_per_group
        for g in groups:
            if len(g.visits) < least:
                text = say("short-tour", language, who=g.id, seen=len(g.visits), least=least)
                notes.append(Reason("short-tour", text, "stops_per_group"))
        fewest = min([least, *(len(g.visits) for g in groups)])
        if fewest < least:
            rules = replace(rules, stops_per_group=(max(1, fewest), most))
            problem = replace(problem, rules=rules)
        problem, small = self._small(problem, groups)
        notes += small
        homes = {g.id: back_in_hall(problem, g) for g in groups}
        for live in self.groups:
            if not live.ahead and live.free:
                back = live.free + self.campus.walk[live.place][self.campus.stops]
                homes[live.group.id] = max(homes.get(live.group.id, 0), back)
        for name, minute in homes.items():
            if minute > problem.horizon:
                text = say("late-home", language, who=name, minute=minute)
                notes.append(Reason("late-home", text, "horizon"))
        return problem, notes

    def _small(self, problem: Problem, groups: tuple[Group, ...]) -> tuple[Problem, list[Reason]]:
        """The least size of a group lowered to what a split has left, each small group named."""
        least, most = problem.rules.group_people
        people = {
            g.id: sum(problem.by_id[m.delegation].parts[m.part].people for m in g.members)
            for g in groups
        }
        notes = [
            Reason(
                "short-people",
                say("short-people", self.language, who=name, people=count, least=least),
                "group_people",
            )
            for name, count in people.items()
            if count < least
        ]
        if notes:
            rules = replace(problem.rules, group_people=(min(people.values()), most))
            problem = replace(problem, rules=rules)
        return problem, notes


__all__ = ["Repair", "better_repair", "faults_of", "repair", "visits_changed"]
