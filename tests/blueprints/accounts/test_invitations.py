"""Invitations and forgotten passwords, from the letter to the first sign-in."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.signing_in import PASSWORD, allow_posts, make_account, sign_in
from tests.support.visitor import Visitor
from visitplanner.models import AccessLink, Account, MailMessage
from visitplanner.models import Session as SessionRow
from visitplanner.models.base import now, set_clock
from visitplanner.services import mail
from visitplanner.services.instance import Instance

NEW = "seven green lanterns"


@pytest.fixture
def admin(app: Flask, client: Visitor) -> Visitor:
    sign_in(client, make_account(app, "administrator"))
    return client


@pytest.fixture
def guest(visitor: Callable[[], Visitor]) -> Visitor:
    return visitor()


def letters(db: Session, instance: Instance) -> list[str]:
    rows = db.scalars(select(MailMessage).order_by(MailMessage.created_at)).all()
    return [mail.body(instance, row) for row in rows]


def link_in(letter: str) -> str:
    found = re.search(r"http://localhost(/\S+)", letter)
    assert found is not None
    return found.group(1)


def invite(admin: Visitor, email: str = "new@protocol.example", **values: str):
    page = admin.read("/accounts/new")
    return admin.submit(
        page, {"email": email, "name": "Vera", "role": "tours", **values}, form="form.form"
    )


def ask(guest: Visitor, email: str):
    return guest.submit(guest.read("/sign-in/help"), {"email": email}, form="form.door-form")


def choose(guest: Visitor, address: str, password: str = NEW, status: int = 200, **more: str):
    page = guest.read(address)
    values = {"password": password, "repeat": password} | more
    return guest.submit(page, values, form="form.door-form", status=status)


def test_from_the_invitation_to_the_first_page(
    admin: Visitor, guest: Visitor, db: Session, instance: Instance
):
    shown = invite(admin, " New@Protocol.Example ")
    assert "new@protocol.example" in shown.text
    [letter] = letters(db, instance)
    address = link_in(letter)
    door = choose(guest, address, name="Vera Orlova")
    assert door.address == "/sign-in"
    page = guest.submit(
        door, {"email": "new@protocol.example", "password": NEW}, form="form.door-form"
    )
    assert page.address == "/sign-in/set-up"
    row = db.scalar(select(Account).where(Account.email == "new@protocol.example"))
    assert row.name == "Vera Orlova"
    assert guest.get(address).status_code == 410


def test_looking_at_an_invitation_uses_nothing_up(
    admin: Visitor, guest: Visitor, db: Session, instance: Instance
):
    invite(admin)
    address = link_in(letters(db, instance)[0])
    for _ in range(3):
        assert guest.get(address).status_code == 200
    assert db.scalar(select(AccessLink.first_used_at)) is None


def test_an_address_that_is_known_is_refused_with_all_that_was_typed(admin: Visitor, db: Session):
    invite(admin)
    page = admin.read("/accounts/new")
    again = admin.submit(
        page,
        {"email": "new@protocol.example", "name": "Somebody", "role": "press"},
        form="form.form",
        status=422,
    )
    assert again.select("[data-error-summary] a[href='#email']")
    assert again.select("input[name=name]")[0]["value"] == "Somebody"
    assert len(db.scalars(select(Account)).all()) == 2


@pytest.mark.parametrize(
    "email", ["", "x", "a@b\r\nBcc: c@d.example", "a@b,c@d.example", "<a@b.c>"]
)
def test_what_is_no_address_is_refused(admin: Visitor, db: Session, email: str):
    page = admin.read("/accounts/new")
    admin.submit(page, {"email": email, "role": "press"}, form="form.form", status=422)
    assert db.scalar(select(MailMessage)) is None


def test_an_invitation_lasts_three_days(
    admin: Visitor, guest: Visitor, db: Session, instance: Instance
):
    invite(admin)
    address = link_in(letters(db, instance)[0])
    later = now() + timedelta(hours=72, seconds=1)
    set_clock(lambda: later)
    assert guest.get(address).status_code == 410


def test_a_second_invitation_ends_the_first(
    admin: Visitor, guest: Visitor, db: Session, instance: Instance
):
    invite(admin)
    account = db.scalar(select(Account).where(Account.email == "new@protocol.example"))
    admin.post(f"/accounts/{account.id}/send-link", headers=csrf(admin))
    first, second = (link_in(letter) for letter in letters(db, instance))
    assert guest.get(first).status_code == 410
    assert guest.get(second).status_code == 200


def csrf(client: Visitor) -> dict[str, str]:
    page = client.read("/account")
    return {"X-CSRFToken": page.select("meta[name=csrf-token]")[0]["content"]}


def test_the_same_answer_for_every_address(
    app: Flask, guest: Visitor, db: Session, instance: Instance
):
    account = make_account(app, "observer")
    closed = make_account(app, "press")
    db.get(Account, closed.id).disabled_at = now()
    answers = {
        ask(guest, email).text for email in (account.email, closed.email, "nobody@x.example")
    }
    assert len(answers) == 1
    assert [row.recipient for row in db.scalars(select(MailMessage))] == [account.email]


def test_a_new_password_ends_every_session_and_signs_nobody_in(
    app: Flask, client: Visitor, guest: Visitor, db: Session, instance: Instance
):
    account = make_account(app, "observer")
    sign_in(client, account)
    ask(guest, account.email)
    choose(guest, link_in(letters(db, instance)[0]))
    assert client.get("/account").status_code == 302
    assert guest.get("/account").status_code == 302
    assert db.scalar(select(SessionRow).where(SessionRow.account_id == account.id)) is None
    door = allow_posts(guest)
    wrong = door.post("/sign-in", data={"email": account.email, "password": PASSWORD})
    right = door.post("/sign-in", data={"email": account.email, "password": NEW})
    assert (wrong.status_code, right.status_code) == (422, 302)


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short", "at least 12"),
        ("aaaaaaaaaaaaaa", "repeats too few"),
        ("x1!" * 70, "at most 200"),
        ("anna petrova likes tea", "your name"),
    ],
)
def test_poor_passwords_are_refused_in_words(
    app: Flask, guest: Visitor, db: Session, instance: Instance, password: str, words: str
):
    account = make_account(app, "observer", name="Anna Petrova")
    ask(guest, account.email)
    address = link_in(letters(db, instance)[0])
    page = choose(guest, f"{address}?language=en", password, status=422)
    assert words in page.text
    assert password not in page.html
    assert guest.get(address).status_code == 200


def test_two_different_passwords_are_refused(
    app: Flask, guest: Visitor, db: Session, instance: Instance
):
    account = make_account(app, "observer")
    ask(guest, account.email)
    page = choose(guest, link_in(letters(db, instance)[0]), repeat="another one", status=422)
    assert page.select("[data-error-summary] a[href='#repeat']")


def test_forged_links_of_staff_are_counted(guest: Visitor):
    codes = [guest.get(f"/new-password/{'x' * 43}").status_code for _ in range(11)]
    assert codes == [404] * 10 + [429]


def test_an_invitation_does_not_open_as_a_reset(
    admin: Visitor, guest: Visitor, db: Session, instance: Instance
):
    invite(admin)
    address = link_in(letters(db, instance)[0])
    assert guest.get(address.replace("/invitation/", "/new-password/")).status_code == 404


def test_asking_is_limited(guest: Visitor):
    page = guest.read("/sign-in/help")
    for _ in range(5):
        guest.submit(page, {"email": "nobody@x.example"}, form="form.door-form")
    guest.submit(page, {"email": "nobody@x.example"}, form="form.door-form", status=429)


HOSTS = ["evil.example", "evil.example:80", "localhost.evil.example", "localhost@evil.example"]


@pytest.mark.parametrize("host", HOSTS)
def test_a_letter_names_our_address_only(
    app: Flask, guest: Visitor, db: Session, instance: Instance, host: str
):
    account = make_account(app, "observer")
    door = allow_posts(guest)
    for headers in ({"Host": host}, {"X-Forwarded-Host": host}, {"Forwarded": f"host={host}"}):
        door.post("/sign-in/help", data={"email": account.email}, headers=headers)
    for letter in letters(db, instance):
        assert "evil" not in letter
        assert "http://localhost/new-password/" in letter
    assert letters(db, instance)
