"""The axis of the day's board: nothing changes its order, and a long night costs no scrolling."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from visitplanner.blueprints.agenda.axis import HOURS, axis_of

MOMENTS = st.sets(st.integers(0, 120).map(lambda n: 5 * n), min_size=2)


@given(MOMENTS)
def test_order_stays_and_no_stretch_without_a_change_is_drawn_long(moments: set[int]) -> None:
    axis = axis_of(moments)
    known = sorted(moments)
    for before, after in pairwise(known):
        drawn = axis.place(after) - axis.place(before)
        assert 0 < drawn <= after - before
        assert drawn < 3 * HOURS
    places = [axis.place(minute) for minute in range(known[-1] + 1)]
    assert places == sorted(places)


@given(MOMENTS)
def test_what_is_short_is_drawn_in_proportion(moments: set[int]) -> None:
    axis = axis_of(moments)
    for before, after in pairwise(sorted(moments)):
        if after - before <= HOURS:
            assert axis.place(after) - axis.place(before) == after - before


@given(MOMENTS)
def test_labels_keep_their_distance(moments: set[int]) -> None:
    axis = axis_of(moments)
    places = [axis.place(minute) for minute in axis.labels(max(moments))]
    assert all(after - before == HOURS for before, after in pairwise(places))


def test_two_hours_of_preparation_are_drawn_as_half_an_hour() -> None:
    axis = axis_of({0, 120, 165, 180})
    assert [axis.place(m) for m in (0, 60, 120, 165, 180)] == [0, 15, 30, 75, 90]
    assert axis.labels(180) == [0, 120, 150]
