"""How many have come: who is counted, and the numbers alone for doors that ask often."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from visitplanner.domain.counting import Arrivals, Guest, arrivals
from visitplanner.models import Category, Participant, Visit
from visitplanner.queries.standing import let_in, sender_comes


def expected(visit: Visit) -> ColumnElement[bool]:
    """Whose file lets them in, and whoever has come already."""
    comes = and_(Participant.status.in_(let_in(visit)), sender_comes())
    return or_(comes, Participant.arrived_at.is_not(None))


def guest_of(visit: Visit, row: Any) -> Guest:  # Any: a row of either query
    """A row of a participant with `category`, as the counting reads it."""
    return Guest(
        person=row.person_id,
        category=row.category,
        delegate=row.delegation_id is not None,
        head=row.function == "head",
        expected=row.status in let_in(visit),
        arrived=row.arrived_at is not None,
    )


def counted(session: Session, visit: Visit) -> Arrivals:
    """The numbers of this moment, in one statement."""
    rows = session.execute(
        select(
            Participant.person_id,
            Participant.function,
            Participant.status,
            Participant.delegation_id,
            Participant.arrived_at,
            Category.code.label("category"),
        )
        .join(Category, Category.id == Participant.category_id)
        .where(Participant.visit_id == visit.id, expected(visit))
    )
    return arrivals(guest_of(visit, row) for row in rows)
