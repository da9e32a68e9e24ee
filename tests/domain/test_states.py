"""The table of States: whole, searchable, spelt as running text wants it."""

import re
import unicodedata
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitplanner.domain.folding import fold
from visitplanner.domain.refusals import NotFound
from visitplanner.domain.states import (
    CHANGED_FLAGS,
    LANGUAGES,
    StateOverride,
    find,
    identify,
    look_alikes,
    offered,
    overridden,
    running_name,
    state,
    states,
)


def keys(rows):
    return [row.key for row in rows]


def test_the_table_is_whole():
    kinds = Counter(row.kind for row in states())
    assert kinds == {"state": 193, "observer": 2, "entity": 8, "organisation": 49}
    assert sum(row.un_member for row in states()) == 193
    assert len({row.key for row in states()}) == 252
    for row in states():
        for names in (row.short, row.formal, row.filing):
            assert set(names) == set(LANGUAGES)
            assert all(unicodedata.is_normalized("NFC", name) and name for name in names.values())
        assert row.genitive_ru
        assert row.genitive_formal_ru
        assert (row.founded is not None) or not row.is_organisation
        assert re.fullmatch(r"(\d\d-\d\d)?", row.national_day)
        assert all(row.key in state(other).look_alike for other in row.look_alike)


def test_codes_are_unique_and_travel_codes_follow_icao():
    for code in ("iso2", "iso3", "m49"):
        found = [value for row in states() if (value := getattr(row, code))]
        assert len(found) == len(set(found))
    assert state("germany").travel_code == "D"
    assert state("france").travel_code == "FRA"
    assert state("sovereign-order-of-malta").travel_code == "XOM"
    assert state("european-union").founded == date(1993, 11, 1)


def test_no_name_points_to_two_rows():
    seen: dict[str, str] = {}
    for row in states():
        shown = [*row.short.values(), *row.formal.values(), *row.aliases, *row.host_variants_ru]
        for name in map(fold, shown):
            assert seen.setdefault(name, row.key) == row.key, name


def test_an_unknown_key_is_refused():
    with pytest.raises(NotFound) as refusal:
        state("atlantis")
    assert refusal.value.code == "no-such-state"
    assert refusal.value.details == {"key": "atlantis"}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("cote d'ivoire", "cote-divoire"),
        ("CÔTE D’IVOIRE", "cote-divoire"),
        ("Кот д'Ивуар", "cote-divoire"),
        ("объединенные арабские эмираты", "united-arab-emirates"),
        ("Объединённые Арабские Эмираты", "united-arab-emirates"),
        ("turkiye", "turkiye"),
        ("TR", "turkiye"),
        ("xom", "sovereign-order-of-malta"),
        ("йемен", "yemen"),
        ("سويسرا", "switzerland"),
        ("日本", "japan"),
        ("republic of korea", "korea-republic-of"),
        ("oman", "oman"),
    ],
)
def test_search_puts_the_named_state_first(text, key):
    assert find(text)[0].key == key


def test_search_by_beginning_and_nothing():
    assert "iran" in keys(find("исламская респ"))
    assert keys(find("Иемен")) == []
    assert find("") == find("  -- ") == ()
    assert len(find("республика", limit=5)) == 5
    assert keys(find("oman"))[:2] == ["oman", "romania"]


def test_every_own_name_is_found_and_identified():
    for row in states():
        for language in LANGUAGES:
            assert find(row.short[language])[0] is row
            assert identify(row.formal[language]) is row
    assert identify("Franc") is None
    assert identify("") is None


def test_running_text_uses_the_formal_name_for_bracketed_forms():
    assert running_name(state("iran"), "en") == "Islamic Republic of Iran"
    assert running_name(state("netherlands"), "ru") == "Королевство Нидерландов"
    assert running_name(state("congo"), "zh") == "刚果共和国"
    assert running_name(state("france"), "fr") == "France"


def test_look_alikes_are_named_in_pairs():
    assert look_alikes(["monaco", "france", "indonesia"]) == (("indonesia", "monaco"),)
    assert look_alikes(["france", "japan"]) == ()
    assert set(CHANGED_FLAGS) <= {row.key for row in states()}


def test_what_a_host_offers():
    default = keys(offered())
    assert "abkhazia" not in default
    assert "sovereign-order-of-malta" in default
    switched = keys(offered({"abkhazia": True, "kosovo": False, "france": False}))
    assert "abkhazia" in switched
    assert "france" not in switched


def test_an_override_changes_the_copy_and_its_filing_only():
    ours = state("south-africa")
    theirs = overridden(ours, StateOverride("south-africa", short={"ru": "ЮАР"}, flag="za-new"))
    assert (theirs.short["ru"], theirs.filing["ru"], theirs.flag) == ("ЮАР", "ЮАР", "za-new")
    assert theirs.short["en"] == "South Africa"
    assert ours.short["ru"] == "Южная Африка"
    assert overridden(ours, StateOverride("south-africa")) == ours
    assert overridden(ours, StateOverride("south-africa", genitive_ru="ЮАР")).genitive_ru == "ЮАР"


@given(st.text(max_size=30))
def test_folding_is_idempotent(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="абвйиеёўїґ'’- ", max_size=30))
def test_folding_keeps_every_cyrillic_letter_but_yo(text):
    letters = [c for c in fold(text) if c != " "]
    assert letters == [c.replace("ё", "е") for c in text if c not in "'’- "]
