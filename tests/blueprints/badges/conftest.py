"""A visit with somebody approved and somebody not, an officer of it, another visit."""

from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.rows import add_delegation, add_participant, add_visit
from tests.support.signing_in import make_account, sign_in


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
