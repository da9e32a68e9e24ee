"""Tour groups as lists of choice."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitplanner.models import TourGroup


def groups(session: Session, visit_id: str) -> list[TourGroup]:
    """The tour groups of a visit by letter."""
    query = select(TourGroup).where(TourGroup.visit_id == visit_id).order_by(TourGroup.letter)
    return list(session.scalars(query))


def group_letters(session: Session, visit_id: str) -> list[str]:
    """Their letters."""
    return [group.letter for group in groups(session, visit_id)]


def group_of_letter(session: Session, visit_id: str, letter: str) -> TourGroup | None:
    """The group of this letter, or None."""
    return session.scalar(
        select(TourGroup).where(TourGroup.visit_id == visit_id, TourGroup.letter == letter)
    )
