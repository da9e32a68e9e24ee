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
    State,
    StoredFile,
    TourGroup,
    Visit,
)
from visitplanner.queries.names import Named, shown_name
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
            State.names,
            State.flag,
            State.iso2,
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
        .outerjoin(State, State.key == Mission.state_key)
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
    rows = [(_filing(row.names or {}, language), row) for row in session.execute(query)]
    rows.sort(key=lambda pair: (not pair[0], sort_key(pair[0], language)))
    return [_line(row, language, allowed) for _, row in rows]


def _filing(names: dict[str, dict[str, str]], language: str) -> str:
    own = names.get(language) or names.get("en") or {}
    return own.get("sort") or own.get("short", "")


def _line(row: object, language: str, allowed: tuple[Status, ...]) -> BadgeLine:
    names = row.names or {}  # type: ignore[attr-defined]
    own = names.get(language) or names.get("en") or {}
    organisation = row.short_name or row.organisation_name or {}  # type: ignore[attr-defined]
    named: Named = row  # type: ignore[assignment]
    return BadgeLine(
        participant_id=row.id,  # type: ignore[attr-defined]
        badge_id=row.badge_id or "",  # type: ignore[attr-defined]
        name=shown_name(named, language),
        sender=str(own.get("short", "")) or organisation.get(language, "")
        or organisation.get("en", ""),
        flag=row.flag or "",  # type: ignore[attr-defined]
        iso2=row.iso2 or "",  # type: ignore[attr-defined]
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
