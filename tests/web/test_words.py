"""Every word of the pages has its Russian; what guests read has all six languages."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file

from visitplanner.catalogues import catalogue
from visitplanner.paths import TEMPLATES
from visitplanner.settings import LANGUAGES

PACKAGE = Path(__file__).parents[2] / "visitplanner"
CALLS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
OPTIONS = {"trimmed": "true", "silent": "false"}
TRANSLATED = [code for code in LANGUAGES if code != "en"]

GUESTS = (
    "registration/*.html",
    "links/*.html",
    "errors/*.html",
    "layouts/base.html",
    "layouts/guest.html",
    "layouts/plain.html",
    "layouts/_*.html",
    "macros/*.html",
    "visits/_public.html",
    "visits/home.html",
    "mail/delegat*/*",
    "mail/organisation_link/*",
    "mail/returned/*",
    "mail/*_reminder/*",
    "delegations/_conflict.html",
    "blueprints/registration/*.py",
    "blueprints/links/*.py",
    "web/errors.py",
    "web/refusals.py",
    "web/forms.py",
    "web/conflicts.py",
    "web/words.py",
)
"""What a guest may read, by file."""


def _sources() -> Iterator[tuple[str, Path]]:
    for root, pattern in ((TEMPLATES, "*"), (PACKAGE, "*.py")):
        for path in sorted(root.rglob(pattern)):
            if path.is_file() and path.suffix in (".py", ".html", ".txt"):
                yield path.relative_to(root).as_posix(), path


@cache
def words() -> dict[str, frozenset[str]]:
    """Every msgid with the files that say it."""
    found: dict[str, set[str]] = {}
    for name, path in _sources():
        method = "python" if path.suffix == ".py" else "jinja2.ext:babel_extract"
        options = {} if path.suffix == ".py" else OPTIONS
        for _, message, _, _ in extract_from_file(method, path, CALLS, (), options):
            first = message[0] if isinstance(message, tuple) else message
            found.setdefault(first, set()).add(name)
    return {message: frozenset(names) for message, names in found.items()}


def untranslated(language: str, messages: Iterable[str]) -> list[str]:
    """Those of the messages that the catalogue of `language` does not know."""
    known = {
        key[0] if isinstance(key, tuple) else key
        for key, value in catalogue(language)._catalog.items()  # type: ignore[attr-defined]
        if value
    }
    return sorted(set(messages) - known)


def guests_words() -> set[str]:
    """What guests may read."""
    patterns = [re.compile(re.escape(one).replace(r"\*", "[^/]*") + "$") for one in GUESTS]
    return {
        message
        for message, names in words().items()
        if any(pattern.match(name) for pattern in patterns for name in names)
    }


def test_russian_is_complete() -> None:
    assert len(words()) > 500
    assert untranslated("ru", words()) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_guests_read_is_complete(language: str) -> None:
    assert len(guests_words()) > 200
    assert untranslated(language, guests_words()) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_says_what_its_source_says(language: str) -> None:
    """Placeholders survive; nothing is left without words."""
    place = re.compile(r"%\((\w+)\)s|%\((\w+)\)d|\{(\w+)\}")
    for key, said in catalogue(language)._catalog.items():  # type: ignore[attr-defined]
        source = key[0] if isinstance(key, tuple) else key
        if source and not isinstance(key, tuple):
            assert set(place.findall(str(said))) == set(place.findall(source)), (source, said)
