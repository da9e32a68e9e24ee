"""Route cards, A6: one a group, for its escort and its guests."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from visitplanner.documents.layout import environment, hold, style
from visitplanner.documents.measure import largest, wrap
from visitplanner.documents.press import PRESS, Sheet
from visitplanner.documents.typefaces import demand_glyphs
from visitplanner.documents.words import word

ROOM = 104.0  # mm between the head and the edition
NAME_WIDTH = 53.0
FACT_WIDTH = 60.0


@dataclass(frozen=True, slots=True)
class Step:
    """One density: mm of a stop's name, its note, a fact, and the space around a stop."""

    name: float
    note: float
    fact: float
    space: float


STEPS = (
    Step(5.2, 3.0, 3.0, 2.1),
    Step(4.6, 2.7, 2.75, 1.4),
    Step(4.2, 2.5, 2.5, 1.0),
    Step(3.8, 2.3, 2.3, 0.7),
    Step(3.3, 2.0, 2.0, 0.5),
)


@dataclass(frozen=True, slots=True)
class RouteStop:
    """A stop of the route: when, what, a note in small type, a mark at the end (its number)."""

    time: str
    name: str
    note: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class RouteCard:
    """One group's card. `facts` are (label, text): escort, interpreters, delegations, care."""

    letter: str
    summary: tuple[str, ...]
    stops: tuple[RouteStop, ...]
    facts: tuple[tuple[str, str], ...]
    edition: str
    language: str = "ru"

    @property
    def two_sided(self) -> bool:
        """Whether the facts need the back of the card."""
        return all(_height(self, step) > ROOM for step in STEPS)

    @property
    def density(self) -> int:
        """The place in STEPS of the most generous setting that fits the card."""
        shown = replace(self, facts=()) if self.two_sided else self
        fitting = (number for number, step in enumerate(STEPS) if _height(shown, step) <= ROOM)
        return next(fitting, len(STEPS) - 1)

    def texts(self) -> list[str]:
        """Every text on the card."""
        found = [self.letter, *self.summary, self.edition]
        found += [text for stop in self.stops for text in (stop.name, stop.note, stop.mark)]
        return found + [text for fact in self.facts for text in fact]


def _height(card: RouteCard, step: Step) -> float:
    total = 2.5
    for stop in card.stops:
        size, lines = largest(stop.name, NAME_WIDTH, (step.name,), "voice", 3)
        small = len(wrap(stop.note, step.note, NAME_WIDTH)) * step.note * 1.3
        total += len(lines) * size * 1.15 + small + 2 * step.space + 0.15
    for _, text in card.facts:
        lines = wrap(hold(text, card.language), step.fact, FACT_WIDTH)
        total += max(1, len(lines)) * step.fact * 1.35 + 0.6
    return total


def render_route_cards(cards: Sequence[RouteCard]) -> bytes:
    """A page a card as PDF, two where the facts need the back. Raises Refusal("glyph-missing")

    or Refusal("print-failed").
    """
    for card in cards:
        demand_glyphs(card.letter, *card.texts())
    html = (
        environment()
        .get_template("route_cards.html")
        .render(cards=cards, steps=STEPS, width=NAME_WIDTH, words=word)
    )
    return PRESS.print(Sheet(html, style("paper", "route_card")))
