"""States, missions and their heads, invitations."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from visitplanner.models.base import Base, Code, Key, Line, Texts, Timed, Versioned, to
from visitplanner.models.visits import Visit


class State(Base):
    """A state, observer, other entity or organisation: the shipped table, with our own key.

    `names` holds language → {short, formal, sort, genitive, genitive_formal}; `recognised` is the
    host's view, a technical default that says nothing about status.
    """

    __tablename__ = "states"
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    iso2: Mapped[str] = mapped_column(String(2), default="")
    iso3: Mapped[str] = mapped_column(String(3), default="")
    flag: Mapped[str] = mapped_column(String(20), default="")
    recognised: Mapped[bool] = mapped_column(default=True)
    names: Mapped[dict[str, Any]]
    edition: Mapped[str] = mapped_column(String(20), default="")


class StateOverride(Base):
    """One visit's own wording, flag or recognition of a state."""

    __tablename__ = "state_overrides"
    id: Mapped[Key]
    visit_id: Mapped[str] = to("visits.id", ondelete="CASCADE")
    state_key: Mapped[str] = to("states.key")
    names: Mapped[dict[str, Any]] = mapped_column(default=dict)
    flag: Mapped[str | None] = mapped_column(String(20))
    recognised: Mapped[bool | None]
    reason: Mapped[Line]
    __table_args__ = (UniqueConstraint("visit_id", "state_key"),)


class Mission(Timed, Versioned, Base):
    """A representation: embassy, trade mission, office of an organisation. Not the state itself."""

    __tablename__ = "missions"
    id: Mapped[Key]
    code: Mapped[Code] = mapped_column(unique=True)
    state_key: Mapped[str] = to("states.key")
    kind: Mapped[str] = mapped_column(String(30), default="embassy")
    name: Mapped[Texts] = mapped_column(default=dict)  # only where grammar can't make it
    emails: Mapped[list[str]] = mapped_column(default=list)
    phones: Mapped[list[str]] = mapped_column(default=list)
    address: Mapped[Line]
    plate_code: Mapped[str] = mapped_column(String(10), default="")
    languages: Mapped[list[str]] = mapped_column(default=list)
    state: Mapped[State] = relationship()
    heads: Mapped[list["HeadOfMission"]] = relationship(back_populates="mission")


class HeadOfMission(Timed, Base):
    """A head of mission and when functions were taken up (Vienna Convention 1961, articles 13–16).

    `rank_class`: ambassador, envoy, charge, charge_ai. `source`: credentials, true_copy, notice.
    """

    __tablename__ = "heads_of_mission"
    id: Mapped[Key]
    mission_id: Mapped[str] = to("missions.id", ondelete="CASCADE")
    name: Mapped[Texts]
    rank_class: Mapped[str] = mapped_column(String(20))
    took_up_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime | None]
    source: Mapped[str] = mapped_column(String(20), default="credentials")
    is_nuncio: Mapped[bool] = mapped_column(default=False)
    is_dean: Mapped[bool] = mapped_column(default=False)
    ended_at: Mapped[datetime | None]
    mission: Mapped[Mission] = relationship(back_populates="heads")
    __table_args__ = (
        Index(
            "uq_heads_of_mission_current",
            "mission_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )


class Invitation(Timed, Versioned, Base):
    """The line of a mission in the ledger of notes verbales.

    `reply`: none, accepted, tentative, declined. `channel`: note, letter, email, phone.
    """

    __tablename__ = "invitations"
    id: Mapped[Key]
    visit_id: Mapped[str] = to("visits.id", ondelete="CASCADE")
    mission_id: Mapped[str] = to("missions.id")
    note_number: Mapped[str] = mapped_column(String(60), default="")
    note_date: Mapped[date | None]
    channel: Mapped[str] = mapped_column(String(20), default="note")
    quota: Mapped[int]
    reply_by: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    reply: Mapped[str] = mapped_column(String(20), default="none")
    reply_number: Mapped[str] = mapped_column(String(60), default="")
    reply_date: Mapped[date | None]
    remarks: Mapped[str] = mapped_column(String(2000), default="")
    visit: Mapped[Visit] = relationship()
    mission: Mapped[Mission] = relationship()
    __table_args__ = (
        UniqueConstraint("visit_id", "mission_id"),
        CheckConstraint("quota >= 0", name="quota_not_negative"),
        CheckConstraint(
            "reply IN ('none', 'accepted', 'tentative', 'declined')", name="known_reply"
        ),
    )
