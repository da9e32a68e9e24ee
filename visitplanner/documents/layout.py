"""What all papers share: the template environment, style sheets, lines with measured sizes."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from visitplanner.documents.measure import largest
from visitplanner.documents.typefaces import FAMILIES, work
from visitplanner.domain.typography import held_together
from visitplanner.paths import TEMPLATES

SMALLEST, LARGEST = 10, 260  # tenths of a millimetre
MANY_LINES = 1000
UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\ufeff\x00-\x08\x0e-\x1f\x7f]")
ENDS = dict.fromkeys(map(ord, "\t\n\r\x0b\x0c\u2028\u2029"), " ")
COUNT = re.compile(r"(?<=\w) (?=\d{1,3}(?:[,;.]|$))")
RANGE = re.compile(r"(?<=\w)–(?=\w)")


@cache
def environment() -> Environment:
    """Templates of the papers; every value is escaped."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES / "pdf"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: clean(value) if type(value) is str else value,
    )
    made.filters["fit"] = size_class
    made.filters["hold"] = hold
    return made


def clean(text: str) -> str:
    """`text` without what is not seen: signs that turn writing round, zero widths, line ends.

    Letters are composed, so that the same name gives the same print.
    """
    return unicodedata.normalize("NFC", UNSEEN.sub("", text)).translate(ENDS)


def hold(text: str, language: str) -> str:
    """`text` with what belongs on one line kept so; ranges (C1–C10) and counts (Чад 2) too."""
    return COUNT.sub("\u00a0", RANGE.sub("–\u2060", held_together(text, language)))


def size_class(text: str, size: float, room: float, kind: str = "regular") -> str:
    """The class of a flowing text: `size` mm, or smaller where one word is wider than `room`."""
    found, _ = largest(text, room, (size,), kind, MANY_LINES)
    return f"z{round(found * 10)}"


@cache
def style(*names: str) -> str:
    """The style sheets of these names and the size classes z10 … z260, as one text."""
    sizes = "".join(f".z{n}{{font-size:{n / 10}mm}}" for n in range(SMALLEST, LARGEST + 1))
    sheets = [(TEMPLATES / "pdf" / f"{name}.css").read_text("utf-8") for name in names]
    fonts = ",".join(f'"{family}"' for family in FAMILIES)
    return "\n".join([f"body{{font-family:{fonts}}}", *sheets, sizes])


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it will stand: its text, classes and language (for the font)."""

    text: str
    classes: str = ""
    language: str = ""


def is_other(text: str) -> bool:
    """Whether Golos Text lacks a letter of a Latin or Cyrillic text, so that Noto Sans sets it

    whole: a single accented letter from another face would stand out in a name.
    """
    golos, noto = work()[0], work()[1]
    codes = {ord(char) for char in text if not char.isspace()}
    return not codes <= golos.covers and codes <= noto.covers


def set_lines(rows: list[str], size: float, classes: str = "", language: str = "") -> list[Line]:
    """Lines at `size` mm."""
    found = []
    for row in rows:
        other = " other" if is_other(row) else ""
        found.append(Line(row, f"z{round(size * 10)} {classes}{other}{air(row)}", language))
    return found


def air(text: str) -> str:
    """The class of the line height a text needs for the marks above its capitals."""
    marks = [len(unicodedata.normalize("NFD", char)) - 1 for char in text if char.isupper()]
    return " taller" if max(marks, default=0) > 1 else " tall" if any(marks) else ""


HEIGHTS = {"taller": 1.36, "tall": 1.18}
"""Line heights of the classes `air` gives, in em."""
