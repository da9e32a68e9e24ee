"""Every route × every principal × own, foreign and missing objects: nothing leaks, nothing breaks.

The routes are read from the application: one without an access rule, or with an argument these
worlds do not know, fails here.
"""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from tests.support.signing_in import allow_posts, make_account, sign_in, sign_in_guest
from tests.support.worlds import World, make_world, snapshot
from visitplanner.domain.access import ROLES
from visitplanner.web.access import rule_of

OWN, FOREIGN = "MALACHITE", "CANARYFOREIGN"
SECOND = f"{OWN}1"  # the other delegation of the own visit: a guest must not see it
MISSING = "zzzzzzzzzzzzzzzz"
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
GUESTS = ("delegation", "delegate", "organisation")
OTHER_ARGUMENTS = {
    "account_id": MISSING,
    "grant_id": MISSING,
    "key_id": MISSING,
    "session_id": MISSING,
    "token": "A" * 43,
    "filename": "css/base.css",
}
REFUSED = (302, 400, 401, 403, 404, 405, 415, 422)  # and, below, nothing was written
FAMOUS = ("visits.home", "static")


@pytest.fixture
def worlds(db: Session, app: Flask) -> tuple[World, World]:
    instance = app.extensions["instance"]
    own = make_world(db, instance, "own", OWN, ["algeria", "peru"])
    foreign = make_world(db, instance, "foreign", FOREIGN, ["ghana", "japan"])
    return own, foreign


def routes(app: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            if rule.endpoint != "static":
                yield rule, method


def address(app: Flask, rule: Rule, arguments: dict[str, str], **changes: str) -> str:
    known = OTHER_ARGUMENTS | arguments | changes
    unknown = rule.arguments - known.keys()
    assert not unknown, f"{rule.rule}: the worlds of the matrix do not know {unknown}"
    values = {name: known[name] for name in rule.arguments}
    with app.test_request_context():
        return str(app.url_map.bind("localhost").build(rule.endpoint, values, force_external=False))


def call(client: FlaskClient, method: str, path: str) -> tuple[int, str]:
    answer = client.open(path, method=method, data={"row": MISSING} if method in UNSAFE else None)
    headers = " ".join(f"{name}: {value}" for name, value in answer.headers)
    body = answer.get_data().decode("utf-8", "replace")
    assert answer.status_code < 500 or answer.status_code == 503, (method, path, body[:500])
    return answer.status_code, f"{headers}\n{body}"


def objects(rule: Rule) -> set[str]:
    """The arguments that name an object inside a visit."""
    return rule.arguments - {"slug", "action", "kind", *OTHER_ARGUMENTS}


def test_every_route_declares_who_may_call_it(app: Flask) -> None:
    without = [
        rule.rule for rule, _ in routes(app) if rule_of(app.view_functions[rule.endpoint]) is None
    ]
    assert without == []


def test_nobody_unknown_sees_anything_of_a_visit(
    app: Flask, client: FlaskClient, worlds: tuple[World, World], db: Session
) -> None:
    _, foreign = worlds
    before = snapshot(db, foreign.visit.id)
    allow_posts(client)
    for rule, method in routes(app):
        if rule.endpoint in FAMOUS:
            continue
        status, text = call(client, method, address(app, rule, foreign.arguments))
        assert FOREIGN not in text, (method, rule.rule)
        if "slug" in rule.arguments:
            assert status in REFUSED, (method, rule.rule, status)
    assert snapshot(db, foreign.visit.id) == before


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_role_in_one_visit_opens_nothing_of_another(
    app: Flask, client: FlaskClient, worlds: tuple[World, World], db: Session, role: str
) -> None:
    own, foreign = worlds
    sign_in(client, make_account(app, role, own.visit))
    before = snapshot(db, foreign.visit.id)
    for rule, method in routes(app):
        if "slug" not in rule.arguments:
            continue
        status, text = call(client, method, address(app, rule, foreign.arguments))
        assert status == 404, ("the foreign visit", method, rule.rule, status)
        assert FOREIGN not in text, (method, rule.rule)
        if not objects(rule):
            continue
        mixed = address(app, rule, foreign.arguments, slug="own")
        status, text = call(client, method, mixed)
        if objects(rule) - {"letter"}:
            assert status in (403, 404), ("foreign objects", method, rule.rule, status)
        assert FOREIGN not in text, ("foreign objects", method, rule.rule)
        gone = dict.fromkeys(objects(rule), MISSING)
        status, text = call(client, method, address(app, rule, own.arguments, **gone))
        made = {404, 403} | ({422} if rule.endpoint == "visits.save_zone" else set())
        assert status in made, ("missing objects", method, rule.rule, status)
    assert snapshot(db, foreign.visit.id) == before


@pytest.mark.parametrize("kind", GUESTS)
def test_a_guest_sees_nothing_but_their_own(
    app: Flask, client: FlaskClient, worlds: tuple[World, World], db: Session, kind: str
) -> None:
    own, foreign = worlds
    sign_in_guest(client, own.links[kind], kind)
    before = snapshot(db, foreign.visit.id)
    for rule, method in routes(app):
        for world, changes in (
            (foreign, {}),
            (own, {"participant_id": own.people[1].id, "code": own.delegations[1].code}),
        ):
            status, text = call(client, method, address(app, rule, world.arguments, **changes))
            if "slug" in rule.arguments:
                assert status in REFUSED, (method, rule.rule, status)
            if rule.endpoint not in FAMOUS:
                assert FOREIGN not in text, (kind, method, rule.rule)
            assert SECOND not in text, (kind, method, rule.rule)
            if rule.arguments & {"participant_id", "code"}:
                assert status in REFUSED, (kind, method, rule.rule, status)
        sign_in_guest(client, own.links[kind], kind)
    assert snapshot(db, foreign.visit.id) == before


def test_the_own_visit_shows_its_canary_so_the_tests_above_can_fail(
    app: Flask, client: FlaskClient, worlds: tuple[World, World]
) -> None:
    own, _ = worlds
    sign_in(client, make_account(app, "head_of_protocol", own.visit))
    seen = 0
    for rule, method in routes(app):
        if method == "GET" and "slug" in rule.arguments:
            status, text = call(client, method, address(app, rule, own.arguments))
            seen += status == 200 and OWN in text
    assert seen >= 20


def test_unsafe_routes_refuse_without_a_token(
    app: Flask, client: FlaskClient, worlds: tuple[World, World]
) -> None:
    own, _ = worlds
    sign_in(client, make_account(app, "head_of_protocol", own.visit))
    client.environ_base.pop("HTTP_X_CSRFTOKEN")
    for rule, method in routes(app):
        if method in UNSAFE:
            status, _ = call(client, method, address(app, rule, own.arguments))
            assert status in (400, 404), (method, rule.rule, status)


def test_every_answer_is_hardened_and_kept_nowhere(
    app: Flask, client: FlaskClient, worlds: tuple[World, World]
) -> None:
    own, _ = worlds
    sign_in(client, make_account(app, "head_of_protocol", own.visit))
    for rule, method in routes(app):
        if method != "GET":
            continue
        answer = client.get(address(app, rule, own.arguments))
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe-inline" not in policy, rule.rule
        assert not re.search(r"'unsafe-eval'", policy), rule.rule
        assert answer.headers["X-Content-Type-Options"] == "nosniff", rule.rule
        assert answer.headers["Cache-Control"] == "no-store", rule.rule
        assert answer.headers["Referrer-Policy"] == "no-referrer", rule.rule
