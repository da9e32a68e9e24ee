"""Sentences of the planner for coordinators, by code and language, with right plural forms."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter
from typing import Any

from visitplanner.planning.words import ar, en, es, fr, ru, zh
from visitplanner.planning.words.plurals import form_of

SENTENCES: dict[str, dict[str, str]] = {
    "en": en.SENTENCES, "ru": ru.SENTENCES, "fr": fr.SENTENCES,
    "es": es.SENTENCES, "ar": ar.SENTENCES, "zh": zh.SENTENCES,
}  # fmt: skip
NAMES: dict[str, dict[str, str]] = {
    "en": en.LANGUAGES, "ru": ru.LANGUAGES, "fr": fr.LANGUAGES,
    "es": es.LANGUAGES, "ar": ar.LANGUAGES, "zh": zh.LANGUAGES,
}  # fmt: skip
JOINTS = {"ar": "، ", "zh": "、"}


class _Sentence(Formatter):
    """`{minutes:# minute|# minutes}` takes the form that the number asks for; # is the number."""

    def __init__(self, language: str) -> None:
        self.language = language

    def format_field(self, value: Any, format_spec: str) -> Any:
        if not format_spec:
            return str(value)
        forms = format_spec.split("|")
        return forms[form_of(self.language, int(value), len(forms))].replace("#", str(value))

    def get_value(self, key: int | str, args: Any, kwargs: Mapping[str, Any]) -> Any:
        value = kwargs[str(key)]
        return self.listed(value) if isinstance(value, tuple) else value

    def listed(self, languages: tuple[str, ...]) -> str:
        """Names of languages, codes where we have no name."""
        names = NAMES[self.language]
        return JOINTS.get(self.language, ", ").join(names.get(x, x) for x in languages)


def say(code: str, language: str = "en", **values: object) -> str:
    """The sentence of a code in a language (English where the language is none of ours). Tuples
    are codes of languages, numbers choose the plural form."""
    spoken = language if language in SENTENCES else "en"
    return str(_Sentence(spoken).vformat(SENTENCES[spoken][code], (), values))


def joined(parts: list[str], language: str = "en") -> str:
    """Parts of a sentence one after the other."""
    return JOINTS.get(language, ", ").join(parts)
