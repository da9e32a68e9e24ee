"""One person entered twice is found; two people of one name are not merged."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitplanner.domain.duplicates import (
    Likeness,
    PersonCard,
    identity_key,
    possible_duplicates,
)


def found(*cards):
    return [
        (pair.first, pair.second, pair.likeness, pair.reason, pair.across_missions)
        for pair in possible_duplicates(cards)
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Соловьев Юрий", "Юрий СОЛОВЬЁВ"),
        ("N'Diaye Awa", "N’diaye Awa"),
        ("Jose Nuñez", "José Nun\u0303ez"),
        ("Abdel-Rahman Ali", "Ali Abdel Rahman"),
    ],
)
def test_spellings_of_one_identity(one, other):
    assert identity_key(one) == identity_key(other)


def test_short_i_and_i_stay_two_letters():
    assert identity_key("Май") != identity_key("Маи")


def test_the_same_name_in_one_mission_is_likely_in_two_possible():
    one = PersonCard("a", ("Awa N’Diaye",), "senegal")
    assert found(one, PersonCard("b", ("NDIAYE Awa",), "senegal")) == [
        ("a", "b", Likeness.LIKELY, "same-name", False)
    ]
    assert found(one, PersonCard("b", ("N'Diaye Awa",), "mali")) == [
        ("a", "b", Likeness.POSSIBLE, "same-name", True)
    ]


def test_across_scripts():
    assert found(
        PersonCard("a", ("Юлия Щёголева",), "x"), PersonCard("b", ("Shchegoleva Iuliia",), "y")
    ) == [("a", "b", Likeness.POSSIBLE, "same-sound", True)]


def test_one_document_is_certain_whatever_the_names():
    assert found(
        PersonCard("a", ("Li Na",), "x", document="h1"),
        PersonCard("b", ("Someone Else",), "y", document="h1"),
        PersonCard("c", ("Third",), "y"),
        PersonCard("d", ("Fourth",), "y"),
    ) == [("a", "b", Likeness.CERTAIN, "same-document", True)]


def test_father_and_son_are_told_apart_by_birth_dates_only():
    father = PersonCard("a", ("Ali Hassan",), "x", birth_date=date(1960, 1, 1))
    son = PersonCard("b", ("Ali Hassan",), "x", birth_date=date(1990, 1, 1))
    unknown = PersonCard("c", ("Ali Hassan",), "x")
    assert found(father, son) == []
    assert [pair[:3] for pair in found(father, unknown)] == [("a", "c", Likeness.LIKELY)]


def test_different_signs_make_one_sound_only_possible():
    one = PersonCard("a", ("Wei Li", "李伟"), "x")
    other = PersonCard("b", ("Wei Li", "李薇"), "x")
    assert [pair[2] for pair in found(one, other)] == [Likeness.POSSIBLE]
    same = PersonCard("c", ("Wei Li", "李伟"), "x")
    assert [pair[2] for pair in found(one, same)] == [Likeness.LIKELY]


def test_surest_first_and_each_pair_once():
    pairs = found(
        PersonCard("a", ("Anna Lee", "Анна Ли"), "x", document="d"),
        PersonCard("b", ("Lee Anna", "Ли Анна"), "x", document="d"),
        PersonCard("c", ("Anna Lee",), "y"),
    )
    assert [(p[0], p[1], p[2]) for p in pairs] == [
        ("a", "b", Likeness.CERTAIN),
        ("a", "c", Likeness.POSSIBLE),
        ("b", "c", Likeness.POSSIBLE),
    ]


names = st.sampled_from(["Ann Lee", "LEE Ann", "Энн Ли", "Bo Ek", "Бо Эк", "Ida"])


@given(st.lists(st.tuples(names, st.sampled_from("xy")), max_size=8), st.randoms())
def test_order_of_records_does_not_matter(rows, random):
    cards = [PersonCard(str(i), (name,), mission) for i, (name, mission) in enumerate(rows)]
    shuffled = list(cards)
    random.shuffle(shuffled)
    assert possible_duplicates(shuffled) == possible_duplicates(cards)
