"""Everybody's accounts: the list, roles that count at once, closing, help."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from tests.support.rows import add_organisation, add_visit
from tests.support.signing_in import PASSWORD, allow_posts, make_account, sign_in
from tests.support.visitor import Visitor
from visitplanner.models import Account, AuditEntry, Passkey, RoleGrant
from visitplanner.models.base import now


@pytest.fixture
def boss(app: Flask) -> Account:
    return make_account(app, "administrator", name="Olga Admin")


@pytest.fixture
def admin(client: Visitor, boss: Account) -> Visitor:
    return sign_in(client, boss)


@pytest.fixture
def officer(app: Flask) -> Account:
    return make_account(app, "protocol_officer", name="Павел Соколов")


@pytest.mark.parametrize("role", ["protocol_officer", "observer", "data_protection", "press"])
def test_only_who_manages_accounts_sees_them(app: Flask, client: Visitor, role: str):
    account = make_account(app, role)
    sign_in(client, account)
    for address in ("/accounts", "/accounts/new", f"/accounts/{account.id}", "/accounts/mail"):
        assert client.get(address).status_code == 403


def test_managing_one_visit_is_not_managing_all(app: Flask, client: Visitor, db: Session):
    visit = add_visit(db)
    db.commit()
    sign_in(client, make_account(app, "head_of_protocol", visit))
    assert client.get("/accounts").status_code == 403


def test_a_role_taken_away_counts_at_the_next_click(
    app: Flask, admin: Visitor, visitor: Callable[[], Visitor], db: Session
):
    second = make_account(app, "administrator", name="Second")
    theirs = sign_in(visitor(), second)
    assert theirs.get("/accounts").status_code == 200
    admin.submit(admin.read(f"/accounts/{second.id}"), form="form[action$=revoke]")
    assert theirs.get("/accounts").status_code == 403
    entry = db.scalar(select(AuditEntry).where(AuditEntry.action == "role.revoked"))
    assert entry.before["role"] == "administrator"


def test_a_role_given_counts_at_the_next_click(
    app: Flask, admin: Visitor, officer: Account, visitor: Callable[[], Visitor], db: Session
):
    visit = add_visit(db)
    organisation = add_organisation(db, visit)
    db.commit()
    theirs = sign_in(visitor(), officer)
    assert theirs.get("/accounts").status_code == 403
    page = admin.read(f"/accounts/{officer.id}")
    admin.submit(page, {"role": "head_of_protocol"}, form="form.form")
    assert theirs.get("/accounts").status_code == 200
    page = admin.submit(
        page,
        {"role": "press", "visit": visit.id, "organisation": organisation.id},
        form="form.form",
    )
    assert "Visit arctic" in page.text or "Визит arctic" in page.text


def test_the_same_role_twice_is_refused(admin: Visitor, officer: Account, db: Session):
    page = admin.read(f"/accounts/{officer.id}")
    again = admin.submit(page, {"role": "protocol_officer"}, form="form.form", status=422)
    assert again.select("[data-error-summary] a[href='#role']")
    assert len(db.scalars(select(RoleGrant).where(RoleGrant.account_id == officer.id)).all()) == 1


def test_an_organisation_from_elsewhere_is_refused(admin: Visitor, officer: Account, db: Session):
    here, there = add_visit(db), add_visit(db, "elsewhere")
    stranger = add_organisation(db, there)
    db.commit()
    page = admin.read(f"/accounts/{officer.id}")
    values = {"role": "press", "visit": here.id, "organisation": stranger.id}
    assert admin.submit(page, values, form="form.form", status=422).select("[data-error-summary]")


def test_made_up_roles_and_visits_are_refused(admin: Visitor, officer: Account, db: Session):
    for values in ({"role": "emperor"}, {"role": "press", "visit": "nowhere"}):
        answer = admin.post(
            f"/accounts/{officer.id}/roles", data={"visit": "", "organisation": "", **values}
        )
        assert answer.status_code == 422
    assert len(db.scalars(select(RoleGrant).where(RoleGrant.account_id == officer.id)).all()) == 1


def test_the_last_administrator_stays(admin: Visitor, boss: Account, db: Session):
    page = admin.submit(admin.read(f"/accounts/{boss.id}"), form="form[action$=revoke]")
    assert page.select(".notice.trouble")
    assert db.scalar(select(RoleGrant.role).where(RoleGrant.account_id == boss.id))


def test_nobody_closes_their_own_account(admin: Visitor, boss: Account, db: Session):
    admin.post(f"/accounts/{boss.id}/close")
    assert db.get(Account, boss.id).disabled_at is None


def test_a_closed_account_is_out_and_stays_out(
    admin: Visitor, officer: Account, visitor: Callable[[], Visitor], db: Session
):
    theirs = sign_in(visitor(), officer)
    page = admin.submit(admin.read(f"/accounts/{officer.id}"), form="form[action$=close]")
    assert theirs.get("/account").status_code == 302
    door = allow_posts(visitor())
    attempt = {"email": officer.email, "password": PASSWORD}
    assert door.post("/sign-in", data=attempt).status_code == 422
    admin.submit(page, form="form[action$=reopen]")
    assert door.post("/sign-in", data=attempt).status_code == 302


def test_help_for_who_lost_the_key(
    admin: Visitor, officer: Account, visitor: Callable[[], Visitor], db: Session
):
    db.add(Passkey(account_id=officer.id, credential_id=b"1", public_key=b"2", name="Phone"))
    row = db.get(Account, officer.id)
    row.totp_secret, row.totp_confirmed_at, row.password_only = "x", now(), False
    theirs = sign_in(visitor(), officer)
    admin.submit(admin.read(f"/accounts/{officer.id}"), form="form[action$='second-step']")
    assert theirs.get("/account").status_code == 302
    door = allow_posts(visitor())
    answer = door.post("/sign-in", data={"email": officer.email, "password": PASSWORD})
    assert answer.location == "/sign-in/set-up"


def test_sessions_are_ended_from_afar(
    admin: Visitor, officer: Account, visitor: Callable[[], Visitor]
):
    theirs = sign_in(visitor(), officer)
    admin.submit(admin.read(f"/accounts/{officer.id}"), form="form[action$='end-sessions']")
    assert theirs.get("/account").status_code == 302


def test_an_account_that_is_not_there(admin: Visitor):
    for address in ("/accounts/nobody", "/accounts/mail/nothing"):
        assert admin.get(address).status_code == 404
    for deed in ("close", "reopen", "end-sessions", "send-link", "forget-second-step"):
        assert admin.post(f"/accounts/nobody/{deed}").status_code == 404


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"text": "соколов"}, ["Павел Соколов"]),
        ({"text": "protocol_officer-"}, ["Павел Соколов"]),
        ({"role": "administrator"}, ["Olga Admin"]),
        ({"state": "closed"}, []),
        ({"text": "%"}, []),
        ({"visit_id": "' OR 1=1"}, []),
        ({"page": "99999999999"}, ["Olga Admin", "Павел Соколов"]),
    ],
)
def test_the_list_is_narrowed(admin: Visitor, officer: Account, query: dict, names: list[str]):
    page = Visitor.read(admin, "/accounts", query_string=query)
    assert page.texts("tbody th") == names


def test_names_are_shown_as_text(app: Flask, admin: Visitor):
    evil = make_account(app, "press", name="<script>alert(1)</script>{{7*7}}")
    for address in ("/accounts", f"/accounts/{evil.id}"):
        page = admin.read(address)
        assert not [tag for tag in page.select("script") if "alert" in tag.get_text()]
        assert "<script>alert(1)</script>{{7*7}}" in page.text


def test_the_list_asks_the_same_number_of_questions(app: Flask, admin: Visitor, instance):
    asked: list[str] = []
    event.listen(instance.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    counts = []
    for more in (1, 5, 20):
        for _ in range(more):
            make_account(app, "press")
        asked.clear()
        admin.read("/accounts")
        counts.append(len(asked))
    assert len(set(counts)) == 1
