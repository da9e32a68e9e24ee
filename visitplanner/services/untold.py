"""What rows were before a flush, kept until the audit trail has told it or the transaction ends."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session, SessionTransaction

from visitplanner.models import Base

KEY = "untold"
MISSING = object()
"""Stands for a value that was never read."""


@dataclass(slots=True)
class Untold:
    """Of one row, by column: the value before the first flush, and what the trail told last."""

    first: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)


def pending(row: Base) -> Iterator[tuple[str, Any]]:
    """The columns that were set and not flushed yet, each with the value before."""
    state = inspect(row)
    for name in state.committed_state.keys() & state.mapper.column_attrs.keys():
        history = state.attrs[name].history
        if history.has_changes():
            yield name, history.deleted[0] if history.deleted else MISSING


def flushed(session: Session, row: Base) -> dict[str, Any]:
    """The columns that were flushed and not told yet, each with the value before."""
    kept: Untold | None = session.info.get(KEY, {}).get(row)
    return kept.first if kept is not None else {}


def tell(session: Session, row: Base, names: Iterable[str]) -> None:
    """Note that the trail has told the present values of these columns; other names are none."""
    kept = session.info.setdefault(KEY, {}).setdefault(row, Untold())
    for name in set(names).intersection(inspect(row).mapper.column_attrs.keys()):
        kept.first.pop(name, None)
        kept.told[name] = getattr(row, name)


@event.listens_for(Session, "before_flush")
def _keep(session: Session, _context: Any, _instances: Any) -> None:  # Any: SQLAlchemy's
    known = session.info.setdefault(KEY, {})
    for row in session.dirty:
        for name, before in pending(row):
            kept = known.setdefault(row, Untold())
            before = kept.told.get(name, before)
            if before is MISSING or before != getattr(row, name):
                kept.first.setdefault(name, before)


@event.listens_for(Session, "after_transaction_end")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(KEY, None)
