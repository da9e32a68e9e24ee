"""Names of people: cleaned input and the forms in which lists and badges show them."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from visitplanner.domain.collation import Key, sort_key
from visitplanner.domain.folding import script

_JOINERS = "\u200c\u200d"
# Scripts in which the zero-width (non-)joiner is spelling, not decoration.
_JOINING_SCRIPTS = frozenset(
    {
        "ARABIC",
        "BENGALI",
        "DEVANAGARI",
        "GUJARATI",
        "GURMUKHI",
        "KANNADA",
        "KHMER",
        "MALAYALAM",
        "MONGOLIAN",
        "MYANMAR",
        "ORIYA",
        "SINHALA",
        "SYRIAC",
        "TAMIL",
        "TELUGU",
    }
)
# Letters and marks that print nothing: fillers, the grapheme joiner, the empty Braille cell.
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_MOST_MARKS = 6
_UNCASED_ORDER = frozenset({"CJK", "HANGUL", "HIRAGANA", "KATAKANA"})
NBSP = "\u00a0"


class NameOrder(StrEnum):
    """How the bearer writes the name."""

    GIVEN_FIRST = "given_first"
    FAMILY_FIRST = "family_first"
    MONONYM = "mononym"


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in one language; a mononym stands in `family` (ICAO 9303: primary identifier)."""

    family: str
    given: str = ""
    patronymic: str = ""
    order: NameOrder = NameOrder.GIVEN_FIRST
    language: str = "en"


@dataclass(frozen=True, slots=True)
class BadgeName:
    """The lines of a badge, top to bottom; `main` is set largest, empty lines are left out."""

    lead: str
    main: str
    tail: str


def _is_unwanted(char: str) -> bool:
    if char in _BLANKS or 0xFE00 <= ord(char) <= 0xFE0F:
        return True
    category = unicodedata.category(char)
    if category == "Cn":
        return ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF
    return category in {"Cc", "Cs", "Co"} or (category == "Cf" and char not in _JOINERS)


def _joins(text: str, position: int) -> bool:
    """Say whether the joiner at `position` stands between characters of a joining script."""
    if not 0 < position < len(text) - 1:
        return False
    sides = (text[position - 1], text[position + 1])
    return all(unicodedata.name(c, "").partition(" ")[0] in _JOINING_SCRIPTS for c in sides)


def _limit_marks(text: str) -> str:
    kept: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if unicodedata.category(char) in {"Mn", "Me"} else 0
        if run <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def _clean(text: str) -> str:
    seen = "".join(c for c in unicodedata.normalize("NFC", text) if not _is_unwanted(c))
    joined = "".join(c for i, c in enumerate(seen) if c not in _JOINERS or _joins(seen, i))
    return _limit_marks(unicodedata.normalize("NFC", joined))


def clean_line(text: str) -> str:
    """Return one line of NFC text without control, bidi and zero-width characters.

    Line breaks and runs of space become one space. A joiner stays where the script needs it
    (Persian, Hindi), variation selectors for ideographs stay. Idempotent.
    """
    spaced = re.sub(r"[\s\x1c-\x1f\x85\u2028\u2029]+", " ", text)
    return re.sub(r"\s+", " ", _clean(spaced)).strip()


def clean_text(text: str) -> str:
    """Return text like `clean_line`, keeping line breaks and single empty lines. Idempotent."""
    lines = re.split(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", text)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(map(clean_line, lines))).strip("\n")


def capitals(text: str, language: str = "en") -> str:
    """Return `text` in capitals as names are set: Turkish İ, Greek without accents.

    Georgian stays as written: its capitals (Mtavruli) are for headlines and few fonts have them.
    """
    if language in {"tr", "az"}:
        text = text.replace("i", "İ").replace("ı", "I")
    return unicodedata.normalize("NFC", "".join(map(_capital, unicodedata.normalize("NFC", text))))


def _capital(char: str) -> str:
    kind = script(char)
    if kind == "GEORGIAN":
        return char
    if kind == "GREEK":
        pieces = unicodedata.normalize("NFD", char.upper())
        return "".join(c for c in pieces if c not in "\u0301\u0342\u0313\u0314\u0300")
    return char.upper()


def _has_no_spaces(name: PersonName) -> bool:
    """Say whether the name is written together, as in Chinese, Japanese and Korean."""
    if name.family.isascii() and name.given.isascii():
        return False
    letters = [script(c) for c in name.family + name.given if c.isalpha()]
    return bool(letters) and all(kind in _UNCASED_ORDER for kind in letters)


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))


def full_name(name: PersonName) -> str:
    """Return the name as its bearer writes it: «Георгий Алексеевич Кузнецов», 김민준."""
    if _has_no_spaces(name) and not name.patronymic:
        return name.family + name.given
    if name.order is NameOrder.FAMILY_FIRST:
        return _joined(name.family, name.given, name.patronymic)
    return _joined(name.given, name.patronymic, name.family)


def list_form(name: PersonName) -> str:
    """Return the form for lists: «Smith, John», «Кузнецов Георгий Алексеевич», «Nagy Anna»."""
    given = _joined(name.given, name.patronymic)
    if name.order is NameOrder.FAMILY_FIRST or not given or _has_no_spaces(name):
        return full_name(name)
    if script(name.family[:1]) == "CYRILLIC" or not name.family:
        return _joined(name.family, given)
    return f"{name.family}, {given}"


def badge_form(name: PersonName, *, patronymic: bool = False) -> BadgeName:
    """Return the lines of a badge; capitals show which part is the family name.

    A family name written first stands first; names written together are one line.
    """
    if _has_no_spaces(name):
        return BadgeName("", full_name(name), "")
    given = _joined(name.given, name.patronymic if patronymic else "")
    family = capitals(name.family, name.language)
    if not family:
        return BadgeName("", capitals(given, name.language), "")
    if name.order is NameOrder.FAMILY_FIRST:
        return BadgeName("", family, given)
    return BadgeName(given, family, "")


def initials_form(name: PersonName) -> str:
    """Return the form of minutes and captions, held together: «Г. А. Кузнецов», «J. Smith»."""
    if not (name.given and name.family) or _has_no_spaces(name):
        return full_name(name)
    initials = [f"{part[0].upper()}." for part in (name.given, name.patronymic) if part]
    if name.order is NameOrder.FAMILY_FIRST:
        return NBSP.join([name.family, *initials])
    return NBSP.join([*initials, name.family])


def filing_key(name: PersonName, filing_name: str = "") -> tuple[Key, Key]:
    """Return the key that files a person: by `filing_name` if given, else family then given."""
    if filing_name:
        return sort_key(filing_name, name.language), sort_key("", name.language)
    rest = _joined(name.given, name.patronymic)
    return sort_key(name.family or rest, name.language), sort_key(rest, name.language)
