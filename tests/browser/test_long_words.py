"""Whatever people type, in one word of sixty letters: no page becomes wider than a telephone."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from tests.support.browser import carry_session, overflow
from tests.support.every_page import NO_PAGES
from tests.support.live_server import LiveServer
from tests.support.signing_in import make_account, sign_in
from tests.support.visitor import Visitor
from tests.support.worlds import make_world
from visitplanner.models import AuditEntry
from visitplanner.services.instance import Instance
from visitplanner.web.access import rule_of

pytestmark = pytest.mark.browser

LATIN = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunt"
ARABIC = "أفاستسقيناكموها" * 4


def write_history(db: Session, visit_id: str, delegation_id: str) -> None:
    for action, before, after in (
        ("delegation.changed", {"note": LATIN}, {"note": ARABIC}),
        ("a_word_nobody_has_worded_" + "x" * 30, {}, {"languages": ["en"] * 40}),
        ("person.changed", {"email": f"{LATIN}@x.example"}, {"remarks": f"https://{LATIN * 4}"}),
    ):
        db.add(
            AuditEntry(visit_id=visit_id, actor_kind="account", actor_name=ARABIC, action=action,
                       object_type="delegations", object_id=delegation_id, before=before,
                       after=after)
        )  # fmt: skip
    db.commit()


def test_no_page_is_wider_than_a_telephone(
    app: Flask,
    instance: Instance,
    db: Session,
    live_server: LiveServer,
    open_page: Callable[..., Page],
) -> None:
    world = make_world(db, instance, "own", LATIN, ["algeria", "peru"])
    write_history(db, world.visit.id, world.delegations[0].id)
    client = Visitor(app)
    sign_in(client, make_account(app, "administrator", name=LATIN))
    page = open_page(width=390, height=844)
    carry_session(client, page, live_server.address)
    seen, wide = 0, []
    for rule in app.url_map.iter_rules():
        access = rule_of(app.view_functions[rule.endpoint])
        known = rule.arguments <= world.arguments.keys() and rule.endpoint not in NO_PAGES
        if access is None or access.kind != "visit" or "GET" not in (rule.methods or ()):
            continue
        if not known:
            continue
        with app.test_request_context():
            names = {name: world.arguments[name] for name in rule.arguments}
            address = app.url_map.bind("localhost").build(rule.endpoint, names)
        page.goto(live_server.url(f"{address}?language=ar"))
        seen += LATIN in page.content()
        if overflow(page):
            wide.append(f"{address} is {overflow(page)} pixels too wide")
    assert wide == []
    assert seen > 40
