"""Garbage to every form: no answer is a 5xx, and a form that refuses says where, keeping the rest.

The forms are read from the pages themselves, as a browser finds them, so a new form is tried by
being there; routes without a form on any page get the same garbage under every name we know.
"""

import gc
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from tests.conftest import Rounds
from tests.support.signing_in import allow_posts, make_account, sign_in, sign_in_guest
from tests.support.visitor import fields
from tests.support.worlds import World, make_world
from tests.web.test_route_matrix import FOREIGN, OWN, UNSAFE, address, routes

pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")
"""Werkzeug leaves the file of a part that breaks off to the garbage collector."""

HUGE = "9" * 400
TEXTS = ("a\x00b\x1b\u202e\ufffe<script>%(x)s{{7*7}}" + "x" * 20_000, "\x00", "%s' OR 1=1 --")
NUMBERS = (HUGE, "-1", "1e999", "NaN", "0x10", "٣", "")
DATES = ("0001-01-01T00:00", "9999-12-31T23:59", "2026-02-30", "2026-13-01T99:99", "today")
ENDINGS = (
    "sign-out", "remove", "withdraw", "reject", "revoke", "delete", "end", "purge", "archive",
    "decline", "unlink", "disable", "block",
)  # fmt: skip
JSONS = (
    b"[1, 2]", b'"\\ud800"', b'{"order": {"a": 1}, "scans": 7}', b"{", b"[" * 5000,
    b'{"order": ["\\ud800\\u0000", 1e999, null], "field": "\\ud800", "value": "\\u0000\\ud800"}',
    b'{"scans": [{"id": "\\ud800\\ud800", "code": "\\u0000", "at": "9999-12-31T23:59:59Z"}]}',
)  # fmt: skip


SKIPPED = (("file", "password", "button", "checkbox", "radio"), ("file", "password", "button"))
"""Kinds of fields that are left alone in `make test`, and in `make endurance`."""


@pytest.fixture(autouse=True)
def broken_off_parts() -> Iterator[None]:
    """Have them collected here, not in whatever test comes next."""
    yield
    gc.collect()


@dataclass(slots=True)
class Found:
    """A form as a page shows it: where it goes, what a browser would send, the fields' kinds."""

    action: str
    page: str
    values: dict[str, Any]
    kinds: dict[str, str]
    upload: bool


@dataclass(slots=True)
class Trouble:
    """What went wrong, collected so that one run names all of it."""

    lines: list[str] = field(default_factory=list)


def kind_of(tag: Tag) -> str:
    if tag.name in ("select", "textarea"):
        return str(tag.name)
    return str(tag.get("type", "text"))


def forms_on(page: str, html: str) -> Iterator[Found]:
    for form in BeautifulSoup(html, "html.parser").select("form"):
        if str(form.get("method", "get")).lower() != "post":
            continue
        inputs = form.select("input[name], select[name], textarea[name]")
        kinds = {str(tag["name"]): kind_of(tag) for tag in inputs}
        upload = form.get("enctype") == "multipart/form-data"
        values = fields(form)
        yield Found(str(form.get("action") or page), page, values, kinds, upload)
        for button in form.select("button[formaction]"):
            yield Found(str(button["formaction"]), page, values, kinds, upload)
        for button in form.select("button[name]"):
            name = str(button["name"])
            chosen = values | {name: str(button.get("value", ""))}
            more = kinds | {f"{name}={chosen[name]}": "button"}
            yield Found(str(form.get("action") or page), page, chosen, more, upload)


def garbage_for(kind: str, foreign: list[str]) -> list[str]:
    """The worst for this kind of field first."""
    if kind == "number":
        return list(NUMBERS)
    if kind in ("date", "datetime-local", "time", "month"):
        return list(DATES)
    if kind in ("select", "radio", "checkbox", "hidden"):
        return [foreign[-1], "nonsense", "", *foreign]
    return list(TEXTS)


def endpoint_of(app: Flask, path: str) -> str:
    """The name of the route a form goes to; the path itself where there is none."""
    try:
        return str(app.url_map.bind("localhost").match(urlsplit(path).path, "POST")[0])
    except HTTPException:
        return path


def discovered(app: Flask, client: FlaskClient, world: World) -> list[Found]:
    """Every form on every page this client may read."""
    found: dict[tuple[str, str], Found] = {}
    for rule, method in routes(app):
        if method != "GET" or rule.endpoint.endswith(("sign_out", "photo")):
            continue
        path = address(app, rule, world.arguments)
        answer = client.get(path)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            for one in forms_on(path, answer.text):
                found.setdefault((endpoint_of(app, one.action), str(sorted(one.kinds))), one)
    return sorted(found.values(), key=lambda one: (one.action.endswith(ENDINGS), one.action))


def send(client: FlaskClient, trouble: Trouble, path: str, what: str, **body: Any) -> Any:
    """Post it; a 5xx or an exception is trouble (Any: a test response, None after an exception)."""
    try:
        answer = client.post(path, **body)
    except Exception as error:
        trouble.lines.append(f"{path} [{what}]: {type(error).__name__}: {str(error)[:150]}")
        return None
    finally:
        for data in (body.get("data"),):
            if isinstance(data, dict):
                for value in data.values():
                    if hasattr(value, "close"):
                        value.close()
    if answer.status_code >= 500:
        trouble.lines.append(f"{path} [{what}]: {answer.status_code}")
    return answer


def check_refusal(
    answer: Any, one: Found, sent: dict[str, Any], name: str, trouble: Trouble
) -> None:
    """A form that comes back has a summary whose links hit, and what else was typed."""
    soup = BeautifulSoup(answer.text, "html.parser")
    where = f"{one.action} [{name}={str(sent.get(name, ''))[:12]!r}]"
    summary = soup.select_one("[data-error-summary], .error-message, .conflict")
    if summary is None:
        trouble.lines.append(f"{where}: {answer.status_code} without a summary")
        return
    for link in soup.select("[data-error-summary] a"):
        target = str(link["href"]).removeprefix("#")
        if soup.find(id=target) is None:
            trouble.lines.append(f"{where}: the summary's link {link['href']} leads nowhere")
    kept: dict[str, Any] = {}
    for form in soup.select("form"):
        kept |= {key: value for key, value in fields(form).items() if key not in kept}
    for key, value in sent.items():
        plain = one.kinds.get(key) in ("text", "email", "tel", "textarea") and key != name
        if plain and isinstance(value, str) and kept.get(key, "") != value:
            trouble.lines.append(f"{where}: {key} was typed and is lost")


def attack(
    client: FlaskClient, one: Found, foreign: list[str], trouble: Trouble, tries: int
) -> None:
    send(client, trouble, one.action, "nothing", data={})
    if one.upload:
        torn = b"--x\r\nContent-Disposition: form-data; name=photo; filename=a\r\n\r\nabc"
        for kind in ("multipart/form-data; boundary=x", "multipart/form-data"):
            send(client, trouble, one.action, "torn", data=torn, content_type=kind)
    typed = {
        key: f"Typed {key}" if one.kinds.get(key) in ("text", "textarea") and not value else value
        for key, value in one.values.items()
    }
    for name, kind in one.kinds.items():
        if name == "csrf_token" or kind in SKIPPED[tries > 1]:
            continue
        for bad in garbage_for(kind, foreign)[: tries + kind.startswith("date")]:
            sent = typed | {name: bad}
            answer = send(client, trouble, one.action, f"{name}={bad[:12]!r}", data=sent)
            if answer is not None and answer.status_code == 422:
                check_refusal(answer, one, sent, name, trouble)


@pytest.fixture
def world(db: Session, app: Flask) -> World:
    return make_world(db, app.extensions["instance"], "own", OWN, ["algeria", "peru"])


@pytest.fixture
def foreign(db: Session, app: Flask) -> list[str]:
    made = make_world(db, app.extensions["instance"], "foreign", FOREIGN, ["ghana", "japan"])
    return sorted({*made.arguments.values(), *(row.id for row in made.delegations)})


def enter(app: Flask, client: FlaskClient, world: World, who: str) -> None:
    if who == "nobody":
        allow_posts(client)
    elif who in world.links:
        sign_in_guest(client, world.links[who], who)
    else:
        sign_in(client, make_account(app, who))


@pytest.mark.parametrize(
    "who", ["administrator", "delegation", "delegate", "organisation", "nobody"]
)
def test_garbage_in_every_field_of_every_form(
    app: Flask,
    client: FlaskClient,
    world: World,
    foreign: list[str],
    rounds: Rounds,
    who: str,
) -> None:
    enter(app, client, world, who)
    forms, trouble = discovered(app, client, world), Trouble()
    assert len(forms) >= (60 if who == "administrator" else 1)
    for one in forms:
        attack(client, one, foreign, trouble, rounds(8))
        enter(app, client, world, who)
    assert not trouble.lines, "\n".join(trouble.lines)


@pytest.mark.parametrize("who", ["administrator", "delegation", "nobody"])
def test_garbage_at_every_unsafe_route(
    app: Flask, client: FlaskClient, world: World, foreign: list[str], who: str
) -> None:
    """Without any form: nonsense under many names, bytes that are no text, JSON of wrong shape."""
    enter(app, client, world, who)
    trouble = Trouble()
    names = ("row", "order", "action", "group", "version", "title-en", "starts_at", "reason", "to",
             "name", "email", "language", "field", "value", "photo", "back", "subject")  # fmt: skip
    raw = "&".join(f"{name}=%00%ED%A0%80%FF{quote(HUGE[:30])}" for name in names)
    many = {name: [*foreign[:3], "-1", "x"] for name in names}
    for rule, method in routes(app):
        if method not in UNSAFE or rule.endpoint.endswith("sign_out"):
            continue
        path = address(app, rule, world.arguments)
        bodies: list[dict[str, Any]] = [
            {"data": raw, "content_type": "application/x-www-form-urlencoded"},
            {"data": many},
            {"data": b"\xff\xfe\x00", "content_type": "multipart/form-data; boundary=\xff"},
            {"data": random.Random(path).choice(JSONS), "content_type": "application/json"},
        ]
        for body in bodies:
            answer = None
            try:
                answer = client.open(path, method=method, **body)
            except Exception as error:
                trouble.lines.append(f"{path}: {type(error).__name__}: {str(error)[:150]}")
            if answer is not None and answer.status_code >= 500:
                trouble.lines.append(f"{path}: {answer.status_code} for {str(body)[:80]}")
    assert not trouble.lines, "\n".join(trouble.lines)
