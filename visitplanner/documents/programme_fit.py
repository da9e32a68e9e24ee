"""Fitting a programme: the cover's title and rosette, and how densely the day is set."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from visitplanner.documents.layout import MANY_LINES, hold
from visitplanner.documents.measure import largest, wrap

if TYPE_CHECKING:
    from visitplanner.documents.programmes import Cover, Logo, ProgrammeRow, ProgrammeValues

TITLE_SIZES = (9.6, 8.6, 7.6, 6.6, 5.6, 4.6)
ROSETTES = (50, 42, 34, 26, 0)
COVER_WIDTH = 98.0
COVER_HEIGHT = 165.0
PAGE_WIDTH = 120.0
PAGE_HEIGHT = 178.0
TEXT_WIDTH = PAGE_WIDTH - 19.0
LOGOS = {1: (16, 1), 2: (15, 2), 3: (14, 3), 4: (12, 4)}
MANY_LOGOS = (10, 4)
"""How high logos are at most, in mm, and how many stand in a line, by their number."""

LOGO_GAP = 4.0
SUBTITLES = (3.4, 3.2, 3.0, 2.8)


@dataclass(frozen=True, slots=True)
class Density:
    """Sizes in mm of a row of the day: time, title, note, and the space above and below."""

    time: float
    title: float
    note: float
    space: float


STEPS = (Density(5.4, 4.6, 2.9, 2.7), Density(5.0, 4.2, 2.8, 2.0), Density(4.6, 3.8, 2.6, 1.4))


@dataclass(frozen=True, slots=True)
class CoverFit:
    """The size class of the title, the side of the rosette in mm (0 for none), lines of logos.

    `logo_class` says how many logos stand in a line, and so how large they may be.
    """

    title: str
    second: str
    rosette: int
    logo_class: str
    logo_lines: "tuple[tuple[Logo, ...], ...]"


def fit_cover(cover: "Cover") -> CoverFit:
    """The largest title and rosette that leave room for all that stands on the cover."""
    second, rows = largest(cover.second_title, COVER_WIDTH, (5.6, 4.8, 4.2, 3.6), "voice", 4)
    fixed = sum(len(wrap(name, 3.9, COVER_WIDTH, "voice")) for name in cover.organisers) * 5.4
    fixed += (len(rows) * second * 1.25 + 4) if cover.second_title else 0
    fixed += 18 + 7
    fixed += (len(wrap(cover.mission, 4.6, COVER_WIDTH, "voice")) * 5.8 + 4) if cover.mission else 0
    fixed += len(wrap(cover.venue, 3.1, COVER_WIDTH)) * 4.4
    high, across = LOGOS.get(len(cover.logos), MANY_LOGOS)
    starts = range(0, len(cover.logos), across)
    lines_of_logos = tuple(cover.logos[at : at + across] for at in starts)
    fixed += len(lines_of_logos) * (high + LOGO_GAP)
    marks = (f"of{min(len(cover.logos), 5)}", lines_of_logos)
    for lines in (5, 8):
        for wanted in TITLE_SIZES:
            size, title = largest(cover.title, COVER_WIDTH, (wanted,), "voice", lines)
            if size < wanted and wanted != TITLE_SIZES[-1]:
                continue
            for side in ROSETTES:
                tall = fixed + len(title) * size * 1.15 + (side + 14 if side else 8)
                if tall <= COVER_HEIGHT and (side >= 34 or lines > 5):
                    return CoverFit(f"z{round(size * 10)}", f"z{round(second * 10)}", side, *marks)
    return CoverFit(f"z{round(size * 10)}", f"z{round(second * 10)}", 0, *marks)


@dataclass(frozen=True, slots=True)
class DayPage:
    """Rows of the day that stand on one page, with the height of each in tenths of a mm."""

    rows: "tuple[tuple[ProgrammeRow, int], ...]"


def fit_day(values: "ProgrammeValues") -> tuple[Density, list[DayPage]]:
    """The most generous setting that keeps the day on one page, and its pages.

    A row is as high in both languages, so that facing pages agree. A day too long for one page
    is set generously and runs on.
    """
    for density in STEPS:
        heights = [_row_height(row, density, values) for row in values.rows]
        if sum(heights) <= PAGE_HEIGHT - _fixed(values):
            return density, _pages(values, heights)
    heights = [_row_height(row, STEPS[0], values) for row in values.rows]
    return STEPS[0], _pages(values, heights)


def subtitle_size(text: str) -> str:
    """The size class of the line under the head of the day."""
    return f"z{round(largest(text, PAGE_WIDTH, SUBTITLES, lines=1)[0] * 10)}"


def _fixed(values: "ProgrammeValues") -> float:
    feet = (values.notes, values.second_notes)
    return 28.0 + max(sum(len(wrap(note, 2.9, PAGE_WIDTH)) * 4.4 for note in foot) for foot in feet)


def _pages(values: "ProgrammeValues", heights: list[float]) -> list[DayPage]:
    pages: list[list[tuple[ProgrammeRow, int]]] = [[]]
    left = room = PAGE_HEIGHT - _fixed(values)
    for row, height in zip(values.rows, heights, strict=True):
        if height > left and pages[-1]:
            pages.append([])
            left = room
        pages[-1].append((row, round(height * 10)))
        left -= height
    return [DayPage(tuple(page)) for page in pages]


def _row_height(row: "ProgrammeRow", density: Density, values: "ProgrammeValues") -> float:
    sides = [(row.title, row.notes, values.language)]
    if values.second:
        sides.append((row.second_title, row.second_notes, values.second))
    tall = 0.0
    for title, notes, language in sides:
        size, rows = largest(
            hold(title, language), TEXT_WIDTH, (density.title,), "voice", MANY_LINES
        )
        small = 0.0
        for note in notes:
            note_size, note_rows = largest(
                hold(note, language), TEXT_WIDTH, (density.note,), lines=MANY_LINES
            )
            small += len(note_rows) * note_size * 1.4
        tall = max(tall, len(rows) * size * 1.2 + small)
    return max(tall, density.time * 1.1) + 2 * density.space + 0.15
