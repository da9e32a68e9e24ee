"""Tour groups: letters, colours, languages, sizes. The rotation itself is `planning`'s."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from string import ascii_uppercase
from typing import Literal

# Without I and O, which are taken for 1 and 0.
LETTERS = tuple(letter for letter in ascii_uppercase if letter not in "IO")
CapacityWord = Literal["empty", "too-few", "room", "full", "over"]
_MOST_CANDIDATES = 12


@dataclass(frozen=True, slots=True)
class GroupColour:
    """A colour of a group's sign, always beside the letter."""

    code: str
    en: str
    ru: str


COLOURS = (
    GroupColour("green", "green", "зелёная"),
    GroupColour("blue", "blue", "синяя"),
    GroupColour("yellow", "yellow", "жёлтая"),
    GroupColour("violet", "violet", "фиолетовая"),
    GroupColour("orange", "orange", "оранжевая"),
    GroupColour("turquoise", "turquoise", "бирюзовая"),
    GroupColour("brown", "brown", "коричневая"),
    GroupColour("grey", "grey", "серая"),
    GroupColour("white", "white", "белая"),
)


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """Working languages of a group, those that need an interpreter, and who understands none."""

    languages: tuple[str, ...]
    interpreted: tuple[str, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CapacityState:
    """How full a group is: a word key and the number it speaks of (places or persons)."""

    word: CapacityWord
    number: int


def group_letter(index: int) -> str:
    """Return the letter of group `index`, counted from 0: A … H, J … N, P … Z, AA, AB …"""
    if index < len(LETTERS):
        return LETTERS[index]
    return group_letter(index // len(LETTERS) - 1) + LETTERS[index % len(LETTERS)]


def group_letters(n: int) -> tuple[str, ...]:
    """Return the letters of `n` groups."""
    return tuple(group_letter(index) for index in range(n))


def group_colour(index: int) -> GroupColour:
    """Return the colour of group `index` from 0; they repeat, the letter tells."""
    return COLOURS[index % len(COLOURS)]


def group_sizes(people: int, most: int) -> tuple[int, ...]:
    """Return the sizes of the fewest groups of at most `most`, as even as can be, larger first."""
    if people <= 0:
        return ()
    groups = -(-people // most)
    small, larger = divmod(people, groups)
    return (small + 1,) * larger + (small,) * (groups - larger)


def capacity(people: int, least: int, most: int) -> CapacityState:
    """Say how full a group is: places left, persons wanting or persons too many."""
    if people == 0:
        return CapacityState("empty", most)
    if people < least:
        return CapacityState("too-few", least - people)
    if people < most:
        return CapacityState("room", most - people)
    return CapacityState("full", 0) if people == most else CapacityState("over", people - most)


def working_languages(
    speakers: Mapping[str, Sequence[str]],
    hosts: Iterable[str],
    *,
    most: int = 2,
    offered: Iterable[str] | None = None,
) -> LanguageChoice:
    """Choose a group's languages from what its members speak (id → languages, best first).

    Fewest left out, then fewest interpreters, then fewest languages, then what most members
    name first. Hosts speak `hosts` without an interpreter; `offered` limits the choice.
    """
    own = frozenset(hosts)
    allowed = None if offered is None else frozenset(offered)
    known = _by_use(speakers)
    choices = [code for code in known if allowed is None or code in allowed][:_MOST_CANDIDATES]
    best = LanguageChoice((), (), tuple(sorted(speakers)))
    best_price = (len(speakers), 0, 0, 0)
    for count in range(1, most + 1):
        for chosen in combinations(choices, count):
            candidate = _choice(chosen, speakers, own)
            liking = sum(
                languages[:1] == (code,) for code in chosen for languages in _firsts(speakers)
            )
            price = (len(candidate.left_out), len(candidate.interpreted), count, -liking)
            if price < best_price:
                best, best_price = candidate, price
    return best


def _firsts(speakers: Mapping[str, Sequence[str]]) -> Iterable[tuple[str, ...]]:
    return (tuple(languages) for languages in speakers.values())


def _by_use(speakers: Mapping[str, Sequence[str]]) -> list[str]:
    counts: dict[str, int] = {}
    for languages in speakers.values():
        for code in languages:
            counts[code] = counts.get(code, 0) + 1
    return sorted(counts, key=lambda code: (-counts[code], code))


def _choice(
    chosen: Sequence[str], speakers: Mapping[str, Sequence[str]], hosts: frozenset[str]
) -> LanguageChoice:
    left_out = sorted(id_ for id_, own in speakers.items() if not set(own) & set(chosen))
    interpreted = tuple(code for code in chosen if code not in hosts)
    return LanguageChoice(tuple(chosen), interpreted, tuple(left_out))


def minutes_to(goal: str, minutes: Mapping[tuple[str, str], int]) -> dict[str, int]:
    """Return the shortest minutes from every place to `goal`, over others where it is quicker.

    `minutes` are direct ways (from, to); a place without a way is left out.
    """
    found = {goal: 0}
    changed = True
    while changed:
        changed = False
        for (one, other), walk in minutes.items():
            if other in found and found[other] + walk < found.get(one, found[other] + walk + 1):
                found[one] = found[other] + walk
                changed = True
    return found
