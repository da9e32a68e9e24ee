"""The order of speaking closes up over the absent."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from visitplanner.domain.agenda import Interpretation
from visitplanner.domain.speakers import Talk, Turn, overrun, speaking_order


def test_an_absent_speaker_closes_up():
    talks = [Talk("c", 3, 5), Talk("a", 1, 7), Talk("b", 2, 10, absent=True)]
    assert speaking_order(talks) == (Turn(1, "a", 0, 7), Turn(2, "c", 7, 5))


def test_co_hosts_of_one_place_by_their_precedence_then_guests():
    talks = [
        Talk("guest", 1),
        Talk("second-host", 1, host_precedence=2),
        Talk("first-host", 1, host_precedence=1),
    ]
    assert [turn.speaker for turn in speaking_order(talks)] == [
        "first-host",
        "second-host",
        "guest",
    ]


def test_consecutive_interpretation_doubles_each_turn():
    talks = [Talk("a", 1, 7), Talk("b", 2, 5)]
    assert speaking_order(talks, Interpretation.CONSECUTIVE)[1] == Turn(2, "b", 14, 10)
    assert overrun(talks, 12) == 0
    assert overrun(talks, 12, Interpretation.CONSECUTIVE) == 12
    assert overrun([], 0) == 0


talk = st.builds(
    Talk,
    st.uuids().map(str),
    st.integers(1, 5),
    st.integers(0, 30),
    st.none() | st.integers(1, 3),
    st.booleans(),
)


@given(st.lists(talk, max_size=8))
def test_turns_are_numbered_without_gaps(talks):
    turns = speaking_order(talks)
    assert [turn.number for turn in turns] == list(range(1, len(turns) + 1))
    assert {turn.speaker for turn in turns} == {t.speaker for t in talks if not t.absent}
    assert all(a.starts_after + a.minutes == b.starts_after for a, b in pairwise(turns))
