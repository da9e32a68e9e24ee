"""Jobs, files, papers, mail and the audit trail."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from visitplanner.models.base import Base, Key, Line, Timed, now, to


class Job(Base):
    """Long work, written in the transaction that asks for it.

    `state`: queued, running, done, failed, cancelled. A runner holds it by `lease_until`; a lease
    that ran out is offered again, at most `attempts_most` times.
    """

    __tablename__ = "jobs"
    id: Mapped[Key]
    visit_id: Mapped[str | None] = to("visits.id", ondelete="CASCADE")
    kind: Mapped[str] = mapped_column(String(40))
    arguments: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[str] = mapped_column(String(12), default="queued", index=True)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(String(300), default="")
    attempts: Mapped[int] = mapped_column(default=0)
    attempts_most: Mapped[int] = mapped_column(default=3)
    run_after: Mapped[datetime] = mapped_column(default=now)
    lease_until: Mapped[datetime | None]
    lease_owner: Mapped[str] = mapped_column(String(64), default="")
    cancel_asked: Mapped[bool] = mapped_column(default=False)
    result: Mapped[dict[str, Any] | None]
    error: Mapped[str] = mapped_column(String(2000), default="")
    account_id: Mapped[str | None] = to("accounts.id", ondelete="SET NULL")
    dedupe: Mapped[str | None] = mapped_column(String(200), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint(
            "state IN ('queued', 'running', 'done', 'failed', 'cancelled')", name="known_state"
        ),
    )


class StoredFile(Base):
    """A file under a name of our own making; `path` is relative to the files root."""

    __tablename__ = "files"
    id: Mapped[Key]
    visit_id: Mapped[str | None] = to("visits.id", ondelete="CASCADE")
    kind: Mapped[str] = mapped_column(String(20))  # photo paper logo mail
    path: Mapped[str] = mapped_column(String(200), unique=True)
    name: Mapped[Line]
    media_type: Mapped[str] = mapped_column(String(60))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    encrypted: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)


class Paper(Base):
    """One print: what kind, of whom, from which values. Stale when the values' hash differs now.

    `subject` is the id of a participant, delegation, group or visit.
    """

    __tablename__ = "papers"
    id: Mapped[Key]
    visit_id: Mapped[str] = to("visits.id", ondelete="CASCADE")
    kind: Mapped[str] = mapped_column(String(30))
    subject: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(12), default="")
    edition: Mapped[int]
    values_hash: Mapped[str] = mapped_column(String(64))
    file_id: Mapped[str | None] = to("files.id", ondelete="SET NULL")
    copies: Mapped[int] = mapped_column(default=1)
    printed_at: Mapped[datetime] = mapped_column(default=now)
    account_id: Mapped[str | None] = to("accounts.id", ondelete="SET NULL")
    __table_args__ = (
        UniqueConstraint("visit_id", "kind", "subject", "language", "edition"),
        Index("ix_papers_subject", "visit_id", "kind", "subject"),
    )


class MailMessage(Timed, Base):
    """A mail: written in the transaction that causes it, delivered by a job.

    `state`: waiting, sent, written (no SMTP: kept as a file and shown to staff), failed.
    """

    __tablename__ = "mails"
    id: Mapped[Key]
    visit_id: Mapped[str | None] = to("visits.id", ondelete="CASCADE")
    recipient: Mapped[Line]
    subject: Mapped[Line]
    body: Mapped[str] = mapped_column(String(20000))
    language: Mapped[str] = mapped_column(String(8), default="en")
    template: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(12), default="waiting")
    sent_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(String(1000), default="")
    file_id: Mapped[str | None] = to("files.id", ondelete="SET NULL")


class AuditEntry(Base):
    """One write: who, when, on what, with the values before and after. Never changed."""

    __tablename__ = "audit"
    id: Mapped[Key]
    visit_id: Mapped[str | None] = to("visits.id", ondelete="CASCADE")
    at: Mapped[datetime] = mapped_column(default=now, index=True)
    actor_kind: Mapped[str] = mapped_column(String(20))  # account link job system
    actor_id: Mapped[str] = mapped_column(String(40), default="")
    actor_name: Mapped[Line]
    action: Mapped[str] = mapped_column(String(60))
    object_type: Mapped[str] = mapped_column(String(30))
    object_id: Mapped[str] = mapped_column(String(40))
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(default=dict)
    __table_args__ = (Index("ix_audit_object", "object_type", "object_id"),)
