"""Folding of text for search and comparison: what a reader takes for the same word."""

import re
import unicodedata

APOSTROPHES = frozenset("'’‘ʼʻʹ`´ʾʿ′＇\u02bd")
_DASHES_AND_POINTS = re.compile(r"[\s\-‐-―−()（）.,;:/\\_«»\"“”·、]+")
# Letters that no normal form takes apart, as they are typed on a plain keyboard.
_PLAIN_LATIN = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "ı": "i",
        "ə": "e",
        "ŋ": "n",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ß": "ss",
    }
)
# Alef with its hamzas, alef maqsura and ta marbuta are written loosely in Arabic names.
_PLAIN_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": None}
)
_STRESS = "\u0300\u0301"


def script(char: str) -> str:
    """Return the script word of a letter's Unicode name, such as LATIN; "" for what has none."""
    return unicodedata.name(char, "").partition(" ")[0] if char.isalpha() else ""


def _drops_marks(base: str, mark: str) -> bool:
    """Say whether `mark` may go: Latin and Greek accents, Arabic vowels, Cyrillic stress.

    A Cyrillic й, ї or ў keeps its mark (it is another letter); so do the vowel signs of
    Indic, Thai and Ethiopic writing.
    """
    kind = script(base)
    return kind in {"LATIN", "GREEK", "ARABIC", "HEBREW"} or (
        kind == "CYRILLIC" and mark in _STRESS
    )


def _strip_marks(text: str) -> str:
    kept: list[str] = []
    for char in text:
        pieces = unicodedata.normalize("NFD", char)
        if script(char) == "CYRILLIC" or len(pieces) == 1:
            pieces = char
        for piece in pieces:
            base = next((c for c in reversed(kept) if not unicodedata.combining(c)), "")
            if unicodedata.combining(piece) and base and _drops_marks(base, piece):
                continue
            kept.append(piece)
    return unicodedata.normalize("NFC", "".join(kept))


def fold(text: str) -> str:
    """Fold case, apostrophes, dashes, ё/е and accents; й stays й. Idempotent.

    For search and comparison only, never for display: `fold("Côte d’Ivoire")` is
    "cote divoire", `fold("Йемен")` stays "йемен".
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = "".join(c for c in plain if c not in APOSTROPHES)
    plain = _strip_marks(unicodedata.normalize("NFC", plain)).replace("ё", "е")
    plain = plain.translate(_PLAIN_LATIN).translate(_PLAIN_ARABIC)
    return _DASHES_AND_POINTS.sub(" ", plain).strip()
