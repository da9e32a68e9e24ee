"""The number under a badge's code, as a hand at the door types it."""

import re
from collections.abc import Iterable

from visitplanner.domain.transliteration import icao

_DASHES = re.compile(r"[\s\-‐-―−_.]+")
_SERIAL = re.compile(r"([^\W\d_]{1,2})([0-9]{1,6})")
# Letters of a Russian keyboard that look like the Latin ones printed on badges.
_LATIN = str.maketrans("АВЕКМНОРСТУХІЅЈ", "ABEKMHOPCTYXISJ")
_NUMBER = re.compile(r"[0-9]{1,6}")
DIGITS = 4


def numbered(text: str, letters: Iterable[str]) -> tuple[str, ...]:
    """The serials a number alone may mean, one for each letter a visit's badges bear."""
    bare = _DASHES.sub("", text.strip())
    if _NUMBER.fullmatch(bare) is None:
        return ()
    return tuple(f"{letter}-{bare.lstrip('0').zfill(DIGITS)}" for letter in letters)


def serial_candidates(text: str) -> tuple[str, ...]:
    """The serials `text` may mean, most likely first: "д 147" is Д-0147 or D-0147, "В-12" B-0012.

    A letter that looks like a Latin one is taken for that, the others are transliterated.

    Empty when it is no serial at all; nothing but letters, digits and a dash comes out.
    """
    if len(text) > 20:
        return ()
    match = _SERIAL.fullmatch(_DASHES.sub("", text.strip().upper()))
    if match is None:
        return ()
    letters, number = match.group(1), match.group(2).lstrip("0").zfill(DIGITS)
    alike = letters.translate(_LATIN)
    return tuple(dict.fromkeys(f"{word}-{number}" for word in (letters, alike, icao(alike))))
