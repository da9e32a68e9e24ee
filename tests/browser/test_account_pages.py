"""Pages of accounts, links and letters in a browser: accessible, and never wider than a phone."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import select

from tests.support.browser import axe, carry_session, overflow
from tests.support.live_server import LiveServer
from tests.support.rows import add_delegation, add_participant, add_visit
from tests.support.signing_in import make_account, sign_in
from tests.support.visitor import Visitor
from visitplanner.models import Account, Delegation, MailMessage, Participant
from visitplanner.services import links
from visitplanner.services.accounts import invitations
from visitplanner.services.act import Act
from visitplanner.services.instance import Instance

pytestmark = pytest.mark.browser
LONG = "María del Carmen Fernández-Castillo y Domínguez de la Rosa"


@pytest.fixture
def boss(app: Flask) -> Account:
    return make_account(app, "administrator", name=LONG)


@pytest.fixture
def addresses(app: Flask, instance: Instance, boss: Account, run_jobs: Callable[[], int]):
    """Every page there is, with something on it: address → whether staff sees it."""
    with instance.session() as session:
        visit = add_visit(session, title={"ru": "Визит " * 12, "en": "Visit " * 12})
        delegation = add_delegation(session, visit, "algeria")
        participant = add_participant(session, delegation, russian_name="Айша Бенали")
        act = Act(instance, session)
        used = links.issue_participant_link(act, session.get_one(Participant, participant.id))
        act.commit()
    with instance.session() as session:
        act = Act(instance, session)
        links.open_link(act, used, address="::1", opened=frozenset())
        links.send_delegation_link(act, session.get_one(Delegation, delegation.id), "ru")
    run_jobs()
    officer = make_account(app, "protocol_officer", visit.id, name="П. Тихонов")
    with instance.session() as session:
        act = Act(instance, session)
        letter = session.scalar(select(MailMessage.id))
        fresh = links.issue_delegation_link(act, session.get_one(Delegation, delegation.id))
        asked = invitations.issue(act, session.get_one(Account, officer.id), "reset")
        act.commit()
    doors = ["/sign-in", "/sign-in/help", asked.removeprefix("http://localhost")]
    guests = [f"/r/{fresh}", f"/r/{used}", f"/r/{'x' * 43}"]
    staff = ["/account", "/account/app", "/accounts", "/accounts/new", f"/accounts/{officer.id}"]
    staff += ["/visits/arctic/mail", f"/visits/arctic/mail/{letter}", "/accounts/mail"]
    return dict.fromkeys(doors + guests, False) | dict.fromkeys(staff, True)


@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("ru", 390), ("ar", 390)])
def test_every_page(
    live_server: LiveServer, open_page, client: Visitor, boss, addresses, language, width
):
    stranger: Page = open_page(width)
    member: Page = open_page(width)
    carry_session(sign_in(client, boss), member, live_server.address)
    for address, by_staff in addresses.items():
        page = member if by_staff else stranger
        page.goto(live_server.url(f"{address}?language={language}"))
        assert page.get_attribute("html", "lang") == language
        assert axe(page) == [], address
        assert overflow(page) <= 0, address
