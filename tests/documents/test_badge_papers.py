"""Badges as printed: every code is read back from the picture, no line leaves its room."""

import io
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.documents.boxes import Ink, collisions, inks, outside
from tests.documents.cast import KEY, ORDINARY, awkward, code
from tests.support.pdf import page_sizes, texts
from visitplanner.documents.badge_rooms import LAYOUTS
from visitplanner.documents.badges import render_badges
from visitplanner.documents.layout import clean
from visitplanner.documents.typefaces import missing_characters
from visitplanner.domain.badges import TrustedKey, judge
from visitplanner.domain.names import capitals
from visitplanner.domain.refusals import Refusal

MM = 72 / 25.4
TRUST = {
    1: TrustedKey(
        Ed25519PrivateKey.from_private_bytes(KEY).public_key().public_bytes_raw(),
        "v",
        datetime(2024, 1, 1, tzinfo=UTC),
        datetime(2030, 1, 1, tzinfo=UTC),
    )
}


@pytest.fixture(scope="module")
def papers() -> bytes:
    return all_awkward("a6")


def page_texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in document]


def test_each_badge_is_a_page_of_a6(papers: bytes) -> None:
    with pikepdf.open(io.BytesIO(papers)) as pdf:
        assert len(pdf.pages) == len(awkward())
        for page in pdf.pages:
            width, height = (float(side) for side in page.mediabox[2:])
            assert abs(width - 105 * MM) < 1
            assert abs(height - 148 * MM) < 1


def test_every_code_is_read_from_a_picture_of_300_dpi(papers: bytes, tmp_path: Path) -> None:
    source = tmp_path / "badges.pdf"
    source.write_bytes(papers)
    document = pypdfium2.PdfDocument(papers)
    for page, badge in zip(document, awkward().values(), strict=True):
        picture = page.render(scale=300 / 72).to_pil().convert("L")
        found = [result.text for result in zxingcpp.read_barcodes(picture)]
        assert found == [badge.code], badge.person
        at = datetime(2025, 1, 1, tzinfo=UTC)
        assert judge(found[0], TRUST, visit="v", at=at).verdict.admits


@cache
def all_awkward(layout: str) -> bytes:
    return render_badges(list(awkward().values()), layout=layout)


ROOM_OF_CODE = {
    "a6": (16.5, 102.5, 25.0),
    "cr80": (62.6, 3.6, 19.0),
    "4x3": (72.6, 4.6, 25.0),
    "a7": (16.5 * 74 / 105, 102.5 * 74 / 105, 25 * 74 / 105),
    "a5": (16.5 * 148 / 105, 102.5 * 148 / 105, 25 * 148 / 105),
}
"""Left, top and side in mm."""


@pytest.mark.parametrize("layout", LAYOUTS)
def test_in_every_layout_no_text_is_cut_collides_or_lies_on_the_code(layout: str) -> None:
    pdf = all_awkward(layout)
    left, top, side = ROOM_OF_CODE[layout]
    code = Ink("the code", left, top, left + side, top + side)
    for page, name in zip(pypdfium2.PdfDocument(pdf), awkward(), strict=True):
        assert outside(page, 1) == [], name
        assert collisions(page) == [], name
        assert [ink.text for ink in inks(page) if ink.meets(code)] == [], name


def bare(text: str) -> str:
    """Without spaces, and without what the reader of the PDF guesses: \\x02 is a hyphen at the

    end of a line, brackets near Arabic come out turned.
    """
    return text.replace("\x02", "-").translate(dict.fromkeys(map(ord, " ()")))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_name_stands_whole_in_every_layout(layout: str) -> None:
    pages = texts(all_awkward(layout))
    for page, badge in zip(pages, awkward().values(), strict=True):
        shown = bare(page)
        for part in capitals(clean(badge.family), badge.native_language or "en").split():
            assert bare(part) in shown, badge.family
        assert bare(clean(badge.given)) in shown
        assert bare(clean(badge.second_name)) in shown


@pytest.mark.parametrize("layout", ["cr80", "4x3", "a7", "a5"])
def test_the_codes_of_the_other_layouts_are_read_from_300_dpi(layout: str) -> None:
    badges = list(awkward().values())[:6]
    for page, badge in zip(
        pypdfium2.PdfDocument(render_badges(badges, layout=layout)), badges, strict=True
    ):
        picture = page.render(scale=300 / 72).to_pil().convert("L")
        assert [found.text for found in zxingcpp.read_barcodes(picture)] == [badge.code]


@pytest.mark.parametrize(
    ("layout", "cards"), [("a6", 4), ("cr80", 10), ("4x3", 6), ("a7", 8), ("a5", 2)]
)
def test_a_sheet_of_a4_holds_as_many_as_fit(layout: str, cards: int) -> None:
    badges = [replace(ORDINARY, code=code(n), serial=f"D-{n:04}") for n in range(cards + 1)]
    pdf = render_badges(badges, layout=layout, sheet="a4")
    pages = texts(pdf)
    assert len(pages) == 2
    assert [pages[0].count("D-0"), pages[1].count("D-0")] == [cards, 1]
    assert {tuple(sorted(size)) for size in page_sizes(pdf)} == {(210.0, 297.0)}


@pytest.mark.parametrize(("layout", "size"), [
    ("a6", (105.0, 148.0)), ("cr80", (85.6, 54.0)), ("4x3", (101.6, 76.2)), ("a7", (74.0, 105.0)),
    ("a5", (148.0, 210.0)),
])  # fmt: skip
def test_sizes_of_the_layouts(layout: str, size: tuple[float, float]) -> None:
    assert page_sizes(render_badges([ORDINARY], layout=layout)) == [size]


def test_layouts_and_sheets_that_do_not_exist_are_refused() -> None:
    with pytest.raises(Refusal, match="unknown-layout"):
        render_badges([ORDINARY], layout="b4")
    with pytest.raises(Refusal, match="unknown-sheet"):
        render_badges([ORDINARY], sheet="a3")


def test_a_text_beyond_all_measure_is_refused_by_person() -> None:
    with pytest.raises(Refusal, match="badge-too-full"):
        render_badges([replace(ORDINARY, job="Советник по всем вопросам " * 80)], layout="cr80")


def test_an_emoji_is_refused_and_named() -> None:
    with pytest.raises(Refusal) as refusal:
        render_badges([replace(ORDINARY, given="Zoe \U0001f600")])
    assert refusal.value.details["codepoint"] == "U+1F600"


def test_composed_and_decomposed_letters_print_the_same() -> None:
    composed, apart = "Conceição", "Conceic\u0327a\u0303o"
    assert render_badges([replace(ORDINARY, family=composed)]) == render_badges(
        [replace(ORDINARY, family=apart)]
    )


def test_progress_counts_to_the_end_and_may_stop_the_print() -> None:
    badges = [replace(ORDINARY, code=code(n)) for n in range(30)]
    steps: list[tuple[int, int]] = []
    render_badges(badges, progress=lambda done, total: steps.append((done, total)))
    assert steps[-1] == (30, 30)
    assert len(steps) > 1

    def stop(done: int, total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        render_badges(badges, progress=stop)


def test_no_badges_are_refused_rather_than_printed_empty() -> None:
    with pytest.raises(Refusal, match="no-badge"):
        render_badges([])


def test_names_stand_whole_and_unbroken(papers: bytes) -> None:
    texts = dict(zip(awkward(), page_texts(papers), strict=True))
    assert "W" * 47 in texts["one word of 47"].replace("\r\n", "\n")
    assert "RAKOTOANDRIAMANANTENASOARATSIMANDRESY" in texts["sixty letters"]
    assert "RAZAFINDRAKOTOMAHEFARIVO" in texts["sixty letters"]
    assert "IŞIKLI" in texts["turkish"]
    assert "<SCRIPT>ALERT(1)</SCRIPT>" in texts["markup"].replace("\r\n", "")


def test_family_name_comes_first_where_the_person_writes_so(papers: bytes) -> None:
    text = dict(zip(awkward(), page_texts(papers), strict=True))["vietnamese"]
    assert text.index("NGUYỄN") < text.index("Thị Ngọc Ánh")


def test_a_line_is_not_printed_twice() -> None:
    same = replace(ORDINARY, native="Aïcha Benali Haddad", native_language="fr",
                   second_name="", job="Ambassador", job_second="Ambassador")  # fmt: skip
    text = page_texts(render_badges([same]))[0]
    assert text.count("Ambassador") == 1
    assert "Aïcha Benali Haddad" not in text


def test_a_character_no_font_draws_is_refused_by_person_and_character() -> None:
    strange = replace(ORDINARY, person="Somebody", native="ᜀᜁᜂ", native_language="")
    assert missing_characters(strange.native)
    with pytest.raises(Refusal) as refusal:
        render_badges([ORDINARY, strange])
    assert refusal.value.code == "glyph-missing"
    assert refusal.value.details["person"] == "Somebody"
    assert refusal.value.details["character"] == "ᜀ"


def test_four_badges_stand_on_a_sheet_of_a4(tmp_path: Path) -> None:
    badges = [replace(ORDINARY, code=code(n), serial=f"D-{n:04}") for n in range(1, 6)]
    pdf = render_badges(badges, sheet="a4")
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 2
    picture = document[0].render(scale=300 / 72).to_pil().convert("L")
    assert {found.text for found in zxingcpp.read_barcodes(picture)} == {
        code(n) for n in (1, 2, 3, 4)
    }


def test_the_same_values_give_the_same_bytes() -> None:
    assert render_badges([ORDINARY]) == render_badges([ORDINARY])


def test_nothing_is_fetched_from_the_disk(tmp_path: Path) -> None:
    canary = tmp_path / "canary.txt"
    canary.write_text("CANARY-CONTENT")
    evil = replace(
        ORDINARY,
        family=f'<link rel="attachment" href="file://{canary}"><img src="file://{canary}">',
    )
    pdf = render_badges([evil])
    target = tmp_path / "out.pdf"
    target.write_bytes(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert list(document.attachments) == []
    text = subprocess.run(["pdftotext", target, "-"], capture_output=True, check=True).stdout
    assert b"CANARY-CONTENT" not in text
