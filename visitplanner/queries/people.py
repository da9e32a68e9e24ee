"""Lists of people of a visit: by stage, delegation, group, status; who waits for a decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select
from sqlalchemy.orm import Session, joinedload

from visitplanner.domain.refusals import NotFound
from visitplanner.models import Badge, Delegation, Participant, Person, TourGroup, Visit
from visitplanner.queries.search import person_matches
from visitplanner.queries.standing import let_in, sender_comes

OUT = ("withdrawn", "refused")
PAGE = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which people a list shows; empty means any. `stage` with `has`: passed or still to pass.

    `expected`: of delegations that come; `coming`: of these and of organisations.
    """

    delegation: str = ""
    stage: str = ""
    has: bool = True
    status: str = ""
    category: str = ""
    group: str = ""
    text: str = ""
    expected: bool = False
    coming: bool = False


WITH_ALL = (
    joinedload(Participant.person),
    joinedload(Participant.category),
    joinedload(Participant.group),
    joinedload(Participant.organisation),
    joinedload(Participant.delegation).joinedload(Delegation.mission),
)
"""What a line or a page of a person shows, read together."""


def _badge() -> ColumnElement[bool]:
    return exists().where(Badge.participant_id == Participant.id, Badge.revoked_at.is_(None))


def stage_condition(visit: Visit, stage: str) -> ColumnElement[bool] | None:
    """The condition that a person has passed a stage; None for a stage we cannot ask of one."""
    found: Mapping[str, ColumnElement[bool]] = {
        "list": Participant.id.is_not(None),
        "forms": Participant.status.not_in(("draft", "returned")),
        "photo": Person.photo_id.is_not(None),
        "approved": Participant.status.in_(let_in(visit)),
        "badges": _badge(),
        "group": Participant.group_id.is_not(None),
    }
    return found.get(stage)


def _conditions(visit: Visit, wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Participant.visit_id == visit.id]
    if wanted.status:
        conditions.append(Participant.status == wanted.status)
    else:
        conditions.append(Participant.status.not_in(OUT))
    if wanted.delegation:
        conditions.append(Delegation.code == wanted.delegation)
    if wanted.expected:
        conditions.append(
            and_(Participant.delegation_id.is_not(None), Delegation.withdrawn_at.is_(None))
        )
    if wanted.coming:
        conditions.append(sender_comes())
    stage = stage_condition(visit, wanted.stage)
    if stage is not None:
        conditions.append(stage if wanted.has else not_(stage))
    if wanted.category:
        conditions.append(Participant.category.has(code=wanted.category))
    if wanted.group:
        free = Participant.group_id.is_(None)
        conditions.append(free if wanted.group == "-" else TourGroup.letter == wanted.group)
    if wanted.text:
        conditions.append(or_(person_matches(wanted.text)))
    return conditions


def _joined(query: Any) -> Any:  # Any: a select, which changes its type with every join
    return (
        query.join(Person, Person.id == Participant.person_id)
        .outerjoin(Delegation, Delegation.id == Participant.delegation_id)
        .outerjoin(TourGroup, TourGroup.id == Participant.group_id)
    )


def people(
    session: Session, visit: Visit, wanted: Wanted, *, page: int = 1
) -> tuple[list[Participant], int]:
    """One page of people, by delegation and the order it gave, and how many there are."""
    conditions = _conditions(visit, wanted)
    total = session.scalar(_joined(select(func.count(Participant.id))).where(*conditions)) or 0
    rows = session.scalars(
        _joined(select(Participant))
        .options(*WITH_ALL)
        .where(*conditions)
        .order_by(Delegation.code.nulls_first(), Participant.position, Participant.id)
        .limit(PAGE)
        .offset(PAGE * (max(page, 1) - 1))
    )
    return list(rows.unique()), int(total)


def waiting(session: Session, visit: Visit, *, most: int = 5) -> tuple[list[Participant], int]:
    """Who waits longest for a decision, and how many wait in all."""
    condition = and_(
        Participant.visit_id == visit.id, Participant.status == "submitted", sender_comes()
    )
    total = session.scalar(select(func.count(Participant.id)).where(condition)) or 0
    rows = session.scalars(
        select(Participant)
        .options(*WITH_ALL)
        .where(condition)
        .order_by(Participant.submitted_at, Participant.id)
        .limit(most)
    )
    return list(rows.unique()), int(total)


def participant(session: Session, visit_id: str, key: str) -> Participant:
    """One participant of this visit with everything a page shows; NotFound otherwise."""
    found = session.scalar(
        select(Participant)
        .options(*WITH_ALL)
        .where(Participant.visit_id == visit_id, Participant.id == key)
    )
    if found is None:
        raise NotFound("not-found")
    return found
