"""Programme booklets, A5: general or for one delegation, in one language or two on facing pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from visitplanner.documents.imposition import booklet_of
from visitplanner.documents.layout import environment, style
from visitplanner.documents.press import PRESS, Sheet
from visitplanner.documents.programme_fit import (
    TEXT_WIDTH,
    fit_cover,
    fit_day,
    subtitle_size,
)
from visitplanner.documents.typefaces import demand_glyphs
from visitplanner.documents.words import word


@dataclass(frozen=True, slots=True)
class Logo:
    """An organiser's arms or logo by the id of its file, which a new picture changes."""

    file_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover: texts in the first language, the title also in the second."""

    title: str
    second_title: str
    organisers: tuple[str, ...]
    day: str
    venue: str
    mission: str = ""
    logos: tuple[Logo, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """One item of the guests' day; notes are speakers, rooms and talks, a line each."""

    time: str
    title: str
    notes: tuple[str, ...] = ()
    second_title: str = ""
    second_notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockLine:
    """A line of a block: a person or a stop, a note, and a letter, a time or a short text.

    `second_text` and `second_note` stand beside it in a programme of two languages.
    """

    text: str
    note: str = ""
    mark: str = ""
    second_text: str = ""
    second_note: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A block after the day: speakers, the delegation's people, a group's route, contacts."""

    title: str
    lines: tuple[BlockLine, ...]
    subtitle: str = ""
    flag: str = ""
    second_title: str = ""
    second_subtitle: str = ""

    @property
    def timed(self) -> bool:
        """Whether every line is marked with a time, which then stands before it."""
        return bool(self.lines) and all(":" in line.mark for line in self.lines)

    @property
    def both(self) -> bool:
        """Whether the lines speak two languages."""
        return any(line.second_text or line.second_note for line in self.lines)


@dataclass(frozen=True, slots=True)
class ProgrammeValues:
    """All that stands in a programme. `second` is a language code or "" for one language."""

    language: str
    cover: Cover
    rows: tuple[ProgrammeRow, ...]
    subtitle: str
    edition: str
    second: str = ""
    second_subtitle: str = ""
    blocks: tuple[Block, ...] = ()
    notes: tuple[str, ...] = field(default_factory=tuple)
    second_notes: tuple[str, ...] = ()


def texts_of(values: ProgrammeValues) -> list[str]:
    """Every text that is printed, for the check of glyphs."""
    cover = values.cover
    found = [cover.title, cover.second_title, *cover.organisers, cover.day, cover.venue]
    found += [
        cover.mission,
        values.subtitle,
        values.second_subtitle,
        *values.notes,
        *values.second_notes,
    ]
    found.append(values.edition)
    for row in values.rows:
        found += [row.time, row.title, row.second_title, *row.notes, *row.second_notes]
    for block in values.blocks:
        found += [block.title, block.subtitle, block.second_title, block.second_subtitle]
        for line in block.lines:
            found += [line.text, line.note, line.mark, line.second_text, line.second_note]
    return found


def render_programme(
    values: ProgrammeValues,
    *,
    booklet: bool = False,
    logos: Mapping[str, bytes] | None = None,
) -> bytes:
    """The programme as PDF, A5 pages in order, or imposed on A4 to be folded with `booklet`.

    `logos`: PNG by the id of a logo's file; a logo that is not there is left out.
    Raises Refusal("glyph-missing") or Refusal("print-failed").
    """
    there = tuple(logo for logo in values.cover.logos if logo.file_id in (logos or {}))
    values = replace(values, cover=replace(values.cover, logos=there))
    demand_glyphs(values.cover.mission or values.cover.title, *texts_of(values))
    flags = {f"app:flag/{block.flag}": f"flag:{block.flag}" for block in values.blocks}
    flags.pop("app:flag/", None)
    density, pages = fit_day(values)
    html = (
        environment()
        .get_template("programme.html")
        .render(
            values=values,
            language=values.language,
            second=values.second,
            cover=values.cover,
            fit=fit_cover(values.cover),
            density=density,
            pages=pages,
            room=TEXT_WIDTH,
            subtitle_size=subtitle_size,
            blocks=[_with_address(block) for block in values.blocks],
            words=lambda language, key: word(key, language),
        )
    )
    pdf = PRESS.print(
        Sheet(
            html,
            style("paper", "programme") + row_heights(),
            flags=flags,
            drawings={"app:rosette": "img:rosette.svg"},
            pictures={f"app:logo/{key}": content for key, content in (logos or {}).items()},
        )
    )
    return booklet_of(pdf) if booklet else pdf


@cache
def row_heights() -> str:
    """The classes h60 … h900: a row at least so many tenths of a millimetre high."""
    return "".join(f".h{n}{{min-height:{n / 10}mm}}" for n in range(60, 901))


def _with_address(block: Block) -> Block:
    return replace(block, flag=f"app:flag/{block.flag}" if block.flag else "")
