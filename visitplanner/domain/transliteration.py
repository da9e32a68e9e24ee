"""Cyrillic to Latin as travel documents write it (ICAO Doc 9303, part 3, section 6): a hint.

The passport, or what the embassy wrote, always wins.
"""

import unicodedata

from visitplanner.domain.folding import APOSTROPHES

_CYRILLIC = {
    "А": "A",
    "Б": "B",
    "В": "V",
    "Г": "G",
    "Ґ": "G",
    "Ѓ": "G",
    "Д": "D",
    "Ђ": "D",
    "Е": "E",
    "Ё": "E",
    "Є": "IE",
    "Ж": "ZH",
    "З": "Z",
    "Ѕ": "DZ",
    "И": "I",
    "І": "I",
    "Ї": "I",
    "Й": "I",
    "Ј": "J",
    "К": "K",
    "Ќ": "K",
    "Л": "L",
    "Љ": "LJ",
    "М": "M",
    "Н": "N",
    "Њ": "NJ",
    "О": "O",
    "П": "P",
    "Р": "R",
    "С": "S",
    "Т": "T",
    "Ћ": "C",
    "У": "U",
    "Ў": "U",
    "Ф": "F",
    "Х": "KH",
    "Ц": "TS",
    "Ч": "CH",
    "Џ": "DZ",
    "Ш": "SH",
    "Щ": "SHCH",
    "Ъ": "IE",
    "Ы": "Y",
    "Ь": "",
    "Э": "E",
    "Ю": "IU",
    "Я": "IA",
    # Not in the document's table; the nearest plain letters.
    "Ә": "A",
    "Ғ": "G",
    "Қ": "Q",
    "Ң": "N",
    "Ө": "O",
    "Ұ": "U",
    "Ү": "U",
    "Һ": "H",
}
_LATIN = {
    "Ä": "AE",
    "Å": "AA",
    "Æ": "AE",
    "Ð": "D",
    "Đ": "D",
    "Ə": "E",
    "Ħ": "H",
    "ẞ": "SS",
    "ß": "SS",
    "İ": "I",
    "Ł": "L",
    "Ŋ": "N",
    "Ö": "OE",
    "Ø": "OE",
    "Œ": "OE",
    "Ŧ": "T",
    "Þ": "TH",
    "Ü": "UE",
}
_TABLE = _CYRILLIC | _LATIN


def _travel_letter(char: str) -> str:
    if char in APOSTROPHES:
        return ""
    if char in _TABLE:
        return _TABLE[char]
    plain = unicodedata.normalize("NFD", char)
    return "".join(c for c in plain if not unicodedata.combining(c))


def icao(text: str) -> str:
    """Return `text` in the capitals of a travel document: «Щёголева Юлия» → SHCHEGOLEVA IULIIA.

    Spaces and hyphens stay, apostrophes go; other scripts than Cyrillic and Latin pass unchanged.
    """
    composed = unicodedata.normalize("NFC", text)
    upper = unicodedata.normalize("NFC", composed.upper())
    return "".join(map(_travel_letter, upper))


def suggest_latin(text: str) -> str:
    """Return the same in small letters with capitals: «Подъячев» → Podieiachev."""
    return icao(text).title()
