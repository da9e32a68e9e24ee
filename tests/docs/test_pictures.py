"""The documents' pictures: every one is made by bin/screenshots, shown somewhere, and small."""

import re
from pathlib import Path

from PIL import Image

from tests.support.checkout import ROOT, script, tracked

PICTURES = tracked("docs/img/*")
SHOWN = re.compile(r"!?\[([^\]]*)\]\(([^)\s]+\.(?:png|jpg))\)")


def shown() -> dict[Path, list[str]]:
    """Picture → the words that stand for it, over all documents."""
    found: dict[Path, list[str]] = {}
    for page in tracked("*.md"):
        for words, address in SHOWN.findall(page.read_text()):
            found.setdefault((page.parent / address).resolve(), []).append(words)
    return found


def test_every_picture_is_shown_with_words_for_it() -> None:
    in_documents = shown()
    assert [path.name for path in PICTURES if path.resolve() not in in_documents] == []
    assert [path for path, words in in_documents.items() if not all(words)] == []


def test_every_picture_is_drawn_by_the_script() -> None:
    screenshots = script("screenshots")
    drawn = set(screenshots.SHOTS) | set(screenshots.PAPERS)
    kept = {re.sub(r"s-contact-sheet-\d+$", "", path.stem) for path in PICTURES}
    assert kept == drawn


def test_pictures_open_and_stay_small() -> None:
    for path in PICTURES:
        with Image.open(path) as picture:
            picture.load()
    assert sum(path.stat().st_size for path in PICTURES) < 2_800_000


def test_every_document_is_reached_from_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        for address in re.findall(r"\]\(([^)#\s]+)", page.read_text()):
            target = (page.parent / address).resolve()
            if target.is_dir():
                target = target / "README.md"
            if target.suffix == ".md" and target.is_file():
                waiting.append(target)
    written = {path.resolve() for path in tracked("docs/*.md", "docs/**/*.md")}
    assert {str(path.relative_to(ROOT)) for path in written - reached} == set()
