"""The day as rows: agenda items with rooms and talks, tour groups with routes and staff."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from visitplanner.domain.agenda import Interpretation, Item
from visitplanner.models import (
    AgendaItem,
    Delegation,
    GroupVisit,
    Participant,
    Person,
    Room,
    Speaker,
    Talk,
    TourGroup,
    TourRules,
    TourStaff,
)

GONE = ("withdrawn", "refused")


def agenda_rows(session: Session, visit_id: str) -> list[AgendaItem]:
    """Every item of the visit in time, rooms and speakers loaded."""
    return list(
        session.scalars(
            select(AgendaItem)
            .where(AgendaItem.visit_id == visit_id)
            .options(
                selectinload(AgendaItem.room),
                selectinload(AgendaItem.talks)
                .selectinload(Talk.speaker)
                .selectinload(Speaker.organisation),
            )
            .order_by(AgendaItem.starts_at, AgendaItem.id)
        )
    )


def rooms(session: Session, visit_id: str) -> list[Room]:
    """The rooms of the visit in their order."""
    return list(
        session.scalars(
            select(Room).where(Room.visit_id == visit_id).order_by(Room.position, Room.id)
        )
    )


def speakers(session: Session, visit_id: str) -> list[Speaker]:
    """The speakers in their order, with organisation and talks (items and rooms) loaded."""
    return list(
        session.scalars(
            select(Speaker)
            .where(Speaker.visit_id == visit_id)
            .options(
                selectinload(Speaker.organisation),
                selectinload(Speaker.talks).selectinload(Talk.item).selectinload(AgendaItem.room),
            )
            .order_by(Speaker.position, Speaker.id)
        )
    )


def as_item(row: AgendaItem) -> Item:
    """The row as the domain's value."""
    return Item(
        id=row.id,
        starts_at=row.starts_at,
        minutes=row.minutes,
        kind=row.kind,
        title=row.title,
        summary=row.summary,
        interpretation=Interpretation(row.interpretation),
        languages=tuple(row.languages),
        room=row.room_id or "",
        speakers=tuple(talk.speaker_id for talk in row.talks if not talk.speaker.absent),
        audience=row.audience,  # type: ignore[arg-type]
        responsible=row.responsible,
        phone=row.phone,
        cue=row.cue,
        remarks=row.remarks,
        plan_b=row.plan_b,
    )


def tour_groups(session: Session, visit_id: str) -> list[TourGroup]:
    """The groups by letter, with route, escort and interpreters loaded."""
    return list(
        session.scalars(
            select(TourGroup)
            .where(TourGroup.visit_id == visit_id)
            .options(
                selectinload(TourGroup.visits).selectinload(GroupVisit.stop),
                selectinload(TourGroup.staff)
                .selectinload(TourStaff.participant)
                .selectinload(Participant.person),
            )
            .order_by(TourGroup.letter)
        )
    )


def tour_start(session: Session, visit_id: str) -> TourRules | None:
    """When the tour starts and how it is planned; None before that is set."""
    return session.get(TourRules, visit_id)


def group_members(session: Session, visit_id: str) -> dict[str, dict[str, int]]:
    """Group id → state key → guests of it in the group."""
    rows = session.execute(
        select(Participant.group_id, Delegation.code, func.count(Participant.id))
        .join(Delegation, Delegation.id == Participant.delegation_id)
        .where(
            Participant.visit_id == visit_id,
            Participant.group_id.is_not(None),
            Participant.status.not_in(GONE),
        )
        .group_by(Participant.group_id, Delegation.code)
        .order_by(Delegation.code)
    )
    found: dict[str, dict[str, int]] = {}
    for group_id, code, count in rows:
        found.setdefault(str(group_id), {})[code] = count
    return found


def step_free_guests(session: Session, visit_id: str) -> dict[str, int]:
    """Group id → guests in it who cannot take stairs."""
    rows = session.execute(
        select(Participant.group_id, func.count(Participant.id))
        .join(Person, Person.id == Participant.person_id)
        .where(
            Participant.visit_id == visit_id,
            Participant.group_id.is_not(None),
            Participant.status.not_in(GONE),
            Person.step_free,
        )
        .group_by(Participant.group_id)
    )
    return {str(group_id): count for group_id, count in rows}


def tour_beside(session: Session, rules: TourRules) -> AgendaItem | None:
    """The agenda's item of the tour, if none of them begins when the tour's rules say."""
    items = session.scalars(
        select(AgendaItem)
        .where(AgendaItem.visit_id == rules.visit_id, AgendaItem.kind == "tour")
        .order_by(AgendaItem.starts_at, AgendaItem.id)
    ).all()
    if any(item.starts_at == rules.starts_at for item in items):
        return None
    return next(iter(items), None)
