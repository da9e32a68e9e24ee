"""Programme booklets, A5: general or for one delegation, in one language or two side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from visitplanner.documents.layout import environment, style
from visitplanner.documents.measure import largest
from visitplanner.documents.press import PRESS, Sheet
from visitplanner.documents.typefaces import demand_glyphs
from visitplanner.documents.words import word

TITLE_SIZES = (9.6, 8.6, 7.6, 6.6, 5.6, 4.6)
TITLE_ROOM = 98.0


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover: texts in the first language, the title also in the second."""

    title: str
    second_title: str
    organisers: tuple[str, ...]
    day: str
    venue: str
    mission: str = ""


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
    """A line of a block: a person or a stop, a note, and a large letter or time."""

    text: str
    note: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A block after the day: the delegation's people, a group's route, the groups."""

    title: str
    lines: tuple[BlockLine, ...]
    subtitle: str = ""
    flag: str = ""


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


def texts_of(values: ProgrammeValues) -> list[str]:
    """Every text that is printed, for the check of glyphs."""
    cover = values.cover
    found = [cover.title, cover.second_title, *cover.organisers, cover.day, cover.venue]
    found += [cover.mission, values.subtitle, values.second_subtitle, *values.notes]
    for row in values.rows:
        found += [row.title, row.second_title, *row.notes, *row.second_notes]
    for block in values.blocks:
        found += [block.title, block.subtitle]
        found += [text for line in block.lines for text in (line.text, line.note, line.mark)]
    return found


def render_programme(values: ProgrammeValues) -> bytes:
    """The booklet as PDF. Raises Refusal("glyph-missing") or Refusal("print-failed")."""
    demand_glyphs(values.cover.mission or values.cover.title, *texts_of(values))
    size, _ = largest(values.cover.title, TITLE_ROOM, TITLE_SIZES, "voice", 5)
    flags = {
        f"app:flag/{block.flag}": f"flag:{block.flag}" for block in values.blocks if block.flag
    }
    html = (
        environment()
        .get_template("programme.html")
        .render(
            language=values.language,
            second=values.second,
            cover=_CoverView(values.cover, f"z{round(size * 10)}"),
            rows=values.rows,
            subtitle=values.subtitle,
            second_subtitle=values.second_subtitle,
            notes=values.notes,
            blocks=[_with_flag(block) for block in values.blocks],
            edition=values.edition,
            words=lambda language, key: word(key, language),
        )
    )
    return PRESS.print(
        Sheet(
            html,
            style("paper", "programme"),
            flags=flags,
            drawings={"app:rosette": "img:rosette.svg"},
        )
    )


class _CoverView:
    """The cover as the template reads it, with the size class of its title."""

    def __init__(self, cover: Cover, title_size: str) -> None:
        self.title, self.second_title = cover.title, cover.second_title
        self.organisers: Sequence[str] = cover.organisers
        self.day, self.venue, self.mission = cover.day, cover.venue, cover.mission
        self.title_size = title_size


def _with_flag(block: Block) -> Block:
    address = f"app:flag/{block.flag}" if block.flag else ""
    return Block(block.title, block.lines, block.subtitle, address)
