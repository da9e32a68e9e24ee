"""Programmes, running orders and route cards as printed."""

import io
import re
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image

from tests.documents.boxes import collisions, inks, outside
from tests.documents.day import CARD, COVER, GENERAL, ORDER, PEOPLE, ROWS, SPEAKERS, WAY
from tests.support.pdf import fonts, page_count, page_sizes, texts
from visitplanner.documents.programmes import (
    Block,
    BlockLine,
    Logo,
    ProgrammeRow,
    ProgrammeValues,
    render_programme,
)
from visitplanner.documents.route_cards import RouteStop, render_route_cards
from visitplanner.documents.running_order import OrderRow, render_running_order
from visitplanner.domain.refusals import Refusal

TIME = re.compile(r"\b\d\d:\d\d\b")
MISSION = "Посольство Корейской Народно-Демократической Республики"
DELEGATION = replace(GENERAL, cover=replace(COVER, mission=MISSION), blocks=(PEOPLE, WAY, SPEAKERS))
BOTH = replace(
    GENERAL,
    second="en",
    second_subtitle="Thursday, 14 October 2027, Great Hall of the Meridian Cluster",
    blocks=(
        Block(
            "Контакты",
            (BlockLine("Елена Соколова", "протокол", "+7 000 000-01-00", "Elena Sokolova"),),
            second_title="Contacts",
        ),
    ),
)
LONG = replace(
    GENERAL,
    cover=replace(
        COVER,
        title="Рабочий визит представителей дипломатического корпуса, аккредитованного "
        "в Российской Федерации, в Инновационный научно-технологический центр Московского "
        "государственного университета имени М. В. Ломоносова «Воробьёвы горы»",
        second_title="Working visit of the diplomatic corps accredited to the Russian "
        "Federation to the Lomonosov Innovation Science and Technology Centre",
        mission=MISSION,
    ),
    rows=tuple(
        replace(row, time=f"{9 + number // 4:02}:{number % 4 * 15:02}")
        for number, row in enumerate(ROWS * 4)
    ),
)
SHORT = replace(GENERAL, cover=replace(COVER, title="Визит", second_title=""), rows=ROWS[:1])


def pages_in_order(pdf: bytes) -> None:
    for page in pypdfium2.PdfDocument(pdf):
        assert outside(page, 3) == []
        assert collisions(page) == []


@pytest.mark.parametrize(
    "values", [GENERAL, DELEGATION, BOTH, LONG, SHORT],
    ids=["general", "delegation", "both", "long", "short"],
)  # fmt: skip
def test_nothing_leaves_its_page_or_lies_on_anything_else(values: ProgrammeValues) -> None:
    pages_in_order(render_programme(values))


def logo(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (width, height), (0, 60, 120, 200)).save(out, "PNG")
    return out.getvalue()


SHAPES = [logo(400, 460), logo(1000, 60), logo(300, 300), logo(100, 600)]


def with_logos(values: ProgrammeValues, count: int) -> ProgrammeValues:
    logos = tuple(Logo(f"file{number}", f"Organiser {number}") for number in range(count))
    return replace(values, cover=replace(values.cover, logos=logos))


def pictures_of(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right, top of every picture, in points."""
    found = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])
    return sorted(picture.get_bounds() for picture in found)


@pytest.mark.parametrize("values", [GENERAL, LONG, DELEGATION], ids=["general", "long", "mission"])
@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 8])
def test_logos_stand_above_the_organisers_and_on_nothing(
    values: ProgrammeValues, count: int
) -> None:
    content = {f"file{number}": SHAPES[number % 4] for number in range(count)}
    pdf = render_programme(with_logos(values, count), logos=content)
    pages_in_order(pdf)
    cover = pypdfium2.PdfDocument(pdf)[0]
    names = max(ink.top for ink in inks(cover))
    boxes = pictures_of(cover)
    assert len(boxes) == count
    for number, (left, bottom, right, top) in enumerate(boxes):
        assert bottom > names
        assert all(
            right <= other[0] or other[2] <= left or top <= other[1] or other[3] <= bottom
            for other in boxes[:number]
        )
    assert len(texts(pdf)) == len(texts(render_programme(values)))


def test_a_logo_that_is_gone_leaves_no_hole() -> None:
    plain = texts(render_programme(GENERAL))
    pdf = render_programme(with_logos(GENERAL, 2), logos={})
    cover, before = (pypdfium2.PdfDocument(one)[0] for one in (pdf, render_programme(GENERAL)))
    assert texts(pdf) == plain
    assert [(ink.text, ink.top) for ink in inks(cover)] == [
        (ink.text, ink.top) for ink in inks(before)
    ]


def test_a_programme_is_of_a5_and_carries_its_fonts() -> None:
    pdf = render_programme(GENERAL)
    assert set(page_sizes(pdf)) == {(148.0, 210.0)}
    assert all("+" in name for name in fonts(pdf))


def test_the_day_stands_in_order_with_its_speakers() -> None:
    cover, day, speakers = texts(render_programme(GENERAL))
    assert "дипломатического" in cover
    assert [day.index(row.time) for row in ROWS] == sorted(day.index(row.time) for row in ROWS)
    assert "Марина Ильина" in day
    assert "Выступают" in speakers


def test_two_languages_face_one_another_row_by_row() -> None:
    document = pypdfium2.PdfDocument(render_programme(BOTH))
    times, tops = {row.time for row in ROWS}, []
    for page in (document[1], document[2]):
        found = ((ink.text[:5], ink.bottom) for ink in inks(page))
        tops.append({text: low for text, low in found if text in times})
    assert len(tops[0]) == len(ROWS)
    assert tops[0].keys() == tops[1].keys()
    assert all(abs(tops[0][time] - tops[1][time]) < 0.4 for time in tops[0])
    russian, english = document[1].get_textpage(), document[2].get_textpage()
    assert "Открытие" in russian.get_text_bounded()
    assert "Opening" in english.get_text_bounded()
    assert "Opening" not in russian.get_text_bounded()


def test_a_long_day_in_two_languages_keeps_facing_pages() -> None:
    pdf = render_programme(replace(LONG, second="en"))
    pages = texts(pdf)[1:]
    for left, right in zip(pages[::2], pages[1::2], strict=False):
        if "Программа" in left:
            assert "Programme" in right
            assert TIME.findall(left)[:-1] == TIME.findall(right)[:-1]  # the last: of printing
    pages_in_order(pdf)


def test_a_delegation_finds_its_people_groups_and_route_on_its_own_pages() -> None:
    pdf = render_programme(DELEGATION)
    shown = " ".join(texts(pdf))
    assert "Корейской" in texts(pdf)[0]
    for line in PEOPLE.lines + WAY.lines:
        assert line.text in shown
        assert line.mark in shown


def test_a_booklet_has_four_pages_a_sheet_in_the_order_of_folding() -> None:
    assert page_count(render_programme(DELEGATION)) == 4
    pdf = render_programme(DELEGATION, booklet=True)
    assert page_sizes(pdf) == [(297.0, 210.0), (297.0, 210.0)]
    outer, inner = texts(pdf)
    assert "Выступают" in outer  # the last page, beside the cover
    assert MISSION.split()[1] in outer
    assert inner.index("Программа") < inner.index("Ваша делегация")


def test_a_programme_refuses_a_character_no_font_draws() -> None:
    rows = (*ROWS, ProgrammeRow("14:00", "ᜀᜁ"))
    with pytest.raises(Refusal, match="glyph-missing"):
        render_programme(replace(GENERAL, rows=rows))


def test_words_of_the_running_order_are_never_broken() -> None:
    rows = (*ORDER.rows, OrderRow("14:00", 5, "Х", interpretation="синхронно-последовательный",
                                  who="Превысокомногорассмотрительствующий"))  # fmt: skip
    pdf = render_running_order(replace(ORDER, rows=rows))
    shown = " ".join(texts(pdf))
    assert "последовательный" in shown
    assert "Превысокомногорассмотрительствующий" in shown
    pages_in_order(pdf)


def test_a_long_running_order_repeats_its_head_and_numbers_its_pages() -> None:
    pdf = render_running_order(replace(ORDER, rows=ORDER.rows * 4))
    pages = texts(pdf)
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert "Отвечает, телефон" in page
        assert f"{number} / {len(pages)}" in page
        assert "Заменяет редакцию 4" in page
    pages_in_order(pdf)


def test_the_running_order_shows_plan_b_phases_and_phones() -> None:
    shown = " ".join(texts(render_running_order(ORDER)))
    for words in ("Запасной вариант: лифт стоит", "Большой зал", "И. Орлов, 01-10", "7 мин речи"):
        assert words in shown


def test_a_route_card_shows_letter_stops_and_facts() -> None:
    pdf = render_route_cards([CARD, replace(CARD, letter="J", language="en")])
    first, second = texts(pdf)
    assert page_sizes(pdf) == [(105.0, 148.0)] * 2
    for text in CARD.texts():
        assert text.replace("\u00a0", " ") in first.replace("\u00a0", " ") or len(text) > 40
    assert "Route of the group" in second
    pages_in_order(pdf)


def test_a_full_route_card_keeps_inside_its_edges() -> None:
    stops = tuple(
        RouteStop(f"11:{n:02}", f"Лаборатория оптической связи {n}", "защищённая связь", str(n))
        for n in range(8)
    )
    delegations = ", ".join(f"Объединённые Эмираты {n}" for n in range(14))
    card = replace(CARD, stops=stops, facts=(*CARD.facts, ("Делегации", delegations)))
    pdf = render_route_cards([card, CARD])
    assert page_count(pdf) == 2
    pages_in_order(pdf)
    assert "Эмираты 13" in texts(pdf)[0]


def test_what_a_route_card_cannot_hold_goes_to_its_back() -> None:
    delegations = ", ".join(f"Объединённые Арабские Эмираты {n}" for n in range(32))
    pdf = render_route_cards([replace(CARD, facts=(("Делегации", delegations),))])
    front, back = texts(pdf)
    assert "Агросвет" in front
    assert "Эмираты 31" in back
    pages_in_order(pdf)
