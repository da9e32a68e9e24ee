"""Every sentence of the planner stands in six languages, with the same blanks and right plurals."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import visitplanner.planning as planning
from visitplanner.planning.words import NAMES, SENTENCES, say
from visitplanner.planning.words.plurals import FORMS, form_of

CODES = sorted(SENTENCES["en"])
OTHERS = ["ru", "fr", "es", "ar", "zh"]
SCRIPTS = {"ru": r"[а-яё]", "ar": r"[\u0621-\u064a]", "zh": r"[\u4e00-\u9fff]"}


def blanks(text: str) -> set[str]:
    """Names of the blanks of a sentence."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_falls_back_to_another_language(language: str) -> None:
    own, english = SENTENCES[language], SENTENCES["en"]
    assert set(own) == set(english)
    for code in CODES:
        # “count” may do no more than choose a verb's form, which not every language has.
        assert blanks(own[code]) | {"count"} == blanks(english[code]) | {"count"}, code
        assert own[code] != english[code], code
        assert re.search(SCRIPTS.get(language, r"[a-z]"), own[code], re.IGNORECASE), code
    assert set(NAMES[language]) == set(NAMES["en"])


@pytest.mark.parametrize("language", SENTENCES)
def test_each_number_with_forms_has_as_many_as_its_language(language: str) -> None:
    for code, sentence in SENTENCES[language].items():
        for _, name, spec, _ in Formatter().parse(sentence):
            if spec:
                assert len(spec.split("|")) == FORMS[language], (code, name)


@pytest.mark.parametrize("language", SENTENCES)
def test_every_sentence_can_be_said_with_every_number(language: str) -> None:
    for code in CODES:
        for number in (0, 1, 2, 3, 5, 11, 21, 22, 100, 103):
            values: dict[str, object] = dict.fromkeys(blanks(SENTENCES["en"][code]), number)
            if "languages" in values:
                values["languages"] = ("es", "tlh")
            said = say(code, language, **values)
            assert not set("{}#|") & set(said), said


@pytest.mark.parametrize(
    ("language", "number", "form"),
    [
        ("ru", 1, 0), ("ru", 21, 0), ("ru", 11, 2), ("ru", 3, 1), ("ru", 13, 2), ("ru", 0, 2),
        ("ar", 1, 0), ("ar", 2, 1), ("ar", 7, 2), ("ar", 103, 2), ("ar", 11, 3), ("ar", 100, 3),
        ("fr", 0, 0), ("fr", 2, 1), ("en", 0, 1), ("en", 1, 0), ("es", 2, 1), ("zh", 7, 0),
    ],
)  # fmt: skip
def test_numbers_take_the_form_their_language_asks_for(
    language: str, number: int, form: int
) -> None:
    assert form_of(language, number, FORMS[language]) == form


def test_the_plural_is_heard_in_the_sentence() -> None:
    values = {"horizon": 105, "old": 84, "idle": 2}
    assert "21 минута " in say("way-horizon", "ru", minutes=21, **values)
    assert "2 минуты ожидания" in say("way-horizon", "ru", minutes=21, **values)
    assert "دقيقتان إضافيتان" in say("way-horizon", "ar", minutes=2, **values)
    assert "1 more minute (" in say("way-horizon", "en", minutes=1, **values)


def test_every_code_the_planner_says_has_a_sentence_and_no_sentence_is_idle() -> None:
    folder = Path(planning.__file__).parent
    files = [*folder.glob("*.py"), folder.parent / "tour_commands.py"]
    source = "".join(p.read_text(encoding="utf-8") for p in files)
    quoted = set(re.findall(r'"([a-z]+(?:-[a-z]+)*)"', source))
    made = {f"{more}-{kind}" for more in ("less", "more") for kind in ("idle", "walk", "unmet",
                                                                     "staff")}  # fmt: skip
    assert set(CODES) - made <= quoted
    said = set(re.findall(r'say\(\s*"([a-z-]+)"', source))
    found = set(re.findall(r'finding\(\s*"([a-z-]+)"', source))
    assert said | found <= set(CODES)
