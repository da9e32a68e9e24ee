"""Delegations: facts kept by staff, quota, withdrawal of the whole delegation."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitplanner.domain.access import ROLES
from visitplanner.domain.refusals import Refusal
from visitplanner.models import (
    Account,
    Delegation,
    Invitation,
    Mission,
    Participant,
    RoleGrant,
    Visit,
)
from visitplanner.services.act import Act, check_version
from visitplanner.services.places import lock, move_to_group

MOST_QUOTA = 200


@dataclass(frozen=True, slots=True)
class Facts:
    """What staff keep about a delegation; None leaves a value as it is."""

    focal_name: str | None = None
    focal_email: str | None = None
    focal_phone: str | None = None
    note: str | None = None


def new_delegation(
    act: Act, visit: Visit, mission: Mission, *, quota: int, invitation: Invitation | None
) -> Delegation:
    """Make the delegation of a mission (the caller's use-case commits)."""
    delegation = Delegation(
        visit_id=visit.id,
        mission_id=mission.id,
        invitation_id=invitation.id if invitation else None,
        code=_free_code(act.session, visit.id, mission.code),
        quota=quota,
        taken=0,
        focal_email=mission.emails[0] if mission.emails else "",
        focal_phone=mission.phones[0] if mission.phones else "",
    )
    act.record("delegation.added", delegation)
    return delegation


def _free_code(session: Session, visit_id: str, wanted: str) -> str:
    codes = select(Delegation.code).where(
        Delegation.visit_id == visit_id, Delegation.code.like(f"{wanted}%")
    )
    taken = set(session.scalars(codes))
    code, number = wanted, 2
    while code in taken:
        code, number = f"{wanted}-{number}", number + 1
    return code


def change_delegation(
    act: Act,
    delegation: Delegation,
    facts: Facts,
    *,
    quota: int | None = None,
    curator_id: str | None = None,
    version: int | None = None,
) -> None:
    """Write the form of a delegation: facts, quota and curator in one transaction.

    Refusals as `change_quota` and `assign_curator`; Stale when saved meanwhile.
    """
    check_version(delegation, version)
    for name in Facts.__dataclass_fields__:
        value = getattr(facts, name)
        if value is not None and getattr(delegation, name) != value:
            setattr(delegation, name, value)
    _record_changes(act, "delegation.changed", delegation)
    if curator_id != delegation.curator_id:
        assign_curator(act, [delegation], curator_id, commit=False)
    if quota is not None:
        _set_quota(act, delegation, quota)
    act.commit()


def change_quota(
    act: Act, delegation: Delegation, quota: int, *, version: int | None = None
) -> None:
    """Set how many people the mission may name.

    Refusals: quota-below-taken (the places already used), quota-out-of-range.
    """
    check_version(delegation, version)
    _set_quota(act, delegation, quota)
    act.commit()


def _set_quota(act: Act, delegation: Delegation, quota: int) -> None:
    if not 0 <= quota <= MOST_QUOTA:
        raise Refusal("quota-out-of-range", field="quota", most=MOST_QUOTA)
    act.session.flush()
    delegation = lock(act, delegation)
    if quota < delegation.taken:
        raise Refusal("quota-below-taken", field="quota", taken=delegation.taken, quota=quota)
    if quota == delegation.quota:
        return
    delegation.quota = quota
    act.record("delegation.quota_changed", delegation)
    if delegation.invitation_id:
        act.session.get_one(Invitation, delegation.invitation_id).quota = quota


def assign_curator(
    act: Act, delegations: list[Delegation], account_id: str | None, *, commit: bool = True
) -> int:
    """Make a member of staff of this visit the curator (None: nobody); how many changed.

    Refusal("not-staff-of-visit").
    """
    if account_id is not None and account_id not in {row.id for row in staff(act)}:
        raise Refusal("not-staff-of-visit", field="curator")
    changed = 0
    for delegation in delegations:
        if delegation.curator_id != account_id:
            delegation.curator_id = account_id
            act.record("delegation.curator_changed", delegation)
            changed += 1
    if commit:
        act.commit()
    return changed


def staff(act: Act) -> list[Account]:
    """The accounts that may work on delegations of this visit, by name."""
    roles = [role for role, held in ROLES.items() if "delegations.edit" in held]
    rows = select(Account).where(
        Account.disabled_at.is_(None),
        Account.id.in_(
            select(RoleGrant.account_id).where(
                RoleGrant.role.in_(roles),
                (RoleGrant.visit_id == act.visit_id) | RoleGrant.visit_id.is_(None),
            )
        ),
    )
    return list(act.session.scalars(rows.order_by(Account.name, Account.email)))


def withdraw_delegation(act: Act, delegation: Delegation) -> None:
    """Note that the mission does not come after all; its list stays for the record. Commits.

    Its people leave their tour groups, so that others find a place there.
    """
    if delegation.withdrawn_at is None:
        delegation.withdrawn_at = act.at
        act.record("delegation.withdrawn", delegation)
        grouped = select(Participant).where(
            Participant.delegation_id == delegation.id, Participant.group_id.is_not(None)
        )
        for row in act.session.scalars(grouped).all():
            move_to_group(act, row, None)
            act.record("participant.grouped", row)
        act.commit()


def reinstate_delegation(act: Act, delegation: Delegation) -> None:
    """Undo `withdraw_delegation`. Commits."""
    if delegation.withdrawn_at is not None:
        delegation.withdrawn_at = None
        act.record("delegation.reinstated", delegation)
        act.commit()


def _record_changes(act: Act, action: str, row: Any) -> None:
    """Write an audit entry if the row has changes (Any: a row of any table)."""
    before, after = act.changes(row)
    if before or after:
        act.record(action, row, before=before, after=after)
