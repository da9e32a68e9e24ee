"""Visits, the organisations that take part, categories with their ribbons, zones, deadlines."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from visitplanner.models.base import Base, Code, Key, Line, Texts, Timed, Versioned, to


class Visit(Timed, Versioned, Base):
    """One visit. `precedence_mode` as in `domain.precedence`; times are UTC, `timezone` local."""

    __tablename__ = "visits"
    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[Texts]
    short_title: Mapped[Texts] = mapped_column(default=dict)
    purpose: Mapped[Texts] = mapped_column(default=dict)
    venue: Mapped[Texts] = mapped_column(default=dict)
    address: Mapped[Texts] = mapped_column(default=dict)
    contact: Mapped[Texts] = mapped_column(default=dict)
    day: Mapped[date]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    timezone: Mapped[str] = mapped_column(String(60), default="Europe/Moscow")
    state: Mapped[str] = mapped_column(String(20), default="draft")  # draft open closed archived
    public: Mapped[bool] = mapped_column(default=False)
    languages: Mapped[list[str]] = mapped_column(default=lambda: ["ru", "en"])
    alphabet: Mapped[str] = mapped_column(String(8), default="ru")
    precedence_mode: Mapped[str] = mapped_column(String(30), default="CORPS_SENIORITY")
    nuncio_first: Mapped[bool] = mapped_column(default=False)
    default_quota: Mapped[int] = mapped_column(default=3)
    reply_by: Mapped[datetime | None]
    register_by: Mapped[datetime | None]
    photo_required: Mapped[bool] = mapped_column(default=True)
    clearance_required: Mapped[bool] = mapped_column(default=False)
    badges_valid_from: Mapped[datetime | None]
    badges_valid_until: Mapped[datetime | None]
    purge_after_days: Mapped[int] = mapped_column(default=90)
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)

    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("default_quota >= 0", name="quota_not_negative"),
    )
    parts: Mapped[list["VisitOrganisation"]] = relationship(
        back_populates="visit", order_by="VisitOrganisation.position"
    )
    categories: Mapped[list["Category"]] = relationship(order_by="Category.position")
    zones: Mapped[list["Zone"]] = relationship(order_by="Zone.position")


class Organisation(Timed, Versioned, Base):
    """A host, co-organiser, resident company, ministry, press house or supplier."""

    __tablename__ = "organisations"
    id: Mapped[Key]
    code: Mapped[Code] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(20))  # ministry company cluster press venue supplier
    name: Mapped[Texts]
    short_name: Mapped[Texts] = mapped_column(default=dict)
    logo_id: Mapped[str | None] = to("files.id", ondelete="SET NULL")
    website: Mapped[Line]


class VisitOrganisation(Base):
    """An organisation's part in a visit: `part` host, co_organiser, resident, press, service."""

    __tablename__ = "visit_organisations"
    id: Mapped[Key]
    visit_id: Mapped[str] = to("visits.id", ondelete="CASCADE")
    organisation_id: Mapped[str] = to("organisations.id")
    part: Mapped[str] = mapped_column(String(20))
    duty: Mapped[Texts] = mapped_column(default=dict)
    position: Mapped[int] = mapped_column(default=0)
    quota: Mapped[int] = mapped_column(default=20)
    taken: Mapped[int] = mapped_column(default=0)
    __table_args__ = (
        UniqueConstraint("visit_id", "organisation_id"),
        CheckConstraint("taken >= 0 AND taken <= quota", name="within_quota"),
    )
    visit: Mapped[Visit] = relationship(back_populates="parts")
    organisation: Mapped[Organisation] = relationship()


class Category(Base):
    """A category of guest: ribbon (a class of the look), word, letter, zones it may enter."""

    __tablename__ = "categories"
    id: Mapped[Key]
    visit_id: Mapped[str] = to("visits.id", ondelete="CASCADE")
    code: Mapped[str] = mapped_column(String(20))  # head delegate accompanying interpreter press …
    letter: Mapped[str] = mapped_column(String(2))
    word: Mapped[Texts]
    ribbon: Mapped[str] = mapped_column(String(20))
    number: Mapped[int] = mapped_column(default=0)  # 0–15, goes into the signed code
    zones: Mapped[list[str]] = mapped_column(default=list)
    quota_exempt: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    __table_args__ = (
        UniqueConstraint("visit_id", "code"),
        UniqueConstraint("visit_id", "number"),
        UniqueConstraint("visit_id", "id"),
        CheckConstraint("number >= 0 AND number <= 15", name="number_in_code"),
    )


class Zone(Base):
    """A zone of the venue; `bit` 0–7 is its place in the signed code."""

    __tablename__ = "zones"
    id: Mapped[Key]
    visit_id: Mapped[str] = to("visits.id", ondelete="CASCADE")
    letter: Mapped[str] = mapped_column(String(2))
    name: Mapped[Texts]
    bit: Mapped[int]
    position: Mapped[int] = mapped_column(default=0)
    __table_args__ = (
        UniqueConstraint("visit_id", "letter"),
        UniqueConstraint("visit_id", "bit"),
        CheckConstraint("bit >= 0 AND bit <= 7", name="bit_in_code"),
    )


class Deadline(Base):
    """A date of the visit's calendar, shown on the deadline rail."""

    __tablename__ = "deadlines"
    id: Mapped[Key]
    visit_id: Mapped[str] = to("visits.id", ondelete="CASCADE")
    kind: Mapped[str] = mapped_column(String(30))
    title: Mapped[Texts]
    at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("visit_id", "kind"),)
