"""Names: what input loses, what it keeps, and the forms shown."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitplanner.domain.names import (
    BadgeName,
    NameOrder,
    PersonName,
    badge_form,
    capitals,
    clean_line,
    clean_text,
    filing_key,
    full_name,
    initials_form,
    list_form,
)

KUZNETSOV = PersonName("Кузнецов", "Георгий", "Алексеевич", language="ru")
SMITH = PersonName("Smith", "John")
NAGY = PersonName("Nagy", "Anna", order=NameOrder.FAMILY_FIRST, language="hu")
ZHANG = PersonName("张", "伟", order=NameOrder.FAMILY_FIRST, language="zh")
KIM = PersonName("김", "민준", order=NameOrder.FAMILY_FIRST, language="ko")
SUHARTO = PersonName("Suharto", order=NameOrder.MONONYM, language="id")
HAMAD = PersonName("الراشد", "محمد", language="ar")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Anna \t Maria\r\n", "Anna Maria"),
        ("Ann\u202eevil\u202c", "Annevil"),
        ("\u2066Ali\u2069\u200f", "Ali"),
        ("A\u200bn\ufeffn\u00ada", "Anna"),
        ("Ann\u200da", "Anna"),
        ("Li\x00\x07na", "Lina"),
        ("Line\u2028Break", "Line Break"),
        ("e\u0301", "é"),
        ("\u3164\u115f", ""),
        ("O’Brien-d'Estaing Jr.", "O’Brien-d'Estaing Jr."),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("<script>", "<script>"),
        ("Kaʻahumanu", "Kaʻahumanu"),
        ("علی\u200cرضا", "علی\u200cرضا"),
        ("क्\u200dष", "क्\u200dष"),
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("\ud800Ann", "Ann"),
        ("\uffff\ufdd0\ufdef\U0001fffeAnn\ue000", "Ann"),
        ("Ann\u0378\ufdcf\ufdf0", "Ann\u0378\ufdcf\ufdf0"),
        ("a" + "\u0316" * 40, "a" + "\u0316" * 6),
    ],
)
def test_cleaning(typed, kept):
    assert clean_line(typed) == kept


def test_cleaning_of_several_lines():
    assert clean_text("One\r\nTwo \u202e\n\n\n\nThree\n") == "One\nTwo\n\nThree"


@given(st.text(max_size=40))
def test_cleaning_is_idempotent_and_normal(text):
    line = clean_line(text)
    assert clean_line(line) == line
    assert clean_text(clean_text(text)) == clean_text(text)
    assert unicodedata.is_normalized("NFC", line)
    assert not any(unicodedata.bidirectional(c) in {"RLO", "LRO", "RLE", "LRE"} for c in line)
    line.encode()


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Lo"]), max_size=20))
def test_nfd_input_gives_the_same_name(text):
    assert clean_line(unicodedata.normalize("NFD", text)) == clean_line(text)


@pytest.mark.parametrize(
    ("name", "full", "listed", "initials"),
    [
        (
            KUZNETSOV,
            "Георгий Алексеевич Кузнецов",
            "Кузнецов Георгий Алексеевич",
            "Г.\u00a0А.\u00a0Кузнецов",
        ),
        (SMITH, "John Smith", "Smith, John", "J.\u00a0Smith"),
        (NAGY, "Nagy Anna", "Nagy Anna", "Nagy\u00a0A."),
        (ZHANG, "张伟", "张伟", "张伟"),
        (KIM, "김민준", "김민준", "김민준"),
        (SUHARTO, "Suharto", "Suharto", "Suharto"),
        (PersonName("", "Pelé"), "Pelé", "Pelé", "Pelé"),
        (PersonName("О", "E"), "E О", "О E", "E.\u00a0О"),
    ],
)
def test_forms(name, full, listed, initials):
    assert full_name(name) == full
    assert list_form(name) == listed
    assert initials_form(name) == initials


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        (KUZNETSOV, BadgeName("Георгий", "КУЗНЕЦОВ", "")),
        (SMITH, BadgeName("John", "SMITH", "")),
        (NAGY, BadgeName("", "NAGY", "Anna")),
        (ZHANG, BadgeName("", "张伟", "")),
        (KIM, BadgeName("", "김민준", "")),
        (SUHARTO, BadgeName("", "SUHARTO", "")),
        (HAMAD, BadgeName("محمد", "الراشد", "")),
        (PersonName("", "Pelé"), BadgeName("", "PELÉ", "")),
    ],
)
def test_badges_show_which_part_is_the_family_name(name, lines):
    assert badge_form(name) == lines


def test_a_badge_may_carry_the_patronymic():
    assert badge_form(KUZNETSOV, patronymic=True).lead == "Георгий Алексеевич"


def test_capitals_follow_the_script():
    assert capitals("Çiğdem ıslak", "tr") == "ÇİĞDEM ISLAK"
    assert capitals("Παπαδόπουλος") == "ΠΑΠΑΔΟΠΟΥΛΟΣ"
    assert capitals("ბერიძე") == "ბერიძე"
    assert capitals("d’Estaing") == "D’ESTAING"
    assert capitals("Йемен й") == "ЙЕМЕН Й"


def test_people_file_by_family_then_given_or_by_their_filing_name():
    people = [
        PersonName("Сёмин", "Яков", language="ru"),
        PersonName("Семин", "Борис", language="ru"),
        PersonName("Ёлкин", "А", language="ru"),
    ]
    ordered = sorted(people, key=filing_key)
    assert [p.family for p in ordered] == ["Ёлкин", "Семин", "Сёмин"]
    van = PersonName("van der Berg", "Jan", language="nl")
    assert filing_key(van, "Berg, van der") < filing_key(PersonName("Cals", "Jo", language="nl"))
