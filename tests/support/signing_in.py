"""Accounts for tests, and a quick way to be signed in: the session's row and its cookie."""

from functools import cache
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer

from visitplanner.models import Account, RoleGrant, Visit, new_key
from visitplanner.services import sessions
from visitplanner.services.accounts import passwords
from visitplanner.services.vault import new_token

PASSWORD = "malachite corridor 47"
RAW_CSRF = "5f2c7c1e9b8d4a3f"


@cache
def password_hash() -> str:
    """The hash of PASSWORD, made once a run because argon2 is slow on purpose."""
    return passwords.hashed(PASSWORD)


def make_account(
    app: Flask,
    role: str,
    visit: Visit | str | None = None,
    *,
    email: str = "",
    name: str = "Anna Petrova",
    password_only: bool = True,
    organisation_id: str | None = None,
) -> Account:
    """A detached account with PASSWORD and one role: in `visit` (or its id), or in all visits."""
    key = new_key()
    with app.extensions["instance"].session() as db:
        account = Account(
            id=key,
            email=email or f"{role}-{key[:6]}@protocol.example",
            name=name,
            password_hash=password_hash(),
            password_only=password_only,
        )
        visit_id = visit if isinstance(visit, str) or visit is None else visit.id
        account.grants = [RoleGrant(role=role, visit_id=visit_id, organisation_id=organisation_id)]
        db.add(account)
        db.commit()
        return account


def sign_in(client: FlaskClient, account: Account | str) -> FlaskClient:
    """Sign `client` in without the form; unsafe requests of it carry a right CSRF token."""
    account_id = account if isinstance(account, str) else account.id
    return _take_session(client, f"staff:{account_id}", account_id=account_id)


def sign_in_guest(client: FlaskClient, link_id: str, kind: str) -> FlaskClient:
    """Sign `client` in by an AccessLink; kind: delegation, delegate, organisation."""
    return _take_session(client, f"{kind}:{link_id}", link_id=link_id)


def allow_posts(client: FlaskClient) -> FlaskClient:
    """An anonymous session whose unsafe requests carry a right CSRF token."""
    return _take_session(client, "")


def csrf_header(app: Flask) -> str:
    """The signed CSRF token that belongs to RAW_CSRF."""
    serializer = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token")
    return str(serializer.dumps(RAW_CSRF))


def _take_session(client: FlaskClient, user_id: str, **whose: str) -> FlaskClient:
    app = client.application
    token = new_token()
    values: dict[str, Any] = {"csrf_token": RAW_CSRF}
    if user_id:
        values |= {"_user_id": user_id, "_fresh": True}
    with app.extensions["instance"].session() as db:
        sessions.begin(
            db,
            token,
            values,
            account_id=whose.get("account_id"),
            link_id=whose.get("link_id"),
        )
        db.commit()
    client.set_cookie(app.session_interface.name(app), token)
    client.environ_base["HTTP_X_CSRFTOKEN"] = csrf_header(app)
    return client
