"""Who leads tours, who is in a group, which companies are resident."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from visitplanner.models import (
    Delegation,
    Organisation,
    Participant,
    Person,
    TourGroup,
    VisitOrganisation,
)

GONE = ("withdrawn", "refused")


def residents(session: Session, visit_id: str) -> list[tuple[str, dict[str, str]]]:
    """(id, name) of the organisations that take part, by position."""
    rows = session.execute(
        select(Organisation.id, Organisation.name)
        .join(VisitOrganisation, VisitOrganisation.organisation_id == Organisation.id)
        .where(VisitOrganisation.visit_id == visit_id)
        .order_by(VisitOrganisation.position)
    )
    return [(key, name) for key, name in rows]


def leaders(session: Session, visit_id: str, function: str) -> list[Participant]:
    """Escorts or interpreters of the visit, persons loaded."""
    return list(
        session.scalars(
            select(Participant)
            .join(Person, Person.id == Participant.person_id)
            .where(
                Participant.visit_id == visit_id,
                Participant.function == function,
                Participant.status.not_in(GONE),
            )
            .options(joinedload(Participant.person))
            .order_by(Person.family_name, Participant.id)
        )
    )


def members(session: Session, group: TourGroup) -> list[Participant]:
    """The guests of a group, by delegation and its order."""
    return list(
        session.scalars(
            select(Participant)
            .outerjoin(Delegation, Delegation.id == Participant.delegation_id)
            .where(Participant.group_id == group.id, Participant.status.not_in(GONE))
            .options(
                joinedload(Participant.person),
                joinedload(Participant.category),
                joinedload(Participant.group),
                joinedload(Participant.organisation),
                joinedload(Participant.delegation).joinedload(Delegation.mission),
            )
            .order_by(Delegation.code.nulls_first(), Participant.position, Participant.id)
        )
    )


def guests_of_codes(session: Session, visit_id: str, codes: list[str]) -> list[Participant]:
    """The guests of these delegations who still come."""
    return list(
        session.scalars(
            select(Participant)
            .join(Delegation, Delegation.id == Participant.delegation_id)
            .where(
                Delegation.visit_id == visit_id,
                Delegation.code.in_(codes),
                Participant.status.not_in(GONE),
            )
        )
    )
