"""Precedence: who stands where and why, with overrides that survive a re-sort."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from visitplanner.domain.precedence_criteria import (
    NOT_A_HEAD,
    SOURCES,
    Candidate,
    Criterion,
    Mode,
    Rules,
    Unit,
    criteria,
    head_place,
)
from visitplanner.domain.ranks import HeadClass
from visitplanner.domain.refusals import Refusal

Key = tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Override:
    """A place given by hand to a subject (a mission or a person, by the rules' unit), from 1."""

    subject: str
    place: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that was applied: code, the fact it saw, its source."""

    code: str
    shown: str
    source: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the list.

    `number` counts persons, `mission_number` missions; `natural` is the subject's place by rule
    alone; `override` is set where a hand moved it.
    """

    number: int
    mission_number: int
    id: str
    mission: str
    state: str
    reasons: tuple[Reason, ...]
    natural: int
    override: Override | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """A difference between two cuts of a list; None means not on it."""

    id: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class _Subject:
    """What is sorted: a person with whoever accompanies them, or a mission with its members."""

    id: str
    key: Key
    members: tuple[Candidate, ...]


def rank(
    candidates: Iterable[Candidate], rules: Rules, overrides: Sequence[Override] = ()
) -> tuple[Place, ...]:
    """Return the places of all who are present, first to last.

    Refusals: override-without-reason, override-place-taken, override-twice, lot-missing,
    same-person-twice.
    """
    _check(rules, overrides)
    present = [candidate for candidate in candidates if candidate.present]
    if len({candidate.id for candidate in present}) < len(present):
        raise Refusal("same-person-twice")
    natural = sorted(_subjects(present, rules), key=_values)
    placed = _with_overrides(natural, overrides)
    return _numbered(placed, natural, rules, {o.subject: o for o in overrides})


def missions(places: Iterable[Place]) -> tuple[str, ...]:
    """Return the missions in order, each once: for flags, blocks of seats, plates, groups."""
    return tuple(dict.fromkeys(place.mission for place in places))


def dean(
    candidates: Iterable[Candidate], rules: Rules, *, present_only: bool = False
) -> Candidate | None:
    """Propose the dean: the nuncio where the host follows that practice, else the longest in post.

    Of the whole corps, the absent too; `present_only` gives the senior head of the day.
    """
    heads = [
        candidate
        for candidate in candidates
        if candidate.post.head_class is HeadClass.AMBASSADOR
        and head_place(candidate.post, rules) < NOT_A_HEAD
        and candidate.post.resident
        and (candidate.present or not present_only)
    ]
    corps = replace(rules, mode=Mode.CORPS_SENIORITY)
    return min(heads, key=lambda head: (_plain(criteria(head, corps)), head.id), default=None)


def changes(before: Sequence[str], after: Sequence[str]) -> tuple[Shift, ...]:
    """Return who moved, came or left between a frozen list of ids and a new cut, in new order."""
    old = {id_: number for number, id_ in enumerate(before, start=1)}
    new = {id_: number for number, id_ in enumerate(after, start=1)}
    moved = [Shift(id_, old.get(id_), place) for id_, place in new.items() if old.get(id_) != place]
    return (*moved, *(Shift(id_, place, None) for id_, place in old.items() if id_ not in new))


def _check(rules: Rules, overrides: Sequence[Override]) -> None:
    if rules.mode is Mode.LOT_ROTATION and not rules.lot:
        raise Refusal("lot-missing", field="lot")
    for override in overrides:
        if not override.reason.strip():
            raise Refusal("override-without-reason", field="reason", subject=override.subject)
    if len({override.subject for override in overrides}) < len(overrides):
        raise Refusal("override-twice", field="subject")
    if len({override.place for override in overrides}) < len(overrides):
        raise Refusal("override-place-taken", field="place")


def _plain(key: Key) -> tuple[object, ...]:
    return tuple(criterion.value for criterion in key)


def _values(subject: _Subject) -> tuple[tuple[object, ...], str]:
    return _plain(subject.key), subject.id


def _subjects(present: Sequence[Candidate], rules: Rules) -> list[_Subject]:
    companions = _companions(present)
    followers = {companion.id for group in companions.values() for companion in group}
    alone = [candidate for candidate in present if candidate.id not in followers]
    if rules.unit is Unit.PERSON:
        return [
            _Subject(one.id, criteria(one, rules), (one, *companions.get(one.id, ())))
            for one in alone
        ]
    by_mission: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in alone:
        by_mission[candidate.mission].append(candidate)
    return [
        _mission_subject(mission, members, companions, rules)
        for mission, members in by_mission.items()
    ]


def _mission_subject(
    mission: str,
    members: Sequence[Candidate],
    companions: Mapping[str, Sequence[Candidate]],
    rules: Rules,
) -> _Subject:
    """A mission stands where its most senior present member does; inside, as it notified."""
    key = min((criteria(member, rules) for member in members), key=_plain)
    notified = sorted(members, key=lambda member: (member.order, member.id))
    followed = [one for member in notified for one in (member, *companions.get(member.id, ()))]
    return _Subject(mission, key, tuple(followed))


def _companions(present: Sequence[Candidate]) -> dict[str, list[Candidate]]:
    """Return who accompanies whom, where the partner is here and accompanies nobody."""
    leading = {candidate.id for candidate in present if not candidate.accompanies}
    found: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in sorted(present, key=lambda one: (one.order, one.id)):
        if candidate.accompanies in leading:
            found[candidate.accompanies].append(candidate)
    return found


def _with_overrides(natural: Sequence[_Subject], overrides: Sequence[Override]) -> list[_Subject]:
    """Put the overridden at their places; the others keep their order around them."""
    by_id = {subject.id: subject for subject in natural}
    wanted = sorted((o for o in overrides if o.subject in by_id), key=lambda o: o.place)
    fixed = {override.subject for override in wanted}
    placed = [subject for subject in natural if subject.id not in fixed]
    for override in wanted:
        placed.insert(max(override.place, 1) - 1, by_id[override.subject])
    return placed


def _numbered(
    placed: Sequence[_Subject],
    natural: Sequence[_Subject],
    rules: Rules,
    overrides: Mapping[str, Override],
) -> tuple[Place, ...]:
    natural_place = {subject.id: number for number, subject in enumerate(natural, start=1)}
    mission_numbers: dict[str, int] = {}
    places: list[Place] = []
    for subject in placed:
        override = overrides.get(subject.id)
        why = _reasons(subject, natural, natural_place[subject.id], override)
        for member in subject.members:
            number = mission_numbers.setdefault(member.mission, len(mission_numbers) + 1)
            places.append(
                Place(
                    number=len(places) + 1,
                    mission_number=number,
                    id=member.id,
                    mission=member.mission,
                    state=member.state,
                    reasons=_own_reasons(member, subject, why, rules),
                    natural=natural_place[subject.id],
                    override=override,
                )
            )
    return tuple(places)


def _reasons(
    subject: _Subject, natural: Sequence[_Subject], place: int, override: Override | None
) -> tuple[Reason, ...]:
    """Return the rules that part the subject from its neighbours by rule, then the override."""
    neighbours = [natural[i] for i in (place - 2, place) if 0 <= i < len(natural)]
    depth = max((_first_difference(subject.key, other.key) for other in neighbours), default=0)
    applied = [
        Reason(criterion.code, criterion.shown, SOURCES[criterion.code])
        for criterion in subject.key[: depth + 1]
        if criterion.shown
    ]
    if override:
        applied.append(Reason("override", override.reason, SOURCES["override"]))
    return tuple(applied)


def _first_difference(one: Key, other: Key) -> int:
    same = takewhile(lambda pair: pair[0].value == pair[1].value, zip(one, other, strict=False))
    return sum(1 for _ in same)


def _own_reasons(
    member: Candidate, subject: _Subject, why: tuple[Reason, ...], rules: Rules
) -> tuple[Reason, ...]:
    """Return the subject's reasons, and for a follower why they stand behind."""
    if member.accompanies and member is not subject.members[0]:
        return (*why, Reason("partner", member.accompanies, SOURCES["partner"]))
    if rules.unit is Unit.MISSION:
        return (*why, Reason("order", str(member.order), SOURCES["order"]))
    return why
