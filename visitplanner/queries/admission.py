"""What the door needs to know: badges by what was read, earlier scans, who a guest is."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from visitplanner.domain import checkin
from visitplanner.domain.badges import Verdict
from visitplanner.models import (
    Badge,
    Checkpoint,
    Delegation,
    Participant,
    Person,
    Scan,
    TourGroup,
    TourStaff,
)
from visitplanner.queries.names import StateLabel, shown_name, state_labels

DOORS = frozenset({"entrance", "exit"})
"""Kinds of checkpoint through which one comes into the house or leaves it."""

PASSED = frozenset({Verdict.OK, Verdict.OK_CHECK_PHOTO, Verdict.ALREADY_IN})
"""Verdicts on a good badge. A second entry counts in the fold: as an anomaly, not an arrival."""


@dataclass(frozen=True, slots=True)
class Guest:
    """A guest as the door shows them, in one language. `texts` are kept per language."""

    participant_id: str
    name: str
    position: str
    state: StateLabel | None
    organisation: dict[str, str]
    arrived_at: datetime | None
    group: str = ""
    group_languages: tuple[str, ...] = ()
    escorts: tuple[str, ...] = ()
    step_free: bool = False
    do_not_photograph: bool = False
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class ScanRef:
    """Whom a stored scan concerns."""

    participant_id: str
    badge_number: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Badges of one visit, by the number in the code and by the serial under it."""

    by_number: dict[str, Badge] = field(default_factory=dict)
    by_serial: dict[str, Badge] = field(default_factory=dict)


def badges_read(
    session: Session, visit_id: str, numbers: Collection[str], serials: Collection[str]
) -> Found:
    """The visit's badges with these numbers or serials."""
    rows = session.scalars(
        select(Badge).where(
            Badge.visit_id == visit_id, Badge.number.in_(numbers) | Badge.serial.in_(serials)
        )
    ).all()
    return Found({row.number: row for row in rows}, {row.serial: row for row in rows})


def events_of(session: Session, participant_ids: Collection[str]) -> list[checkin.Scan]:
    """Every stored scan of these participants, as the fold reads them."""
    rows = session.execute(
        select(Scan, Checkpoint.kind)
        .outerjoin(Checkpoint, Checkpoint.id == Scan.checkpoint_id)
        .where(Scan.participant_id.in_(participant_ids))
        .execution_options(populate_existing=True)
    )
    return [as_event(scan, kind) for scan, kind in rows]


def as_event(scan: Scan, kind: str | None) -> checkin.Scan:
    """A row as the fold reads it; without a checkpoint it was noted at the desk."""
    return checkin.Scan(
        id=scan.id,
        participant=scan.participant_id or "",
        badge=scan.badge_number,
        checkpoint=scan.checkpoint_id or "",
        device=scan.device,
        scanned_at=scan.scanned_at,
        received_at=scan.received_at,
        direction="out" if scan.direction == "out" else "in",
        admitted=scan.verdict in PASSED,
        door=kind is None or kind in DOORS,
        undone=scan.undone_at is not None,
    )


def guests(
    session: Session, visit_id: str, scans: Iterable[ScanRef], language: str
) -> dict[ScanRef, Guest]:
    """Who these scans concern: the badge's holder, also where the slot has another one now."""
    wanted = [scan for scan in scans if scan.participant_id]
    if not wanted:
        return {}
    slots = _slots(session, visit_id, {scan.participant_id for scan in wanted})
    keys = {row.delegation.mission.state_key for row in slots.values() if row.delegation}
    labels = state_labels(session, visit_id, language, keys)
    holders = _holders(session, visit_id, {scan.badge_number for scan in wanted})
    live = set(
        session.scalars(
            select(Badge.participant_id).where(
                Badge.participant_id.in_(slots), Badge.revoked_at.is_(None)
            )
        )
    )
    return {
        scan: _guest(
            slots[scan.participant_id], holders.get(scan.badge_number), labels, live, language
        )
        for scan in wanted
        if scan.participant_id in slots
    }


def _slots(session: Session, visit_id: str, ids: Collection[str]) -> dict[str, Participant]:
    staff = selectinload(TourGroup.staff).joinedload(TourStaff.participant)
    rows = session.scalars(
        select(Participant)
        .where(Participant.visit_id == visit_id, Participant.id.in_(ids))
        .options(
            joinedload(Participant.person),
            joinedload(Participant.organisation),
            joinedload(Participant.delegation).joinedload(Delegation.mission),
            joinedload(Participant.group).options(staff.joinedload(Participant.person)),
        )
        .execution_options(populate_existing=True)
    )
    return {row.id: row for row in rows.unique()}


def _holders(session: Session, visit_id: str, numbers: set[str]) -> dict[str, Person]:
    rows = session.execute(
        select(Badge.number, Person)
        .join(Person, Person.id == Badge.person_id)
        .where(Badge.visit_id == visit_id, Badge.number.in_(numbers - {""}))
    )
    return {row.number: row.Person for row in rows}


def _guest(
    slot: Participant,
    holder: Person | None,
    labels: dict[str, StateLabel],
    live: Collection[str],
    language: str,
) -> Guest:
    person = holder or slot.person
    own = person.id == slot.person_id
    position = person.position_ru if language == "ru" else person.position_en
    group = slot.group if own else None
    staff = [row for row in group.staff if row.role == "escort"] if group else []
    return Guest(
        participant_id=slot.id,
        name=shown_name(person, language),
        position=position or person.position_en or person.position_ru,
        state=labels.get(slot.delegation.mission.state_key) if slot.delegation else None,
        organisation=_organisation(slot),
        arrived_at=slot.arrived_at if own else None,
        group=group.letter if group else "",
        group_languages=tuple(group.languages) if group else (),
        escorts=tuple(shown_name(row.participant.person, language) for row in staff),
        step_free=person.step_free,
        do_not_photograph=person.do_not_photograph,
        replaced=slot.id in live,
    )


def _organisation(slot: Participant) -> dict[str, str]:
    body = slot.organisation
    return {} if body is None else (body.short_name or body.name)
