"""The list behind the badges page: who may have one, who has one, whether it still holds."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from visitplanner.domain.accreditation import Status
from visitplanner.domain.collation import sort_key
from visitplanner.models import (
    Badge,
    Category,
    Delegation,
    Job,
    Mission,
    Organisation,
    Participant,
    Person,
    StoredFile,
    TourGroup,
    Visit,
)
from visitplanner.queries.names import Named, StateLabel, shown_name, state_labels
from visitplanner.queries.standing import let_in, sender_comes

GONE = ("withdrawn", "refused")


@dataclass(frozen=True, slots=True)
class BadgeLine:
    """A person on the badges page. `serial` is empty before the first issue."""

    participant_id: str
    badge_id: str
    name: str
    sender: str
    flag: str
    iso2: str
    category: dict[str, str]
    ribbon: str
    group: str
    status: str
    ready: bool
    """May be printed: approved, and cleared where the visit asks for it."""
    serial: str
    printed: bool


def badge_lines(
    session: Session, visit: Visit, language: str, *, sender: str = ""
) -> list[BadgeLine]:
    """Everybody who comes, delegations as the page's language files them, then organisations.

    `sender` narrows to a delegation's or an organisation's code.
    """
    query = (
        select(
            Participant.id,
            Participant.status,
            Person.family_name,
            Person.given_name,
            Person.name_order,
            Person.native_name,
            Person.russian_name,
            Delegation.code.label("delegation_code"),
            Organisation.short_name,
            Organisation.name.label("organisation_name"),
            Mission.state_key,
            Category.word,
            Category.ribbon,
            TourGroup.letter,
            Badge.id.label("badge_id"),
            Badge.serial,
            Badge.printed_at,
        )
        .join(Person, Person.id == Participant.person_id)
        .join(Category, Category.id == Participant.category_id)
        .outerjoin(Delegation, Delegation.id == Participant.delegation_id)
        .outerjoin(Mission, Mission.id == Delegation.mission_id)
        .outerjoin(Organisation, Organisation.id == Participant.organisation_id)
        .outerjoin(TourGroup, TourGroup.id == Participant.group_id)
        .outerjoin(
            Badge, (Badge.participant_id == Participant.id) & Badge.revoked_at.is_(None)
        )
        .where(Participant.visit_id == visit.id, Participant.status.not_in(GONE),
               sender_comes() | Badge.id.is_not(None))
        .order_by(Delegation.code.is_(None), Delegation.code, Organisation.code,
                  Participant.position, Participant.id)
    )  # fmt: skip
    if sender:
        query = query.where((Delegation.code == sender) | (Organisation.code == sender))
    allowed = let_in(visit)
    labels = state_labels(session, visit.id, language)
    rows = [(labels.get(row.state_key or ""), row) for row in session.execute(query)]
    rows.sort(key=lambda pair: (not pair[0], sort_key(pair[0].filing if pair[0] else "", language)))
    return [_line(row, state, language, allowed) for state, row in rows]


def _line(
    row: object, state: StateLabel | None, language: str, allowed: tuple[Status, ...]
) -> BadgeLine:
    organisation = row.short_name or row.organisation_name or {}  # type: ignore[attr-defined]
    named: Named = row  # type: ignore[assignment]
    return BadgeLine(
        participant_id=row.id,  # type: ignore[attr-defined]
        badge_id=row.badge_id or "",  # type: ignore[attr-defined]
        name=shown_name(named, language),
        sender=state.name if state else organisation.get(language) or organisation.get("en", ""),
        flag=state.flag if state else "",
        iso2=state.iso2 if state else "",
        category=row.word,  # type: ignore[attr-defined]
        ribbon=row.ribbon,  # type: ignore[attr-defined]
        group=row.letter or "",  # type: ignore[attr-defined]
        status=row.status,  # type: ignore[attr-defined]
        ready=row.status in allowed,  # type: ignore[attr-defined]
        serial=row.serial or "",  # type: ignore[attr-defined]
        printed=row.printed_at is not None,  # type: ignore[attr-defined]
    )  # fmt: skip


def jobs_of(session: Session, visit_id: str, most: int = 8) -> list[Job]:
    """The latest jobs of a visit that people watch (no mail)."""
    return list(
        session.scalars(
            select(Job)
            .where(Job.visit_id == visit_id, Job.kind != "mail.deliver")
            .order_by(Job.created_at.desc(), Job.id)
            .limit(most)
        )
    )


def own_jobs(session: Session, visit_id: str, account_id: str, since: datetime) -> list[Job]:
    """What this member of staff has asked for since then, newest first (no mail)."""
    return list(
        session.scalars(
            select(Job)
            .where(
                Job.visit_id == visit_id,
                Job.account_id == account_id,
                Job.kind.in_(("badges.print", "programmes.print")),
                Job.created_at > since,
            )
            .order_by(Job.created_at.desc(), Job.id)
            .limit(3)
        )
    )


def job_of(session: Session, visit_id: str, job_id: str) -> Job | None:
    """One job of the visit."""
    return session.scalar(select(Job).where(Job.id == job_id, Job.visit_id == visit_id))


def paper_file(session: Session, visit_id: str, file_id: str) -> StoredFile | None:
    """A printed file of the visit."""
    return session.scalar(
        select(StoredFile).where(
            StoredFile.id == file_id,
            StoredFile.visit_id == visit_id,
            StoredFile.kind == "paper",
        )
    )


def badge_count(session: Session, visit_id: str) -> int:
    """How many live badges there are."""
    return (
        session.scalar(
            select(func.count(Badge.id)).where(
                Badge.visit_id == visit_id, Badge.revoked_at.is_(None)
            )
        )
        or 0
    )
