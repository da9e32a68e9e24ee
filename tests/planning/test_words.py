"""Every sentence of the planner exists in English and Russian with the same blanks everywhere."""

from __future__ import annotations

from string import Formatter

import pytest

from visitplanner.planning.words import WORDS
from visitplanner.planning.words_more import MORE


def blanks(text: str) -> set[str]:
    """Names of the blanks of a sentence."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("code", sorted(WORDS))
def test_each_sentence_has_the_same_blanks_in_every_language(code: str) -> None:
    forms = WORDS[code] | MORE.get(code, {})
    assert {"en", "ru"} <= set(forms)
    assert {language: blanks(text) for language, text in forms.items()} == {
        language: blanks(forms["en"]) for language in forms
    }


def test_no_translation_belongs_to_no_sentence() -> None:
    assert set(MORE) <= set(WORDS)
