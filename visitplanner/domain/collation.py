"""Filing order: the Unicode Collation Algorithm with the few letters each language moves."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from typing import Any, TypeVar

from pyuca import Collator

from visitplanner.domain.folding import APOSTROPHES
from visitplanner.domain.states import StateRow

Key = tuple[tuple[float, ...], tuple[int, ...], tuple[int, ...], str]
Element = tuple[float, int, int]
T = TypeVar("T")

# Letters that are letters of their own, by language: "anchor: letters filed right after it".
# The alphabets' own letters (facts of CLDR's language rules), no historic orders; a group in one
# word ("ä/æ") files together, two letters are one. Vietnamese vowels carry tones besides their
# marks and are left to an explicit filing name.
TAILORINGS: Mapping[str, Mapping[str, str]] = {
    "az": {"c": "ç", "e": "ə", "g": "ğ", "h": "x ı", "o": "ö", "s": "ş", "u": "ü", "k": "q"},
    "be": {"е": "ё", "и": "і", "у": "ў"},
    "bs": {"c": "č ć", "d": "dž đ", "l": "lj", "n": "nj", "s": "š", "z": "ž"},
    "cs": {"c": "č", "h": "ch", "r": "ř", "s": "š", "z": "ž"},
    "da": {"z": "æ/ä ø/ö å/aa"},
    "es": {"n": "ñ"},
    "et": {"s": "š z ž", "w": "õ ä ö ü"},
    "fi": {"z": "å ä/æ ö/ø"},
    "hr": {"c": "č ć", "d": "dž đ", "l": "lj", "n": "nj", "s": "š", "z": "ž"},
    "hu": {
        "c": "cs",
        "d": "dz dzs",
        "g": "gy",
        "l": "ly",
        "n": "ny",
        "o": "ö/ő",
        "s": "sz",
        "t": "ty",
        "u": "ü/ű",
        "z": "zs",
    },
    "is": {
        "a": "á",
        "d": "ð",
        "e": "é",
        "i": "í",
        "o": "ó",
        "u": "ú",
        "y": "ý",
        "z": "þ æ/ä ö/ø å",
    },
    "kk": {"а": "ә", "г": "ғ", "к": "қ", "н": "ң", "о": "ө", "у": "ұ ү", "х": "һ", "ы": "і"},
    "ky": {"н": "ң", "о": "ө", "у": "ү"},
    "lt": {"c": "č", "s": "š", "z": "ž"},
    "lv": {"c": "č", "g": "ģ", "k": "ķ", "l": "ļ", "n": "ņ", "s": "š", "z": "ž"},
    "nb": {"z": "æ/ä ø/ö å/aa"},
    "pl": {
        "a": "ą",
        "c": "ć",
        "e": "ę",
        "l": "ł",
        "n": "ń",
        "o": "ó",
        "s": "ś",
        "z": "ź ż",
    },
    "ro": {"a": "ă â", "i": "î", "s": "ș/ş", "t": "ț/ţ"},
    "sk": {"a": "ä", "c": "č", "h": "ch", "o": "ô", "s": "š", "z": "ž"},
    "sl": {"c": "č", "s": "š", "z": "ž"},
    "sq": {"c": "ç", "e": "ë", "l": "ll", "r": "rr"},
    "sv": {"z": "å ä/æ ö/ø"},
    "tk": {"c": "ç", "e": "ä", "n": "ň", "o": "ö", "s": "ş", "u": "ü", "y": "ý"},
    "tr": {"c": "ç", "g": "ğ", "h": "ı", "o": "ö", "s": "ş", "u": "ü"},
    "tt": {"а": "ә", "ж": "җ", "н": "ң", "о": "ө", "у": "ү", "х": "һ"},
    "uk": {"г": "ґ", "е": "є", "и": "і ї"},
    "vi": {"d": "đ"},
}
_SAME_AS = {"no": "nb", "nn": "nb", "sr-latn": "hr"}
CYRILLIC_FIRST = frozenset({"ru", "uk", "be", "kk", "ky", "tg", "tt", "bg", "mk", "sr", "mn"})
ARABIC_FIRST = frozenset({"ar", "fa", "ur"})
_STEP = 1 / 64
_STRAIGHT = str.maketrans(dict.fromkeys(APOSTROPHES, "’"))


def normalised(text: str) -> str:
    """Return NFC with one apostrophe (’), so that Côte d'Ivoire files once."""
    return unicodedata.normalize("NFC", text).translate(_STRAIGHT)


@cache
def _collator() -> Collator:
    return Collator()


def _elements(text: str) -> list[list[int]]:
    collator: Any = _collator()
    elements: list[list[int]] = collator.collation_elements(unicodedata.normalize("NFD", text))
    return elements


@cache
def _tailored(language: str) -> tuple[Mapping[str, Element], re.Pattern[str] | None]:
    """Return the elements of the moved letters in each case, and a pattern that finds them."""
    found: dict[str, Element] = {}
    for anchor, letters in TAILORINGS.get(language, {}).items():
        base = found[anchor][0] if anchor in found else _elements(anchor)[0][0]
        for step, group in enumerate(letters.split(), start=1):
            for letter in group.split("/"):
                weight = base + step * _STEP
                for capital in (letter.upper(), letter.title()):
                    found[capital] = (weight, 0x20, 0x8)
                found[letter] = (weight, 0x20, 0x2)
    longest_first = sorted(found, key=len, reverse=True)
    return found, re.compile("|".join(map(re.escape, longest_first))) if found else None


@cache
def _front_script(language: str) -> tuple[float, float, float] | None:
    """Return first and last primary weight of the script filed before Latin, and its new base."""
    if language in CYRILLIC_FIRST:
        block = range(0x0410, 0x0530)
    elif language in ARABIC_FIRST:
        block = range(0x0621, 0x06D4)
    else:
        return None
    letters = [_elements(chr(code))[0][0] for code in block if chr(code).isalpha()]
    return min(letters), max(letters) + 1, _elements("9")[0][0]


def _weights(text: str, language: str) -> list[Element]:
    moved, pattern = _tailored(language)
    if language in {"tr", "az"}:
        text = text.replace("I", "ı").replace("İ", "i")
    found: list[Element] = []
    position = 0
    for match in pattern.finditer(text) if pattern else ():
        found += _plain(text[position : match.start()])
        found.append(moved[match.group()])
        position = match.end()
    return found + _plain(text[position:])


def _plain(text: str) -> list[Element]:
    return [(e[0], e[1], e[2]) for e in _elements(text)] if text else []


@lru_cache(maxsize=8192)
def sort_key(text: str, language: str = "en") -> Key:
    """Return the key that files `text` in the alphabet of `language`.

    Primary weights are Unicode's (pyuca), letters of `TAILORINGS` stand after their anchor,
    and the language's own script stands before Latin. Spaces and hyphens count. A last,
    textual component makes the order total.
    """
    code = _base_language(language)
    shown = normalised(text)
    weights = _weights(shown, code)
    front = _front_script(code)
    primary = tuple(_reordered(first, front) for first, _, _ in weights if first)
    secondary = tuple(second for _, second, _ in weights if second)
    tertiary = tuple(third for _, _, third in weights if third)
    return primary, secondary, tertiary, shown


def _reordered(primary: float, front: tuple[float, float, float] | None) -> float:
    if front and front[0] <= primary < front[1]:
        return front[2] + primary / 0x10000
    return primary


def _base_language(language: str) -> str:
    code = language.replace("_", "-").lower()
    return _SAME_AS.get(code) or _SAME_AS.get(code.split("-")[0]) or code.split("-")[0]


def in_order(items: Iterable[T], name: Callable[[T], str], language: str = "en") -> tuple[T, ...]:
    """Return `items` filed by `name` in the alphabet of `language`."""
    return tuple(sorted(items, key=lambda item: sort_key(name(item), language)))


def state_key(row: StateRow, language: str) -> Key:
    """File a State by its explicit filing name, never by the displayed one; Chinese by pinyin."""
    if _base_language(language) == "zh":
        return sort_key(row.zh_pinyin, "en")
    return sort_key(row.filing.get(language) or row.filing["en"], language)
