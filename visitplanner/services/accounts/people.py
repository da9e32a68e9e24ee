"""Everybody's accounts: roles, closing and opening, help for who lost the second factor."""

from sqlalchemy import delete, select

from visitplanner.domain.access import ROLES, Grant, Principal, may
from visitplanner.domain.refusals import NotFound, Refusal
from visitplanner.models import (
    Account,
    Organisation,
    Passkey,
    RecoveryCode,
    RoleGrant,
    Visit,
    VisitOrganisation,
)
from visitplanner.services import sessions
from visitplanner.services.accounts import invitations
from visitplanner.services.act import Act


def grant_role(act: Act, account_id: str, wanted: invitations.Grant) -> None:
    """Give an account a role; it counts from the next request of its sessions.

    Raises NotFound, Refusal "role-known", "role-unknown" or "organisation-not-in-visit".
    """
    checked_grant(act, wanted)
    account = act.get(Account, account_id)
    same = (wanted.role, wanted.visit_id, wanted.organisation_id)
    grants = act.session.scalars(select(RoleGrant).where(RoleGrant.account_id == account.id))
    if any((grant.role, grant.visit_id, grant.organisation_id) == same for grant in grants):
        raise Refusal("role-known", field="role")
    row = RoleGrant(
        account_id=account.id,
        role=wanted.role,
        visit_id=wanted.visit_id,
        organisation_id=wanted.organisation_id,
    )
    act.record("role.granted", row)
    act.commit()


def checked_grant(act: Act, wanted: invitations.Grant) -> None:
    """Raise unless role, visit and organisation exist, and the organisation takes part."""
    if wanted.role not in ROLES:
        raise Refusal("role-unknown", field="role")
    if wanted.visit_id:
        act.get(Visit, wanted.visit_id)
    if not wanted.organisation_id:
        return
    act.get(Organisation, wanted.organisation_id)
    part = select(VisitOrganisation.id).where(
        VisitOrganisation.visit_id == wanted.visit_id,
        VisitOrganisation.organisation_id == wanted.organisation_id,
    )
    if wanted.visit_id and act.session.scalar(part) is None:
        raise Refusal("organisation-not-in-visit", field="organisation")


def revoke_role(act: Act, account_id: str, grant_id: str) -> None:
    """Take a role away; it counts from the next request. Raises "last-administrator"."""
    row = act.get(RoleGrant, grant_id, account_id=account_id)
    rest = [grant for grant in _grants(act, account_id) if grant.id != row.id]
    if not _manages(rest):
        _refuse_last(act, account_id)
    gone = {"role": row.role, "visit_id": row.visit_id, "organisation_id": row.organisation_id}
    act.record("role.revoked", row, before=gone, after={})
    act.session.delete(row)
    act.commit()


def disable(act: Act, account_id: str) -> None:
    """Close an account: its sessions end at once. Raises "own-account", "last-administrator"."""
    if account_id == act.principal.id:
        raise Refusal("own-account")
    account = act.get(Account, account_id)
    _refuse_last(act, account_id)
    if account.disabled_at is None:
        account.disabled_at = act.at
        act.record("account.disabled", account)
    sessions.revoke_all(act.session, account_id)
    act.commit()


def enable(act: Act, account_id: str) -> None:
    """Open a closed account again."""
    account = act.get(Account, account_id)
    if account.disabled_at is not None:
        account.disabled_at = None
        act.record("account.enabled", account)
    act.commit()


def end_sessions(act: Act, account_id: str) -> int:
    """End every session of an account, but not the one that asks; how many."""
    account = act.get(Account, account_id)
    count = sessions.revoke_all(act.session, account_id, but=act.principal.session_id)
    act.record("account.sessions_ended", account, before={}, after={"count": count})
    act.commit()
    return count


def forget_second_factor(act: Act, account_id: str) -> None:
    """Remove app, keys and recovery codes of who lost them; the next sign-in sets up new ones.

    Raises Refusal "own-account": nobody weakens their own account this way.
    """
    if account_id == act.principal.id:
        raise Refusal("own-account")
    account = act.get(Account, account_id)
    account.totp_secret = ""
    account.totp_confirmed_at = None
    for model in (Passkey, RecoveryCode):
        act.session.execute(delete(model).where(model.account_id == account_id))
    sessions.revoke_all(act.session, account_id)
    act.record("account.second_factor_forgotten", account, before={}, after={})
    act.commit()


def _refuse_last(act: Act, account_id: str) -> None:
    """Somebody must be left who manages accounts."""
    if not _manages(_grants(act, account_id)):
        return
    others = act.session.scalars(
        select(RoleGrant)
        .join(Account)
        .where(Account.disabled_at.is_(None), RoleGrant.account_id != account_id)
    )
    if not _manages(list(others)):
        raise Refusal("last-administrator")


def _grants(act: Act, account_id: str) -> list[RoleGrant]:
    found = list(act.session.scalars(select(RoleGrant).where(RoleGrant.account_id == account_id)))
    if not found and act.session.get(Account, account_id) is None:
        raise NotFound("not-found")
    return found


def _manages(grants: list[RoleGrant]) -> bool:
    held = tuple(Grant(grant.role, grant.visit_id, grant.organisation_id) for grant in grants)
    return may(Principal(kind="staff", grants=held), "accounts.manage", None)
