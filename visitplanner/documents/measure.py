"""How wide a text is before it is printed, and where it may be broken: never inside a word."""

import re
from collections.abc import Sequence
from functools import lru_cache

import uharfbuzz as hb

from visitplanner.documents.typefaces import Typeface, voice, work

PART = re.compile(r"(?<=[ \-–—/])(?=[^\s\u2060])")
SPARE = 0.985  # of the width, for rounding in the renderer


def faces(kind: str) -> tuple[Typeface, ...]:
    """The faces of a kind: regular, medium, bold or voice."""
    return voice() if kind == "voice" else work(kind.capitalize())


@lru_cache(maxsize=50000)
def width(text: str, kind: str = "regular") -> float:
    """The width of `text` in em, each run in the first face that covers it."""
    total = 0.0
    for face, run in _runs(text, faces(kind)):
        buffer = hb.Buffer()
        buffer.add_str(run)
        buffer.guess_segment_properties()
        hb.shape(face.font, buffer)
        total += sum(glyph.x_advance for glyph in buffer.glyph_positions) / face.em
    return total


def _runs(text: str, choice: Sequence[Typeface]) -> list[tuple[Typeface, str]]:
    runs: list[tuple[Typeface, str]] = []
    for char in text:
        last = runs[-1] if runs else None
        if last is not None and (ord(char) in last[0].covers or not char.isprintable()):
            runs[-1] = (last[0], last[1] + char)
            continue
        face = next((face for face in choice if ord(char) in face.covers), choice[0])
        runs.append((face, char))
    return runs


def wrap(text: str, size: float, room: float, kind: str = "regular") -> list[str]:
    """Lines of at most `room` mm at `size` mm; a part that is wider stands alone."""
    lines: list[str] = []
    for part in PART.split(text):
        joined = lines[-1] + part if lines else part
        if lines and width(joined.rstrip(), kind) * size <= room * SPARE:
            lines[-1] = joined
        else:
            lines.append(part)
    return [line.rstrip() for line in lines if line.strip()]


def fits(lines: Sequence[str], size: float, room: float, kind: str = "regular") -> bool:
    """Whether every line is at most `room` mm wide at `size` mm."""
    return all(width(line, kind) * size <= room * SPARE for line in lines)


def largest(
    text: str, room: float, sizes: Sequence[float], kind: str = "regular", lines: int = 1
) -> tuple[float, list[str]]:
    """The largest of `sizes` (mm, falling) at which `text` fits in `lines` lines, and the lines.

    A text that fits at none is set at whatever smaller size lets its widest part fit.
    """
    for size in sizes:
        broken = wrap(text, size, room, kind)
        if len(broken) <= lines and fits(broken, size, room, kind):
            return size, broken
    widest = max((width(part.rstrip(), kind) for part in PART.split(text)), default=0.0)
    size = sizes[-1]
    if widest * size > room * SPARE:
        size = int(room * SPARE / widest * 10) / 10
    while size > 1 and not (
        fits(wrap(text, size, room, kind), size, room, kind)
        and len(wrap(text, size, room, kind)) <= lines
    ):
        size = round(size - 0.1, 1)
    return size, wrap(text, size, room, kind)
