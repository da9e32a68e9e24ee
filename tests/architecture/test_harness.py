"""The servers and fixtures of `tests/support` do what the other tests rely on."""

import smtplib
from email.message import EmailMessage

import pytest
import redis
from playwright.sync_api import Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.application import Statements
from tests.support.browser import PageMaker, axe
from tests.support.database import Tables
from tests.support.live_server import LiveServer
from tests.support.signing_in import sign_in
from tests.support.smtp import Mailbox
from tests.support.visitor import COOKIE, Visitor
from visitplanner.models import Account, Attempt
from visitplanner.web.access import principal


@pytest.mark.both_databases
def test_each_test_has_a_migrated_database_of_its_own(rows: Tables, database_kind: str) -> None:
    assert rows.count(Attempt) == 0
    rows.add(Attempt(bucket="sign-in:kenya"))
    assert rows.one(select(Attempt.bucket)) == "sign-in:kenya"
    assert rows.one(select(Attempt)).at.tzinfo is not None
    with rows.write() as session:
        assert session.get_bind().dialect.name.startswith(database_kind)


@pytest.mark.both_databases
def test_a_request_sees_what_the_test_arranged(client: Visitor, db: Session) -> None:
    account = Account(email="officer@example.org", name="Officer")
    db.add(account)
    assert client.read("/health/ready").status == 200
    sign_in(client, account)
    account.name = "Head"
    token = client.get_cookie(COOKIE)
    assert token is not None
    client.read("/health/live")
    with client.application.test_request_context(headers={"Cookie": f"{COOKIE}={token.value}"}):
        assert principal().name == "Head"


def test_the_statements_of_a_request_are_counted(client: Visitor, statements: Statements) -> None:
    with statements() as seen:
        client.read("/health/ready")
        assert [words.split()[0] for words in seen] == ["SELECT", "SELECT"]
    client.read("/health/ready")
    assert len(seen) == 2


def test_the_smtp_server_keeps_what_it_is_sent(mailbox: Mailbox) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "Визит"
    message.set_content("Добро пожаловать")
    host, port = mailbox.url.removeprefix("smtp://").split(":")
    with smtplib.SMTP(host, int(port)) as connection:
        connection.send_message(message)
    assert mailbox.messages[0]["Subject"] == "Визит"
    assert mailbox.recipients == [["b@example.org"]]


def test_the_redis_server_is_empty_for_each_test(redis_url: str) -> None:
    socket, _, number = redis_url.removeprefix("redis+socket://").partition("?virtual_host=")
    with redis.Redis(unix_socket_path=socket, db=int(number)) as connection:
        assert connection.dbsize() == 0
        connection.set("left", "behind")


@pytest.mark.browser
@pytest.mark.both_databases
def test_the_live_server_answers_a_browser(page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url("/health/ready"))
    assert '"status":"ok"' in page.content().replace(" ", "")


@pytest.mark.browser
def test_a_page_tells_what_went_wrong_on_it(open_page: PageMaker, live_server: LiveServer) -> None:
    page = open_page()
    page.goto(live_server.url("/health/live"))
    page.evaluate("setTimeout(() => { throw new Error('planted') })")
    page.evaluate("document.body.append(Object.assign(new Image(), {src: 'http://other.test/a'}))")
    page.evaluate("document.body.append(Object.assign(new Image(), {src: '/static/none.png'}))")
    for _ in range(600):  # Chromium tells each of the four when it comes to it
        page.wait_for_timeout(50)
        if len(page.watcher.problems) >= 4:  # type: ignore[attr-defined]
            break
    problems = sorted(page.watcher.problems)  # type: ignore[attr-defined]
    assert [problem.split(":")[0] for problem in problems] == [
        "404",
        "console",
        "console",
        "script",
    ]
    assert any("policy: img-src refused" in problem for problem in problems)
    page.watcher.problems.clear()  # type: ignore[attr-defined]
    assert any("html-has-lang" in fault for fault in axe(page))
