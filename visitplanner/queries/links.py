"""Whom a link is for, in words, and the address we have of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from visitplanner.domain import grammar
from visitplanner.domain.names import NameOrder, PersonName, full_name
from visitplanner.domain.states import StateRow, state
from visitplanner.models import (
    AccessLink,
    Delegation,
    MailMessage,
    Mission,
    Organisation,
    Participant,
    Person,
    Visit,
)
from visitplanner.queries.states import shown_row


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose link it is: a name in several languages, and where a new link would be sent."""

    visit: Visit
    name: dict[str, str]
    flag: str
    email: str


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A delegation's link as staff see it. `mailed`: "" (told), waiting, sent, written, failed."""

    id: str
    delegation_id: str
    issued_at: datetime
    opened_at: datetime | None
    expires_at: datetime
    revoked: bool
    recipient: str
    mailed: str


def link_lines(
    session: Session,
    visit_id: str,
    delegation_id: str | None = None,
    *,
    organisation_id: str | None = None,
) -> list[LinkLine]:
    """Links of a visit's delegations, of one, or of an organisation; newest first, all states."""
    purpose = "organisation" if organisation_id else "delegation"
    query = (
        select(AccessLink, MailMessage)
        .outerjoin(MailMessage, MailMessage.id == AccessLink.mail_id)
        .where(AccessLink.visit_id == visit_id, AccessLink.purpose == purpose)
        .order_by(AccessLink.created_at.desc(), AccessLink.id)
    )
    if delegation_id is not None:
        query = query.where(AccessLink.delegation_id == delegation_id)
    if organisation_id is not None:
        query = query.where(AccessLink.organisation_id == organisation_id)
    return [_link_line(link, letter) for link, letter in session.execute(query)]


def latest_links(session: Session, visit_id: str) -> dict[str, LinkLine]:
    """The newest live link of each delegation."""
    found: dict[str, LinkLine] = {}
    for line in link_lines(session, visit_id):
        if not line.revoked:
            found.setdefault(line.delegation_id, line)
    return found


def _link_line(link: AccessLink, letter: MailMessage | None) -> LinkLine:
    return LinkLine(
        id=link.id,
        delegation_id=link.delegation_id or "",
        issued_at=link.created_at,
        opened_at=link.first_used_at,
        expires_at=link.expires_at,
        revoked=link.revoked_at is not None,
        recipient=letter.recipient if letter else "",
        mailed=letter.state if letter else "",
    )


def subject_of_link(session: Session, link: AccessLink) -> Subject | None:
    """Whom the link is for; None when that has been deleted since."""
    visit = session.get(Visit, link.visit_id) if link.visit_id else None
    if visit is None:
        return None
    if link.purpose == "delegation":
        return _delegation(session, visit, link.delegation_id)
    if link.purpose == "delegate":
        return _delegate(session, visit, link.participant_id)
    return _organisation(session, visit, link.organisation_id)


def mission_name(mission: Mission, shown: StateRow | None = None) -> dict[str, str]:
    """The mission's name per language: its own, else made by grammar, else the state's alone.

    `shown` is the State as the visit words it; ours without it.
    """
    row = shown or state(mission.state_key)
    made = {
        language: grammar.mission_name(mission.kind, row, language, formal=False)
        for language in ("en", "ru", "fr")
    }
    return (
        dict(row.short) | made | {language: name for language, name in mission.name.items() if name}
    )


def person_name(person: Person) -> dict[str, str]:
    """A person's name in Latin letters, and in Russian where it is known."""
    latin = full_name(
        PersonName(person.family_name, person.given_name, order=NameOrder(person.name_order))
    )
    known = {"en": latin or person.native_name, "ru": person.russian_name}
    return {language: name for language, name in known.items() if name}


def _delegation(session: Session, visit: Visit, key: str | None) -> Subject | None:
    found = session.scalar(
        select(Delegation)
        .where(Delegation.id == key)
        .options(joinedload(Delegation.mission).joinedload(Mission.state))
    )
    if found is None:
        return None
    emails = [found.focal_email, *found.mission.emails]
    email = next((one for one in emails if one), "")
    shown = shown_row(session, visit.id, found.mission.state_key)
    return Subject(visit, mission_name(found.mission, shown), shown.flag, email)


def _delegate(session: Session, visit: Visit, key: str | None) -> Subject | None:
    found = session.scalar(
        select(Participant).where(Participant.id == key).options(joinedload(Participant.person))
    )
    if found is None:
        return None
    return Subject(visit, person_name(found.person), "", found.person.email)


def _organisation(session: Session, visit: Visit, key: str | None) -> Subject | None:
    found = session.get(Organisation, key) if key else None
    if found is None:
        return None
    return Subject(visit, dict(found.name), "", organisation_address(session, visit.id, found.id))


def organisation_address(session: Session, visit_id: str, organisation_id: str) -> str:
    """Where the organisation's link was mailed last; empty when it never was."""
    written = link_lines(session, visit_id, organisation_id=organisation_id)
    return next((line.recipient for line in written if line.recipient), "")
