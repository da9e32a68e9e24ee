"""A delegate's own day: group with route and escort, agenda lines, the live badge."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from visitplanner.domain.agenda import Audience
from visitplanner.domain.agenda_views import GuestLine, guests_view
from visitplanner.models import (
    Badge,
    Delegation,
    GroupVisit,
    Mission,
    Participant,
    Stop,
    TourGroup,
    TourRules,
    TourStaff,
)
from visitplanner.queries.day import agenda_rows, as_item


@dataclass(frozen=True, slots=True)
class Leg:
    """A stop of the group's route with its times."""

    id: str
    name: dict[str, str]
    summary: dict[str, str]
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Companion:
    """Who goes with the group: role escort or interpreter."""

    role: str
    russian: str
    latin: str
    phone: str
    language: str


@dataclass(frozen=True, slots=True)
class Group:
    """The delegate's tour group."""

    letter: str
    meeting_point: dict[str, str]
    languages: tuple[str, ...]
    route: tuple[Leg, ...]
    companions: tuple[Companion, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the agenda with the room's and the speakers' names."""

    line: GuestLine
    room: dict[str, str]
    speakers: tuple[dict[str, str], ...]


def delegate(session: Session, visit_id: str, key: str | None) -> Participant | None:
    """The participant with person, category and mission."""
    return session.scalar(
        select(Participant)
        .options(
            joinedload(Participant.person),
            joinedload(Participant.category),
            joinedload(Participant.organisation),
            joinedload(Participant.delegation)
            .joinedload(Delegation.mission)
            .joinedload(Mission.state),
        )
        .where(Participant.id == (key or ""), Participant.visit_id == visit_id)
    )


def badge_of(session: Session, participant_id: str) -> Badge | None:
    """The badge that is valid now, if one is issued."""
    return session.scalar(
        select(Badge).where(Badge.participant_id == participant_id, Badge.revoked_at.is_(None))
    )


def group_of(session: Session, visit_id: str, group_id: str | None) -> Group | None:
    """The group with its route in time and who leads it."""
    if not group_id:
        return None
    row = session.scalar(
        select(TourGroup)
        .where(TourGroup.id == group_id, TourGroup.visit_id == visit_id)
        .options(
            selectinload(TourGroup.visits).joinedload(GroupVisit.stop),
            selectinload(TourGroup.staff)
            .joinedload(TourStaff.participant)
            .joinedload(Participant.person),
        )
    )
    if row is None:
        return None
    rules = session.get(TourRules, visit_id)
    start = rules.starts_at if rules else None
    return Group(
        letter=row.letter,
        meeting_point=row.meeting_point,
        languages=tuple(row.languages),
        route=tuple(_leg(visit, start) for visit in row.visits) if start else (),
        companions=tuple(_companion(one) for one in row.staff),
    )


def _leg(visit: GroupVisit, start: datetime) -> Leg:
    stop: Stop = visit.stop
    return Leg(
        id=visit.id,
        name=stop.name,
        summary=stop.summary,
        starts_at=start + timedelta(minutes=visit.starts_minute),
        ends_at=start + timedelta(minutes=visit.ends_minute),
    )


def _companion(row: TourStaff) -> Companion:
    person = row.participant.person
    latin = f"{person.given_name} {person.family_name}".strip()
    return Companion(row.role, person.russian_name, latin, person.phone, row.language)


def agenda(session: Session, visit_id: str, *, head: bool, press: bool = False) -> list[Line]:
    """The agenda of guests in time; lines for heads (or the press) only for them."""
    rows = agenda_rows(session, visit_id)
    rooms = {row.id: row.room.name if row.room else {} for row in rows}
    names = {
        row.id: tuple(talk.speaker.name for talk in row.talks if not talk.speaker.absent)
        for row in rows
    }
    audiences: list[Audience] = ["guests"]
    audiences += ["heads"] if head else []
    audiences += ["press"] if press else []
    view = guests_view((as_item(row) for row in rows), audiences)
    return [Line(line, rooms[line.id], names[line.id]) for line in view]
