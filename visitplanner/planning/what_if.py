"""What one more of something would buy: computed by planning again, not guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from visitplanner.planning.relaxed import with_horizon, with_places, with_staff
from visitplanner.planning.plan import Plan
from visitplanner.planning.planner import plan
from visitplanner.planning.problem import Problem
from visitplanner.planning.words import say


@dataclass(frozen=True, slots=True)
class Gain:
    """One change and what it saves against the plan as it is (minutes, weights, points); `text`
    says it to a coordinator."""

    code: str
    what: str
    idle: int
    walk: int
    unmet_wish: int
    points: int
    text: str


def what_if(
    problem: Problem,
    current: Plan,
    *,
    iterations: int = 400,
    seed: int = 1,
    language: str = "en",
    minutes: int = 10,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Gain, ...]:
    """What one more interpreter of each language, one more escort, one more place at each stop and
    `minutes` more time would save, most first; each starts from `current` and gets the same number
    of iterations as the day as it is, so that only the change itself counts."""
    before = plan(problem, iterations=iterations, seed=seed, start=current, cancelled=cancelled)
    found = []
    for code, what, wider in _changes(problem, minutes):
        if cancelled():
            break
        after = plan(wider, iterations=iterations, seed=seed, start=before, cancelled=cancelled)
        if after.groups and before.groups:
            gain = _gain(code, what, before, after, language)
            if gain.points > 0:
                found.append(gain)
    return tuple(sorted(found, key=lambda g: (-g.points, g.code, g.what)))


def _changes(problem: Problem, minutes: int) -> Iterator[tuple[str, str, Problem]]:
    spoken = {x for d in problem.delegations for x in d.languages} - set(problem.host_languages)
    for name in sorted(spoken):
        yield "more-interpreter", name, with_staff(problem, "interpreter", (name,), 1)
    yield "more-escort", "", with_staff(problem, "escort", (), 1)
    for stop in problem.stops:
        yield "more-place", stop.name or stop.id, with_places(problem, {stop.id})
    yield "more-minutes", str(minutes), with_horizon(problem, problem.horizon + minutes)
    least, most = problem.rules.group_people
    rules = replace(problem.rules, group_people=(least, most + 1))
    yield "more-people", str(most + 1), replace(problem, rules=rules)


def _gain(code: str, what: str, before: Plan, after: Plan, language: str) -> Gain:
    old, new = before.score, after.score
    saved = {
        "idle": old.idle - new.idle,
        "walk": old.walk - new.walk,
        "unmet": old.unmet_wish - new.unmet_wish,
        "points": old.total - new.total,
    }
    text = say(code, language, what=what) + " " + say("saves", language, **saved)
    return Gain(code, what, saved["idle"], saved["walk"], saved["unmet"], saved["points"], text)
