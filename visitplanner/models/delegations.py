"""Delegations, participants (slots) and the persons who occupy them, consent, decisions."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from visitplanner.models.base import Base, Code, Key, Line, Timed, Versioned, now, to
from visitplanner.models.missions import Invitation, Mission
from visitplanner.models.visits import Category, Organisation, Visit

if TYPE_CHECKING:
    from visitplanner.models.tours import TourGroup


class Delegation(Timed, Versioned, Base):
    """A mission's delegation to one visit. `taken` counts the slots that use the quota.

    The count and the constraint together keep the last place from being sold twice.
    """

    __tablename__ = "delegations"
    id: Mapped[Key]
    visit_id: Mapped[str] = to("visits.id", ondelete="CASCADE")
    mission_id: Mapped[str] = to("missions.id")
    invitation_id: Mapped[str | None] = to("invitations.id", ondelete="SET NULL")
    code: Mapped[Code]
    quota: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(String(2000), default="")  # staff only
    focal_name: Mapped[Line]
    focal_email: Mapped[Line]
    focal_phone: Mapped[Line]
    submitted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    curator_id: Mapped[str | None] = to("accounts.id", ondelete="SET NULL")
    visit: Mapped[Visit] = relationship()
    mission: Mapped[Mission] = relationship()
    invitation: Mapped[Invitation | None] = relationship()
    participants: Mapped[list["Participant"]] = relationship(
        back_populates="delegation",
        order_by="Participant.position",
        primaryjoin="Delegation.id == foreign(Participant.delegation_id)",
    )
    __table_args__ = (
        UniqueConstraint("visit_id", "mission_id"),
        UniqueConstraint("visit_id", "code"),
        UniqueConstraint("visit_id", "id"),
        CheckConstraint("taken >= 0 AND taken <= quota", name="within_quota"),
    )


class Person(Timed, Versioned, Base):
    """A human being as written by themselves or their mission; never inferred, never re-sorted.

    `name_order`: given_first, family_first, mononym. `document_number` is ciphertext.
    """

    __tablename__ = "persons"
    id: Mapped[Key]
    visit_id: Mapped[str] = to("visits.id", ondelete="CASCADE")
    family_name: Mapped[Line]  # Latin, as on the badge
    given_name: Mapped[Line]
    name_order: Mapped[str] = mapped_column(String(20), default="given_first")
    passport_name: Mapped[Line]
    native_name: Mapped[Line]
    native_language: Mapped[str] = mapped_column(String(12), default="")
    russian_name: Mapped[Line]
    honorific: Mapped[str] = mapped_column(String(40), default="")
    address_as: Mapped[Line]  # how to address this person, in their own words
    rank_code: Mapped[str] = mapped_column(String(30), default="")
    position_en: Mapped[Line]
    position_ru: Mapped[Line]
    languages: Mapped[list[str]] = mapped_column(default=list)
    email: Mapped[Line]
    phone: Mapped[str] = mapped_column(String(40), default="")
    meal_code: Mapped[str] = mapped_column(String(30), default="")
    step_free: Mapped[bool] = mapped_column(default=False)
    do_not_photograph: Mapped[bool] = mapped_column(default=False)
    document_kind: Mapped[str] = mapped_column(String(30), default="")
    document_number: Mapped[str] = mapped_column(String(400), default="")
    photo_id: Mapped[str | None] = to("files.id", ondelete="SET NULL")
    search_key: Mapped[str] = mapped_column(String(1000), default="", index=True)
    __table_args__ = (UniqueConstraint("visit_id", "id"),)


class Participant(Timed, Versioned, Base):
    """A place on a list with a replaceable occupant: a delegate, or another organisation's person.

    Exactly one of `delegation_id` and `organisation_id` is set. `status` as in
    `domain.accreditation`: draft submitted returned approved cleared refused withdrawn.
    """

    __tablename__ = "participants"
    id: Mapped[Key]
    visit_id: Mapped[str] = to("visits.id", ondelete="CASCADE")
    delegation_id: Mapped[str | None] = mapped_column(index=True)
    organisation_id: Mapped[str | None] = to("organisations.id")
    category_id: Mapped[str] = mapped_column(index=True)
    person_id: Mapped[str] = mapped_column(index=True)
    function: Mapped[str] = mapped_column(String(30), default="member")  # head deputy member …
    position: Mapped[int] = mapped_column(default=1)  # the order the embassy gives
    status: Mapped[str] = mapped_column(String(20), default="draft", index=True)
    submitted_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime | None]
    counts_to_quota: Mapped[bool] = mapped_column(default=True)
    group_id: Mapped[str | None] = mapped_column(index=True)
    return_note: Mapped[str] = mapped_column(String(1000), default="")  # said outwards
    seat: Mapped[str] = mapped_column(String(20), default="")
    delegation: Mapped[Delegation | None] = relationship(
        back_populates="participants",
        primaryjoin="Delegation.id == foreign(Participant.delegation_id)",
    )
    organisation: Mapped[Organisation | None] = relationship()
    category: Mapped[Category] = relationship(
        primaryjoin="Category.id == foreign(Participant.category_id)"
    )
    person: Mapped[Person] = relationship(primaryjoin="Person.id == foreign(Participant.person_id)")
    group: Mapped["TourGroup | None"] = relationship(
        primaryjoin="TourGroup.id == foreign(Participant.group_id)"
    )
    __table_args__ = (
        ForeignKeyConstraint(
            ["visit_id", "delegation_id"], ["delegations.visit_id", "delegations.id"]
        ),
        ForeignKeyConstraint(["visit_id", "category_id"], ["categories.visit_id", "categories.id"]),
        ForeignKeyConstraint(["visit_id", "person_id"], ["persons.visit_id", "persons.id"]),
        ForeignKeyConstraint(["visit_id", "group_id"], ["tour_groups.visit_id", "tour_groups.id"]),
        UniqueConstraint("visit_id", "id"),
        UniqueConstraint("person_id"),
        CheckConstraint(
            "(delegation_id IS NULL) <> (organisation_id IS NULL)", name="one_sending_body"
        ),
        CheckConstraint(
            "status IN ('draft', 'submitted', 'returned', 'approved', 'cleared', 'refused',"
            " 'withdrawn')",
            name="known_status",
        ),
        Index(
            "uq_participants_head",
            "delegation_id",
            unique=True,
            sqlite_where=text("function = 'head' AND status NOT IN ('withdrawn', 'refused')"),
            postgresql_where=text("function = 'head' AND status NOT IN ('withdrawn', 'refused')"),
        ),
    )


class Occupancy(Base):
    """Who sat in a slot, and until when: the history behind "replace X by Y"."""

    __tablename__ = "occupancies"
    id: Mapped[Key]
    participant_id: Mapped[str] = to("participants.id", ondelete="CASCADE")
    person_id: Mapped[str] = to("persons.id", ondelete="CASCADE")
    since: Mapped[datetime] = mapped_column(default=now)
    until: Mapped[datetime | None]
    reason: Mapped[Line]


class Consent(Base):
    """Consent as its own document: which wording, when, by whom; withdrawal is a date."""

    __tablename__ = "consents"
    id: Mapped[Key]
    person_id: Mapped[str] = to("persons.id", ondelete="CASCADE")
    kind: Mapped[str] = mapped_column(String(30), default="processing")
    edition: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(8))
    given_at: Mapped[datetime] = mapped_column(default=now)
    given_by: Mapped[Line]
    withdrawn_at: Mapped[datetime | None]
    __table_args__ = (UniqueConstraint("person_id", "kind", "edition"),)


class Decision(Base):
    """A decision on a participant. `reason` stays inside, `outward` is what the embassy reads."""

    __tablename__ = "decisions"
    id: Mapped[Key]
    participant_id: Mapped[str] = to("participants.id", ondelete="CASCADE")
    person_id: Mapped[str] = to("persons.id", ondelete="CASCADE")
    action: Mapped[str] = mapped_column(String(20))  # approve return refuse clear withdraw …
    status_before: Mapped[str] = mapped_column(String(20))
    status_after: Mapped[str] = mapped_column(String(20))
    outward: Mapped[str] = mapped_column(String(1000), default="")
    reason: Mapped[str] = mapped_column(String(2000), default="")
    account_id: Mapped[str | None] = to("accounts.id", ondelete="SET NULL")
    at: Mapped[datetime] = mapped_column(default=now)
