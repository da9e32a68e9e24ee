"""Which standings open the door of a visit, and whose people come at all."""

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased

from visitplanner.domain.accreditation import Rules, Status, printable_statuses
from visitplanner.models import Delegation, Participant, Visit


def let_in(visit: Visit) -> tuple[Status, ...]:
    """The standings that let a person in, and to a badge."""
    return printable_statuses(Rules(clearance_required=visit.clearance_required))


def sender_comes() -> ColumnElement[bool]:
    """Who is of an organisation, or of a delegation that is not off the list."""
    other = aliased(Delegation)  # never the one that a query joins
    away = select(other.id).where(other.withdrawn_at.is_not(None))
    return or_(Participant.delegation_id.is_(None), Participant.delegation_id.not_in(away))
