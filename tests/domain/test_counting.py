"""The one number that is right: "50 countries"."""

from hypothesis import given
from hypothesis import strategies as st

from visitplanner.domain.counting import (
    Attendance,
    Guest,
    Tally,
    arrivals,
    figures,
    is_country,
)
from visitplanner.domain.states import states

STATES = [row.key for row in states() if row.kind == "state"]


def the_visit():
    """50 embassies, a trade mission of one of the States, two organisations: 118 persons."""
    missions = [(f"embassy-{key}", key) for key in STATES[:50]]
    missions += [("trade-mission", STATES[0]), ("eu", "european-union"), ("un", "united-nations")]
    seats = [missions[i % 53] for i in range(118)]
    return [Attendance(f"p{i}", m, (key,), arrived=True) for i, (m, key) in enumerate(seats)]


def test_the_seed_visit_is_fifty_countries():
    result = figures([*the_visit(), Attendance("late", "embassy-x", (STATES[60],), arrived=False)])
    assert (result.countries, result.missions, result.persons) == (50, 53, 118)
    assert result.organisation_keys == ("european-union", "united-nations")


def test_who_is_expected_counts_everybody():
    rows = [Attendance("a", "m", ("france",), arrived=False)]
    assert figures(rows).countries == 0
    assert figures(rows, arrived_only=False).countries == 1


def test_one_person_for_two_states_is_two_countries():
    result = figures([Attendance("a", "m", ("france", "monaco"), arrived=True)])
    assert (result.countries, result.missions, result.persons) == (2, 1, 1)


def test_one_person_in_two_delegations_is_one_person():
    rows = [Attendance("a", m, (k,), arrived=True) for m, k in (("m", "france"), ("n", "unesco"))]
    result = figures(rows)
    assert (result.countries, result.missions, result.organisations, result.persons) == (1, 2, 1, 1)


def test_what_is_a_country():
    assert is_country("holy-see")
    assert is_country("abkhazia")
    assert not is_country("sovereign-order-of-malta")
    assert not is_country("league-of-arab-states")


@given(st.lists(st.sampled_from(the_visit()), max_size=30), st.randoms())
def test_order_and_repetition_do_not_matter(rows, random):
    twice = rows + rows
    random.shuffle(twice)
    assert figures(twice) == figures(rows)


def place(person="a", *, category="delegate", delegate=True, **more):
    values = {"head": False, "expected": True, "arrived": False} | more
    return Guest(person=person, category=category, delegate=delegate, **values)


def test_arrivals_count_delegates_heads_and_the_others_by_category():
    counted = arrivals(
        [
            place("a", head=True, arrived=True),
            place("b"),
            place("c", category="driver", arrived=True),
            place("d", category="press", delegate=False, arrived=True),
            place("e", category="press", delegate=False),
            place("f", category="host", delegate=False, head=True),
        ]
    )
    assert counted.delegates == Tally(2, 3)
    assert counted.heads == Tally(1, 1)
    assert counted.others == (("press", Tally(1, 2)), ("host", Tally(0, 1)))


def test_a_person_in_two_places_is_counted_once_and_as_a_delegate():
    counted = arrivals(
        [
            place("a", arrived=True),
            place("a", head=True),
            place("a", category="press", delegate=False),
        ]
    )
    assert (counted.delegates, counted.heads, counted.others) == (Tally(1, 1), Tally(1, 1), ())


def test_who_is_not_expected_counts_only_once_arrived():
    assert arrivals([place(expected=False)]).delegates == Tally(0, 0)
    assert arrivals([place(expected=False, arrived=True)]).delegates == Tally(1, 1)


@given(
    st.lists(
        st.builds(
            Guest,
            person=st.sampled_from("abcde"),
            category=st.sampled_from(["press", "host"]),
            delegate=st.booleans(),
            head=st.booleans(),
            expected=st.booleans(),
            arrived=st.booleans(),
        )
    )
)
def test_every_person_is_counted_in_one_place(guests):
    counted = arrivals(guests)
    tallies = [counted.delegates, *(tally for _, tally in counted.others)]
    assert sum(tally.expected for tally in tallies) == len(
        {one.person for one in guests if one.expected or one.arrived}
    )
    assert all(tally.arrived <= tally.expected for tally in tallies)
    assert counted.heads.expected <= counted.delegates.expected
