"""The guides quote the pages: every button, field and page they name stands there in English."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file

from tests.support.checkout import ROOT, SOURCES, tracked

GUIDES = tracked("docs/user/*.md")
QUOTED = re.compile(r"(?<![*\w])\*{1,2}([^*\n]+?)\*{1,2}(?![*\w])")
KEYWORDS = DEFAULT_KEYWORDS | {"lazy_gettext": None, "lazy_ngettext": (1, 2), "_l": None}


def words_of(path: Path) -> set[str]:
    """The English messages of one source file or template."""
    method = "python" if path.suffix == ".py" else "jinja2.ext:babel_extract"
    options = {"trimmed": "true", "silent": "false"}
    found: set[str] = set()
    for _line, message, _comments, _context in extract_from_file(
        method, str(path), keywords=KEYWORDS, options=options
    ):
        found |= {message} if isinstance(message, str) else {one for one in message if one}
    return found


@pytest.fixture(scope="module")
def words() -> set[str]:
    """Every English message of the pages."""
    templates = sorted((ROOT / "templates").rglob("*.html"))
    return set().union(*(words_of(path) for path in [*SOURCES, *templates]))


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_what_a_guide_quotes_stands_on_a_page(guide: Path, words: set[str]) -> None:
    quoted = QUOTED.findall(guide.read_text())
    assert [text for text in quoted if text not in words] == []


def test_a_guide_quotes_something_and_a_wrong_word_is_seen(words: set[str]) -> None:
    assert {"Approve", "Delegations"} <= words
    assert "Aprove" not in words
    told = [guide.stem for guide in GUIDES if not QUOTED.search(guide.read_text())]
    assert told == []
    assert QUOTED.findall("Press *Aprove*, then **Papers**.") == ["Aprove", "Papers"]
