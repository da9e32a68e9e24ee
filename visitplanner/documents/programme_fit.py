"""Fitting a programme: the cover's title and rosette, and how densely the day is set."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from visitplanner.documents.layout import hold
from visitplanner.documents.measure import largest, wrap

if TYPE_CHECKING:
    from visitplanner.documents.programmes import Cover, ProgrammeRow, ProgrammeValues

TITLE_SIZES = (9.6, 8.6, 7.6, 6.6, 5.6, 4.6)
ROSETTES = (50, 42, 34, 26, 0)
COVER_WIDTH = 98.0
COVER_HEIGHT = 165.0
PAGE_WIDTH = 120.0
PAGE_HEIGHT = 178.0
TIME_ROOM = {False: 19.0, True: 15.0}
GUTTER = 8.0


@dataclass(frozen=True, slots=True)
class Density:
    """Sizes in mm of a row of the day: time, title, note, and the space above and below."""

    time: float
    title: float
    note: float
    space: float


ONE = (Density(5.4, 4.6, 2.9, 2.7), Density(5.0, 4.2, 2.8, 2.0), Density(4.6, 3.8, 2.6, 1.4))
BOTH = (Density(4.6, 4.0, 2.8, 2.4), Density(4.4, 3.7, 2.6, 1.7), Density(4.0, 3.4, 2.4, 1.2))


@dataclass(frozen=True, slots=True)
class CoverFit:
    """The size class of the title and the side of the rosette in mm, 0 for none."""

    title: str
    second: str
    rosette: int


def fit_cover(cover: "Cover") -> CoverFit:
    """The largest title and rosette that leave room for all that stands on the cover."""
    second, rows = largest(cover.second_title, COVER_WIDTH, (5.6, 4.8, 4.2, 3.6), "voice", 4)
    fixed = sum(len(wrap(name, 3.9, COVER_WIDTH, "voice")) for name in cover.organisers) * 5.4
    fixed += (len(rows) * second * 1.25 + 4) if cover.second_title else 0
    fixed += 18 + 7
    fixed += (len(wrap(cover.mission, 4.6, COVER_WIDTH, "voice")) * 5.8 + 4) if cover.mission else 0
    fixed += len(wrap(cover.venue, 3.1, COVER_WIDTH)) * 4.4
    for lines in (5, 8):
        for wanted in TITLE_SIZES:
            size, title = largest(cover.title, COVER_WIDTH, (wanted,), "voice", lines)
            if size < wanted and wanted != TITLE_SIZES[-1]:
                continue
            for side in ROSETTES:
                tall = fixed + len(title) * size * 1.15 + (side + 14 if side else 8)
                if tall <= COVER_HEIGHT and (side >= 34 or lines > 5):
                    return CoverFit(f"z{round(size * 10)}", f"z{round(second * 10)}", side)
    return CoverFit(f"z{round(size * 10)}", f"z{round(second * 10)}", 0)


def fit_day(values: "ProgrammeValues") -> Density:
    """The most generous setting that keeps the day on one page; a longer day runs on."""
    steps = BOTH if values.second else ONE
    for density in steps:
        if _day_height(values, density) <= PAGE_HEIGHT:
            return density
    return steps[0]


def text_width(both: bool) -> float:
    """Room in mm for the text of a row, of one language."""
    room = PAGE_WIDTH - TIME_ROOM[both]
    return (room - GUTTER) / 2 if both else room


def _day_height(values: "ProgrammeValues", density: Density) -> float:
    both = bool(values.second)
    head = 24.0 if both else 21.0
    foot = sum(len(wrap(note, 2.9, PAGE_WIDTH)) * 4.4 for note in values.notes) + 6
    return head + foot + sum(_row_height(row, density, values) for row in values.rows)


def _row_height(row: "ProgrammeRow", density: Density, values: "ProgrammeValues") -> float:
    room = text_width(bool(values.second))
    sides = [(row.title, row.notes, values.language)]
    if values.second:
        sides.append((row.second_title, row.second_notes, values.second))
    tall = 0.0
    for title, notes, language in sides:
        lines = len(wrap(hold(title, language), density.title, room, "voice"))
        small = sum(len(wrap(hold(note, language), density.note, room)) for note in notes)
        tall = max(tall, lines * density.title * 1.2 + small * density.note * 1.4)
    return max(tall, density.time * 1.1) + 2 * density.space + 0.15
