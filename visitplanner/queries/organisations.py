"""Organisations of a visit with their people: the list, and one of them."""

from dataclasses import dataclass

from sqlalchemy import case, exists, func, select
from sqlalchemy.orm import Session, joinedload

from visitplanner.domain.refusals import NotFound
from visitplanner.models import Badge, Participant, Visit, VisitOrganisation
from visitplanner.queries.audit import persons_of_slots
from visitplanner.queries.people import OUT, WITH_ALL
from visitplanner.queries.standing import let_in
from visitplanner.queries.visits import ANNOUNCED

ORGANISERS = ("host", "co_organiser")
"""The parts of those whom the public page and the programme name."""


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """An organisation's part in the visit, and how far its people are."""

    part: VisitOrganisation
    people: int
    handed_in: int
    approved: int
    badges: int


def organisation_lines(session: Session, visit: Visit) -> list[OrganisationLine]:
    """Every organisation of the visit in its order; people who left the list are not counted."""
    counted = (
        select(
            Participant.organisation_id.label("key"),
            func.count().label("people"),
            func.sum(case((Participant.status.not_in(("draft", "returned")), 1), else_=0)).label(
                "handed_in"
            ),
            func.sum(case((Participant.status.in_(let_in(visit)), 1), else_=0)).label("approved"),
            func.count(Badge.id).label("badges"),
        )
        .outerjoin(Badge, (Badge.participant_id == Participant.id) & Badge.revoked_at.is_(None))
        .where(Participant.visit_id == visit.id, Participant.status.not_in(OUT))
        .group_by(Participant.organisation_id)
        .subquery()
    )
    rows = session.execute(
        select(VisitOrganisation, counted)
        .outerjoin(counted, counted.c.key == VisitOrganisation.organisation_id)
        .where(VisitOrganisation.visit_id == visit.id)
        .options(joinedload(VisitOrganisation.organisation))
        .order_by(VisitOrganisation.position, VisitOrganisation.id)
    )
    return [
        OrganisationLine(part, people or 0, handed_in or 0, approved or 0, badges or 0)
        for part, _, people, handed_in, approved, badges in rows
    ]


def part_of(session: Session, visit_id: str, organisation_id: str) -> VisitOrganisation:
    """The part of this organisation in the visit; NotFound when it has none."""
    found = session.scalar(
        select(VisitOrganisation)
        .where(
            VisitOrganisation.visit_id == visit_id,
            VisitOrganisation.organisation_id == organisation_id,
        )
        .options(joinedload(VisitOrganisation.organisation))
    )
    if found is None:
        raise NotFound("not-found")
    return found


def is_announced(session: Session, organisation_id: str) -> bool:
    """Whether the public page of some visit names it among the organisers."""
    organises = exists().where(
        VisitOrganisation.organisation_id == organisation_id,
        VisitOrganisation.part.in_(ORGANISERS),
        VisitOrganisation.visit_id == Visit.id,
        *ANNOUNCED,
    )
    return bool(session.scalar(select(organises)))


def people_of(session: Session, part: VisitOrganisation) -> list[Participant]:
    """Its people in their order, also those who left the list."""
    rows = session.scalars(
        select(Participant)
        .options(*WITH_ALL)
        .where(
            Participant.visit_id == part.visit_id,
            Participant.organisation_id == part.organisation_id,
        )
        .order_by(Participant.position, Participant.id)
    )
    return list(rows.unique())


def things_of(session: Session, part: VisitOrganisation) -> set[str]:
    """Ids of the part, the organisation, its slots, everybody who sat in them, and badges."""
    slots = [row.id for row in people_of(session, part)]
    badges = session.scalars(select(Badge.id).where(Badge.participant_id.in_(slots)))
    return {part.id, part.organisation_id, *slots, *persons_of_slots(session, slots), *badges}
