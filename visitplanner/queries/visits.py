"""Reads of visits."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from visitplanner.domain.refusals import NotFound
from visitplanner.models import (
    Category,
    Deadline,
    Organisation,
    Stop,
    Visit,
    VisitOrganisation,
    Zone,
)

ANNOUNCED = (Visit.public.is_(True), Visit.state.in_(("open", "closed")))
"""What makes a visit one of the public page."""


def visit_by_slug(session: Session, slug: str) -> Visit | None:
    """The visit of this slug, or None."""
    return session.scalar(select(Visit).where(Visit.slug == slug))


def visit_by_id(session: Session, key: str) -> Visit:
    """The visit with this id; NotFound otherwise."""
    found = session.get(Visit, key)
    if found is None:
        raise NotFound("not-found")
    return found


def visits(session: Session, only: frozenset[str] | None = None) -> list[Visit]:
    """Visits by day, newest first; `only` these ids, or all when None."""
    query = select(Visit).order_by(Visit.day.desc(), Visit.slug)
    if only is not None:
        query = query.where(Visit.id.in_(only))
    return list(session.scalars(query))


def categories(session: Session, visit_id: str) -> list[Category]:
    """The visit's categories in their order."""
    query = select(Category).where(Category.visit_id == visit_id).order_by(Category.position)
    return list(session.scalars(query))


def public_visits(session: Session) -> list[Visit]:
    """The visits everybody may read about, the next first, with organisers."""
    query = (
        select(Visit)
        .options(selectinload(Visit.parts).joinedload(VisitOrganisation.organisation))
        .where(*ANNOUNCED)
        .order_by(Visit.day.desc(), Visit.slug)
    )
    return list(session.scalars(query))


def deadlines(session: Session, visit_id: str) -> list[Deadline]:
    """The visit's calendar in order of time."""
    query = select(Deadline).where(Deadline.visit_id == visit_id).order_by(Deadline.at)
    return list(session.scalars(query))


def deadline(session: Session, visit_id: str, kind: str) -> Deadline | None:
    """The visit's date of this kind, or None."""
    return session.scalar(
        select(Deadline).where(Deadline.visit_id == visit_id, Deadline.kind == kind)
    )


def parts(session: Session, visit_id: str) -> list[VisitOrganisation]:
    """Who takes part, with the organisations loaded."""
    return list(
        session.scalars(
            select(VisitOrganisation)
            .options(joinedload(VisitOrganisation.organisation))
            .where(VisitOrganisation.visit_id == visit_id)
            .order_by(VisitOrganisation.position)
        )
    )


def part(session: Session, key: str) -> VisitOrganisation | None:
    """One organisation's part, or None."""
    return session.get(VisitOrganisation, key)


def organisations(session: Session) -> list[Organisation]:
    """Every organisation we know."""
    return list(session.scalars(select(Organisation).order_by(Organisation.code)))


def category(session: Session, key: str) -> Category | None:
    """One category, or None."""
    return session.get(Category, key)


def zones(session: Session, visit_id: str) -> list[Zone]:
    """The visit's zones in their order."""
    query = select(Zone).where(Zone.visit_id == visit_id).order_by(Zone.position, Zone.letter)
    return list(session.scalars(query))


def public_stops(session: Session, visit_id: str) -> list[Stop]:
    """What is shown on the tour: the stops without the hall."""
    query = (
        select(Stop)
        .where(Stop.visit_id == visit_id, Stop.is_hall.is_(False))
        .order_by(Stop.position, Stop.code)
    )
    return list(session.scalars(query))
