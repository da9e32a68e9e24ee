"""The totals of a visit: numbers by fixed rules, without a single name."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from visitplanner.domain.accreditation import Status
from visitplanner.domain.counting import Attendance, Figures, figures
from visitplanner.domain.ranks import RANKS
from visitplanner.models import (
    Badge,
    Category,
    Delegation,
    Invitation,
    Mission,
    Participant,
    Person,
    Visit,
)
from visitplanner.queries.people import OUT
from visitplanner.queries.standing import let_in, sender_comes


@dataclass(frozen=True, slots=True)
class Count:
    """So many places on the lists, and how far they are."""

    named: int = 0
    handed_in: int = 0
    approved: int = 0
    badges: int = 0
    arrived: int = 0

    def __add__(self, other: "Count") -> "Count":
        """Both together."""
        return Count(
            self.named + other.named,
            self.handed_in + other.handed_in,
            self.approved + other.approved,
            self.badges + other.badges,
            self.arrived + other.arrived,
        )


@dataclass(frozen=True, slots=True)
class CategoryCount:
    """One category of badge with its count."""

    word: dict[str, str]
    ribbon: str
    count: Count


@dataclass(frozen=True, slots=True)
class Totals:
    """The numbers of a visit at one moment.

    `replies`: invitations by reply; `named` and `came`: countries, missions, organisations and
    persons of delegations; `heads`: heads of delegation by rank, the highest first.
    """

    replies: Mapping[str, int]
    named: Figures
    came: Figures
    heads: tuple[tuple[str, int], ...]
    categories: tuple[CategoryCount, ...]

    @property
    def invited(self) -> int:
        """How many missions are invited."""
        return sum(self.replies.values())

    @property
    def everybody(self) -> Count:
        """All categories together."""
        return sum((row.count for row in self.categories), Count())


def totals(session: Session, visit: Visit) -> Totals:
    """Count the visit; who has left the lists, or whose mission does not come, is not counted."""
    attendances = _attendances(session, visit)
    return Totals(
        replies=_replies(session, visit),
        named=figures(attendances, arrived_only=False),
        came=figures(attendances),
        heads=_heads(session, visit),
        categories=_categories(session, visit),
    )


def _replies(session: Session, visit: Visit) -> dict[str, int]:
    query = (
        select(Invitation.reply, func.count())
        .where(Invitation.visit_id == visit.id)
        .group_by(Invitation.reply)
    )
    return dict(session.execute(query).all())


def _attendances(session: Session, visit: Visit) -> list[Attendance]:
    rows = session.execute(
        select(Participant.person_id, Mission.id, Mission.state_key, Participant.arrived_at)
        .join(Delegation, Delegation.id == Participant.delegation_id)
        .join(Mission, Mission.id == Delegation.mission_id)
        .where(
            Participant.visit_id == visit.id,
            Participant.status.not_in(OUT),
            Delegation.withdrawn_at.is_(None),
        )
    )
    return [
        Attendance(person, mission, (state,), arrived is not None)
        for person, mission, state, arrived in rows
    ]


def _heads(session: Session, visit: Visit) -> tuple[tuple[str, int], ...]:
    rows = session.execute(
        select(Person.rank_code, func.count())
        .join(Participant, Participant.person_id == Person.id)
        .where(
            Participant.visit_id == visit.id,
            Participant.function == "head",
            Participant.delegation_id.is_not(None),
            Participant.status.not_in(OUT),
            sender_comes(),
        )
        .group_by(Person.rank_code)
    ).all()
    order = {code: place for place, code in enumerate(RANKS)}
    found = sorted(rows, key=lambda row: order.get(row[0], len(order)))
    return tuple((code, count) for code, count in found)


def _categories(session: Session, visit: Visit) -> tuple[CategoryCount, ...]:
    allowed, open_forms = let_in(visit), (Status.DRAFT, Status.RETURNED)
    status = Participant.status
    rows = session.execute(
        select(
            Category,
            func.count(Participant.id),
            func.count(Participant.id).filter(status.not_in(open_forms)),
            func.count(Participant.id).filter(status.in_(allowed)),
            func.count(Badge.id),
            func.count(Participant.arrived_at),
        )
        .join(Participant, Participant.category_id == Category.id)
        .outerjoin(Badge, (Badge.participant_id == Participant.id) & Badge.revoked_at.is_(None))
        .where(Participant.visit_id == visit.id, status.not_in(OUT), sender_comes())
        .group_by(Category.id)
        .order_by(Category.position)
    )
    return tuple(
        CategoryCount(category.word, category.ribbon, Count(*counts)) for category, *counts in rows
    )
