"""Sites, stops, walking times, tour groups with their staff, group visits, plans."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from visitplanner.models.base import Base, Key, Line, Texts, Timed, Versioned, to
from visitplanner.models.delegations import Participant
from visitplanner.models.visits import Organisation


class Site(Timed, Versioned, Base):
    """A place that is toured: a building or a campus, with the stops in it."""

    __tablename__ = "sites"
    id: Mapped[Key]
    visit_id: Mapped[str] = to("visits.id", ondelete="CASCADE")
    name: Mapped[Texts]
    address: Mapped[Texts] = mapped_column(default=dict)
    position: Mapped[int] = mapped_column(default=0)
    stops: Mapped[list["Stop"]] = relationship(
        back_populates="site",
        order_by="Stop.position",
        primaryjoin="Site.id == foreign(Stop.site_id)",
    )
    __table_args__ = (UniqueConstraint("visit_id", "id"),)


NEVER_OPEN = [[0, 1]]
"""The windows of a closed stop: a minute in which nobody can be there."""


class Stop(Timed, Versioned, Base):
    """A stop of the tour (or the hall, `is_hall`, where groups start and end). Times in minutes.

    `windows` are [from, to] minutes after the tour starts; empty means always open, `NEVER_OPEN`
    that it is closed.
    """

    __tablename__ = "stops"
    id: Mapped[Key]
    visit_id: Mapped[str] = to("visits.id", ondelete="CASCADE")
    site_id: Mapped[str] = mapped_column(index=True)
    organisation_id: Mapped[str | None] = to("organisations.id", ondelete="SET NULL")
    code: Mapped[str] = mapped_column(String(30))
    name: Mapped[Texts]
    summary: Mapped[Texts] = mapped_column(default=dict)
    is_hall: Mapped[bool] = mapped_column(default=False)
    minutes: Mapped[int] = mapped_column(default=10)
    reset_minutes: Mapped[int] = mapped_column(default=0)
    groups_at_once: Mapped[int] = mapped_column(default=1)
    people: Mapped[int] = mapped_column(default=15)
    step_free: Mapped[bool] = mapped_column(default=True)
    windows: Mapped[list[Any]] = mapped_column(default=list)
    barred_states: Mapped[list[str]] = mapped_column(default=list)
    presenter: Mapped[Line]
    position: Mapped[int] = mapped_column(default=0)
    site: Mapped[Site] = relationship(
        back_populates="stops", primaryjoin="Site.id == foreign(Stop.site_id)"
    )

    @property
    def closed(self) -> bool:
        """Whether no group may be sent there."""
        return self.windows == NEVER_OPEN

    @closed.setter
    def closed(self, closed: bool) -> None:
        if closed != self.closed:
            self.windows = [list(window) for window in NEVER_OPEN] if closed else []

    organisation: Mapped[Organisation | None] = relationship()
    __table_args__ = (
        ForeignKeyConstraint(
            ["visit_id", "site_id"], ["sites.visit_id", "sites.id"], ondelete="CASCADE"
        ),
        UniqueConstraint("visit_id", "code"),
        UniqueConstraint("visit_id", "id"),
        CheckConstraint("minutes > 0", name="minutes_positive"),
        CheckConstraint("people > 0", name="people_positive"),
        CheckConstraint("groups_at_once > 0", name="groups_positive"),
    )


class WalkingTime(Base):
    """Minutes on foot between two stops (the hall is a stop), in one direction."""

    __tablename__ = "walking_times"
    id: Mapped[Key]
    visit_id: Mapped[str] = to("visits.id", ondelete="CASCADE")
    from_id: Mapped[str] = to("stops.id", ondelete="CASCADE")
    to_id: Mapped[str] = to("stops.id", ondelete="CASCADE")
    minutes: Mapped[int]
    __table_args__ = (
        UniqueConstraint("from_id", "to_id"),
        CheckConstraint("minutes >= 0", name="minutes_not_negative"),
    )


class TourGroup(Timed, Versioned, Base):
    """A tour group: letter, colour, working languages, the most people it may hold."""

    __tablename__ = "tour_groups"
    id: Mapped[Key]
    visit_id: Mapped[str] = to("visits.id", ondelete="CASCADE")
    letter: Mapped[str] = mapped_column(String(2))
    colour: Mapped[str] = mapped_column(String(20), default="")
    languages: Mapped[list[str]] = mapped_column(default=list)
    people: Mapped[int] = mapped_column(default=15)
    taken: Mapped[int] = mapped_column(default=0)
    meeting_point: Mapped[Texts] = mapped_column(default=dict)
    staff: Mapped[list["TourStaff"]] = relationship(
        back_populates="group",
        cascade="all, delete-orphan",
        order_by="TourStaff.role",
        primaryjoin="TourGroup.id == foreign(TourStaff.group_id)",
    )
    visits: Mapped[list["GroupVisit"]] = relationship(
        back_populates="group",
        cascade="all, delete-orphan",
        order_by="GroupVisit.starts_minute",
        primaryjoin="TourGroup.id == foreign(GroupVisit.group_id)",
    )
    __table_args__ = (
        UniqueConstraint("visit_id", "letter"),
        UniqueConstraint("visit_id", "id"),
        CheckConstraint("people > 0", name="people_positive"),
        CheckConstraint("taken >= 0 AND taken <= people", name="within_people"),
    )


class TourStaff(Base):
    """An escort or interpreter of a group; nobody serves two groups of one visit."""

    __tablename__ = "tour_staff"
    id: Mapped[Key]
    visit_id: Mapped[str] = mapped_column(index=True)
    group_id: Mapped[str] = mapped_column(index=True)
    participant_id: Mapped[str] = mapped_column(index=True)
    role: Mapped[str] = mapped_column(String(20))  # escort interpreter
    language: Mapped[str] = mapped_column(String(8), default="")
    group: Mapped[TourGroup] = relationship(
        back_populates="staff", primaryjoin="TourGroup.id == foreign(TourStaff.group_id)"
    )
    participant: Mapped[Participant] = relationship(
        primaryjoin="Participant.id == foreign(TourStaff.participant_id)"
    )
    __table_args__ = (
        ForeignKeyConstraint(
            ["visit_id", "group_id"],
            ["tour_groups.visit_id", "tour_groups.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["visit_id", "participant_id"], ["participants.visit_id", "participants.id"]
        ),
        UniqueConstraint("visit_id", "participant_id"),
        CheckConstraint("role IN ('escort', 'interpreter')", name="known_role"),
    )


class GroupVisit(Versioned, Base):
    """A group at a stop. Minutes after the tour starts; `sequence` from 1 along the route."""

    __tablename__ = "group_visits"
    id: Mapped[Key]
    visit_id: Mapped[str] = mapped_column(index=True)
    group_id: Mapped[str] = mapped_column(index=True)
    stop_id: Mapped[str] = mapped_column(index=True)
    starts_minute: Mapped[int]
    ends_minute: Mapped[int]
    sequence: Mapped[int]
    group: Mapped[TourGroup] = relationship(
        back_populates="visits", primaryjoin="TourGroup.id == foreign(GroupVisit.group_id)"
    )
    stop: Mapped[Stop] = relationship(primaryjoin="Stop.id == foreign(GroupVisit.stop_id)")
    __table_args__ = (
        ForeignKeyConstraint(
            ["visit_id", "group_id"],
            ["tour_groups.visit_id", "tour_groups.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(["visit_id", "stop_id"], ["stops.visit_id", "stops.id"]),
        UniqueConstraint("group_id", "stop_id"),
        CheckConstraint("ends_minute > starts_minute", name="ends_after_start"),
        CheckConstraint("starts_minute >= 0", name="start_not_negative"),
    )


class TourPlan(Timed, Base):
    """An edition of the tour plan: the problem and the answer in the public file format."""

    __tablename__ = "tour_plans"
    id: Mapped[Key]
    visit_id: Mapped[str] = to("visits.id", ondelete="CASCADE")
    edition: Mapped[int]
    status: Mapped[str] = mapped_column(String(20))
    problem: Mapped[dict[str, Any]]
    plan: Mapped[dict[str, Any]]
    applied_at: Mapped[datetime | None]
    __table_args__ = (UniqueConstraint("visit_id", "edition"),)


class TourRules(Versioned, Base):
    """How this visit's tour is planned: the `rules` of the problem file, and when it starts."""

    __tablename__ = "tour_rules"
    visit_id: Mapped[str] = to("visits.id", ondelete="CASCADE", primary_key=True)
    starts_at: Mapped[datetime]
    horizon: Mapped[int]  # minutes
    group_people_min: Mapped[int] = mapped_column(default=6)
    group_people_max: Mapped[int] = mapped_column(default=15)
    stops_min: Mapped[int] = mapped_column(default=4)
    stops_max: Mapped[int] = mapped_column(default=4)
    languages_per_group: Mapped[int] = mapped_column(default=2)
    host_languages: Mapped[list[str]] = mapped_column(default=lambda: ["ru"])
    apart: Mapped[list[Any]] = mapped_column(default=list)  # pairs of delegation codes
    __table_args__ = (CheckConstraint("horizon > 0", name="horizon_positive"),)
