"""A plan as plain frozen values: groups, their visits, the score, the bounds, the reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from visitplanner.planning.problem import Member, Problem

Status = Literal["optimal", "feasible", "infeasible", "unknown"]


@dataclass(frozen=True, slots=True)
class Visit:
    """One group at one stop, minutes from the start of the tour."""

    stop: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Group:
    """A tour group; `interpreters` pairs each working language that needs one with who gives it."""

    id: str
    members: tuple[Member, ...]
    working_languages: tuple[str, ...]
    escort: str | None
    interpreters: tuple[tuple[str, str], ...]
    visits: tuple[Visit, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Minutes waited and walked, weights of unmet wishes, interpreters used, and the weighted sum;
    lower is better."""

    idle: int = 0
    walk: int = 0
    unmet_wish: int = 0
    interpreter: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """Why there is no plan: a stable code, words for a coordinator, the rule to give up."""

    code: str
    text: str
    relax: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What the planner found. `shortfalls` name what an unfinished draft still lacks (never in a
    plan whose status is feasible or optimal)."""

    status: Status
    groups: tuple[Group, ...] = ()
    score: Score = field(default_factory=Score)
    bound: int | None = None
    grouping_bound: int = 0
    seconds: float = 0.0
    seed: int = 1
    reasons: tuple[Reason, ...] = ()
    shortfalls: tuple[Reason, ...] = ()

    @property
    def gap(self) -> float:
        """(total - bound) / bound, with the grouping bound where there is no global one."""
        bound = self.grouping_bound if self.bound is None else self.bound
        return (self.score.total - bound) / bound if bound > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a running search: the best plan so far and what is proved about it."""

    score: Score
    bound: int | None
    gap: float
    plan: Plan


def group_letters(count: int) -> list[str]:
    """Names of groups: A, B … without I, then AA, AB …"""
    alphabet = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
    single = list(alphabet)
    return (single + [a + b for a in alphabet for b in alphabet])[:count]


def score_of(problem: Problem, groups: tuple[Group, ...]) -> Score:
    """Idle and walking minutes, unmet wishes and interpreters of `groups`, weighed by the rules."""
    idle = walk = unmet = 0
    for group in groups:
        place, free = problem.hall, 0
        for visit in group.visits:
            way = problem.minutes(place, visit.stop)
            walk += way
            idle += visit.start - free - way
            place, free = visit.stop, visit.end
        walk += problem.minutes(place, problem.hall)
        seen = {visit.stop for visit in group.visits}
        for member in group.members:
            wishes = problem.by_id[member.delegation].parts[member.part].wishes
            unmet += sum(weight for stop, weight in wishes if stop not in seen)
    used = sum(len(group.interpreters) for group in groups)
    w = problem.rules.weights
    total = w.idle * idle + w.walk * walk + w.unmet_wish * unmet + w.interpreter * used
    return Score(idle, walk, unmet, used, total)


def back_in_hall(problem: Problem, group: Group) -> int:
    """Minute a group is back in the hall; 0 when it visits nothing."""
    if not group.visits:
        return 0
    last = group.visits[-1]
    return last.end + problem.minutes(last.stop, problem.hall)
