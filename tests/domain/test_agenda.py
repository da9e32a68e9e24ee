"""The agenda: the seed's day, clashes, delays, midnight, two views of one set of items."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitplanner.domain.agenda import Interpretation, Item, by_day, in_time, visit_day
from visitplanner.domain.agenda_changes import retimed
from visitplanner.domain.agenda_clashes import Clash, clashes
from visitplanner.domain.agenda_views import (
    GuestLine,
    current,
    guests_view,
    running_order,
    upcoming,
)
from visitplanner.domain.refusals import NotFound, Refusal

SEVEN_UTC = datetime(2025, 10, 31, 7, tzinfo=UTC)
MOSCOW = "Europe/Moscow"


def item(id_, minute, minutes, **extra):
    return Item(id_, SEVEN_UTC + timedelta(minutes=minute), minutes, **extra)


def minute_of(at):
    return int((at - SEVEN_UTC).total_seconds() // 60)


# The day of the notes from 10:00 local, before anybody thought of interpretation.
DAY = (
    item("prepare", -180, 0, audience="staff", responsible="Venue", phone="+7", cue="lights"),
    item("desk", -60, 45, room="lobby"),
    item("greeting", -20, 15, audience="heads", room="lobby-2"),
    item("welcome", 0, 5, room="hall"),
    item("opening", 5, 7, room="hall", speakers=("deputy",)),
    item("cluster", 12, 15, room="hall", speakers=("director",)),
    item("export", 27, 15, room="hall", speakers=("exporter",)),
    item("questions", 42, 5, room="hall"),
    item("photo", 47, 6, room="stairs"),
    item("tour", 53, 84),
    item("coffee", 137, 36, room="lobby"),
    item("farewell", 173, 10, room="lobby"),
)


def starts(plan):
    return {one.id: minute_of(one.starts_at) for one in plan}


def test_consecutive_interpretation_doubles_and_shifts_everything_after_it():
    plan = retimed(DAY, "opening", interpretation=Interpretation.CONSECUTIVE)
    opening = next(one for one in plan.items if one.id == "opening")
    assert (opening.minutes, opening.planned_minutes) == (7, 14)
    at = starts(plan.items)
    assert [at[k] for k in ("opening", "cluster", "export", "questions", "photo")] == [
        5,
        19,
        34,
        49,
        54,
    ]
    assert (at["tour"], at["coffee"], at["farewell"]) == (60, 144, 180)
    assert (at["desk"], at["greeting"], at["welcome"]) == (-60, -20, 0)
    assert set(plan.moved.values()) == {7}
    back = retimed(plan.items, "opening", interpretation=Interpretation.NONE)
    assert back.items == in_time(DAY)


@pytest.mark.parametrize("mode", ["none", "simultaneous", "whispered"])
def test_other_interpretation_costs_no_time(mode):
    assert retimed(DAY, "opening", interpretation=Interpretation(mode)).moved == {}


def test_gaps_soak_up_a_delay_where_asked():
    plan = (item("a", 0, 10), item("b", 15, 10), item("c", 40, 5))
    assert retimed(plan, "a", late_by=8, absorb_gaps=True).moved == {"a": 8, "b": 3}
    assert retimed(plan, "a", late_by=8).moved == {"a": 8, "b": 8, "c": 8}


def test_overlapping_followers_leave_no_gap_to_soak_up():
    plan = (item("a", 0, 10), item("b", 10, 20), item("c", 15, 5))
    assert retimed(plan, "a", late_by=8, absorb_gaps=True).moved == {"a": 8, "b": 8, "c": 8}


def test_a_fixed_item_stays_and_is_named():
    plan = (item("a", 0, 10), item("b", 10, 10), replace(item("c", 20, 5), fixed=True))
    plan += (item("d", 25, 5),)
    late = retimed(plan, "a", minutes=14)
    assert late.moved == {"b": 4}
    assert late.run_into == ("c",)
    assert starts(late.items)["d"] == 25


def test_shorter_brings_everything_forward():
    assert retimed(DAY, "tour", minutes=70).moved == {"coffee": -14, "farewell": -14}


def test_changes_that_cannot_be():
    with pytest.raises(NotFound, match="no-such-item"):
        retimed(DAY, "nothing", late_by=1)
    with pytest.raises(Refusal, match="negative-minutes"):
        retimed(DAY, "tour", minutes=-1)


def test_the_day_has_no_clash_and_touching_is_none():
    assert clashes(DAY) == ()


def test_one_room_twice():
    extra = item("rehearsal", 10, 10, room="hall")
    assert clashes((*DAY, extra)) == (
        Clash("room-taken-twice", "error", "hall", "opening", "rehearsal", 2),
        Clash("room-taken-twice", "error", "hall", "rehearsal", "cluster", 8),
    )
    preparing = replace(extra, audience="staff")
    assert {(c.key, c.severity) for c in clashes((*DAY, preparing))} == {
        ("room-being-prepared", "warning")
    }


def test_a_speaker_and_an_interpreter_in_two_places():
    plan = (
        item("a", 0, 20, room="x", speakers=("ann", "bob"), interpreters=("ida",)),
        item("b", 10, 20, room="y", speakers=("bob",), interpreters=("ida",)),
    )
    assert clashes(plan) == (
        Clash("interpreter-in-two-places", "error", "ida", "a", "b", 10),
        Clash("speaker-in-two-places", "error", "bob", "a", "b", 10),
    )


def test_no_time_to_change_rooms_is_a_warning():
    plan = (item("a", 0, 10, room="x", speakers=("ann",)),)
    next_door = item("b", 12, 10, room="y", speakers=("ann",))
    assert clashes((*plan, next_door)) == (
        Clash("speaker-without-break", "warning", "ann", "a", "b", 2),
    )
    assert clashes((*plan, next_door), break_minutes=2) == ()
    assert clashes((*plan, replace(next_door, room="x"))) == ()


def test_items_of_no_length_clash_with_nothing():
    assert clashes((item("a", 0, 10, room="x"), item("b", 5, 0, room="x"))) == ()


def test_consecutive_interpretation_makes_a_clash():
    plan = (item("a", 0, 10, room="x"), item("b", 10, 10, room="x"))
    doubled = (replace(plan[0], interpretation=Interpretation.CONSECUTIVE), plan[1])
    assert clashes(plan) == ()
    assert [clash.minutes for clash in clashes(doubled)] == [10]


def test_a_dinner_past_midnight_is_one_day_in_order():
    ten_pm = datetime(2025, 10, 31, 19, tzinfo=UTC)
    dinner = Item("dinner", ten_pm, 210)
    toast = Item("toast", ten_pm + timedelta(minutes=150), 5)
    breakfast = Item("breakfast", ten_pm + timedelta(hours=10), 30)
    days = by_day([breakfast, toast, dinner], MOSCOW)
    assert {day: [one.id for one in of] for day, of in days.items()} == {
        date(2025, 10, 31): ["dinner", "toast"],
        date(2025, 11, 1): ["breakfast"],
    }
    assert visit_day(toast.starts_at, MOSCOW) == date(2025, 10, 31)
    assert visit_day(toast.starts_at, "UTC") == date(2025, 10, 31)
    four = datetime(2025, 11, 1, 1, tzinfo=UTC)
    assert visit_day(four, MOSCOW) == date(2025, 11, 1)
    assert visit_day(four - timedelta(seconds=1), MOSCOW) == date(2025, 10, 31)


def test_a_clock_change_does_not_lengthen_an_item():
    before = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    assert Item("a", before, 60).ends_at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_guests_see_no_staff_and_no_staff_fields():
    lines = guests_view(DAY)
    assert [line.id for line in lines][:2] == ["desk", "welcome"]
    assert [line.id for line in guests_view(DAY, ("guests", "heads"))][:2] == ["desk", "greeting"]
    assert guests_view(DAY, ("staff",)) == ()
    hidden = {"responsible", "phone", "cue", "remarks", "plan_b", "interpreters", "audience"}
    assert not hidden & {one.name for one in fields(GuestLine)}
    assert hidden <= {one.name for one in fields(Item)}


def test_the_running_order_has_everything_numbered_from_the_opening():
    lines = running_order(DAY, SEVEN_UTC)
    assert [line.number for line in lines] == list(range(1, len(DAY) + 1))
    assert (lines[0].item.cue, lines[0].from_opening) == ("lights", -180)
    assert [line.slack_before for line in lines[:4]] == [0, 120, 0, 5]
    assert running_order([], SEVEN_UTC) == ()


def test_now_and_next():
    now = SEVEN_UTC + timedelta(minutes=5)
    assert [one.id for one in current(DAY, now)] == ["opening"]
    assert upcoming(DAY, now).id == "cluster"
    assert upcoming(DAY, now + timedelta(days=1)) is None


plans = st.lists(
    st.tuples(st.integers(0, 200), st.integers(0, 40), st.booleans()), min_size=1, max_size=8
).map(lambda rows: [item(f"i{n}", at, m, fixed=f) for n, (at, m, f) in enumerate(rows)])


@given(plans, st.integers(0, 60), st.booleans())
def test_a_delay_moves_only_followers_never_back_and_never_a_fixed_one(plan, late, absorb):
    changed = plan[0]
    result = retimed(plan, changed.id, late_by=late, absorb_gaps=absorb)
    before, after = starts(plan), starts(result.items)
    assert set(before) == set(after)
    for one in plan[1:]:
        moved = after[one.id] - before[one.id]
        assert 0 <= moved <= late
        assert moved == result.moved.get(one.id, 0)
        if one.fixed or one.starts_at < changed.ends_at:
            assert moved == 0


@given(plans)
def test_clashes_do_not_depend_on_the_order_of_input(plan):
    roomed = [replace(one, room="x", speakers=("ann",)) for one in plan]
    assert clashes(roomed) == clashes(roomed[::-1])
    for clash in clashes(roomed):
        assert clash.minutes > 0
