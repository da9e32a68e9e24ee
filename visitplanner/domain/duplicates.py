"""Finding one person entered twice: across missions, scripts and orders of the name."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import combinations

from visitplanner.domain.folding import fold, script
from visitplanner.domain.person_search import sound


class Likeness(StrEnum):
    """How sure it is that two records are one person."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


KNOWN_NAMES = 16_384
"""Names whose keys are remembered: folding is dear, and a queue asks again for every person."""


@dataclass(frozen=True, slots=True)
class PersonCard:
    """What is compared; `names` are full names in every script, `document` a keyed hash."""

    id: str
    names: tuple[str, ...]
    mission: str
    birth_date: date | None = None
    document: str = ""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two records that may be one person; only staff may be shown both (protocol 8, case 7)."""

    first: str
    second: str
    likeness: Likeness
    reason: str
    across_missions: bool


@lru_cache(maxsize=KNOWN_NAMES)
def identity_key(name: str) -> str:
    """Return the key under which spellings of one name are equal: case, ё/е, ' and ’, order."""
    return " ".join(sorted(fold(name).split()))


@lru_cache(maxsize=KNOWN_NAMES)
def sound_key(name: str) -> str:
    """Return the key under which the Cyrillic and the Latin form of a name usually meet."""
    return " ".join(sorted(sound(word) for word in fold(name).split()))


def _pairs(groups: Iterable[Sequence[PersonCard]]) -> Iterable[tuple[PersonCard, PersonCard]]:
    for group in groups:
        unique = sorted({card.id: card for card in group}.values(), key=lambda card: card.id)
        yield from combinations(unique, 2)


def _born_apart(one: PersonCard, other: PersonCard) -> bool:
    """Father and son share a name and a mission; two birth dates tell them apart (case 75)."""
    return None not in (one.birth_date, other.birth_date) and one.birth_date != other.birth_date


def _written_apart(one: PersonCard, other: PersonCard) -> bool:
    """李伟 and 李薇 are one in Latin letters and two in their own: signs outweigh sounds."""
    own, others = ({name for name in card.names if _in_signs(name)} for card in (one, other))
    return bool(own and others and not own & others)


def _in_signs(name: str) -> bool:
    return script(name[:1]) in {"CJK", "HANGUL"}


def _judged(one: PersonCard, other: PersonCard, reason: str) -> Duplicate | None:
    if reason != "same-document" and _born_apart(one, other):
        return None
    same_birth = one.birth_date is not None and one.birth_date == other.birth_date
    same_mission_and_name = reason == "same-name" and one.mission == other.mission
    apart = _written_apart(one, other)
    if reason == "same-document":
        likeness = Likeness.CERTAIN
    elif (same_birth or same_mission_and_name) and not apart:
        likeness = Likeness.LIKELY
    else:
        likeness = Likeness.POSSIBLE
    return Duplicate(one.id, other.id, likeness, reason, one.mission != other.mission)


def _groups(cards: Iterable[PersonCard], reason: str) -> Iterable[Sequence[PersonCard]]:
    found: dict[str, list[PersonCard]] = defaultdict(list)
    for card in cards:
        if reason == "same-document":
            keys = {card.document}
        else:
            keys = set(map(identity_key if reason == "same-name" else sound_key, card.names))
        for key in keys - {""}:
            found[key].append(card)
    return found.values()


def possible_duplicates(cards: Iterable[PersonCard]) -> tuple[Duplicate, ...]:
    """Return each suspicious pair once, by its strongest reason, surest first.

    Reasons: same-document, same-name (identity key), same-sound (across scripts). It only
    reports: two people of one name in one mission are never merged by rule.
    """
    known = tuple(cards)
    found: dict[tuple[str, str], Duplicate] = {}
    for reason in ("same-document", "same-name", "same-sound"):
        for one, other in _pairs(_groups(known, reason)):
            judged = _judged(one, other, reason)
            if judged and (one.id, other.id) not in found:
                found[one.id, other.id] = judged
    order = list(Likeness)
    return tuple(
        sorted(
            found.values(), key=lambda pair: (order.index(pair.likeness), pair.first, pair.second)
        )
    )
