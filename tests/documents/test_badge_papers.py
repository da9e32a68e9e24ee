"""Badges as printed: every code is read back from the picture, no line leaves its room."""

import io
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.documents.cast import KEY, ORDINARY, awkward, code
from visitplanner.documents.badges import render_badges
from visitplanner.documents.typefaces import missing_characters
from visitplanner.domain.badges import TrustedKey, judge
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
    return render_badges(list(awkward().values()))


def page_texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in document]


def line_boxes(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    text = page.get_textpage()
    return [text.get_rect(number) for number in range(text.count_rects())]


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


def test_no_line_of_text_leaves_the_badge_or_lies_on_the_code(papers: bytes) -> None:
    document = pypdfium2.PdfDocument(papers)
    for page, (name, badge) in zip(document, awkward().items(), strict=True):
        width, height = page.get_size()
        top_of_code = height - 102.3 * MM
        for left, bottom, right, top in line_boxes(page):
            assert left >= -0.5, (name, badge.person)
            assert right <= width + 0.5, (name, badge.person)
            in_body = bottom > top_of_code
            below = top <= top_of_code + 1.5
            assert in_body or below, (name, "a line runs into the code")


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


def test_card_printers_get_their_size_and_a_code_that_reads() -> None:
    pdf = render_badges([ORDINARY], layout="cr80")
    page = pypdfium2.PdfDocument(pdf)[0]
    width, height = page.get_size()
    assert abs(width - 85.6 * MM) < 1
    assert abs(height - 53.98 * MM) < 1
    picture = page.render(scale=300 / 72).to_pil().convert("L")
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [ORDINARY.code]


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
