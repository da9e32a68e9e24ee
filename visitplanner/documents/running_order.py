"""The running order: the day minute by minute, for staff, A4 landscape."""

from dataclasses import dataclass

from visitplanner.documents.layout import environment, style
from visitplanner.documents.press import PRESS, Sheet
from visitplanner.documents.typefaces import demand_glyphs
from visitplanner.documents.words import word

COLUMNS = {"action": 65, "who": 38, "place": 30, "interpretation": 31, "cue": 36, "responsible": 33}
"""The columns of text and their widths in mm."""
PADDING = 3.0
TYPE = 2.9  # mm


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One line; `minutes` is what the item takes, doubled where interpreted consecutively.

    A `phase` that differs from the line above gets a heading of its own.
    """

    time: str
    minutes: int
    action: str
    who: str = ""
    place: str = ""
    interpretation: str = ""
    cue: str = ""
    responsible: str = ""
    notes: tuple[str, ...] = ()
    plan_b: str = ""
    staff: bool = False
    phase: str = ""

    def texts(self) -> list[str]:
        """Every text of the line."""
        cells = [str(getattr(self, name)) for name in COLUMNS]
        return [*cells, *self.notes, self.plan_b, self.phase, self.time]


@dataclass(frozen=True, slots=True)
class OrderValues:
    """All that stands in a running order; `replaces` says which edition it takes the place of."""

    language: str
    title: str
    day: str
    edition: str
    totals: tuple[str, ...]
    rows: tuple[OrderRow, ...]
    replaces: str = ""


def texts_of(values: OrderValues) -> list[str]:
    """Every text that is printed, for the check of glyphs."""
    found = [values.title, values.day, values.edition, values.replaces, *values.totals]
    return found + [text for row in values.rows for text in row.texts()]


def render_running_order(values: OrderValues) -> bytes:
    """The running order as PDF. Raises Refusal("glyph-missing") or Refusal("print-failed")."""
    demand_glyphs(values.title, *texts_of(values))
    html = (
        environment()
        .get_template("running_order.html")
        .render(
            values=values,
            language=values.language,
            columns={name: wide - PADDING for name, wide in COLUMNS.items()},
            size=TYPE,
            w=lambda key: word(key, values.language),
        )
    )
    return PRESS.print(Sheet(html, style("paper", "running_order")))
