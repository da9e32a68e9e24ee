"""Running text: what holds together on a line, times, plurals."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

NBSP = "\u00a0"
NARROW_NBSP = "\u202f"
EN_DASH = "–"

_SHORT_RU = (
    "а|в|во|и|к|ко|о|об|с|со|у|я|до|за|из|на|не|ни|но|об|от|по|под|при|про|без|для|над|обо|или|что"
)
_AFTER_SHORT = re.compile(rf"(?<![\w\-])({_SHORT_RU}) +(?=\S)", re.IGNORECASE)
_AFTER_ONE_LETTER = re.compile(r"(?<![\w\-’'])([aàyeouAÀYEOU]) +(?=\w)")
_INITIAL = r"(?:[A-ZА-ЯЁÀ-ÖØ-Þ][a-zа-яё]?\.)"
_INITIALS_FIRST = re.compile(
    rf"(?<!\w)({_INITIAL}) *(?={_INITIAL})|(?<!\w)({_INITIAL}) +(?=\w{{2}})"
)
_SURNAME_FIRST = re.compile(rf"(?<=[а-яёa-z]) +(?={_INITIAL}(?:\s*{_INITIAL})?(?:[\s,;)]|$))")
_NUMBER_SIGN = re.compile(r"(№|§|No\.|Nr\.) *(?=\d)")
_UNIT = re.compile(r"(\d) +(?=(?:мин|ч|г|гг|чел|кв|м|км|%|min|h|km|m)(?!\w))")
_BEFORE_DASH = re.compile(r" +(?=— )")
_FRENCH_MARKS = re.compile(r" +(?=[;!?»:])")
_FRENCH_OPENING = re.compile(r"« +")


def held_together(text: str, language: str) -> str:
    """Return `text` with no-break spaces where a line must not break. Idempotent.

    Russian: after short words, before a dash; all languages: between initials and surname,
    after №, between a number and its unit; French: inside its marks.
    """
    text = _INITIALS_FIRST.sub(lambda m: (m[1] or m[2]) + NBSP, text)
    text = _SURNAME_FIRST.sub(NBSP, text)
    text = _UNIT.sub(rf"\1{NBSP}", _NUMBER_SIGN.sub(rf"\1{NBSP}", text))
    if language in {"ru", "uk", "be"}:
        return _BEFORE_DASH.sub(NBSP, _AFTER_SHORT.sub(rf"\1{NBSP}", text))
    if language == "fr":
        text = _FRENCH_OPENING.sub(f"«{NBSP}", _FRENCH_MARKS.sub(NARROW_NBSP, text))
    return _AFTER_ONE_LETTER.sub(rf"\1{NBSP}", text) if language in {"fr", "es"} else text


def clock(at: datetime, timezone: str) -> str:
    """Return the local time on 24 hours: 09:05."""
    return at.astimezone(ZoneInfo(timezone)).strftime("%H:%M")


def time_range(start: datetime, end: datetime, timezone: str) -> str:
    """Return «10:05–10:19» with an en dash and no spaces; one time where nothing passes."""
    first, last = clock(start, timezone), clock(end, timezone)
    return first if start == end else f"{first}{EN_DASH}{last}"


def plural_ru(n: int, one: str, few: str, many: str) -> str:
    """Return the form of a Russian noun after a number: 1 гость, 2 гостя, 5 гостей, 11 гостей."""
    tens, units = abs(n) % 100, abs(n) % 10
    if 11 <= tens <= 14 or units == 0 or units >= 5:
        return many
    return one if units == 1 else few
