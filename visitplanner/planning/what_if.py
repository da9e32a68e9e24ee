"""Who is short, and what one more of something would buy: computed by planning again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from visitplanner.planning.campus import compile_campus
from visitplanner.planning.capacity import stop_capacity
from visitplanner.planning.plan import Plan, Reason, Score
from visitplanner.planning.planner import plan
from visitplanner.planning.problem import Problem
from visitplanner.planning.relaxed import with_horizon, with_people, with_places, with_staff
from visitplanner.planning.words import joined, say


@dataclass(frozen=True, slots=True)
class Gain:
    """One change and what it saves against the plan as it is (minutes, weights, points); `text`
    says it to a coordinator, `problem` and `plan` are the changed problem and its plan."""

    code: str
    what: str
    idle: int
    walk: int
    unmet_wish: int
    points: int
    text: str
    problem: Problem
    plan: Plan


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
    `minutes` more time would save, most first. `current` is improved first; each change and no
    change at all then get the same number of iterations from there, so that only the change
    itself counts."""
    begun = plan(problem, iterations=iterations, seed=seed, start=current, cancelled=cancelled)
    before = plan(problem, iterations=iterations, seed=seed, start=begun, cancelled=cancelled)
    found = []
    for code, what, wider in _changes(problem, minutes):
        if cancelled():
            break
        after = plan(wider, iterations=iterations, seed=seed, start=begun, cancelled=cancelled)
        if after.groups and before.groups and after.score.total < before.score.total:
            found.append(_gain(code, what, before.score, after, wider, language))
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
    yield "more-people", str(most + 1), with_people(problem, least, most + 1)


def _gain(code: str, what: str, old: Score, after: Plan, problem: Problem, language: str) -> Gain:
    new = after.score
    saved = {
        "idle": old.idle - new.idle,
        "walk": old.walk - new.walk,
        "unmet": old.unmet_wish - new.unmet_wish,
        "staff": old.interpreter - new.interpreter,
    }
    parts = [
        say(f"{'less' if n > 0 else 'more'}-{kind}", language, n=abs(n))
        for kind, n in sorted(saved.items(), key=lambda item: item[1] <= 0)
        if n
    ]
    subject = say(code, language, what=what, languages=(what,))
    points = old.total - new.total
    text = say("saves", language, what=subject, parts=joined(parts, language), points=points)
    return Gain(
        code, what, saved["idle"], saved["walk"], saved["unmet"], points, text, problem, after
    )


def shortages(problem: Problem, current: Plan, language: str = "en") -> tuple[Reason, ...]:
    """Who and what is short in a plan: languages and escorts without anybody to spare, stops that
    take no further visit while somebody wishes to see them."""
    found = []
    helpers = {who for g in current.groups for _, who in g.interpreters}
    for name in sorted({x for g in current.groups for x, _ in g.interpreters}):
        able = {s.id for s in problem.staff_of("interpreter") if name in s.languages}
        if able and able <= helpers:
            values = {"languages": (name,), "used": len(able & helpers), "there": len(able)}
            found.append(Reason("none-spare", say("none-spare", language, **values), "staff"))
    there = len(problem.staff_of("escort"))
    if current.groups and there <= len(current.groups):
        text = say("no-escort-spare", language, used=len(current.groups), there=there)
        found.append(Reason("no-escort-spare", text, "staff"))
    return (*found, *_full_stops(problem, current, language))


def _full_stops(problem: Problem, current: Plan, language: str) -> Iterator[Reason]:
    room = stop_capacity(compile_campus(problem, everyone=True))
    used = Counter(v.stop for g in current.groups for v in g.visits)
    unmet: Counter[str] = Counter()
    for g in current.groups:
        seen = {v.stop for v in g.visits}
        for m in g.members:
            wishes = problem.by_id[m.delegation].parts[m.part].wishes
            unmet.update(stop for stop, weight in wishes if weight and stop not in seen)
    for stop, there in zip(problem.stops, room, strict=True):
        if used[stop.id] >= there and unmet[stop.id]:
            values = {"used": used[stop.id], "there": there, "unmet": unmet[stop.id]}
            text = say("stop-full", language, stop=stop.name or stop.id, **values)
            yield Reason("stop-full", text, "groups_at_once")
