"""Browser sessions on the server: found by a hash, ended by time, by the user, or by staff."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import selectinload

from visitplanner.domain.access import ANONYMOUS, Grant, Principal
from visitplanner.models import AccessLink, Account, ApiToken, Session, new_key
from visitplanner.models.base import now
from visitplanner.services.vault import token_hash

STAFF_IDLE = timedelta(minutes=60)
STAFF_LONGEST = timedelta(hours=12)
GUEST_LONGEST = timedelta(days=45)
ANONYMOUS_LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Found:
    """A live session: its id, values and whose it is; `due` when it should be renewed."""

    id: str
    values: dict[str, Any]
    principal: Principal
    due: bool


def longest(account_id: str | None, link_id: str | None) -> timedelta:
    """How long a session of this kind may live at all."""
    if account_id:
        return STAFF_LONGEST
    return GUEST_LONGEST if link_id else ANONYMOUS_LONGEST


def find(db: Db, token: str) -> Found | None:
    """The live session of this cookie; None when over or unknown. Reads only."""
    row = db.get(Session, token_hash(token))
    at = now()
    if row is None or row.expires_at <= at:
        return None
    if row.account_id and row.seen_at + STAFF_IDLE <= at:
        return None
    principal = whose(db, row, at)
    if principal is None:
        return None
    return Found(row.id, dict(row.values), principal, row.seen_at + SEEN_EVERY < at)


def renew(db: Db, found: Found) -> None:
    """Begin the idle time of a session anew. The caller commits."""
    db.execute(update(Session).where(Session.id == found.id).values(seen_at=now()))


def whose(db: Db, row: Session, at: datetime) -> Principal | None:
    """The principal behind a session; None when the account or link has been closed since."""
    if row.account_id:
        account = db.get(Account, row.account_id, options=[selectinload(Account.grants)])
        return None if account is None or account.disabled_at else of_account(account, row.id)
    if row.link_id:
        link = db.get(AccessLink, row.link_id)
        if link is None or link.revoked_at or link.expires_at <= at:
            return None
        return of_link(link, row.id)
    return Principal(session_id=row.id)


def of_account(account: Account, session_id: str = "") -> Principal:
    """The principal of a member of staff."""
    grants = tuple(Grant(g.role, g.visit_id, g.organisation_id) for g in account.grants)
    return Principal(
        kind="staff",
        id=account.id,
        name=account.name,
        grants=grants,
        language=account.language,
        session_id=session_id,
    )


def of_link(link: AccessLink, session_id: str = "") -> Principal:
    """The principal of a guest who came by a link."""
    kinds = {"delegation": "delegation", "delegate": "delegate", "organisation": "organisation"}
    kind = kinds.get(link.purpose)
    if kind is None:
        return ANONYMOUS
    return Principal(
        kind=kind,  # type: ignore[arg-type]
        id=link.id,
        name=link.label,
        visit_id=link.visit_id,
        delegation_id=link.delegation_id,
        participant_id=link.participant_id,
        organisation_id=link.organisation_id,
        session_id=session_id,
    )


def begin(
    db: Db,
    token: str,
    values: dict[str, Any],
    *,
    account_id: str | None,
    link_id: str | None,
    agent: str = "",
) -> None:
    """Write a new session under this cookie. The caller commits."""
    at = now()
    row = Session(
        token_hash=token_hash(token),
        id=new_key(),
        values=dict(values),
        account_id=account_id,
        link_id=link_id,
        created_at=at,
        seen_at=at,
        expires_at=at + longest(account_id, link_id),
        agent=agent[:300],
    )
    db.add(row)


def save(db: Db, token: str, values: dict[str, Any]) -> None:
    """Write the values of the session of this cookie. The caller commits.

    One that was ended while the request ran stays ended.
    """
    db.execute(
        update(Session).where(Session.token_hash == token_hash(token)).values(values=dict(values))
    )


def drop(db: Db, token: str) -> None:
    """Forget the session of this cookie."""
    db.execute(delete(Session).where(Session.token_hash == token_hash(token)))


def revoke_all(db: Db, account_id: str, *, but: str = "") -> int:
    """End every session of an account except the one with id `but`; how many ended."""
    gone = db.execute(delete(Session).where(Session.account_id == account_id, Session.id != but))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def sweep(db: Db, at: datetime) -> int:
    """Delete sessions that are over; how many."""
    gone = db.execute(delete(Session).where(Session.expires_at <= at))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def of_bearer(db: Db, token: str) -> Principal | None:
    """The principal of an API token; None when unknown, expired or revoked."""
    row = db.scalar(select(ApiToken).where(ApiToken.token_hash == token_hash(token)))
    at = now()
    if row is None or row.revoked_at or (row.expires_at and row.expires_at <= at):
        return None
    return Principal(
        kind="token",
        id=row.id,
        name=row.label,
        visit_id=row.visit_id,
        scopes=SCOPES.get(row.scope, frozenset()),
    )


SCOPES: dict[str, frozenset[str]] = {
    "read": frozenset({"visit.view", "delegations.view", "agenda.view", "reports.view"}),
    "scan": frozenset({"visit.view", "checkin.view", "checkin.scan"}),
}
"""What an API token of a scope may do."""
