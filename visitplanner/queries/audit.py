"""Reading the audit trail: of one thing and what hangs on it, or of a whole visit."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Text, cast, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from visitplanner.models import (
    Account,
    AgendaItem,
    AuditEntry,
    Badge,
    Base,
    Category,
    Checkpoint,
    Deadline,
    Delegation,
    Occupancy,
    Organisation,
    Participant,
    Person,
    Room,
    Speaker,
    State,
    StateOverride,
    Stop,
    Talk,
    TourGroup,
    Zone,
)
from visitplanner.queries.names import shown_name

PAGE = 100


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries; empty means any. `until` is exclusive."""

    action: str = ""
    actor: str = ""
    object_type: str = ""
    object_id: str = ""
    since: datetime | None = None
    until: datetime | None = None


def entries(
    session: Session, visit_id: str, wanted: AuditFilter, *, page: int = 1
) -> tuple[list[AuditEntry], int]:
    """One page of a visit's entries, newest first, and how many there are."""
    conditions = [AuditEntry.visit_id == visit_id]
    if wanted.action:
        conditions.append(AuditEntry.action.startswith(wanted.action, autoescape=True))
    if wanted.actor:
        conditions.append(AuditEntry.actor_name.icontains(wanted.actor, autoescape=True))
    if wanted.object_type:
        conditions.append(AuditEntry.object_type == wanted.object_type)
    if wanted.object_id:
        conditions.append(AuditEntry.object_id == wanted.object_id)
    if wanted.since is not None:
        conditions.append(AuditEntry.at >= wanted.since)
    if wanted.until is not None:
        conditions.append(AuditEntry.at < wanted.until)
    total = session.scalar(select(func.count(AuditEntry.id)).where(*conditions)) or 0
    rows = session.scalars(
        select(AuditEntry)
        .where(*conditions)
        .order_by(AuditEntry.at.desc(), AuditEntry.id)
        .limit(PAGE)
        .offset(PAGE * (max(page, 1) - 1))
    )
    return list(rows), int(total)


def of_things(
    session: Session, visit_id: str, ids: Iterable[str], *, most: int = 60
) -> list[AuditEntry]:
    """The newest entries of these things."""
    return list(
        session.scalars(
            select(AuditEntry)
            .where(AuditEntry.visit_id == visit_id, AuditEntry.object_id.in_(list(ids)))
            .order_by(AuditEntry.at.desc(), AuditEntry.id)
            .limit(most)
        )
    )


def things_of_delegation(session: Session, delegation: Delegation) -> set[str]:
    """Ids of the delegation, its invitation, slots, everybody who sat in them, and badges."""
    slots = set(
        session.scalars(select(Participant.id).where(Participant.delegation_id == delegation.id))
    )
    found = {delegation.id, *slots, *persons_of_slots(session, slots)}
    if delegation.invitation_id:
        found.add(delegation.invitation_id)
    return found | set(
        session.scalars(select(Badge.id).where(Badge.participant_id.in_(list(slots))))
    )


def persons_of_slots(session: Session, slots: Iterable[str]) -> set[str]:
    """Ids of everybody who sits or sat in these slots."""
    ids = list(slots)
    now = session.scalars(select(Participant.person_id).where(Participant.id.in_(ids)))
    then = session.scalars(select(Occupancy.person_id).where(Occupancy.participant_id.in_(ids)))
    return {*now, *then}


def things_of_slot(session: Session, slot: str) -> set[str]:
    """Ids of a place on a list, everybody who sat in it, and its badges."""
    badges = session.scalars(select(Badge.id).where(Badge.participant_id == slot))
    return {slot, *persons_of_slots(session, [slot]), *badges}


@dataclass(frozen=True, slots=True)
class Subject:
    """What an entry is about: its name, and the slot or delegation whose page shows it."""

    name: str
    participant_id: str = ""
    delegation_code: str = ""


def subjects(
    session: Session, visit_id: str, rows: Iterable[AuditEntry], language: str
) -> dict[str, Subject]:
    """Names of what the entries are about and of what their ids lead to, by id."""
    ids = set[str]().union(*map(_ids, rows))
    found: dict[str, Subject] = {}
    delegations = session.execute(
        select(Delegation.id, Delegation.invitation_id, Delegation.code).where(
            Delegation.visit_id == visit_id,
            or_(Delegation.id.in_(ids), Delegation.invitation_id.in_(ids)),
        )
    )
    for key, invitation, code in delegations:
        found[key] = found[invitation or key] = Subject(code, delegation_code=code)
    people = session.execute(
        select(Participant.id, Person)
        .join(Person, Person.id == Participant.person_id)
        .where(Participant.visit_id == visit_id, or_(Participant.id.in_(ids), Person.id.in_(ids)))
    )
    earlier = session.execute(
        select(Occupancy.participant_id, Person)
        .join(Person, Person.id == Occupancy.person_id)
        .where(Person.visit_id == visit_id, Person.id.in_(ids), Occupancy.until.is_not(None))
    )
    for slot, person in earlier:
        found[person.id] = Subject(shown_name(person, language), participant_id=slot)
    for slot, person in people:
        subject = Subject(shown_name(person, language), participant_id=slot)
        found[slot] = found[person.id] = subject
    return _things(session, ids, language) | found | _holders(session, visit_id, ids, language)


def _ids(row: AuditEntry) -> set[str]:
    """What an entry is about, and what its values lead to."""
    values = {**row.before, **row.after}
    led = {str(value) for name, value in values.items() if name.endswith("_id") and value}
    earlier = {str(value) for name, value in row.before.items() if name.endswith("_id") and value}
    return {row.object_id} | led | earlier


THINGS: tuple[tuple[type[Base], str], ...] = (
    (AgendaItem, "title"),
    (Room, "name"),
    (Speaker, "name"),
    (Talk, "title"),
    (Stop, "name"),
    (TourGroup, "letter"),
    (Category, "word"),
    (Zone, "name"),
    (Deadline, "title"),
    (Checkpoint, "name"),
    (Organisation, "name"),
    (Account, "name"),
)
"""What else entries are about, and the column that names it. Ids are random and never shared."""


def _things(session: Session, ids: set[str], language: str) -> dict[str, Subject]:
    """Names of everything else, by id, in one question."""
    parts = [
        select(
            literal(number).label("kind"),
            model.id.label("id"),  # type: ignore[attr-defined]
            cast(getattr(model, column), Text).label("said"),
        ).where(model.id.in_(ids))  # type: ignore[attr-defined]
        for number, (model, column) in enumerate(THINGS)
    ]
    found = {}
    for _, key, said in session.execute(union_all(*parts)):
        found[key] = Subject(_said(said or "", language))
    states = session.execute(
        select(StateOverride.id, State.names)
        .join(State, State.key == StateOverride.state_key)
        .where(StateOverride.id.in_(ids))
    )
    for key, names in states:
        words = names.get(language) or names.get("en") or {}
        found[key] = Subject(str(words.get("short", "")))
    return found


def _said(said: str, language: str) -> str:
    """A text of one language, out of the JSON of all or as it stands."""
    if not said.startswith("{"):
        return said
    texts: dict[str, str] = json.loads(said)
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def _holders(
    session: Session, visit_id: str, ids: Iterable[str], language: str
) -> dict[str, Subject]:
    """Who each badge was issued for, by the badge's id: the person then, not who came after."""
    rows = session.execute(
        select(Badge.id, Badge.participant_id, Person)
        .join(Person, Person.id == Badge.person_id)
        .where(Badge.visit_id == visit_id, Badge.id.in_(list(ids)))
    )
    return {
        key: Subject(shown_name(person, language), participant_id=slot)
        for key, slot, person in rows
    }
