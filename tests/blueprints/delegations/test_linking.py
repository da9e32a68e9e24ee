"""A delegation's link: told once, opens, is revoked; sent by mail."""

import pytest
from sqlalchemy import select

from tests.blueprints.delegations.conftest import Cast
from tests.support.database import Tables
from tests.support.visitor import Visitor
from visitplanner.models import AccessLink, Delegation, MailMessage

pytestmark = pytest.mark.both_databases
ISSUE = 'form[action$="/link"]'


def test_a_link_is_told_once_opens_and_ends(cast: Cast, rows: Tables, client: Visitor) -> None:
    page = cast.owner.read(f"{cast.base}/delegations/{cast.code}?language=en")
    told = cast.owner.submit(page, form=ISSUE)
    address = told.texts("output#told-link")[0]
    token = address.rpartition("/")[2]
    assert rows.count(AccessLink, AccessLink.token_hash == token) == 0
    again = cast.owner.read(f"{cast.base}/delegations/{cast.code}?language=en")
    assert token not in again.html
    assert client.get(f"/r/{token}").status_code == 200
    gone = cast.owner.submit(again, form='form[action$="/revoke"]')
    assert "The link no longer opens" in gone.text
    assert client.get(f"/r/{token}").status_code == 410


def test_a_link_is_sent_to_the_focal_point(cast: Cast, rows: Tables) -> None:
    form = cast.owner.read(f"{cast.base}/delegations/{cast.code}/edit?language=en")
    page = cast.owner.submit(form, {"focal_email": "samir@mission.example"}, form="main form")
    sent = cast.owner.submit(page, form='form[action$="/link/send"]')
    assert "The link is on its way to" in sent.text
    assert "samir@mission.example" not in " ".join(sent.texts(".toast"))
    mail = rows.one(select(MailMessage))
    assert (mail.recipient, mail.template) == ("samir@mission.example", "delegation_link")


def test_links_are_for_those_who_may_issue_them(cast: Cast, rows: Tables) -> None:
    base = f"{cast.base}/delegations/{cast.code}"
    assert cast.tours.post(f"{base}/link").status_code == 403
    assert cast.outsider.post(f"{base}/link").status_code == 404
    assert rows.count(AccessLink) == 0
    page = cast.outsider.read(f"/visits/baltic/delegations/{cast.foreign_code}")
    cast.outsider.submit(page, form=ISSUE)
    foreign = rows.one(select(AccessLink.id))
    assert cast.owner.post(f"{base}/links/{foreign}/revoke").status_code == 404
    assert rows.count(AccessLink, AccessLink.revoked_at.is_not(None)) == 0


def test_the_ledger_reminds(cast: Cast, rows: Tables) -> None:
    page = cast.owner.read(f"{cast.base}/invitations?language=en")
    ticked = [str(box["value"]) for box in page.select("input[name=row]")]
    none = cast.owner.submit(page, {"row": ticked}, form="form[data-bulk]", button="action=remind")
    assert "1 mission could not be reached by mail" in none.text
    with rows.write() as session:
        session.query(Delegation).filter_by(code=cast.code).one().focal_email = "a@m.example"
    done = cast.owner.submit(page, {"row": ticked}, form="form[data-bulk]", button="action=remind")
    assert "1 reminder is on its way" in done.text
    assert rows.count(MailMessage, MailMessage.template == "reply_reminder") == 1
