"""Reads of visits."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitplanner.models import Visit


def visit_by_slug(session: Session, slug: str) -> Visit | None:
    """The visit of this slug, or None."""
    return session.scalar(select(Visit).where(Visit.slug == slug))


def visits(session: Session, only: frozenset[str] | None = None) -> list[Visit]:
    """Visits by day, newest first; `only` these ids, or all when None."""
    query = select(Visit).order_by(Visit.day.desc(), Visit.slug)
    if only is not None:
        query = query.where(Visit.id.in_(only))
    return list(session.scalars(query))
