"""The commands that make accounts and tokens, through the command line's own parser."""

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.rows import add_organisation, add_visit
from tests.support.visitor import Visitor
from visitplanner import account_commands
from visitplanner.account_commands import token, user
from visitplanner.models import Account, ApiToken, MailMessage, RoleGrant
from visitplanner.services import sessions
from visitplanner.services.instance import Instance
from visitplanner.services.vault import token_hash


@pytest.fixture
def run(instance: Instance, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(account_commands, "open_for_command", lambda _folder: instance)
    return lambda group, *words: CliRunner().invoke(group, list(words))


def test_a_user_is_made_and_can_choose_a_password(run, client: Visitor, db: Session):
    said = run(user, "add", "First@Mid.Example", "--role", "administrator", "--name", "First")
    assert said.exit_code == 0
    address = said.output.splitlines()[-1].removeprefix("http://localhost")
    page = client.read(address)
    words = "seven green lanterns"
    client.submit(page, {"password": words, "repeat": words}, form="form.door-form")
    row = db.scalar(select(Account))
    assert (row.email, row.password_only) == ("first@mid.example", False)
    assert row.password_hash.startswith("$argon2id$")
    assert db.scalar(select(MailMessage.recipient)) == "first@mid.example"


def test_roles_of_a_visit_and_an_organisation(run, db: Session):
    visit = add_visit(db)
    organisation = add_organisation(db, visit)
    db.commit()
    said = run(
        user, "add", "a@mid.example", "--role", "press", "--visit", "arctic",
        "--organisation", organisation.code, "--no-second-factor",
    )  # fmt: skip
    assert said.exit_code == 0
    grant = db.scalar(select(RoleGrant))
    assert (grant.visit_id, grant.organisation_id) == (visit.id, organisation.id)
    assert db.scalar(select(Account.password_only)) is True


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["x", "--role", "press"], 1, "not an e-mail address"),
        (["a@mid.example", "--role", "press", "--visit", "none"], 1, "no visit none"),
        (["a@mid.example", "--role", "press", "--organisation", "X"], 1, "no organisation X"),
        (["a@mid.example", "--role", "emperor"], 2, "emperor"),
        (["a@mid.example"], 2, "--role"),
    ],
)
def test_refusals_are_one_sentence(run, db: Session, words: list[str], code: int, sentence: str):
    said = run(user, "add", *words)
    assert said.exit_code == code
    assert sentence in said.output
    assert db.scalar(select(Account)) is None


def test_the_same_user_twice(run, db: Session):
    run(user, "add", "a@mid.example", "--role", "press")
    said = run(user, "add", "A@MID.example", "--role", "press")
    assert said.exit_code == 1
    assert "already" in said.output


def test_a_token_is_told_once_and_kept_as_a_hash(run, app: Flask, db: Session):
    add_visit(db)
    db.commit()
    said = run(token, "add", "--visit", "arctic", "--scope", "scan", "--label", "Gate 1")
    assert said.exit_code == 0
    made = said.output.strip()
    row = db.scalar(select(ApiToken))
    assert (row.token_hash, row.label) == (token_hash(made), "Gate 1")
    found = sessions.of_bearer(db, made)
    assert found.scopes == sessions.SCOPES["scan"]


def test_a_token_of_no_visit(run):
    said = run(token, "add", "--visit", "none", "--scope", "scan")
    assert said.exit_code == 1
    assert "no visit none" in said.output
