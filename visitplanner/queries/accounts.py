"""Accounts as lists: everybody with their roles, one's sessions, what may be chosen."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import joinedload, selectinload

from visitplanner.models import Account, Organisation, Passkey, RoleGrant, Session, Visit


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list of accounts is narrowed to; empty means all."""

    text: str = ""
    visit_id: str = ""
    role: str = ""
    state: str = ""  # open invited closed


@dataclass(frozen=True, slots=True)
class Role:
    """A role of an account, in words' keys."""

    id: str
    role: str
    visit: dict[str, str] | None
    organisation: dict[str, str] | None


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list of accounts."""

    id: str
    name: str
    email: str
    state: str
    second: bool
    password_only: bool
    seen_at: datetime | None
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A session of an account as its owner sees it."""

    id: str
    agent: str
    created_at: datetime
    seen_at: datetime


def count(session: Db, filters: Filters) -> int:
    """How many accounts the filters leave."""
    return session.scalar(select(func.count()).select_from(_narrowed(filters).subquery())) or 0


def lines(session: Db, filters: Filters, *, first: int = 0, most: int = 50) -> list[Line]:
    """Accounts by name: a constant number of queries for any number of rows."""
    with_key = exists().where(Passkey.account_id == Account.id)
    query = (
        _narrowed(filters)
        .add_columns(with_key)
        .options(selectinload(Account.grants).joinedload(RoleGrant.organisation))
        .order_by(Account.name, Account.email)
        .offset(first)
        .limit(most)
    )
    rows = session.execute(query).all()
    visits = titles(session)
    return [_line(account, bool(key), visits) for account, key in rows]


def line(session: Db, account_id: str) -> Line | None:
    """One account, or None."""
    row = session.execute(
        select(Account, exists().where(Passkey.account_id == Account.id))
        .where(Account.id == account_id)
        .options(selectinload(Account.grants).options(joinedload(RoleGrant.organisation)))
    ).one_or_none()
    return _line(row[0], bool(row[1]), titles(session)) if row else None


def titles(session: Db) -> dict[str, dict[str, str]]:
    """Titles of all visits by id, the newest first."""
    rows = session.execute(select(Visit.id, Visit.title).order_by(Visit.day.desc()))
    return {key: dict(title) for key, title in rows}


def organisations(session: Db) -> dict[str, dict[str, str]]:
    """Names of the organisations that may own a role, by id."""
    rows = session.execute(select(Organisation.id, Organisation.name).order_by(Organisation.code))
    return {key: dict(name) for key, name in rows}


def organisation_by_code(session: Db, code: str) -> Organisation | None:
    """The organisation of this code, or None."""
    return session.scalar(select(Organisation).where(Organisation.code == code))


def sessions_of(session: Db, account_id: str, at: datetime) -> list[OwnSession]:
    """Live sessions of an account, the last used first."""
    rows = session.execute(
        select(Session.id, Session.agent, Session.created_at, Session.seen_at)
        .where(Session.account_id == account_id, Session.expires_at > at)
        .order_by(Session.seen_at.desc())
    )
    return [OwnSession(*row) for row in rows]


def passkeys_of(session: Db, account_id: str) -> list[Passkey]:
    """Passkeys of an account, the oldest first."""
    found = select(Passkey).where(Passkey.account_id == account_id).order_by(Passkey.created_at)
    return list(session.scalars(found))


def _narrowed(filters: Filters) -> Select[Account]:
    query = select(Account)
    if filters.text:
        query = query.where(or_(*_named_like(filters.text.strip())))
    if filters.visit_id or filters.role:
        grant: list[ColumnElement[bool]] = [RoleGrant.account_id == Account.id]
        if filters.visit_id:
            grant.append(RoleGrant.visit_id == filters.visit_id)
        if filters.role:
            grant.append(RoleGrant.role == filters.role)
        query = query.where(exists().where(*grant))
    if filters.state == "closed":
        query = query.where(Account.disabled_at.is_not(None))
    if filters.state == "invited":
        query = query.where(Account.password_hash == "", Account.disabled_at.is_(None))
    if filters.state == "open":
        query = query.where(Account.password_hash != "", Account.disabled_at.is_(None))
    return query


def _named_like(text: str) -> list[ColumnElement[bool]]:
    """SQLite folds Latin letters only, so the usual spellings are all asked for."""
    spellings = {text, text.lower(), text.capitalize(), text.title()}
    found = [Account.name.icontains(one, autoescape=True) for one in sorted(spellings)]
    return [*found, Account.email.contains(text.lower(), autoescape=True)]


def _line(account: Account, key: bool, visits: dict[str, dict[str, str]]) -> Line:
    roles = tuple(
        Role(
            grant.id,
            grant.role,
            visits.get(grant.visit_id) if grant.visit_id else None,
            dict(grant.organisation.name) if grant.organisation else None,
        )
        for grant in sorted(account.grants, key=lambda grant: (grant.role, grant.id))
    )
    invited = "open" if account.password_hash else "invited"
    return Line(
        id=account.id,
        name=account.name,
        email=account.email,
        state="closed" if account.disabled_at else invited,
        second=key or account.totp_confirmed_at is not None,
        password_only=account.password_only,
        seen_at=account.last_seen_at,
        roles=roles,
    )
