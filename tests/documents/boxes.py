"""Where the text of a page lies: nothing outside its room, nothing on top of anything else."""

import unicodedata
from dataclasses import dataclass

import pypdfium2

MM = 72 / 25.4
SLACK = 0.35  # mm; letters may lean a hair over their neighbours


@dataclass(frozen=True, slots=True)
class Ink:
    """The letters of one run: their text and edges in mm from the left and the top."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def turned(self) -> bool:
        """Whether it runs from right to left: the reader cuts such a line into tangled runs."""
        return any(unicodedata.bidirectional(char) in {"R", "AL"} for char in self.text)

    def meets(self, other: "Ink") -> bool:
        """Whether the two lie on one another, beyond the slack."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        tall = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide > SLACK and tall > SLACK


def inks(page: pypdfium2.PdfPage) -> list[Ink]:
    """The runs of text of a page, by their glyphs' boxes."""
    text, height = page.get_textpage(), page.get_height()
    found = []
    for number in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(number)
        words = text.get_text_bounded(left, bottom, right, top)
        found.append(Ink(words, left / MM, (height - top) / MM, right / MM, (height - bottom) / MM))
    return [ink for ink in found if any(not unicodedata.combining(c) for c in ink.text.strip())]


def outside(page: pypdfium2.PdfPage, margin: float = 0.0, *, smallest: float = 0.4) -> list[Ink]:
    """Runs that come nearer to the edge than `margin` mm; invisible specks are passed over."""
    width, height = (side / MM for side in page.get_size())
    return [
        ink
        for ink in inks(page)
        if ink.bottom - ink.top > smallest
        and not (
            margin - SLACK <= ink.left
            and ink.right <= width - margin + SLACK
            and margin - SLACK <= ink.top
            and ink.bottom <= height - margin + SLACK
        )
    ]


def collisions(page: pypdfium2.PdfPage, *, smallest: float = 0.4) -> list[tuple[str, str]]:
    """Pairs of runs that lie on one another."""
    seen = [ink for ink in inks(page) if ink.bottom - ink.top > smallest]
    return [
        (one.text, other.text)
        for number, one in enumerate(seen)
        for other in seen[number + 1 :]
        if one.meets(other) and not (one.turned and other.turned)
    ]
