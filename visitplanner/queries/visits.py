"""Reads of visits."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from visitplanner.models import Category, Visit, VisitOrganisation


def visit_by_slug(session: Session, slug: str) -> Visit | None:
    """The visit of this slug, or None."""
    return session.scalar(select(Visit).where(Visit.slug == slug))


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
        .where(Visit.public.is_(True), Visit.state.in_(("open", "closed")))
        .order_by(Visit.day.desc(), Visit.slug)
    )
    return list(session.scalars(query))
