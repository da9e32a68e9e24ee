"""Route cards, A6: one a group, for its escort and its guests."""

from collections.abc import Sequence
from dataclasses import dataclass

from visitplanner.documents.layout import environment, style
from visitplanner.documents.press import PRESS, Sheet
from visitplanner.documents.typefaces import demand_glyphs
from visitplanner.documents.words import word

MANY_LETTERS = 260


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
    def dense(self) -> bool:
        """Whether the card holds so much that it is set smaller."""
        return sum(len(text) for _, text in self.facts) > MANY_LETTERS or len(self.stops) > 6


def render_route_cards(cards: Sequence[RouteCard]) -> bytes:
    """A page a card, as PDF. Raises Refusal("glyph-missing") or Refusal("print-failed")."""
    for card in cards:
        names = [text for stop in card.stops for text in (stop.name, stop.note)]
        demand_glyphs(card.letter, *names, *(text for _, text in card.facts))
    language = cards[0].language if cards else "ru"
    html = (
        environment()
        .get_template("route_cards.html")
        .render(cards=cards, language=language, w=lambda key: word(key, language))
    )
    return PRESS.print(Sheet(html, style("paper", "route_card")))
