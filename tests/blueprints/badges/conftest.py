"""A visit with somebody approved and somebody not, an officer of it, another visit."""

from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.rows import add_delegation, add_participant, add_visit
from tests.support.signing_in import make_account, sign_in
from visitplanner.models import Paper


@pytest.fixture
def cast(db: Session) -> SimpleNamespace:
    visit = add_visit(db)
    delegation = add_delegation(db, visit)
    approved = add_participant(db, delegation, family_name="Benali", given_name="Aïcha")
    approved.status = "approved"
    draft = add_participant(db, delegation, family_name="Haddad", given_name="Karim")
    other = add_visit(db, "other")
    db.commit()
    return SimpleNamespace(visit=visit, delegation=delegation, approved=approved, draft=draft,
                           other=other)  # fmt: skip


@pytest.fixture
def officer(app: Flask, client: FlaskClient, cast: SimpleNamespace) -> FlaskClient:
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return sign_in(client, make_account(app, "protocol_officer", cast.visit))


@pytest.fixture
def badge_paper(officer: FlaskClient, cast: SimpleNamespace, db: Session) -> Paper:
    """The paper with the badge of who is approved, just printed."""
    officer.post(f"/visits/arctic/badges/{cast.approved.id}/print")
    return db.scalars(select(Paper)).one()
