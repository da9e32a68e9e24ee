"""Tour groups: letters, sizes, languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitplanner.domain.tours import (
    COLOURS,
    CapacityState,
    LanguageChoice,
    capacity,
    group_colour,
    group_letter,
    group_letters,
    group_sizes,
    minutes_to,
    working_languages,
)


def test_nine_groups_skip_the_letter_i():
    assert "".join(group_letters(9)) == "ABCDEFGHJ"
    assert group_letters(24)[-1] == "Z"
    assert group_letter(24) == "AA"
    assert group_letter(24 + 24) == "BA"


def test_letters_are_unique_and_never_confused():
    letters = group_letters(700)
    assert len(set(letters)) == 700
    assert not set("".join(letters)) & set("IO")


def test_colours_differ_for_nine_groups():
    assert len({group_colour(n).code for n in range(9)}) == 9
    assert group_colour(9) == COLOURS[0]
    assert all(colour.en and colour.ru for colour in COLOURS)


@pytest.mark.parametrize(
    ("people", "most", "sizes"),
    [
        (118, 15, (15, 15, 15, 15, 15, 15, 14, 14)),
        (16, 15, (8, 8)),
        (15, 15, (15,)),
        (0, 15, ()),
    ],
)
def test_sizes_are_even(people, most, sizes):
    assert group_sizes(people, most) == sizes


@given(st.integers(1, 500), st.integers(1, 40))
def test_sizes_hold_everybody_in_the_fewest_groups(people, most):
    sizes = group_sizes(people, most)
    assert sum(sizes) == people
    assert max(sizes) <= most
    assert max(sizes) - min(sizes) <= 1
    assert (len(sizes) - 1) * most < people


@pytest.mark.parametrize(
    ("people", "state"),
    [
        (0, CapacityState("empty", 16)),
        (4, CapacityState("too-few", 2)),
        (6, CapacityState("room", 10)),
        (16, CapacityState("full", 0)),
        (18, CapacityState("over", 2)),
    ],
)
def test_capacity_in_words(people, state):
    assert capacity(people, 6, 16) == state


def test_the_hosts_language_is_taken_where_everybody_speaks_it():
    speakers = {"a": ("en", "ru"), "b": ("ru",), "c": ("en", "ru")}
    assert working_languages(speakers, ["ru"]) == LanguageChoice(("ru",), (), ())


def test_a_second_language_rather_than_leaving_somebody_out():
    speakers = {"a": ("es",), "b": ("ar",), "c": ("es", "en")}
    choice = working_languages(speakers, ["ru"])
    assert set(choice.languages) == {"es", "ar"}
    assert choice.left_out == ()
    assert set(choice.interpreted) == {"es", "ar"}


def test_who_understands_nothing_is_named():
    speakers = {"a": ("es",), "b": ("ar",), "c": ("zh",)}
    assert len(working_languages(speakers, ["ru"]).left_out) == 1
    only_english = working_languages(speakers, ["ru"], offered=["en"])
    assert only_english == LanguageChoice((), (), ("a", "b", "c"))
    assert working_languages({}, ["ru"]) == LanguageChoice((), (), ())


def test_between_equals_what_most_name_first():
    speakers = {"a": ("fr", "en"), "b": ("fr", "en"), "c": ("en", "fr")}
    assert working_languages(speakers, ["ru"]).languages == ("fr",)


def test_between_full_equals_the_choice_is_steady():
    assert working_languages({"a": ("fr",), "b": ("es",)}, [], most=1).languages == ("es",)


languages = st.lists(st.sampled_from(["ru", "en", "fr", "es"]), min_size=1, max_size=3, unique=True)


@given(st.dictionaries(st.sampled_from("abcdef"), languages, min_size=1))
def test_nobody_is_left_out_who_could_be_served(speakers):
    choice = working_languages(speakers, ["ru"])
    assert len(choice.languages) <= 2
    for id_, own in speakers.items():
        assert (id_ in choice.left_out) == (not set(own) & set(choice.languages))
    everybody = {code for own in speakers.values() for code in own}
    if len(everybody) <= 2:
        assert choice.left_out == ()


def test_the_way_home_is_the_shortest_and_may_lead_over_others():
    minutes = {("a", "hall"): 9, ("a", "b"): 2, ("b", "hall"): 3, ("hall", "c"): 1}
    assert minutes_to("hall", minutes) == {"hall": 0, "b": 3, "a": 5}
