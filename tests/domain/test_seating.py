"""Flags and seats: the reference's vectors for n = 1 to 8."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitplanner.domain.refusals import Refusal
from visitplanner.domain.seating import (
    FlagLayout,
    aisle_row,
    arrange_flags,
    clockwise,
    flags_order,
    from_across,
    negotiation_side,
    seats_order,
    two_flags,
)

FLAGS = {
    1: (1,),
    2: (1, 2),
    3: (2, 1, 3),
    4: (3, 1, 2, 4),
    5: (4, 2, 1, 3, 5),
    6: (5, 3, 1, 2, 4, 6),
    7: (6, 4, 2, 1, 3, 5, 7),
    8: (7, 5, 3, 1, 2, 4, 6, 8),
}
SEATS = {
    1: (1,),
    2: (2, 1),
    3: (2, 1, 3),
    4: (4, 2, 1, 3),
    5: (4, 2, 1, 3, 5),
    6: (6, 4, 2, 1, 3, 5),
    7: (6, 4, 2, 1, 3, 5, 7),
    8: (8, 6, 4, 2, 1, 3, 5, 7),
}
SIDE_WITH_INTERPRETER = {
    2: ("I", 1),
    3: ("I", 1, 2),
    4: (3, "I", 1, 2),
    5: (3, "I", 1, 2, 4),
    6: (5, 3, "I", 1, 2, 4),
    7: (5, 3, "I", 1, 2, 4, 6),
    8: (7, 5, 3, "I", 1, 2, 4, 6),
}
SIDE_ALONE = {
    1: (1,),
    2: (1, 2),
    3: (3, 1, 2),
    4: (3, 1, 2, 4),
    5: (5, 3, 1, 2, 4),
    6: (5, 3, 1, 2, 4, 6),
    7: (7, 5, 3, 1, 2, 4, 6),
    8: (7, 5, 3, 1, 2, 4, 6, 8),
}


@pytest.mark.parametrize("n", range(1, 9))
def test_vectors(n):
    assert flags_order(n) == FLAGS[n]
    assert seats_order(n) == SEATS[n]
    assert negotiation_side(n, interpreter=False) == SIDE_ALONE[n]
    if n > 1:
        assert negotiation_side(n) == SIDE_WITH_INTERPRETER[n]


def test_the_mirror_of_a_side():
    assert from_across(negotiation_side(7)) == (6, 4, 2, 1, "I", 3, 5)
    assert from_across(negotiation_side(5, interpreter=False)) == (4, 2, 1, 3, 5)


def test_an_interpreter_needs_a_seat():
    with pytest.raises(Refusal) as refusal:
        negotiation_side(1)
    assert refusal.value.code == "no-seat-for-interpreter"


def test_empty_rows():
    assert flags_order(0) == seats_order(0) == negotiation_side(0, interpreter=False) == ()


@given(st.integers(1, 60))
def test_everybody_has_one_place_and_flags_and_seats_differ_only_when_even(n):
    assert sorted(flags_order(n)) == sorted(seats_order(n)) == list(range(1, n + 1))
    assert (flags_order(n) == seats_order(n)) == (n % 2 == 1)
    assert abs(seats_order(n).index(1) - seats_order(n).index(2 if n > 1 else 1)) <= 1


def test_flags_of_five_with_the_host_in_the_centre():
    guests = ["Brazil", "Côte d'Ivoire", "Croatia", "Qatar"]
    assert arrange_flags("RUSSIA", guests) == (
        "Croatia",
        "Brazil",
        "RUSSIA",
        "Côte d'Ivoire",
        "Qatar",
    )


def test_flags_in_a_line():
    guests = ["Brazil", "Qatar"]
    assert arrange_flags("H", guests, FlagLayout.LINE_HOST_FIRST) == ("H", "Brazil", "Qatar")
    assert arrange_flags("H", guests, FlagLayout.LINE_HOST_AT_BOTH_ENDS) == (
        "H",
        "Brazil",
        "Qatar",
        "H",
    )
    in_alphabet = arrange_flags("H", guests, FlagLayout.LINE_HOST_IN_ALPHABET, alphabetical_place=2)
    assert in_alphabet == ("Brazil", "H", "Qatar")


def test_two_flags_by_the_hosts_custom():
    assert two_flags("H", "G") == ("H", "G")
    assert two_flags("H", "G", host_on_viewers_left=False) == ("G", "H")


def test_front_row_and_round_table():
    assert aisle_row(6) == (6, 4, 2, 1, 3, 5)
    assert clockwise("ABCD", "C") == ("C", "D", "A", "B")
