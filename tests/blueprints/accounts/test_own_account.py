"""My account: what I change, what ends, what asks me to sign in again."""

from collections.abc import Callable
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.application import Clock
from tests.support.signing_in import PASSWORD, allow_posts, make_account, sign_in
from tests.support.visitor import Visitor
from visitplanner.models import Account, AuditEntry, RecoveryCode
from visitplanner.models import Session as SessionRow
from visitplanner.models.base import now

NEW = "seven green lanterns"


@pytest.fixture
def account(app: Flask) -> Account:
    return make_account(app, "protocol_officer")


@pytest.fixture
def me(client: Visitor, account: Account) -> Visitor:
    return sign_in(client, account)


def change(me: Visitor, present: str, new: str, status: int = 200):
    values = {"present": present, "password": new, "repeat": new}
    return me.submit(me.read("/account"), values, form="form[action$=password]", status=status)


def test_a_stranger_has_no_account_page(client: Visitor):
    assert client.get("/account").location.startswith("/sign-in?to=accounts.me")


def test_name_and_language(me: Visitor, account: Account, db: Session):
    page = me.submit(
        me.read("/account"),
        {"name": "  Анна  Петрова ", "language": "en"},
        form="form[action$=profile]",
    )
    row = db.get(Account, account.id)
    assert (row.name, row.language) == ("Анна Петрова", "en")
    assert page.select("html[lang=en]")


def test_two_browsers_save_the_name(me: Visitor, account: Account, visitor, db: Session):
    other = sign_in(visitor(), account)
    mine, theirs = me.read("/account"), other.read("/account")
    me.submit(mine, {"name": "First"}, form="form[action$=profile]")
    page = other.submit(theirs, {"name": "Second"}, form="form[action$=profile]", status=409)
    assert db.get(Account, account.id).name == "First"
    assert page.select("input[name=name]")[0]["value"] == "Second"


def test_a_new_password_gives_a_new_session_and_ends_the_others(
    me: Visitor, account: Account, visitor, db: Session
):
    other = sign_in(visitor(), account)
    kept = me.get_cookie("visitplanner").value
    change(me, PASSWORD, NEW)
    assert me.get_cookie("visitplanner").value != kept
    assert me.get("/account").status_code == 200
    assert other.get("/account").status_code == 302
    thief = visitor()
    thief.set_cookie("visitplanner", kept)
    assert thief.get("/account").status_code == 302
    assert db.scalar(select(AuditEntry.action)) == "account.password_set"


def test_the_present_password_is_asked(me: Visitor, account: Account, db: Session):
    before = db.get(Account, account.id).password_hash
    page = change(me, "not mine at all", NEW, status=422)
    assert page.select("[data-error-summary] a[href='#present']")
    assert NEW not in page.html
    assert db.get(Account, account.id).password_hash == before


def test_the_present_password_cannot_be_guessed(me: Visitor):
    page = me.read("/account")
    values = {"present": "wrong", "password": NEW, "repeat": NEW}
    for _ in range(10):
        me.submit(page, values, form="form[action$=password]", status=422)
    me.submit(page, values | {"present": PASSWORD}, form="form[action$=password]", status=429)


def test_sessions_are_listed_and_ended(me: Visitor, account: Account, visitor, db: Session):
    other = sign_in(visitor(), account)
    assert len(me.read("/account").select("section tbody tr")) == 2
    page = me.read("/account")
    me.submit(page, form="form[action$='/end']")
    assert other.get("/account").status_code == 302
    assert me.get("/account").status_code == 200


def test_all_other_sessions_end_at_once(me: Visitor, account: Account, visitor, db: Session):
    others = [sign_in(visitor(), account) for _ in range(3)]
    me.submit(me.read("/account"), form="form[action$='end-others']")
    assert [other.get("/account").status_code for other in others] == [302] * 3
    assert len(db.scalars(select(SessionRow)).all()) == 1


def test_the_session_of_somebody_else_is_not_there(app: Flask, me: Visitor, visitor, db: Session):
    stranger = make_account(app, "observer")
    theirs = sign_in(visitor(), stranger)
    row = db.scalar(select(SessionRow).where(SessionRow.account_id == stranger.id))
    assert me.post(f"/account/sessions/{row.id}/end").status_code == 404
    assert theirs.get("/account").status_code == 200


def set_up_app(me: Visitor) -> pyotp.TOTP:
    page = me.read("/account/app")
    secret = page.texts(".totp-secret bdi")[0].replace(" ", "")
    codes = pyotp.TOTP(secret)
    me.submit(page, {"code": codes.at(now())}, form="form.form")
    return codes


def test_an_app_is_set_up_and_asked_at_the_next_sign_in(
    clock: Clock, me: Visitor, account: Account, visitor, db: Session
):
    codes = set_up_app(me)
    shown = me.read("/account/recovery-codes")
    written = shown.texts("ol.recovery-codes code")
    assert len(set(written)) == 10
    me.submit(shown, form="form.door-form")
    assert "<code>" not in me.get("/account/recovery-codes", follow_redirects=True).text
    door = allow_posts(visitor())
    door.post("/sign-in", data={"email": account.email, "password": PASSWORD})
    page = door.read("/sign-in/second-step")
    used = codes.at(now())
    door.submit(page, {"code": used}, form="form.door-form", status=422)
    code = codes.at(clock.forward(seconds=60))
    assert door.submit(page, {"code": code}, form="form.door-form").address == "/visits"


def test_a_recovery_code_opens_once(me: Visitor, account: Account, visitor, db: Session):
    set_up_app(me)
    code = me.read("/account/recovery-codes").texts("ol.recovery-codes code")[0]
    assert all(
        code.replace("-", "") not in row.code_hash for row in db.scalars(select(RecoveryCode))
    )
    for status in (200, 422):
        door = allow_posts(visitor())
        door.post("/sign-in", data={"email": account.email, "password": PASSWORD})
        page = door.read("/sign-in/second-step")
        door.submit(page, {"code": f" {code.upper()} "}, form="form.door-form", status=status)


def test_new_recovery_codes_void_the_old(me: Visitor, db: Session):
    set_up_app(me)
    old = set(db.scalars(select(RecoveryCode.code_hash)))
    me.submit(me.read("/account"), form="form[action$='recovery-codes/new']")
    assert old.isdisjoint(db.scalars(select(RecoveryCode.code_hash)))


def test_an_excused_account_may_remove_its_app(me: Visitor, account: Account, db: Session):
    set_up_app(me)
    me.submit(me.read("/account"), form="form[action$='app/remove']")
    row = db.get(Account, account.id)
    assert (row.totp_secret, row.totp_confirmed_at) == ("", None)


@pytest.mark.parametrize("address", ["/account/recovery-codes/new", "/account/app/remove"])
def test_old_sessions_sign_in_again_first(me: Visitor, account: Account, db: Session, address: str):
    row = db.scalar(select(SessionRow).where(SessionRow.account_id == account.id))
    row.created_at = now() - timedelta(minutes=31)
    answer = me.post(address)
    assert answer.location == "/sign-in?to=accounts.me"
    assert me.get("/account").status_code == 302
    assert db.scalar(select(RecoveryCode)) is None


def test_an_old_session_gets_no_code_to_scan(me: Visitor, account: Account, db: Session):
    row = db.scalar(select(SessionRow).where(SessionRow.account_id == account.id))
    row.created_at = now() - timedelta(minutes=31)
    assert me.get("/account/app").location == "/sign-in?to=accounts.me"


def test_a_change_of_the_second_step_ends_other_sessions(
    me: Visitor, account: Account, visitor: Callable[[], Visitor]
):
    other = sign_in(visitor(), account)
    set_up_app(me)
    assert me.get("/account").status_code == 200
    assert other.get("/account").status_code == 302
