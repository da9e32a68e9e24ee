"""Passkeys over HTTP with a key in software: what is accepted, and everything that is not."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.authenticator import Authenticator
from tests.support.signing_in import PASSWORD, allow_posts, make_account, sign_in
from tests.support.visitor import Visitor
from visitplanner.models import Account, AuditEntry, Passkey
from visitplanner.services.accounts import passkeys
from visitplanner.settings import Settings, load_settings


@pytest.fixture
def account(app: Flask) -> Account:
    return make_account(app, "protocol_officer", password_only=False)


@pytest.fixture
def key() -> Authenticator:
    return Authenticator()


@pytest.fixture
def door(visitor: Callable[[], Visitor]) -> Visitor:
    return allow_posts(visitor())


def register(client: Visitor, key: Authenticator, name: str = "Work laptop"):
    options = client.post("/account/keys/options", json={}).json
    return client.post("/account/keys", json=key.make(options), query_string={"name": name})


@pytest.fixture
def known(client: Visitor, account: Account, key: Authenticator) -> Authenticator:
    sign_in(client, account)
    assert register(client, key).json == {"to": "/account/recovery-codes"}
    return key


def present(client: Visitor, key: Authenticator):
    options = client.post("/sign-in/passkey/options", json={}).json
    return client.post("/sign-in/passkey", json=key.sign(options))


def test_a_key_signs_in_alone(door: Visitor, known: Authenticator, account: Account, db: Session):
    before = door.get_cookie("visitplanner").value
    assert present(door, known).json == {"to": "/visits"}
    assert door.get_cookie("visitplanner").value != before
    assert account.email in door.read("/account").text
    entry = db.scalar(select(AuditEntry).where(AuditEntry.action == "account.signed_in"))
    assert entry.after == {"way": "passkey"}


def test_a_key_is_the_second_step_of_its_own_account(
    app: Flask, door: Visitor, known: Authenticator, account: Account
):
    answer = door.post("/sign-in", data={"email": account.email, "password": PASSWORD})
    assert answer.location == "/sign-in/second-step"
    token(door)
    assert present(door, known).json == {"to": "/visits"}


def test_a_key_of_somebody_else_is_no_second_step(
    app: Flask, door: Visitor, client: Visitor, known: Authenticator
):
    other = make_account(app, "observer", password_only=False)
    second = Authenticator()
    register(sign_in(client, other), second)
    door.post("/sign-in", data={"email": other.email, "password": PASSWORD})
    token(door)
    assert present(door, known).status_code == 409
    assert present(door, second).json == {"to": "/visits"}


def token(client: Visitor) -> None:
    page = client.read("/sign-in/second-step").response.text
    found = page.split('name="csrf-token" content="')[1].split('"')[0]
    client.environ_base["HTTP_X_CSRFTOKEN"] = found


def test_an_answer_counts_once(door: Visitor, known: Authenticator, visitor):
    options = door.post("/sign-in/passkey/options", json={}).json
    answer = known.sign(options)
    assert door.post("/sign-in/passkey", json=answer).status_code == 200
    other = allow_posts(visitor())
    assert other.post("/sign-in/passkey", json=answer).status_code == 409
    other.post("/sign-in/passkey/options", json={})
    assert other.post("/sign-in/passkey", json=answer).status_code == 409


def test_another_origin_is_refused(door: Visitor, known: Authenticator):
    for origin in ("http://evil.example", "http://localhost:666", "https://localhost"):
        known.origin = origin
        assert present(door, known).status_code == 409
    known.origin = "http://localhost"
    known.host = "evil.example"
    assert present(door, known).status_code == 409


def test_a_touch_without_finger_or_pin_is_refused(door: Visitor, known: Authenticator):
    known.verified = False
    assert present(door, known).status_code == 409


def test_a_copied_key_is_noticed_by_its_counter(door: Visitor, known: Authenticator, db: Session):
    known.counter = 7
    assert present(door, known).status_code == 200
    known.counter = 3
    other = allow_posts(door)
    assert present(other, known).status_code == 409
    assert db.scalar(select(Passkey.sign_count)) == 8


def test_registering_without_finger_or_pin_is_refused(client: Visitor, account: Account):
    sign_in(client, account)
    assert register(client, Authenticator(verified=False)).status_code == 409


@pytest.mark.parametrize("answer", [[], "x", 1, None, {}, {"rawId": 5}, {"rawId": "é"}, {"id": 1}])
def test_nonsense_is_refused_in_words(door: Visitor, known: Authenticator, answer: object):
    door.post("/sign-in/passkey/options", json={})
    refused = door.post("/sign-in/passkey", json=answer, headers={"Accept": "application/json"})
    assert refused.status_code == 409
    assert refused.json["error"]["code"] == "passkey-wrong"


def test_a_closed_account_keeps_its_key_outside(
    door: Visitor, known: Authenticator, account: Account, db: Session
):
    row = db.get(Account, account.id)
    row.disabled_at = row.created_at
    assert present(door, known).status_code == 409


def test_guessing_is_limited(door: Visitor, known: Authenticator):
    codes = [door.post("/sign-in/passkey", json={}).status_code for _ in range(32)]
    assert codes == [409] * 30 + [429] * 2


def test_the_only_second_step_stays(client: Visitor, known: Authenticator, db: Session):
    row = db.scalar(select(Passkey))
    page = client.post(f"/account/keys/{row.id}/remove", follow_redirects=True)
    assert "only second step" in page.text or "единственный второй шаг" in page.text
    assert db.scalar(select(Passkey.id)) == row.id


def test_of_two_keys_one_may_go(client: Visitor, known: Authenticator, db: Session):
    assert register(client, Authenticator(), "Phone").json == {"to": "/account"}
    first = db.scalar(select(Passkey).where(Passkey.name == "Work laptop"))
    client.post(f"/account/keys/{first.id}/remove")
    assert db.scalars(select(Passkey.name)).all() == ["Phone"]


def test_the_key_of_another_account_is_not_there(
    app: Flask, client: Visitor, known: Authenticator, visitor, db: Session
):
    other = sign_in(visitor(), make_account(app, "observer"))
    row = db.scalar(select(Passkey))
    assert other.post(f"/account/keys/{row.id}/remove").status_code == 404
    assert db.scalar(select(Passkey.id)) == row.id


@pytest.mark.parametrize(
    ("address", "offered"),
    [
        ("http://localhost:8000", True),
        ("https://visits.mid.example", True),
        ("http://visits.mid.example", False),
        ("http://127.0.0.1:8000", False),
        ("https://192.168.1.5", False),
        ("https://[::1]", False),
    ],
)
def test_keys_are_offered_where_browsers_allow_them(tmp_path, address: str, offered: bool):
    settings: Settings = load_settings(tmp_path, base_url=address)
    assert passkeys.offered(settings) is offered
