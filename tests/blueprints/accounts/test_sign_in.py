"""Signing in over HTTP: password, second step, limits, sessions, where it leads."""

import re
from datetime import timedelta

import pyotp
import pytest
from flask import Flask, session
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from tests.support.signing_in import PASSWORD, allow_posts, make_account, sign_in
from visitplanner.models import Account, Attempt, AuditEntry
from visitplanner.models import Session as SessionRow
from visitplanner.models.base import now, set_clock
from visitplanner.services.instance import Instance

COOKIE = "visitplanner"


def send(client: FlaskClient, email: str, password: str = PASSWORD, **query: str):
    return client.post("/sign-in", data={"email": email, "password": password}, query_string=query)


def cookie(client: FlaskClient) -> str:
    found = client.get_cookie(COOKIE)
    return found.value if found else ""


def without_tokens(page: str) -> str:
    """The page without what a signature with a time in it changes."""
    return re.sub(r'(content|value)="[\w-]+\.[\w-]+\.[\w-]+"', "", page)


@pytest.fixture
def door(client: FlaskClient) -> FlaskClient:
    return allow_posts(client)


@pytest.fixture
def with_app(app: Flask, db: Session):
    """An account with an authenticator app, and its secret."""
    account = make_account(app, "protocol_officer", password_only=False)
    secret = pyotp.random_base32()
    vault = app.extensions["instance"].vault
    row = db.get(Account, account.id)
    row.totp_secret = vault.seal_text(secret, f"accounts.totp_secret.{account.id}")
    row.totp_confirmed_at = now()
    db.commit()
    return account, pyotp.TOTP(secret)


def test_an_excused_account_is_in_after_the_password(app: Flask, door: FlaskClient, db: Session):
    account = make_account(app, "administrator")
    before = cookie(door)
    answer = send(door, account.email)
    assert answer.status_code == 302
    assert cookie(door) != before
    assert db.scalar(select(SessionRow.account_id).where(SessionRow.account_id == account.id))
    assert db.scalar(select(AuditEntry.action).where(AuditEntry.object_id == account.id)) == (
        "account.signed_in"
    )


def test_the_cookie_from_before_is_worth_nothing_after(app: Flask, door: FlaskClient):
    account = make_account(app, "administrator")
    planted = cookie(door)
    send(door, account.email)
    thief = app.test_client()
    thief.set_cookie(COOKIE, planted)
    assert thief.get("/sign-in").status_code == 200


def test_unknown_wrong_and_disabled_read_the_same(app: Flask, door: FlaskClient, db: Session):
    account = make_account(app, "administrator")
    closed = make_account(app, "observer")
    db.get(Account, closed.id).disabled_at = now()
    db.commit()
    pages = [
        send(door, email, password)
        for email, password in (
            ("nobody@protocol.example", PASSWORD),
            (account.email, "wrong"),
            (closed.email, PASSWORD),
        )
    ]
    assert [page.status_code for page in pages] == [422, 422, 422]
    bodies = {
        without_tokens(page.text).replace(email, "EMAIL")
        for page, email in zip(
            pages, ("nobody@protocol.example", account.email, closed.email), strict=True
        )
    }
    assert len(bodies) == 1


def test_what_is_over_is_swept_at_a_sign_in(app: Flask, door: FlaskClient, db: Session):
    account = make_account(app, "administrator")
    old = now() - timedelta(days=3)
    db.add(Attempt(bucket="old", at=old))
    db.add(SessionRow(token_hash="x", id="x", created_at=old, expires_at=old))
    db.commit()
    send(door, account.email)
    assert db.scalar(select(Attempt)) is None
    assert db.get(SessionRow, "x") is None


def test_what_was_typed_stays_but_not_the_password(door: FlaskClient):
    page = send(door, "anna@protocol.example", "not the right one")
    assert 'value="anna@protocol.example"' in page.text
    assert "not the right one" not in page.text
    assert "data-error-summary" in page.text


def test_an_empty_form_names_both_fields(door: FlaskClient):
    page = door.post("/sign-in", data={})
    assert page.status_code == 422
    assert 'href="#email"' in page.text
    assert 'href="#password"' in page.text


def test_the_eleventh_wrong_password_is_not_even_looked_at(app: Flask, door: FlaskClient):
    account = make_account(app, "administrator")
    answers = [send(door, account.email, "wrong").status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
    assert send(door, account.email).status_code == 429


def test_after_five_minutes_there_are_attempts_again(app: Flask, door: FlaskClient, db: Session):
    account = make_account(app, "administrator")
    long_ago = now() - timedelta(minutes=5, seconds=1)
    set_clock(lambda: long_ago)
    try:
        for _ in range(10):
            send(door, account.email, "wrong")
    finally:
        set_clock(None)
    assert send(door, account.email).status_code == 302


def test_right_passwords_use_up_no_attempts(app: Flask, door: FlaskClient, db: Session):
    account = make_account(app, "administrator")
    send(door, account.email)
    assert db.scalars(select(Attempt)).all() == []


def test_a_code_is_asked_and_taken_once(app: Flask, door: FlaskClient, with_app):
    account, codes = with_app
    answer = send(door, account.email, to="health.live")
    assert answer.location == "/sign-in/second-step"
    allowed = door.get(answer.location)
    assert allowed.status_code == 200
    code = codes.at(now())
    answer = post_code(door, code)
    assert answer.location == "/health/live"

    other = allow_posts(app.test_client())
    send(other, account.email)
    assert post_code(other, code).status_code == 422


def post_code(client: FlaskClient, code: str):
    """Post a code with the token of the page, as a browser does."""
    page = client.get("/sign-in/second-step").text
    token = page.split('name="csrf-token" content="')[1].split('"')[0]
    return client.post("/sign-in/second-step", data={"code": code}, headers={"X-CSRFToken": token})


def test_ten_wrong_codes_and_no_more(door: FlaskClient, with_app):
    account, codes = with_app
    send(door, account.email)
    assert [post_code(door, "000000").status_code for _ in range(11)] == [422] * 10 + [429]
    assert post_code(door, codes.at(now())).status_code == 429


def test_the_second_step_alone_leads_back_to_the_door(client: FlaskClient):
    answer = client.get("/sign-in/second-step")
    assert answer.location == "/sign-in"


def test_the_password_counts_for_ten_minutes_only(door: FlaskClient, with_app):
    account, _ = with_app
    send(door, account.email)
    later = now() + timedelta(minutes=10, seconds=1)
    set_clock(lambda: later)
    try:
        assert door.get("/sign-in/second-step").location == "/sign-in"
    finally:
        set_clock(None)


def test_who_has_no_second_factor_sets_one_up_first(app: Flask, door: FlaskClient, db: Session):
    account = make_account(app, "protocol_officer", password_only=False)
    answer = send(door, account.email)
    assert answer.location == "/sign-in/set-up"
    assert door.get("/account/recovery-codes").location.startswith("/sign-in")
    page = door.get("/sign-in/set-up").text
    secret = page.split('<bdi dir="ltr">')[1].split("</bdi>")[0].replace(" ", "")
    token = page.split('name="csrf-token" content="')[1].split('"')[0]
    wrong = door.post("/sign-in/set-up", data={"code": "1"}, headers={"X-CSRFToken": token})
    assert wrong.status_code == 422
    assert secret in wrong.text.replace(" ", "")
    code = pyotp.TOTP(secret).at(now())
    answer = door.post("/sign-in/set-up", data={"code": code}, headers={"X-CSRFToken": token})
    assert answer.location == "/account/recovery-codes"
    assert door.get(answer.location).text.count("<code>") == 10
    row = db.get(Account, account.id)
    assert secret not in row.totp_secret
    assert row.totp_confirmed_at


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example/", "//evil.example", "\\\\evil.example", "/\\evil.example",
        "javascript:alert(1)", "data:text/html,x", "accounts.sign_out", "static",
        "%2f%2fevil.example", "\thttps://evil.example", "evil.example\r\nX-Y: z", "．．evil",
        "http:evil.example", "@evil.example", "accounts.sign_in", "",
    ],
)  # fmt: skip
def test_only_known_pages_are_led_to(app: Flask, door: FlaskClient, to: str):
    account = make_account(app, "administrator")
    home = send(door, account.email).location
    other = allow_posts(app.test_client())
    answer = send(other, account.email, to=to, visit=to)
    assert answer.status_code == 302
    assert answer.location == home
    assert re.fullmatch(r"/[a-z/]*", home)


def test_sign_out_ends_the_session_at_once(app: Flask, client: FlaskClient):
    sign_in(client, make_account(app, "administrator"))
    kept = cookie(client)
    assert client.post("/sign-out").location == "/sign-in"
    client.set_cookie(COOKIE, kept)
    assert client.get("/account/recovery-codes").location.startswith("/sign-in")


def test_a_request_under_way_does_not_bring_an_ended_session_back(
    app: Flask, client: FlaskClient, db: Session
):
    account = make_account(app, "administrator")
    sign_in(client, account)

    @app.before_request
    def meanwhile() -> None:
        db.execute(delete(SessionRow).where(SessionRow.account_id == account.id))
        db.commit()
        session["language"] = "fr"

    assert client.get("/account").status_code == 200
    app.before_request_funcs[None].remove(meanwhile)
    assert db.scalars(select(SessionRow)).all() == []
    assert client.get("/account").status_code == 302


def test_a_file_that_is_not_there_signs_nobody_out(app: Flask, client: FlaskClient):
    sign_in(client, make_account(app, "administrator"))
    kept = cookie(client)
    answer = client.get("/static/css/of-an-older-version.css")
    assert (answer.status_code, answer.headers.getlist("Set-Cookie")) == (404, [])
    assert cookie(client) == kept
    assert client.get("/account").status_code == 200


def test_a_page_that_only_reads_waits_for_no_writer(
    app: Flask, client: FlaskClient, instance: Instance
):
    sign_in(client, make_account(app, "administrator"))
    with instance.session() as writer:
        writer.execute(update(Account).values(name="Not committed yet"))
        assert client.get("/sign-in").status_code == 302


def test_sign_out_without_a_token_is_refused(app: Flask, client: FlaskClient):
    sign_in(client, make_account(app, "administrator"))
    del client.environ_base["HTTP_X_CSRFTOKEN"]
    assert client.post("/sign-out").status_code == 400


@pytest.mark.parametrize(("minutes", "live"), [(59, True), (61, False)])
def test_an_idle_session_ends(app: Flask, client: FlaskClient, minutes: int, live: bool):
    sign_in(client, make_account(app, "administrator"))
    later = now() + timedelta(minutes=minutes)
    set_clock(lambda: later)
    try:
        answer = client.get("/sign-in")
    finally:
        set_clock(None)
    assert (answer.status_code == 302) is live


def test_a_busy_session_ends_after_twelve_hours(app: Flask, client: FlaskClient):
    sign_in(client, make_account(app, "administrator"))
    begun = now()
    seen = []
    try:
        for half_hours in range(26):
            later = begun + timedelta(minutes=30 * half_hours)
            set_clock(lambda later=later: later)
            seen.append(client.get("/sign-in").status_code == 302)
    finally:
        set_clock(None)
    assert seen == [True] * 24 + [False] * 2


def test_a_disabled_account_is_out_at_once(app: Flask, client: FlaskClient, db: Session):
    account = make_account(app, "administrator")
    sign_in(client, account)
    assert client.get("/sign-in").status_code == 302
    db.get(Account, account.id).disabled_at = now()
    db.commit()
    assert client.get("/sign-in").status_code == 200
