"""Which plural form a number takes (Unicode CLDR 45, cardinal rules for whole numbers)."""

from __future__ import annotations

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


_RULES = {
    "en": lambda n: int(n != 1),
    "es": lambda n: int(n != 1),
    "fr": lambda n: int(n > 1),
    "ru": _russian,
    "ar": _arabic,
    "zh": lambda n: 0,
}
