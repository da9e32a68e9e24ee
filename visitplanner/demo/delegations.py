"""The missions, their invitations, delegations and people, read from the two data files."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitplanner.demo.persons import HEAD_RANKS, make_person
from visitplanner.demo.visit import Setting
from visitplanner.domain.links import expiry
from visitplanner.models import (
    AccessLink,
    Delegation,
    HeadOfMission,
    Invitation,
    Mission,
    Occupancy,
    Participant,
)
from visitplanner.services.instance import Instance
from visitplanner.services.vault import new_token, token_hash

ZONE = ZoneInfo("Europe/Moscow")
CHANGED_MIND = "Приняли приглашение, накануне отказались. Accepted, took it back the day before."


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person of the data file; `marks` hold a status and needs."""

    given: str
    family: str
    order: str
    native: str
    native_language: str
    russian: str
    rank: str
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class DelegationLine:
    """A delegation of the data file and its people in the embassy's order."""

    code: str
    state: str
    kind: str
    languages: list[str]
    head_class: str
    took_up: str
    people: tuple[PersonLine, ...]


def read_delegations() -> list[DelegationLine]:
    """The 53 delegations that come, with their 118 people."""
    found: list[tuple[list[str], list[PersonLine]]] = []
    for line in _lines("delegations.txt"):
        cells = [cell.strip() for cell in line.lstrip("+").split("|")]
        if not line.startswith("+"):
            found.append((cells, []))
            continue
        given, family, order, native, tongue, russian, rank, marks = cells
        person = PersonLine(
            given, family, order, native, tongue, russian, rank, frozenset(marks.split())
        )
        found[-1][1].append(person)
    return [
        DelegationLine(
            head[0],
            head[1],
            head[2],
            head[3].split(),
            head[4],
            head[5] if len(head) > 5 else "",
            tuple(people),
        )
        for head, people in found
    ]


def _lines(name: str) -> list[str]:
    text = files("visitplanner.demo").joinpath("data", name).read_text("utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def make_delegations(instance: Instance, session: Session, setting: Setting) -> None:
    """Write the 90 missions with their invitations and the 53 delegations with their people."""
    number = 0
    for line in read_delegations():
        number += 1
        mission = _mission(session, line.code, line.state, line.kind, line.languages)
        invitation = _invitation(session, setting, mission, number, "accepted")
        _head(session, mission, line)
        delegation = _delegation(session, setting, mission, invitation, line)
        for position, person in enumerate(line.people, start=1):
            _participant(instance, session, setting, delegation, position, person, line)
    for text in _lines("other_missions.txt"):
        number += 1
        code, state, languages, reply = (cell.strip() for cell in text.split("|"))
        mission = _mission(session, code, state, "embassy", languages.split())
        stated = "accepted" if reply == "withdrew" else reply
        invitation = _invitation(session, setting, mission, number, stated)
        if reply == "withdrew":
            away = {"withdrawn_at": setting.at(9) - timedelta(days=1), "note": CHANGED_MIND}
            _open(session, setting, mission, invitation, **away)
        elif reply == "none":
            _open(session, setting, mission, invitation)
    session.flush()
    _links(session, setting)


def _links(session: Session, setting: Setting) -> None:
    """The links that went out with the notes: opened where people are on the list."""
    given = setting.at(12) - timedelta(days=28)
    coming = select(Delegation).where(
        Delegation.visit_id == setting.visit.id, Delegation.withdrawn_at.is_(None)
    )
    for number, row in enumerate(session.scalars(coming.order_by(Delegation.code))):
        opened = given + timedelta(days=1 + number % 9, hours=number % 5) if row.taken else None
        session.add(
            AccessLink(
                purpose="delegation",
                token_hash=token_hash(new_token()),
                visit_id=row.visit_id,
                delegation_id=row.id,
                label=row.code,
                created_at=given,
                expires_at=expiry(setting.visit.ends_at, given),
                first_used_at=opened,
                uses=1 if opened else 0,
            )
        )
    session.flush()


def _mission(session: Session, code: str, state: str, kind: str, languages: list[str]) -> Mission:
    row = Mission(
        code=code,
        state_key=state,
        kind=kind,
        languages=languages,
        emails=[f"protocol@{code.lower()}.example"],
        phones=["+7 495 000-00-00"],
        address="",
    )
    session.add(row)
    session.flush()
    return row


def _invitation(
    session: Session, setting: Setting, mission: Mission, number: int, reply: str
) -> Invitation:
    visit = setting.visit
    answered = reply != "none"
    row = Invitation(
        visit_id=visit.id,
        mission_id=mission.id,
        note_number=f"{4100 + number}/дгп",
        note_date=visit.day - timedelta(days=28),
        channel="note",
        quota=4,
        reply_by=visit.reply_by,
        sent_at=setting.at(12) - timedelta(days=28),
        reply=reply,
        reply_number=f"{200 + number * 7 % 800}" if answered else "",
        reply_date=visit.day - timedelta(days=12 - number % 7) if answered else None,
    )
    session.add(row)
    session.flush()
    return row


def _head(session: Session, mission: Mission, line: DelegationLine) -> None:
    if not line.head_class:
        return
    person = line.people[0]
    took_up = datetime.fromisoformat(line.took_up).replace(tzinfo=ZONE)
    full = " ".join(part for part in (person.given, person.family) if part)
    session.add(
        HeadOfMission(
            mission_id=mission.id,
            name={"en": full, "ru": person.russian},
            rank_class=line.head_class,
            took_up_at=took_up,
            arrived_at=took_up - timedelta(days=21),
            source="notice" if line.head_class == "charge_ai" else "credentials",
        )
    )


def _delegation(
    session: Session,
    setting: Setting,
    mission: Mission,
    invitation: Invitation,
    line: DelegationLine,
) -> Delegation:
    drafts = any("draft" in person.marks for person in line.people)
    row = Delegation(
        visit_id=setting.visit.id,
        mission_id=mission.id,
        invitation_id=invitation.id,
        code=line.code,
        quota=4,
        taken=len(line.people),
        focal_name=f"Focal point {line.code}",
        focal_email=f"protocol@{line.code.lower()}.example",
        submitted_at=None if drafts else setting.at(15) - timedelta(days=6),
    )
    session.add(row)
    session.flush()
    return row


def _open(
    session: Session, setting: Setting, mission: Mission, invitation: Invitation, **more: Any
) -> None:
    """A mission whose list is open without anybody on it: not answered yet, or withdrawn."""
    session.add(
        Delegation(
            visit_id=setting.visit.id,
            mission_id=mission.id,
            invitation_id=invitation.id,
            code=mission.code,
            quota=4,
            focal_email=mission.emails[0],
            **more,
        )
    )


def _participant(
    instance: Instance,
    session: Session,
    setting: Setting,
    delegation: Delegation,
    position: int,
    line: PersonLine,
    of: DelegationLine,
) -> None:
    statuses = line.marks & {"draft", "submitted", "returned"}
    status = next(iter(statuses), "approved")
    person = make_person(
        instance, session, setting, f"{of.code}-{position}", line, status, of.languages
    )
    is_head = position == 1
    category = "head" if line.rank in HEAD_RANKS else "delegate"
    row = Participant(
        visit_id=setting.visit.id,
        delegation_id=delegation.id,
        category_id=setting.categories[category].id,
        person_id=person.id,
        function="head" if is_head else "member",
        position=position,
        status=status,
        submitted_at=None if status == "draft" else setting.at(15) - timedelta(days=6),
        decided_at=setting.at(11) - timedelta(days=3) if status == "approved" else None,
        return_note=RETURNED.get(f"{of.code}-{position}", "") if status == "returned" else "",
    )
    session.add(row)
    session.flush()
    session.add(
        Occupancy(
            participant_id=row.id,
            person_id=person.id,
            since=setting.at(15) - timedelta(days=8),
            reason="",
        )
    )


RETURNED = {
    "VNM-TRD-2": "Пришлите фотографию анфас. Please send a photograph, full face.",
    "NGA-EMB-2": "Укажите должность. Please state the position held.",
    "BFA-EMB-2": "В фамилии стоит дробь: как писать на бейдже? "
    "The surname holds a slash: how should the badge read?",
}
