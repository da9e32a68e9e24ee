"""The commands that print, on a copy of the demo: what they refuse, and in what words."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from tests.support.demo import opened
from tests.support.pdf import page_sizes, texts
from visitplanner.cli import visitplanner
from visitplanner.models import Paper

Printing = Callable[..., Result]


@pytest.fixture
def printing(demo_copy: Path, tmp_path: Path) -> Printing:
    """Runs a command on the demo; `to` is the output in a folder of the test."""

    def run(*words: str, to: str = "out.pdf") -> Result:
        more = ["-o", str(tmp_path / to), "--data-dir", str(demo_copy)]
        return CliRunner().invoke(visitplanner, [*words, *more])

    return run


def printed(folder: Path) -> int:
    """How many papers have been printed."""
    for instance in opened(folder):
        with instance.session(writing=False) as session:
            return session.scalar(select(func.count(Paper.id))) or 0
    raise AssertionError


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("badges", "lomonosov", "--delegation", "NOPE"), "There is no delegation NOPE."),
        (("badges", "lomonosov", "--person", "nobody"), "There is no person nobody in this visit."),
        (("badges", "nope"), "There is no visit nope."),
        (("programme", "lomonosov", "--delegation", "NOPE"), "There is no delegation NOPE."),
    ],
)
def test_what_is_not_there_is_named(printing: Printing, words: tuple[str, ...], said: str) -> None:
    answer = printing(*words)
    assert (answer.exit_code, answer.output) == (1, f"Error: {said}\n")


@pytest.mark.parametrize(
    ("words", "to", "said"),
    [
        (("programme", "lomonosov", "--language", "xx"), "out.pdf", "'xx' is not one of"),
        (("papers", "lomonosov", "--kind", "route-cards", "--language", "ar"), "out.pdf",
         "'ar' is not one of"),
        (("programme", "lomonosov", "--second-language", "ru"), "out.pdf",
         "The second language is the first."),
        (("programme", "lomonosov"), "nowhere/out.pdf", "there is no folder"),
        (("badges", "lomonosov"), ".", "cannot be written"),
    ],
)  # fmt: skip
def test_wrong_usage_is_told_before_anything_is_printed(
    printing: Printing, demo_copy: Path, words: tuple[str, ...], to: str, said: str
) -> None:
    before = printed(demo_copy)
    answer = printing(*words, to=to)
    assert answer.exit_code == 2
    assert said in answer.output
    assert printed(demo_copy) == before


def test_a_booklet_in_two_languages(printing: Printing, demo_copy: Path, tmp_path: Path) -> None:
    before = printed(demo_copy)
    answer = printing("programme", "lomonosov", "--second-language", "en", "--booklet")
    assert answer.exit_code == 0
    pdf = (tmp_path / "out.pdf").read_bytes()
    assert {tuple(round(side) for side in size) for size in page_sizes(pdf)} == {(297, 210)}
    assert "Programme" in " ".join(texts(pdf))
    assert printed(demo_copy) == before + 1
