"""Finding people by any part of the name in either script."""

import re
from functools import lru_cache

from visitplanner.domain.folding import fold, script

_CYRILLIC_SOUND = str.maketrans(
    {
        "а": "a",
        "б": "b",
        "в": "v",
        "г": "g",
        "ґ": "g",
        "д": "d",
        "е": "e",
        "є": "e",
        "ж": "z",
        "з": "z",
        "и": "i",
        "і": "i",
        "ї": "i",
        "й": "i",
        "ј": "i",
        "к": "k",
        "л": "l",
        "м": "m",
        "н": "n",
        "о": "o",
        "п": "p",
        "р": "r",
        "с": "s",
        "т": "t",
        "у": "u",
        "ў": "u",
        "ф": "f",
        "х": "h",
        "ц": "s",
        "ч": "s",
        "ш": "s",
        "щ": "s",
        "ъ": "",
        "ы": "i",
        "ь": "",
        "э": "e",
        "ю": "iu",
        "я": "ia",
        "ә": "a",
        "ғ": "g",
        "қ": "k",
        "ң": "n",
        "ө": "o",
        "ұ": "u",
        "ү": "u",
        "һ": "h",
    }
)
# What one sound is written as in English, French, German, Polish and passport spellings.
_LATIN_SOUND = (
    (r"shch|stsch|schtsch|szcz|chtch", "s"),
    (r"tsch|tch|sch|sh|ch|cz|sz|ts|tz", "s"),
    (r"zh", "z"),
    (r"kh", "h"),
    (r"gh", "g"),
    (r"ph", "f"),
    (r"th", "t"),
    (r"c(?=[eiy])", "s"),
    (r"ck|c|q", "k"),
    (r"x", "ks"),
    (r"w", "v"),
    (r"[yj]", "i"),
    (r"io", "e"),
    (r"[aeiou]*([aeiou])", r"\1"),
    (r"(.)\1+", r"\1"),
    (r"f$", "v"),
)
_TOGETHER = frozenset({"CJK", "HANGUL", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR"})


@lru_cache(maxsize=8192)
def sound(word: str) -> str:
    """Return what a Cyrillic or Latin word sounds like, roughly, in Latin letters.

    Щёголева, Shchegoleva and Chtchegoleva are one; other scripts pass through.
    """
    heard = fold(word).replace("чж", "ж").translate(_CYRILLIC_SOUND)
    for pattern, replacement in _LATIN_SOUND:
        heard = re.sub(pattern, replacement, heard)
    return heard


def search_index(*texts: str) -> str:
    """Return the text to store for searching: every word folded, and its sound marked with ~.

    Words begin after a space, so a prefix search is `" prefix" in index` (or SQL LIKE).
    """
    words = [word for text in texts for word in fold(text).split()]
    entries = dict.fromkeys([*words, *(f"~{sound(word)}" for word in words)])
    return " " + " ".join(entries) if entries else ""


def search_terms(query: str) -> tuple[tuple[str, ...], ...]:
    """Return, for each word of the query, the pieces of which one must occur in the index."""
    return tuple(_alternatives(word) for word in fold(query).split())


def _alternatives(word: str) -> tuple[str, ...]:
    if script(word[0]) in _TOGETHER:
        return (word,)
    heard = sound(word)
    return (f" {word}", f" ~{heard}") if len(heard) > 1 else (f" {word}",)


def search_matches(index: str, query: str) -> bool:
    """Say whether every word of `query` begins a word of the index, in spelling or in sound."""
    return all(any(piece in index for piece in pieces) for pieces in search_terms(query))
