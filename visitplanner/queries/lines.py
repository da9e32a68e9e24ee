"""A participant as a line of any list: name, sender, category, standing, in one language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitplanner.domain.accreditation import Standing, Status, inward_word
from visitplanner.models import Badge, Participant
from visitplanner.queries.names import StateLabel, shown_name, state_labels


@dataclass(frozen=True, slots=True)
class PersonLine:
    """What a list shows of a participant. `state` is None for people of an organisation."""

    id: str
    name: str
    native_name: str
    ribbon: str
    category: dict[str, str]
    function: str
    rank_code: str
    position_ru: str
    position_en: str
    status: str
    standing: str
    state: StateLabel | None
    delegation_code: str
    mission_kind: str
    organisation: dict[str, str]
    organisation_id: str
    group: str
    badge: str
    photo_id: str | None
    submitted_at: datetime | None
    version: int


def person_lines(
    session: Session, visit_id: str, rows: Iterable[Participant], language: str
) -> list[PersonLine]:
    """Lines for participants loaded with person, category, group, organisation, mission."""
    rows = list(rows)
    keys = {row.delegation.mission.state_key for row in rows if row.delegation}
    labels = state_labels(session, visit_id, language, keys) if keys else {}
    badges = _serials(session, [row.id for row in rows])
    return [_line(row, labels, badges.get(row.id, ""), language) for row in rows]


def _serials(session: Session, ids: list[str]) -> dict[str, str]:
    query = select(Badge.participant_id, Badge.serial).where(
        Badge.participant_id.in_(ids), Badge.revoked_at.is_(None)
    )
    return dict(session.execute(query).all()) if ids else {}


def _line(row: Participant, labels: dict[str, StateLabel], badge: str, language: str) -> PersonLine:
    delegation, person = row.delegation, row.person
    stands = Standing(Status(row.status), bool(badge), row.arrived_at is not None)
    return PersonLine(
        id=row.id,
        name=shown_name(person, language),
        native_name=person.native_name,
        ribbon=row.category.ribbon,
        category=row.category.word,
        function=row.function,
        rank_code=person.rank_code,
        position_ru=person.position_ru,
        position_en=person.position_en,
        status=row.status,
        standing=inward_word(stands),
        state=labels[delegation.mission.state_key] if delegation else None,
        delegation_code=delegation.code if delegation else "",
        mission_kind=delegation.mission.kind if delegation else "",
        organisation=row.organisation.name if row.organisation else {},
        organisation_id=row.organisation_id or "",
        group=row.group.letter if row.group else "",
        badge=badge,
        photo_id=person.photo_id,
        submitted_at=row.submitted_at,
        version=row.version,
    )
