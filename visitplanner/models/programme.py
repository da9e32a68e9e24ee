"""Rooms, agenda items, speakers and their talks."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from visitplanner.models.base import Base, Key, Line, Texts, Timed, Versioned, to
from visitplanner.models.visits import Organisation


class Room(Versioned, Base):
    """A room of the venue; `people` is its capacity."""

    __tablename__ = "rooms"
    id: Mapped[Key]
    visit_id: Mapped[str] = to("visits.id", ondelete="CASCADE")
    name: Mapped[Texts]
    people: Mapped[int | None]
    position: Mapped[int] = mapped_column(default=0)
    __table_args__ = (
        UniqueConstraint("visit_id", "id"),
        CheckConstraint("people IS NULL OR people > 0", name="people_positive"),
    )


class AgendaItem(Timed, Versioned, Base):
    """One line of the day. `minutes` is the spoken length; consecutive interpretation doubles it.

    `audience`: guests, heads, press, staff — `staff` items stand in the running order only.
    `interpretation`: none, consecutive, simultaneous, whispered.
    """

    __tablename__ = "agenda_items"
    id: Mapped[Key]
    visit_id: Mapped[str] = to("visits.id", ondelete="CASCADE")
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[Texts]
    summary: Mapped[Texts] = mapped_column(default=dict)
    room_id: Mapped[str | None] = mapped_column(index=True)
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    interpretation: Mapped[str] = mapped_column(String(20), default="none")
    languages: Mapped[list[str]] = mapped_column(default=list)
    audience: Mapped[str] = mapped_column(String(20), default="guests")
    responsible: Mapped[Line]
    phone: Mapped[str] = mapped_column(String(40), default="")
    cue: Mapped[str] = mapped_column(String(1000), default="")  # light, sound, screen
    remarks: Mapped[str] = mapped_column(String(1000), default="")
    plan_b: Mapped[str] = mapped_column(String(1000), default="")
    room: Mapped[Room | None] = relationship(primaryjoin="Room.id == foreign(AgendaItem.room_id)")
    talks: Mapped[list["Talk"]] = relationship(
        back_populates="item",
        order_by="Talk.position",
        cascade="all, delete-orphan",
        primaryjoin="AgendaItem.id == foreign(Talk.item_id)",
    )
    __table_args__ = (
        ForeignKeyConstraint(["visit_id", "room_id"], ["rooms.visit_id", "rooms.id"]),
        UniqueConstraint("visit_id", "id"),
        CheckConstraint("minutes >= 0", name="minutes_not_negative"),
    )


class Speaker(Timed, Versioned, Base):
    """Somebody who speaks: name and position in several languages, a photo, an organisation."""

    __tablename__ = "speakers"
    id: Mapped[Key]
    visit_id: Mapped[str] = to("visits.id", ondelete="CASCADE")
    organisation_id: Mapped[str | None] = to("organisations.id", ondelete="SET NULL")
    name: Mapped[Texts]
    honorific: Mapped[str] = mapped_column(String(40), default="")
    position_held: Mapped[Texts] = mapped_column(default=dict)
    about: Mapped[Texts] = mapped_column(default=dict)
    language: Mapped[str] = mapped_column(String(8), default="")
    email: Mapped[Line]
    phone: Mapped[str] = mapped_column(String(40), default="")
    photo_id: Mapped[str | None] = to("files.id", ondelete="SET NULL")
    absent: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    organisation: Mapped[Organisation | None] = relationship()
    talks: Mapped[list["Talk"]] = relationship(
        back_populates="speaker", primaryjoin="Speaker.id == foreign(Talk.speaker_id)"
    )
    __table_args__ = (UniqueConstraint("visit_id", "id"),)


class Talk(Versioned, Base):
    """A speaker's talk within an agenda item; `position` is the order of speaking."""

    __tablename__ = "talks"
    id: Mapped[Key]
    visit_id: Mapped[str] = mapped_column(index=True)
    item_id: Mapped[str] = mapped_column(index=True)
    speaker_id: Mapped[str] = mapped_column(index=True)
    title: Mapped[Texts] = mapped_column(default=dict)
    language: Mapped[str] = mapped_column(String(8), default="")
    minutes: Mapped[int | None]
    position: Mapped[int] = mapped_column(default=1)
    item: Mapped[AgendaItem] = relationship(
        back_populates="talks", primaryjoin="AgendaItem.id == foreign(Talk.item_id)"
    )
    speaker: Mapped[Speaker] = relationship(
        back_populates="talks", primaryjoin="Speaker.id == foreign(Talk.speaker_id)"
    )
    __table_args__ = (
        ForeignKeyConstraint(
            ["visit_id", "item_id"],
            ["agenda_items.visit_id", "agenda_items.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(["visit_id", "speaker_id"], ["speakers.visit_id", "speakers.id"]),
        UniqueConstraint("item_id", "speaker_id"),
    )
