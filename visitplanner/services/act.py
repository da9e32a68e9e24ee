"""An act: one use-case by one principal, with its session, its clock and its audit trail."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import inspect
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from visitplanner.domain.access import Principal
from visitplanner.domain.refusals import NotFound, Stale
from visitplanner.models import AuditEntry, Base
from visitplanner.models.base import now
from visitplanner.models.engine import expect_writes
from visitplanner.services.instance import Instance
from visitplanner.services.untold import MISSING, flushed, tell

Row = TypeVar("Row", bound=Base)

UNSAID = frozenset(
    {
        "password_hash", "totp_secret", "document_number", "private_key", "token_hash",
        "code_text", "values", "search_key", "updated_at", "created_at", "version",
    }
)  # fmt: skip
"""Columns whose values never stand in the audit trail."""

SYSTEM = Principal(kind="staff", id="", name="")


def plain(value: Any) -> Any:
    """`value` as JSON can hold it (Any: any column type)."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return "…"
    return value


def label(row: Base) -> tuple[str, str]:
    """The object type (table name) and id of a row, for the audit trail."""
    identity = inspect(row).mapper.primary_key_from_instance(row)
    return row.__tablename__, str(identity[0]) if identity else ""


@dataclass(slots=True)
class Act:
    """Handed to every service: who acts, in which session, with which instance behind it."""

    instance: Instance
    session: Session
    principal: Principal = SYSTEM
    visit_id: str | None = None
    at: datetime = field(default_factory=now)

    def record(
        self,
        action: str,
        row: Base,
        *,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
    ) -> None:
        """Write an audit entry; without `before`/`after` the row's own changes are read."""
        if before is None and after is None:
            before, after = self.changes(row)
        if inspect(row).pending or inspect(row).transient:
            self.session.add(row)
            self.session.flush()
        tell(self.session, row, {**(before or {}), **(after or {})})
        kind, key = label(row)
        guest = self.principal.is_guest
        self.session.add(
            AuditEntry(
                visit_id=self.visit_id or getattr(row, "visit_id", None),
                at=self.at,
                actor_kind="link" if guest else ("account" if self.principal.id else "system"),
                actor_id=self.principal.id,
                actor_name=self.principal.name,
                action=action,
                object_type=kind,
                object_id=key,
                before={k: plain(v) for k, v in (before or {}).items() if k not in UNSAID},
                after={k: plain(v) for k, v in (after or {}).items() if k not in UNSAID},
            )
        )

    def changes(self, row: Base) -> tuple[dict[str, Any], dict[str, Any]]:
        """Before and after of the columns that were set since the row was read or last told."""
        state = inspect(row)
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        for attribute in state.mapper.column_attrs:
            history = state.attrs[attribute.key].history
            if not history.has_changes():
                continue
            if history.deleted and state.persistent:
                before[attribute.key] = history.deleted[0]
            if history.added:
                after[attribute.key] = history.added[0]
        for name, old in flushed(self.session, row).items():
            new = getattr(row, name)
            before.pop(name, None)
            after.pop(name, None)
            if old is MISSING or old != new:
                after[name] = new
                if old is not MISSING:
                    before[name] = old
        return before, after

    def commit(self) -> None:
        """End the use-case. Raises `Stale` when somebody else saved the record meanwhile."""
        try:
            self.session.commit()
        except StaleDataError as error:
            self.session.rollback()
            raise Stale("saved-meanwhile") from error
        expect_writes(False)

    def get(self, model: type[Row], key: str | None, **scope: Any) -> Row:
        """The row with this id and these column values; raises NotFound otherwise."""
        row = self.session.get(model, key) if key else None
        if row is None or any(getattr(row, name) != value for name, value in scope.items()):
            raise NotFound("not-found")
        return row


def check_version(row: Any, version: int | None) -> None:
    """Raise `Stale` when the form was filled from another version of `row` (a Versioned row)."""
    if version is not None and row.version != version:
        raise Stale("saved-meanwhile")
