"""Repairs keep every rule of the day as the event leaves it, and change no more than they must."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planning.cases import demo_day, random_day
from visitplanner.planning.checker import check
from visitplanner.planning.events import Event, read_event
from visitplanner.planning.exact import lay_out_exactly
from visitplanner.planning.json_field import ProblemFault
from visitplanner.planning.plan import Plan
from visitplanner.planning.plan_file import plan_to_json
from visitplanner.planning.planner import plan
from visitplanner.planning.problem import Problem
from visitplanner.planning.problem_document import problem_to_json
from visitplanner.planning.problem_file import read_problem
from visitplanner.planning.relay import Relay
from visitplanner.planning.repair import Day, Repair, better_repair, repair, visits_changed

HELPLESS = {"no-staff", "no-place"}


@lru_cache(maxsize=64)
def published(seed: int) -> tuple[Problem, Plan]:
    """A random day and its plan (feasible for the seeds used)."""
    problem = read_problem(random_day(seed, 14, 6))
    return problem, plan(problem, iterations=60)


@lru_cache(maxsize=1)
def demo() -> tuple[Problem, Plan]:
    """The day of the visit and its plan."""
    problem = read_problem(demo_day(4))
    return problem, plan(problem, iterations=100)


def faults(found: Repair) -> list[Any]:
    """What the checker says of a repair."""
    return check(problem_to_json(found.problem), plan_to_json(found.problem, found.plan))


def points(found: Repair, before: Plan) -> int:
    """What a repair costs, interpreters left out: score plus 10 for each changed visit."""
    score = found.plan.score
    return score.idle + score.walk + 30 * score.unmet_wish + 10 * visits_changed(before, found.plan)


def events(draw: Any, problem: Problem, before: Plan) -> Event:
    """An event of any kind that can happen on this day."""
    now = draw(st.integers(0, problem.horizon // 2))
    group = draw(st.sampled_from(before.groups))
    guest = draw(st.sampled_from(problem.delegations)).id
    kind = draw(st.sampled_from(["late", "closed", "reopened", "staff-lost", "leaves", "split",
                                 "arrives-late"]))  # fmt: skip
    stop = draw(st.sampled_from(problem.stops)).id
    until = min(problem.horizon, now + draw(st.integers(5, 60)))
    staff = [g.escort for g in before.groups if g.escort] + [
        who for g in before.groups for _, who in g.interpreters
    ]
    members = group.members[:1] if kind == "split" else ()
    if kind == "split" and len(group.members) == 1:
        kind = "late"
    return Event(
        kind, now, group=group.id, stop=stop, staff=draw(st.sampled_from(staff)),
        delegation=guest, minutes=draw(st.integers(0, 30)), until=until, members=members,
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.data(), st.integers(0, 30))
def test_a_repair_keeps_every_rule_of_the_day_it_leaves(data: Any, seed: int) -> None:
    problem, before = published(seed)
    if before.status == "unknown" or not before.groups:
        return
    event = events(data.draw, problem, before)
    found = repair(problem, before, event)
    if not HELPLESS & {note.code for note in found.notes}:
        assert [f for f in faults(found) if event.kind != "split" or f.rule != "H2"] == []


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 30), st.integers(0, 150))
def test_no_event_changes_nothing(seed: int, now: int) -> None:
    problem, before = published(seed)
    if not before.groups:
        return
    found = repair(problem, before, Event("late", now, group=before.groups[0].id, minutes=0))
    assert found.plan == before
    assert found.changes == ()
    assert found.notes == ()


def test_visits_that_began_stay_as_they_were() -> None:
    problem, before = demo()
    found = repair(problem, before, Event("closed", 40, stop="stop2", until=84))
    for old, new in zip(before.groups, found.plan.groups, strict=True):
        begun = [v for v in old.visits if v.start < 40]
        assert list(new.visits[: len(begun)]) == begun
    assert not any(v.stop == "stop2" and v.start >= 40 for g in found.plan.groups for v in g.visits)
    assert visits_changed(before, found.plan) > 0
    assert found.changes


def test_a_lost_interpreter_is_replaced_by_a_free_one() -> None:
    document = demo_day(4)
    document["staff"].append({"id": "SPARE", "role": "interpreter", "languages": ["fr"]})
    problem = read_problem(document)
    before = plan(problem, iterations=60)
    lost = next(who for g in before.groups for x, who in g.interpreters if x == "fr")
    found = repair(problem, before, Event("staff-lost", 10, staff=lost))
    assert faults(found) == []
    assert all(lost not in dict(g.interpreters).values() for g in found.plan.groups)
    assert visits_changed(before, found.plan) == 0


def test_unlisted_guests_join_a_group_that_understands_them() -> None:
    problem = read_problem(demo_day(4, group_people=[6, 16]))
    before = plan(problem, iterations=60)
    guests = {
        "id": "NEW", "country": "C99", "people": 1, "precedence": 999, "languages": ["fr"],
    }  # fmt: skip
    document = {"format": "visitplanner-tour-event/1", "kind": "joins", "now": 0}
    event = read_event(document | {"delegation": guests}, problem, before)
    found = repair(problem, before, event)
    assert faults(found) == []
    home = next(g for g in found.plan.groups if any(m.delegation == "NEW" for m in g.members))
    assert "fr" in home.working_languages


def test_the_better_repair_is_proved_or_better_and_never_in_place() -> None:
    problem, before = published(3)
    event = Event("closed", 20, stop="s1", until=90)
    quick = repair(problem, before, event)
    offer = better_repair(problem, before, event, quick, broken=len(faults(quick)), seconds=5)
    assert offer is not None
    if offer.plan.groups == quick.plan.groups:
        assert offer.proved
    assert faults(offer) == []


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ({"kind": "flood"}, "$.kind"),
        ({"kind": "late", "group": "A"}, "$.minutes"),
        ({"kind": "late", "group": "Ω", "minutes": 3}, "$.group"),
        ({"kind": "closed", "stop": "moon"}, "$.stop"),
        ({"kind": "closed", "stop": "stop1", "until": 85}, "$.until"),
        ({"kind": "late", "group": "A", "minutes": 3, "why": "lift"}, "$.why"),
    ],
)
def test_a_bad_event_is_refused_by_its_field(document: dict[str, Any], path: str) -> None:
    problem, before = demo()
    own = {"format": "visitplanner-tour-event/1", "now": 3} | document
    with pytest.raises(ProblemFault) as refusal:
        read_event(own, problem, before)
    assert refusal.value.path == path


def test_a_group_already_walking_is_not_held_to_have_stood_still() -> None:
    document = random_day(15, 18)
    for stop in document["stops"]:
        stop["groups_at_once"] = 1
    problem = read_problem(document)
    before = plan(problem, iterations=40)
    event = Event("late", 20, group=before.groups[0].id, minutes=12)
    day = Day(problem, before, event, "en")
    day.mend()
    walkers = [day.walker(g) for g in day.groups]
    assert any(w.underway[0] >= 0 for w in walkers)
    laid = [g.ahead for g in day.groups]
    exact = lay_out_exactly(day.campus, walkers, seconds=20, complete=False, hints=laid, now=20)
    assert exact.proved
    assert exact.visits is not None
    quick = repair(problem, before, event)
    best = better_repair(problem, before, event, quick, broken=len(faults(quick)), seconds=20)
    assert best is not None
    assert best.proved
    day._set(list(exact.visits))
    assert day.points() == points(best, before)


def test_laying_out_anew_never_ends_worse_and_books_what_it_says() -> None:
    problem, before = published(3)
    day = Day(problem, before, Event("closed", 20, stop="s1", until=90), "en")
    day.mend()
    quick = day.points()
    Relay(day.calendar, day.groups).run(200, 100.0, lambda: False)
    assert day.points() <= quick
    assert faults(day.result()) == []
