"""Places of a quota and of a tour group: taken by conditional update, never by counting."""

from typing import TypeVar

from sqlalchemy import update

from visitplanner.domain.refusals import Refusal
from visitplanner.models import Delegation, Participant, TourGroup, VisitOrganisation
from visitplanner.services.act import Act

Counted = TypeVar("Counted", bound=Delegation | VisitOrganisation)


def lock(act: Act, body: Counted) -> Counted:
    """Hold the row of a delegation (or of an organisation's part) until the transaction ends

    (PostgreSQL; SQLite has one writer anyway) and read it anew, so that checks of its list
    cannot be overtaken.
    """
    return act.session.get_one(type(body), body.id, with_for_update=True, populate_existing=True)


def take_place(act: Act, participant: Participant) -> None:
    """Use one place of the sending body's quota; Refusal("quota-full") when none is left."""
    body = _body(act, participant)
    if body is not None:
        _take(act, *body)


def release_place(act: Act, participant: Participant) -> None:
    """Give the place back."""
    body = _body(act, participant)
    if body is not None:
        _release(act, *body)


def _body(
    act: Act, participant: Participant
) -> tuple[type[Delegation | VisitOrganisation], str] | None:
    """Table and key of the row whose quota a participant counts to, if there is one."""
    if not participant.counts_to_quota:
        return None
    if participant.delegation_id:
        return Delegation, participant.delegation_id
    if not participant.organisation_id:
        return None
    part = (
        act.session.query(VisitOrganisation)
        .filter_by(visit_id=participant.visit_id, organisation_id=participant.organisation_id)
        .one_or_none()
    )
    return (VisitOrganisation, part.id) if part is not None else None


def _take(act: Act, table: type[Counted], key: str) -> None:
    act.session.flush()
    done = act.session.execute(
        update(table)
        .where(table.id == key, table.taken < table.quota)
        .values(taken=table.taken + 1)
        .execution_options(synchronize_session=False)
    )
    row = act.session.get_one(table, key)
    act.session.refresh(row, ["taken", "quota"])
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise Refusal("quota-full", quota=row.quota, taken=row.taken)


def _release(act: Act, table: type[Delegation | VisitOrganisation | TourGroup], key: str) -> None:
    act.session.flush()
    act.session.execute(
        update(table)
        .where(table.id == key, table.taken > 0)
        .values(taken=table.taken - 1)
        .execution_options(synchronize_session=False)
    )
    act.session.refresh(act.session.get_one(table, key), ["taken"])


def move_to_group(act: Act, participant: Participant, group: TourGroup | None) -> bool:
    """Put a participant into a tour group, or into none; whether anything changed.

    Refusal("group-full") when the group has no place left.
    """
    new = group.id if group else None
    old = participant.group_id
    if new == old:
        return False
    act.session.flush()
    if group is not None:
        taken = act.session.execute(
            update(TourGroup)
            .where(TourGroup.id == new, TourGroup.taken < TourGroup.people)
            .values(taken=TourGroup.taken + 1)
            .execution_options(synchronize_session=False)
        )
        if taken.rowcount != 1:  # type: ignore[attr-defined]
            raise Refusal("group-full", letter=group.letter, people=group.people)
        act.session.refresh(group, ["taken"])
    if old is not None:
        _release(act, TourGroup, old)
    participant.group_id = new
    return True
