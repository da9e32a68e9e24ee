"""Letters that look alike in Latin, Cyrillic and Greek, and words that mix them."""

import re
from collections import Counter
from dataclasses import dataclass

from visitplanner.domain.folding import script

_LATIN = "ABCEHIJKMOPSTXYaceijopsxy"
_CYRILLIC = "АВСЕНІЈКМОРЅТХУасеіјорѕху"
_GREEK = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo")
_TO_LATIN = {**str.maketrans(_CYRILLIC, _LATIN), **_GREEK}
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_ALPHABETS = ("LATIN", "CYRILLIC", "GREEK")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class MixedWord:
    """A word with letters of more than one alphabet; positions count from 0 in the text."""

    word: str
    positions: tuple[int, ...]
    alphabet: str
    suggestion: str


def _alphabet(word: str) -> str:
    """Return the alphabet of the letters that have no twin; by number where all have one."""
    telling = [script(c) for c in word if ord(c) not in _TO_LATIN and ord(c) not in _TO_CYRILLIC]
    counts = Counter(kind for kind in telling if kind in _ALPHABETS)
    counts = counts or Counter(script(c) for c in word if script(c) in _ALPHABETS)
    return max(sorted(counts), key=lambda kind: counts[kind])


def _respelt(word: str, alphabet: str) -> str:
    if alphabet == "LATIN":
        return word.translate(_TO_LATIN)
    return word.translate(_TO_CYRILLIC) if alphabet == "CYRILLIC" else word


def mixed_words(text: str) -> tuple[MixedWord, ...]:
    """Return the words of `text` that mix alphabets, each with its likely spelling."""
    found = []
    for match in _WORD.finditer(text):
        word = match.group()
        kinds = [script(c) for c in word]
        if len(set(kinds) & set(_ALPHABETS)) < 2:
            continue
        own = _alphabet(word)
        strange = [i for i, kind in enumerate(kinds) if kind in _ALPHABETS and kind != own]
        positions = tuple(match.start() + i for i in strange)
        found.append(MixedWord(word, positions, own, _respelt(word, own)))
    return tuple(found)


def words_not_in(text: str, alphabet: str) -> tuple[str, ...]:
    """Return the words with a letter of another alphabet than `alphabet` ("LATIN", "CYRILLIC").

    For the field of a language: a Latin surname in the Russian field is a warning, no refusal.
    """
    words = (match.group() for match in _WORD.finditer(text))
    return tuple(word for word in words if any(script(c) not in {alphabet, ""} for c in word))


def latin_twin(text: str) -> str:
    """Return `text` with every Cyrillic or Greek look-alike as its Latin twin (plates, codes)."""
    return text.translate(_TO_LATIN)
