"""What precedence compares, one criterion after another, each with its source."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from visitplanner.domain.collation import sort_key, state_key
from visitplanner.domain.ranks import HeadClass, rank
from visitplanner.domain.states import StateRow, state

NEVER = datetime.max.replace(tzinfo=UTC)
NOT_A_HEAD = len(HeadClass) + 1


class Mode(StrEnum):
    """The rule of a list."""

    CORPS_SENIORITY = "CORPS_SENIORITY"
    DELEGATION_ALPHABET = "DELEGATION_ALPHABET"
    LEVEL_THEN_ALPHABET = "LEVEL_THEN_ALPHABET"
    LEVEL_THEN_DATE = "LEVEL_THEN_DATE"
    LOT_ROTATION = "LOT_ROTATION"
    MANUAL = "MANUAL"


class Unit(StrEnum):
    """What is ranked: everybody alone, or missions with their members behind them."""

    PERSON = "person"
    MISSION = "mission"


class SubstituteRank(StrEnum):
    """Whose rank a substitute takes."""

    OWN = "own"
    REPRESENTED = "represented"


class Organisations(StrEnum):
    """Where international organisations stand."""

    AFTER_BY_DATE = "after_by_date"
    AFTER_BY_ALPHABET = "after_by_alphabet"
    AMONG_STATES = "among_states"


@dataclass(frozen=True, slots=True)
class Post:
    """The office by which somebody is ranked.

    `taken_up_at`: date and time of taking up functions (article 13); for a chargé ad interim,
    when the name was notified. `arrived_at`: in the capital. `level_since`: in office since.
    """

    rank: str = ""
    head_class: HeadClass | None = None
    taken_up_at: datetime | None = None
    arrived_at: datetime | None = None
    level_since: datetime | None = None
    is_nuncio: bool = False
    resident: bool = True


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody to be ranked, for one sender in one mission.

    `order` is the mission's own (article 17). `represents` is the post of the person replaced.
    `accompanies` is the id of the partner whose rank a spouse takes. `filing_name` is the
    frozen name of an event's list; without it the table of States gives one.
    """

    id: str
    mission: str
    state: str
    post: Post
    order: int = 1
    represents: Post | None = None
    accompanies: str = ""
    present: bool = True
    filing_name: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """How a list is made. `lot` is the key of the State drawn; `manual` ids in their order."""

    mode: Mode = Mode.CORPS_SENIORITY
    unit: Unit = Unit.MISSION
    language: str = "en"
    nuncio_first: bool = False
    substitute_rank: SubstituteRank = SubstituteRank.OWN
    organisations: Organisations = Organisations.AFTER_BY_DATE
    ranked_as_states: frozenset[str] = frozenset()
    uncredentialled_as_heads: bool = False
    lot: str = ""
    manual: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """One comparison: smaller `value` first; `shown` is the fact behind it, for explanations."""

    code: str
    value: Any = field(hash=False)  # values of one code compare with one another
    shown: str = ""


# Where each criterion comes from; shown beside the explanation.
SOURCES: Mapping[str, str] = {
    "organisation": "Host practice: international organisations after States, UN first",
    "founded": "Custom: organisations by date of establishment",
    "nuncio": "VCDR 1961, art. 16(3)",
    "class": "VCDR 1961, art. 14(1)",
    "taken-up": "VCDR 1961, art. 13 and 16(1)",
    "arrival": "VCDR 1961, art. 13(2)",
    "rank": "UN Office at Geneva: rank, then date of arrival",
    "alphabet": "Convention on Special Missions 1969, art. 16(1)",
    "level": "UN Secretariat, A/CN.4/L.129",
    "in-office": "Custom: equals by date of taking office",
    "lot": "UN General Assembly: alphabet from the State drawn by lot",
    "manual": "Order set by the protocol officer",
    "order": "VCDR 1961, art. 17",
    "partner": "Custom: a spouse takes the rank of the partner",
    "override": "Placed by hand",
}


def post_of(candidate: Candidate, rules: Rules) -> Post:
    """Return the post that counts: one's own, unless the event ranks substitutes as replaced."""
    if candidate.represents and rules.substitute_rank is SubstituteRank.REPRESENTED:
        return candidate.represents
    return candidate.post


def head_place(post: Post, rules: Rules) -> int:
    """Return 1–4 by class, or 5: not a head, or no credentials presented yet (case 26)."""
    if post.head_class is None:
        return NOT_A_HEAD
    if post.taken_up_at is None and not rules.uncredentialled_as_heads:
        return NOT_A_HEAD
    return post.head_class.place


def criteria(candidate: Candidate, rules: Rules) -> tuple[Criterion, ...]:
    """Return everything the candidate is compared by, most important first."""
    post = post_of(candidate, rules)
    row = state(candidate.state)
    chain = [*_sender(candidate, row, rules), *_by_mode(candidate, post, row, rules)]
    return (*chain, Criterion("order", candidate.order, str(candidate.order)))


def _alphabet(candidate: Candidate, row: StateRow, rules: Rules) -> Criterion:
    name = candidate.filing_name or row.filing.get(rules.language) or row.filing["en"]
    if candidate.filing_name:
        return Criterion("alphabet", sort_key(name, rules.language), name)
    return Criterion("alphabet", state_key(row, rules.language), name)


def _sender(candidate: Candidate, row: StateRow, rules: Rules) -> list[Criterion]:
    """States before organisations; the United Nations first among these."""
    among = rules.organisations is Organisations.AMONG_STATES or row.key in rules.ranked_as_states
    if among or not row.is_organisation:
        return [Criterion("organisation", 0)]
    place = 1 if row.key == "united-nations" else 2
    chain = [Criterion("organisation", place, row.key)]
    if rules.organisations is Organisations.AFTER_BY_DATE:
        founded = row.founded or date.max
        chain.append(Criterion("founded", founded, founded.isoformat()))
    return [*chain, _alphabet(candidate, row, rules)]


def _dated(code: str, at: datetime | None) -> Criterion:
    return Criterion(code, at or NEVER, at.isoformat() if at else "")


def _seniority(post: Post, rules: Rules) -> list[Criterion]:
    """Return the order of the corps without the alphabet: class, taking up, arrival; or rank."""
    place = head_place(post, rules)
    shown = post.head_class if post.head_class and place < NOT_A_HEAD else "not-a-head"
    nuncio = 0 if rules.nuncio_first and post.is_nuncio and place < NOT_A_HEAD else 1
    chain = [
        Criterion("nuncio", nuncio, "" if nuncio else "nuncio"),
        Criterion("class", place, str(shown)),
    ]
    if place < NOT_A_HEAD:
        chain.append(_dated("taken-up", post.taken_up_at))
    else:
        chain.append(Criterion("rank", rank(post.rank).weight, post.rank))
    return [*chain, _dated("arrival", post.arrived_at)]


def _level(post: Post) -> Criterion:
    code = post.rank or (str(post.head_class) if post.head_class else "")
    return Criterion("level", rank(code).weight, code)


def _by_mode(candidate: Candidate, post: Post, row: StateRow, rules: Rules) -> list[Criterion]:
    alphabet = _alphabet(candidate, row, rules)
    seniority = _seniority(post, rules)
    match rules.mode:
        case Mode.CORPS_SENIORITY:
            return [*seniority, alphabet]
        case Mode.DELEGATION_ALPHABET:
            return [alphabet, *seniority]
        case Mode.LEVEL_THEN_ALPHABET:
            return [_level(post), alphabet, *seniority]
        case Mode.LEVEL_THEN_DATE:
            since = _dated("in-office", post.level_since or post.taken_up_at)
            return [_level(post), since, alphabet, *seniority]
        case Mode.LOT_ROTATION:
            drawn = state_key(state(rules.lot), rules.language)
            first = row.key == rules.lot or alphabet.value >= drawn
            turn = Criterion("lot", 0 if first else 1, rules.lot)
            return [turn, alphabet, *seniority]
        case Mode.MANUAL:
            place = _manual_place(candidate, rules)
            return [Criterion("manual", place, str(place)), alphabet, *seniority]


def _manual_place(candidate: Candidate, rules: Rules) -> int:
    subject = candidate.mission if rules.unit is Unit.MISSION else candidate.id
    listed = subject in rules.manual
    return rules.manual.index(subject) + 1 if listed else len(rules.manual) + 1
