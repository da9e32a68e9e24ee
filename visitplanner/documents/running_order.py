"""The running order: the day minute by minute, for staff, A4 landscape."""

from dataclasses import dataclass

from visitplanner.documents.layout import environment, style
from visitplanner.documents.press import PRESS, Sheet
from visitplanner.documents.typefaces import demand_glyphs
from visitplanner.documents.words import word


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One line; `minutes` is what the item takes, doubled where interpreted consecutively."""

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


@dataclass(frozen=True, slots=True)
class OrderValues:
    """All that stands in a running order."""

    language: str
    title: str
    day: str
    edition: str
    totals: tuple[str, ...]
    rows: tuple[OrderRow, ...]


def texts_of(values: OrderValues) -> list[str]:
    """Every text that is printed, for the check of glyphs."""
    found = [values.title, values.day, *values.totals]
    for row in values.rows:
        found += [row.action, row.who, row.place, row.cue, row.responsible, row.plan_b, *row.notes]
    return found


def render_running_order(values: OrderValues) -> bytes:
    """The running order as PDF. Raises Refusal("glyph-missing") or Refusal("print-failed")."""
    demand_glyphs(values.title, *texts_of(values))
    html = (
        environment()
        .get_template("running_order.html")
        .render(language=values.language, values=values, w=lambda key: word(key, values.language))
    )
    return PRESS.print(Sheet(html, style("paper", "running_order")))
