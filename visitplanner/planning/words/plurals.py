"""Which plural form a number takes (Unicode CLDR 45, cardinal rules for whole numbers)."""

from __future__ import annotations

from collections.abc import Callable

FORMS = {"en": 2, "es": 2, "fr": 2, "ru": 3, "ar": 4, "zh": 1}
"""Forms a sentence gives: one and other; Russian one, few, many; Arabic one, two, few (3 to 10),
and all else; Chinese one for all."""


def form_of(language: str, number: int, forms: int) -> int:
    """Position of the form for a number among `forms` given, the last where there are fewer."""
    return min(_RULES[language](abs(number)), forms - 1)


def _russian(n: int) -> int:
    if n % 10 == 1 and n % 100 != 11:
        return 0
    return 1 if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else 2


def _arabic(n: int) -> int:
    if n in (1, 2):
        return n - 1
    return 2 if 3 <= n % 100 <= 10 else 3


def _english(n: int) -> int:
    return int(n != 1)


def _french(n: int) -> int:
    return int(n > 1)


def _chinese(_n: int) -> int:
    return 0


_RULES: dict[str, Callable[[int], int]] = {
    "en": _english, "es": _english, "fr": _french,
    "ru": _russian, "ar": _arabic, "zh": _chinese,
}  # fmt: skip
