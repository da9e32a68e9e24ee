"""Finding people, missions and badges by any part of a name, in any script."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from visitplanner.domain import states
from visitplanner.domain.folding import fold
from visitplanner.domain.person_search import search_terms
from visitplanner.domain.serials import serial_candidates
from visitplanner.models import Badge, Delegation, Invitation, Mission, Participant, Person

ESCAPE = "\\"


def _escaped(text: str) -> str:
    for letter in (ESCAPE, "%", "_"):
        text = text.replace(letter, ESCAPE + letter)
    return text


def person_matches(text: str) -> ColumnElement[bool]:
    """The condition that a person's search key answers every word of `text`."""
    words = [
        or_(*(Person.search_key.like(f"%{_escaped(piece)}%", escape=ESCAPE) for piece in pieces))
        for pieces in search_terms(text)
    ]
    return and_(*words) if words else Person.id.is_(None)


def mission_matches(text: str) -> ColumnElement[bool]:
    """The condition that a mission's sender is called so in any language, or its code is so."""
    keys = [row.key for row in states.find(text)]
    folded = f"%{_escaped(text.strip())}%"
    conditions = [Mission.state_key.in_(keys), Mission.code == fold(text).replace(" ", "-")]
    if len(text.strip()) > 1:
        conditions.append(Invitation.note_number.ilike(folded, escape=ESCAPE))
        conditions.append(Delegation.focal_name.ilike(folded, escape=ESCAPE))
    return or_(*conditions)


def delegations_matching(session: Session, visit_id: str, text: str) -> frozenset[str]:
    """Ids of the delegations whose state, code, note, focal point or people match `text`."""
    by_mission = (
        select(Delegation.id)
        .join(Mission, Mission.id == Delegation.mission_id)
        .outerjoin(Invitation, Invitation.id == Delegation.invitation_id)
        .where(Delegation.visit_id == visit_id, mission_matches(text))
    )
    by_person = (
        select(Participant.delegation_id)
        .join(Person, Person.id == Participant.person_id)
        .where(
            Participant.visit_id == visit_id,
            Participant.delegation_id.is_not(None),
            person_matches(text),
        )
    )
    found = {*session.scalars(by_mission), *session.scalars(by_person)}
    return frozenset(key for key in found if key is not None)


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found; each list is cut at the limit that was asked for."""

    people: list[Participant]
    delegations: list[Delegation]
    badges: list[Badge]

    @property
    def total(self) -> int:
        """How many finds there are to show."""
        return len(self.people) + len(self.delegations) + len(self.badges)


def search(session: Session, visit_id: str, text: str, *, most: int = 60) -> Found:
    """People, delegations and badges of this visit that answer `text`."""
    text = text.strip()[:100]
    if not text:
        return Found([], [], [])
    return Found(
        list(session.scalars(_people(visit_id, text).limit(most)).unique()),
        list(session.scalars(_delegations(visit_id, text).limit(most)).unique()),
        list(session.scalars(_badges(visit_id, text).limit(most)).unique()),
    )


def _people(visit_id: str, text: str) -> Any:  # Any: a select
    return (
        select(Participant)
        .join(Person, Person.id == Participant.person_id)
        .options(
            joinedload(Participant.person),
            joinedload(Participant.category),
            joinedload(Participant.organisation),
            joinedload(Participant.group),
            joinedload(Participant.delegation).joinedload(Delegation.mission),
        )
        .where(Participant.visit_id == visit_id, person_matches(text))
        .order_by(Person.family_name, Person.given_name, Participant.id)
    )


def _delegations(visit_id: str, text: str) -> Any:  # Any: a select
    return (
        select(Delegation)
        .join(Mission, Mission.id == Delegation.mission_id)
        .outerjoin(Invitation, Invitation.id == Delegation.invitation_id)
        .options(joinedload(Delegation.mission))
        .where(Delegation.visit_id == visit_id, mission_matches(text))
        .order_by(Delegation.code)
    )


def _badges(visit_id: str, text: str) -> Any:  # Any: a select
    serial = text.upper().replace(" ", "")
    return (
        select(Badge)
        .options(
            joinedload(Badge.participant).joinedload(Participant.person),
            joinedload(Badge.participant).joinedload(Participant.category),
        )
        .where(
            Badge.visit_id == visit_id,
            or_(
                Badge.serial == serial,
                Badge.serial.in_(serial_candidates(text)),
                Badge.serial.like(f"%-{_escaped(serial)}", escape=ESCAPE),
            ),
        )
        .order_by(Badge.issued_at.desc())
    )
