"""Badges, the keys that sign them, checkpoints and scans."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from visitplanner.models.base import Base, Key, Line, Texts, Timed, Versioned, now, to
from visitplanner.models.delegations import Participant


class SigningKey(Timed, Base):
    """An Ed25519 key of one visit; the private half is ciphertext. `number` names it in the code.

    `status`: active, retired (still verifies), revoked (nothing it signed is accepted).
    """

    __tablename__ = "signing_keys"
    id: Mapped[Key]
    visit_id: Mapped[str] = to("visits.id", ondelete="CASCADE")
    number: Mapped[int] = mapped_column(unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    private_key: Mapped[bytes] = mapped_column(LargeBinary)
    not_before: Mapped[datetime]
    not_after: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(20), default="active")
    __table_args__ = (CheckConstraint("number >= 0 AND number <= 65535", name="two_bytes"),)


class Badge(Timed, Base):
    """One issue of a badge. `number` is 7 random bytes in hex, new at every issue or reprint."""

    __tablename__ = "badges"
    id: Mapped[Key]
    visit_id: Mapped[str] = mapped_column(index=True)
    participant_id: Mapped[str] = mapped_column(index=True)
    person_id: Mapped[str] = to("persons.id")
    key_number: Mapped[int]
    number: Mapped[str] = mapped_column(String(14), unique=True)
    serial: Mapped[str] = mapped_column(String(20))  # read by people: D-0147
    code_text: Mapped[str] = mapped_column(String(200))
    issued_at: Mapped[datetime] = mapped_column(default=now)
    issued_by: Mapped[str | None] = to("accounts.id", ondelete="SET NULL")
    valid_until: Mapped[datetime]
    reprint_of: Mapped[str | None] = to("badges.id", ondelete="SET NULL")
    reprint_reason: Mapped[Line]
    printed_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    revoked_reason: Mapped[Line]
    participant: Mapped[Participant] = relationship(
        primaryjoin="Participant.id == foreign(Badge.participant_id)"
    )
    __table_args__ = (
        ForeignKeyConstraint(
            ["visit_id", "participant_id"], ["participants.visit_id", "participants.id"]
        ),
        UniqueConstraint("visit_id", "serial"),
        Index(
            "uq_badges_live",
            "participant_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )


class Checkpoint(Versioned, Base):
    """A door or stop where badges are scanned; `zone` is the letter a badge must carry."""

    __tablename__ = "checkpoints"
    id: Mapped[Key]
    visit_id: Mapped[str] = to("visits.id", ondelete="CASCADE")
    code: Mapped[str] = mapped_column(String(30))
    name: Mapped[Texts]
    kind: Mapped[str] = mapped_column(String(20), default="entrance")  # entrance zone stop exit
    zone: Mapped[str] = mapped_column(String(2), default="")
    position: Mapped[int] = mapped_column(default=0)
    __table_args__ = (UniqueConstraint("visit_id", "code"), UniqueConstraint("visit_id", "id"))


class Scan(Base):
    """An event at a checkpoint, append-only. The id is made by the device, so sending it twice

    stores it once. `verdict` is a code of `domain.badges`; refused scans are kept as evidence.
    """

    __tablename__ = "scans"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    visit_id: Mapped[str] = to("visits.id", ondelete="CASCADE")
    checkpoint_id: Mapped[str | None] = to("checkpoints.id")
    participant_id: Mapped[str | None] = to("participants.id")
    badge_number: Mapped[str] = mapped_column(String(14), default="", index=True)
    verdict: Mapped[str] = mapped_column(String(20))
    direction: Mapped[str] = mapped_column(String(4), default="in")
    typed: Mapped[bool] = mapped_column(default=False)
    device: Mapped[str] = mapped_column(String(64), default="")
    scanned_at: Mapped[datetime]
    received_at: Mapped[datetime] = mapped_column(default=now)
    account_id: Mapped[str | None] = to("accounts.id", ondelete="SET NULL")
    undone_at: Mapped[datetime | None]
