"""Every route of the API tells who sends no token, or a wrong one, whatever the cookie says."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.support.rows import add_delegation, add_link, add_visit
from tests.support.signing_in import allow_posts, make_account, sign_in, sign_in_guest
from tests.support.visitor import Visitor
from visitplanner.models import ApiToken, AuditEntry, Scan
from visitplanner.services.accounts.tokens import add_token
from visitplanner.services.act import Act
from visitplanner.web.access import rule_of

REALM = 'Bearer realm="visitplanner"'
WRONG = REALM + ', error="invalid_token"'


@pytest.fixture
def cast(db: Session, act: Act) -> SimpleNamespace:
    visit = add_visit(db)
    link = add_link(db, visit, delegation_id=add_delegation(db, visit).id)
    token = add_token(act, visit, "scan")
    return SimpleNamespace(visit=visit, token=token, link=link)


def routes(app: Flask) -> Iterator[tuple[str, str]]:
    """Method and address of what the API offers to those it knows."""
    for rule in app.url_map.iter_rules():
        declared = rule_of(app.view_functions[rule.endpoint]) if rule.endpoint != "static" else None
        if rule.rule.startswith("/api/") and declared and declared.kind != "public":
            values = dict.fromkeys(rule.arguments, "x") | {"slug": "arctic"}
            address = app.url_map.bind("localhost").build(rule.endpoint, values)
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                yield method, address


@pytest.fixture
def call(app: Flask) -> Callable[..., list[TestResponse]]:
    """Calls every route as this visitor; there is at least one."""

    def ask(who: Visitor, **headers: str) -> list[TestResponse]:
        answers = [
            who.open(address, method=method, json={"scans": []}, headers=headers)
            for method, address in routes(app)
        ]
        assert answers
        return answers

    return ask


def told(answer: TestResponse) -> tuple[int, str, str | None]:
    assert answer.json is not None
    assert answer.json["error"]["text"]
    return answer.status_code, answer.json["error"]["code"], answer.headers.get("WWW-Authenticate")


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_without_a_token(cast, client: Visitor, call) -> None:
    assert {told(answer) for answer in call(client)} == {(401, "token-needed", REALM)}


@pytest.mark.parametrize(
    "header",
    ["Bearer nonsense", "bearer nonsense", "Bearer ", "Bearer", "Bearer a b", "Bearer \xff"],
)
def test_a_wrong_token(cast, client: Visitor, call, header: str) -> None:
    found = {told(answer) for answer in call(client, Authorization=header)}
    assert found == {(401, "token-wrong", WRONG)}


def test_another_scheme_is_no_token(cast, client: Visitor, call) -> None:
    found = {told(answer) for answer in call(client, Authorization=f"Basic {cast.token}")}
    assert found == {(401, "token-needed", REALM)}


@pytest.mark.parametrize(
    "ending",
    [
        {"revoked_at": datetime.now(UTC) - timedelta(seconds=1)},
        {"expires_at": datetime.now(UTC) - timedelta(seconds=1)},
    ],
    ids=["revoked", "expired"],
)
def test_a_token_that_has_ended(cast, client: Visitor, call, db: Session, ending: dict) -> None:
    assert {answer.status_code for answer in call(client, **bearer(cast.token))} == {422}
    row = db.scalars(select(ApiToken)).one()
    for name, value in ending.items():
        setattr(row, name, value)
    found = {told(answer) for answer in call(client, **bearer(cast.token))}
    assert found == {(401, "token-wrong", WRONG)}


def test_a_cookie_is_taken_with_its_csrf_token_only(
    app: Flask, cast, client: Visitor, call
) -> None:
    sign_in(client, make_account(app, "administrator"))
    assert {answer.status_code for answer in call(client)} == {422}
    del client.environ_base["HTTP_X_CSRFTOKEN"]
    assert {told(answer) for answer in call(client)} == {(400, "csrf", None)}


def test_a_wrong_token_is_wrong_whatever_the_cookie_says(
    app: Flask, cast, client: Visitor, call
) -> None:
    sign_in(client, make_account(app, "administrator"))
    found = {told(answer) for answer in call(client, **bearer("nonsense"))}
    assert found == {(401, "token-wrong", WRONG)}


def test_a_right_token_counts_whatever_the_cookie_says(
    app: Flask, cast, client: Visitor, call, act: Act
) -> None:
    sign_in(client, make_account(app, "administrator"))
    reader = add_token(act, cast.visit, "read")
    found = {answer.status_code for answer in call(client, **bearer(reader))}
    assert found == {403}


def test_a_csrf_token_without_a_session_opens_nothing(cast, client: Visitor, call) -> None:
    allow_posts(client)
    assert {told(answer) for answer in call(client)} == {(401, "token-needed", REALM)}


def test_a_guest_finds_nothing_in_the_api(cast, client: Visitor, call) -> None:
    sign_in_guest(client, cast.link.id, "delegation")
    assert {answer.status_code for answer in call(client)} == {404}
    del client.environ_base["HTTP_X_CSRFTOKEN"]
    assert {answer.status_code for answer in call(client)} == {400}


def test_nothing_is_written_for_whom_we_do_not_know(
    app: Flask, cast, client: Visitor, call, db: Session
) -> None:
    before = len(db.scalars(select(AuditEntry.id)).all())
    call(client)
    call(client, **bearer("nonsense"))
    assert len(db.scalars(select(AuditEntry.id)).all()) == before
    assert db.scalars(select(Scan)).all() == []
    assert client.get_cookie("visitplanner") is None


def test_a_page_refuses_a_wrong_token_too(cast, client: Visitor) -> None:
    answer = client.get("/visits/arctic/delegations", headers=bearer("nonsense"))
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == WRONG
    page = client.get("/visits/arctic/delegations")
    assert page.status_code == 302


def test_the_description_needs_no_token(client: Visitor) -> None:
    found = client.get("/api/v1/openapi.json").json
    posts = [path[method] for path in found["paths"].values() for method in path]
    assert posts
    assert all("401" in operation["responses"] for operation in posts)
