"""Ranks and how their holders are addressed."""

import pytest

from visitplanner.domain.ranks import (
    PHOTO_EXEMPT,
    RANKS,
    HeadClass,
    badge_honorific,
    rank,
    salutation,
)


def test_ranks_stand_in_their_order():
    run = ["head_of_state", "foreign_minister", "cabinet_minister", "deputy_minister"]
    run += ["ambassador", "envoy", "charge", "charge_ai", "minister", "minister_counsellor"]
    run += ["counsellor", "first_secretary", "second_secretary", "third_secretary", "attache"]
    weights = [rank(code).weight for code in run]
    assert weights == sorted(set(weights))
    assert rank("honorary_consul").weight > rank("vice_consul").weight
    assert rank("").weight == rank("unheard_of").weight > max(r.weight for r in RANKS.values())


def test_every_rank_has_both_names():
    assert all(r.en and r.ru and r.code == code for code, r in RANKS.items())
    assert set(RANKS) >= PHOTO_EXEMPT
    assert [c.place for c in HeadClass] == [1, 2, 3, 4]
    assert rank("nuncio").head_class is rank("high_commissioner").head_class is HeadClass.AMBASSADOR


@pytest.mark.parametrize(
    ("code", "language", "shown"),
    [
        ("ambassador", "en", "H.E."),
        ("ambassador", "ru", "Е. П."),
        ("ambassador", "zh", ""),
        ("charge_ai", "en", ""),
        ("counsellor", "en", ""),
    ],
)
def test_courtesy_before_the_name(code, language, shown):
    assert badge_honorific(code, language) == shown
    assert badge_honorific(code, language, own="Msgr") == "Msgr"


@pytest.mark.parametrize(
    ("code", "sex", "language", "opening"),
    [
        ("ambassador", "m", "ru", "Уважаемый господин Посол"),
        ("ambassador", "f", "ru", "Уважаемая госпожа Посол"),
        ("ambassador", "", "ru", "Ваше Превосходительство"),
        ("ambassador", "", "en", "Your Excellency"),
        ("charge_ai", "m", "en", "Dear Mr Ek"),
        ("attache", "f", "ru", "Уважаемая госпожа Ek"),
        ("attache", "f", "en", "Dear Ms Ek"),
        ("attache", "", "ru", "Bo Ek"),
        ("attache", "", "en", "Dear Bo Ek"),
    ],
)
def test_letters_open_without_guessing(code, sex, language, opening):
    assert salutation(code, sex, "Ek", "Bo Ek", language) == opening
