"""Accounts of staff, their roles and credentials; one-time links; sessions; API tokens."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from visitplanner.models.base import Base, Key, Line, Timed, Versioned, now, to
from visitplanner.models.visits import Organisation


class Account(Timed, Versioned, Base):
    """A member of staff. A second factor is a passkey or a one-time code (TOTP)."""

    __tablename__ = "accounts"
    id: Mapped[Key]
    email: Mapped[str] = mapped_column(String(254), unique=True)  # lower case
    name: Mapped[Line]
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    totp_secret: Mapped[str] = mapped_column(String(200), default="")  # ciphertext
    totp_confirmed_at: Mapped[datetime | None]
    totp_last_step: Mapped[int] = mapped_column(default=0)
    password_only: Mapped[bool] = mapped_column(default=False)  # excused from a second factor
    language: Mapped[str] = mapped_column(String(8), default="")
    disabled_at: Mapped[datetime | None]
    last_seen_at: Mapped[datetime | None]
    grants: Mapped[list["RoleGrant"]] = relationship(
        back_populates="account", cascade="all, delete-orphan"
    )
    passkeys: Mapped[list["Passkey"]] = relationship(cascade="all, delete-orphan")


class RoleGrant(Timed, Base):
    """A role of an account, in one visit or in all (None), for one organisation or any (None)."""

    __tablename__ = "role_grants"
    id: Mapped[Key]
    account_id: Mapped[str] = to("accounts.id", ondelete="CASCADE")
    visit_id: Mapped[str | None] = to("visits.id", ondelete="CASCADE")
    organisation_id: Mapped[str | None] = to("organisations.id", ondelete="CASCADE")
    role: Mapped[str] = mapped_column(String(30))
    account: Mapped[Account] = relationship(back_populates="grants")
    organisation: Mapped[Organisation | None] = relationship()
    __table_args__ = (UniqueConstraint("account_id", "visit_id", "organisation_id", "role"),)


class Passkey(Timed, Base):
    """A WebAuthn credential of an account."""

    __tablename__ = "passkeys"
    id: Mapped[Key]
    account_id: Mapped[str] = to("accounts.id", ondelete="CASCADE")
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(default=0)
    name: Mapped[Line]
    last_used_at: Mapped[datetime | None]


class RecoveryCode(Base):
    """A hashed one-time code for an account that lost its second factor."""

    __tablename__ = "recovery_codes"
    id: Mapped[Key]
    account_id: Mapped[str] = to("accounts.id", ondelete="CASCADE")
    code_hash: Mapped[str] = mapped_column(String(200))
    used_at: Mapped[datetime | None]


class AccessLink(Timed, Base):
    """A secret address kept as SHA-256 only.

    `purpose`: delegation, delegate, organisation (guests' links); invite, reset (staff, one use).
    `mail_id`: the letter it went out with, if it was mailed.
    """

    __tablename__ = "access_links"
    id: Mapped[Key]
    purpose: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    visit_id: Mapped[str | None] = to("visits.id", ondelete="CASCADE")
    delegation_id: Mapped[str | None] = to("delegations.id", ondelete="CASCADE")
    participant_id: Mapped[str | None] = to("participants.id", ondelete="CASCADE")
    organisation_id: Mapped[str | None] = to("organisations.id", ondelete="CASCADE")
    account_id: Mapped[str | None] = to("accounts.id", ondelete="CASCADE")
    label: Mapped[Line]
    mail_id: Mapped[str | None] = to("mails.id", ondelete="SET NULL")
    expires_at: Mapped[datetime]
    first_used_at: Mapped[datetime | None]
    uses: Mapped[int] = mapped_column(default=0)
    revoked_at: Mapped[datetime | None]


class Session(Base):
    """A browser session kept on the server, found by the SHA-256 of its cookie, revocable."""

    __tablename__ = "sessions"
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[str] = mapped_column(String(16), unique=True)
    account_id: Mapped[str | None] = to("accounts.id", ondelete="CASCADE")
    link_id: Mapped[str | None] = to("access_links.id", ondelete="CASCADE")
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    agent: Mapped[Line]


class ApiToken(Timed, Base):
    """A bearer token of one visit, kept as SHA-256; `scope` as in `domain.access`."""

    __tablename__ = "api_tokens"
    id: Mapped[Key]
    visit_id: Mapped[str] = to("visits.id", ondelete="CASCADE")
    account_id: Mapped[str | None] = to("accounts.id", ondelete="CASCADE")
    scope: Mapped[str] = mapped_column(String(30))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[Line]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]


class Attempt(Base):
    """A counted attempt (sign-in, link, typed code) for the rate limits that must not fail open."""

    __tablename__ = "attempts"
    id: Mapped[Key]
    bucket: Mapped[str] = mapped_column(String(120), index=True)
    at: Mapped[datetime] = mapped_column(default=now, index=True)
    __table_args__ = (CheckConstraint("bucket <> ''", name="bucket_named"),)


class Submission(Base):
    """The key of a form that was sent, so that a double click is one write."""

    __tablename__ = "submissions"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now, index=True)
    answer: Mapped[str] = mapped_column(String(500), default="")
