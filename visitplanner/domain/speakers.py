"""The order of speaking: absent speakers close up, interpretation counts."""

from collections.abc import Iterable
from dataclasses import dataclass

from visitplanner.domain.agenda import Interpretation, planned_minutes


@dataclass(frozen=True, slots=True)
class Talk:
    """A speaker's talk in an item. `position` as planned; hosts of one position by precedence.

    `host_precedence` is 1 for the first host; guests have none and follow.
    """

    speaker: str
    position: int
    minutes: int = 0
    host_precedence: int | None = None
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn at the lectern: its number, when it starts and how long it lasts, in minutes."""

    number: int
    speaker: str
    starts_after: int
    minutes: int


def speaking_order(
    talks: Iterable[Talk], interpretation: Interpretation = Interpretation.NONE
) -> tuple[Turn, ...]:
    """Return the turns without gaps: who is absent is left out and the rest close up (case 78)."""
    speaking = sorted((talk for talk in talks if not talk.absent), key=_planned)
    turns: list[Turn] = []
    elapsed = 0
    for number, talk in enumerate(speaking, start=1):
        minutes = planned_minutes(talk.minutes, interpretation)
        turns.append(Turn(number, talk.speaker, elapsed, minutes))
        elapsed += minutes
    return tuple(turns)


def overrun(
    talks: Iterable[Talk], available: int, interpretation: Interpretation = Interpretation.NONE
) -> int:
    """Return by how many minutes the talks exceed the planned length of their item, 0 if none."""
    turns = speaking_order(talks, interpretation)
    return max(0, sum(turn.minutes for turn in turns) - available)


def _planned(talk: Talk) -> tuple[int, bool, int, str]:
    precedence = talk.host_precedence
    return talk.position, precedence is None, precedence or 0, talk.speaker
