"""What a line must not tear apart, times, plurals."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitplanner.domain.typography import clock, held_together, plural_ru, time_range


@pytest.mark.parametrize(
    ("language", "text", "held"),
    [
        ("ru", "Посольство в Москве", "Посольство в~Москве"),
        ("ru", "и в доме, и на улице", "и~в~доме, и~на~улице"),
        ("ru", "О космосе. Для гостей", "О~космосе. Для~гостей"),
        ("ru", "слово не рвётся", "слово не~рвётся"),
        ("ru", "Г. А. Кузнецов", "Г.~А.~Кузнецов"),
        ("ru", "Г.А. Кузнецов", "Г.~А.~Кузнецов"),
        ("ru", "Кузнецов Г. А., директор", "Кузнецов~Г.~А., директор"),
        ("ru", "нота № 17 за 15 мин", "нота №~17 за~15~мин"),
        ("ru", "Москва — столица", "Москва~— столица"),
        ("ru", "из-за дождя", "из-за дождя"),
        ("en", "J. R. Smith", "J.~R.~Smith"),
        ("en", "a talk of 15 min", "a talk of 15~min"),
        ("en", "Dr. Smith", "Dr.~Smith"),
        ("fr", "« Bonjour »", "«~Bonjour\u202f»"),
        ("fr", "à Moscou", "à~Moscou"),
        ("en", "plain text", "plain text"),
        ("ru", "", ""),
    ],
)
def test_held_together(language, text, held):
    assert held_together(text, language) == held.replace("~", "\u00a0")


@given(st.text(alphabet="аиво Г.№—15минab«»:", max_size=30), st.sampled_from(["ru", "en", "fr"]))
def test_holding_is_idempotent_and_changes_only_spaces(text, language):
    once = held_together(text, language)
    assert held_together(once, language) == once
    letters = [c for c in text if not c.isspace()]
    assert [c for c in once if not c.isspace()] == letters


def test_times():
    ten = datetime(2025, 10, 31, 7, 5, tzinfo=UTC)
    assert clock(ten, "Europe/Moscow") == "10:05"
    assert time_range(ten, ten.replace(minute=19), "Europe/Moscow") == "10:05–10:19"
    assert time_range(ten, ten, "Europe/Moscow") == "10:05"
    late = datetime(2025, 10, 31, 19, tzinfo=UTC)
    assert time_range(late, late.replace(hour=22, minute=30), "Europe/Moscow") == "22:00–01:30"


@pytest.mark.parametrize(
    ("n", "word"),
    [
        (0, "гостей"),
        (1, "гость"),
        (2, "гостя"),
        (4, "гостя"),
        (5, "гостей"),
        (11, "гостей"),
        (12, "гостей"),
        (21, "гость"),
        (22, "гостя"),
        (111, "гостей"),
        (118, "гостей"),
        (121, "гость"),
    ],
)
def test_russian_plurals(n, word):
    assert plural_ru(n, "гость", "гостя", "гостей") == word
