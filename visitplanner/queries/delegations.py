"""One delegation with its people, and small selections of several."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from visitplanner.domain.grammar import mission_name
from visitplanner.domain.refusals import NotFound
from visitplanner.models import (
    AccessLink,
    Account,
    Delegation,
    Invitation,
    Mission,
    Occupancy,
    Participant,
    Person,
)
from visitplanner.queries.names import shown_name
from visitplanner.queries.states import shown_row


def delegation_by_code(session: Session, visit_id: str, code: str) -> Delegation:
    """The delegation of this code in this visit; NotFound otherwise."""
    found = session.scalar(
        select(Delegation)
        .options(
            joinedload(Delegation.mission).joinedload(Mission.state),
            joinedload(Delegation.invitation),
        )
        .where(Delegation.visit_id == visit_id, Delegation.code == code)
    )
    if found is None:
        raise NotFound("not-found")
    return found


def delegations_of(session: Session, visit_id: str, ids: Iterable[str]) -> list[Delegation]:
    """Those of these ids that belong to the visit."""
    return list(
        session.scalars(
            select(Delegation)
            .options(joinedload(Delegation.mission).joinedload(Mission.state))
            .options(joinedload(Delegation.invitation))
            .where(Delegation.visit_id == visit_id, Delegation.id.in_(list(ids)))
            .order_by(Delegation.code)
        )
    )


def delegations_invited(session: Session, invitations: Iterable[Invitation]) -> list[Delegation]:
    """The delegations of these invitations."""
    ids = [row.id for row in invitations]
    return list(
        session.scalars(
            select(Delegation)
            .options(joinedload(Delegation.mission).joinedload(Mission.state))
            .options(joinedload(Delegation.invitation))
            .where(Delegation.invitation_id.in_(ids))
            .order_by(Delegation.code)
        )
    )


def people_of(session: Session, delegations: Iterable[Delegation]) -> list[Participant]:
    """Everybody on the lists of these delegations, in order."""
    ids = [row.id for row in delegations]
    return list(
        session.scalars(
            select(Participant)
            .where(
                Participant.delegation_id.in_(ids),
                Participant.status.not_in(("withdrawn", "refused")),
            )
            .order_by(Participant.delegation_id, Participant.position)
        )
    )


def participants_of(session: Session, visit_id: str, ids: Iterable[str]) -> list[Participant]:
    """Those of these ids that belong to the visit."""
    return list(
        session.scalars(
            select(Participant).where(
                Participant.visit_id == visit_id, Participant.id.in_(list(ids))
            )
        )
    )


def members(session: Session, delegation: Delegation) -> list[Participant]:
    """Every slot of a delegation in the embassy's order, with what a page shows."""
    return list(
        session.scalars(
            select(Participant)
            .options(
                joinedload(Participant.person),
                joinedload(Participant.category),
                joinedload(Participant.group),
                joinedload(Participant.organisation),
                joinedload(Participant.delegation).joinedload(Delegation.mission),
            )
            .where(Participant.delegation_id == delegation.id)
            .order_by(Participant.position, Participant.id)
        ).unique()
    )


def links_of(session: Session, delegation: Delegation) -> list[AccessLink]:
    """The delegation's links, newest first, also those that are over."""
    return list(
        session.scalars(
            select(AccessLink)
            .where(AccessLink.delegation_id == delegation.id, AccessLink.purpose == "delegation")
            .order_by(AccessLink.created_at.desc(), AccessLink.id)
        )
    )


def account_name(session: Session, account_id: str | None) -> str:
    """The name of a member of staff, or nothing."""
    account = session.get(Account, account_id) if account_id else None
    return (account.name or account.email) if account else ""


def official_names(
    session: Session, visit_id: str, mission: Mission, languages: Iterable[str] = ("ru", "en")
) -> Mapping[str, str]:
    """What the mission is called in full in a visit; its own name where it has one."""
    row = shown_row(session, visit_id, mission.state_key)
    return {
        code: mission.name.get(code) or mission_name(mission.kind, row, code) for code in languages
    }


@dataclass(frozen=True, slots=True)
class Earlier:
    """Somebody who sat in a slot before."""

    name: str
    until: object
    reason: str


def earlier_occupants(
    session: Session, participant_ids: Iterable[str], language: str
) -> dict[str, list[Earlier]]:
    """By slot, who was replaced and when, newest first."""
    rows = session.execute(
        select(Occupancy, Person)
        .join(Person, Person.id == Occupancy.person_id)
        .where(Occupancy.participant_id.in_(list(participant_ids)), Occupancy.until.is_not(None))
        .order_by(Occupancy.until.desc())
    )
    found: dict[str, list[Earlier]] = {}
    for occupancy, person in rows:
        line = Earlier(shown_name(person, language), occupancy.until, occupancy.reason)
        found.setdefault(occupancy.participant_id, []).append(line)
    return found


def invitation_of(session: Session, visit_id: str, key: str) -> Invitation:
    """The invitation of this id in this visit; NotFound otherwise."""
    found = session.scalar(
        select(Invitation)
        .options(joinedload(Invitation.mission))
        .where(Invitation.visit_id == visit_id, Invitation.id == key)
    )
    if found is None:
        raise NotFound("not-found")
    return found
