"""The ledger over HTTP: inviting one and many, replies, terms."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from tests.blueprints.delegations.conftest import Cast
from tests.support.database import Tables
from visitplanner.jobs.embedded import run_all
from visitplanner.models import (
    AccessLink,
    AuditEntry,
    Delegation,
    Invitation,
    Job,
    MailMessage,
    Mission,
    State,
    Visit,
)
from visitplanner.services.mail import body

pytestmark = pytest.mark.both_databases


def test_a_mission_is_invited(cast: Cast, rows: Tables) -> None:
    form = cast.owner.read(f"{cast.base}/invitations/new?language=en")
    words = form.select("option[value=japan]")[0]["data-words"]
    assert "Япония" in str(words)
    page = cast.owner.submit(
        form,
        {"state": "japan", "number": "77/н", "quota": "4", "email": "desk@japan.example"},
        form="main form",
    )
    assert page.texts("h1") == ["Japan"]
    assert "Посольство Японии" in page.text
    assert rows.count(Delegation, Delegation.quota == 4, Delegation.code == "jp") == 1
    again = cast.owner.submit(form, {"state": "japan"}, form="main form", status=422)
    assert again.texts("[data-field=state] .error-message")[0].endswith(
        "This mission is invited already."
    )
    nobody = cast.owner.submit(form, {"state": ""}, form="main form", status=422)
    assert "Choose whom to invite" in nobody.text


def test_the_link_goes_out_with_the_invitation(cast: Cast, rows: Tables, app: Flask) -> None:
    form = cast.owner.read(f"{cast.base}/invitations/new?language=en")
    assert form.select("input[name=send_link][checked]")
    page = cast.owner.submit(
        form, {"state": "japan", "email": "desk@japan.example"}, form="main form"
    )
    assert "The link is on its way to d•••@japan.example" in page.text
    assert "by mail to desk@japan.example" in page.text
    assert page.texts("aside li .status") == ["on its way"]
    letter = rows.one(select(MailMessage))
    assert (letter.recipient, letter.template) == ("desk@japan.example", "delegation_link")
    said = select(AuditEntry.action).where(AuditEntry.action.in_(("link.issued", "mail.written")))
    assert sorted(rows.all(said)) == ["link.issued", "mail.written"]
    assert rows.count(Job, Job.kind == "mail.deliver") == 1
    run_all(app.extensions["instance"])
    again = cast.owner.read(f"{cast.base}/delegations/jp?language=en")
    assert "the letter lies in the mailbox" in again.text
    token = re.search(r"/r/(\S+)", body(app.extensions["instance"], rows.one(select(MailMessage))))
    assert token is not None
    assert app.test_client().get(f"/r/{token[1]}").status_code == 200


def test_an_invitation_without_its_link(cast: Cast, rows: Tables) -> None:
    form = cast.owner.read(f"{cast.base}/invitations/new?language=en")
    mute = cast.owner.submit(form, {"state": "japan"}, form="main form")
    assert "The link was not sent: no address is known" in mute.text
    assert "The mission has no link yet." in mute.text
    values = {"state": "chile", "email": "desk@chile.example", "send_link": []}
    later = cast.owner.submit(form, values, form="main form")
    assert "The mission has no link yet." in later.text
    assert "It goes to desk@chile.example" in later.text
    assert rows.count(MailMessage) == rows.count(AccessLink) == 0
    ledger = cast.owner.read(f"{cast.base}/invitations?language=en&view=no-link")
    assert ledger.texts("tbody tr th a") == ["Algeria", "Chile", "Japan"]


def test_nobody_is_invited_to_be_late(cast: Cast, rows: Tables) -> None:
    past, ahead = (datetime.now(UTC) + timedelta(days=days) for days in (-2, 2))
    with rows.write() as session:
        visit = session.query(Visit).filter_by(slug="arctic").one()
        visit.reply_by, visit.register_by = past, ahead
    form = cast.owner.read(f"{cast.base}/invitations/new?language=en")
    shown = str(form.select("input[name=reply_by]")[0]["value"])
    assert shown[:10] == ahead.astimezone(ZoneInfo(visit.timezone)).strftime("%Y-%m-%d")
    cast.owner.submit(form, {"state": "japan", "reply_by": ""}, form="main form")
    assert rows.count(Invitation, Invitation.reply_by.is_(None)) == 1


def test_a_link_that_cannot_be_mailed_invites_nobody(cast: Cast, rows: Tables) -> None:
    form = cast.owner.read(f"{cast.base}/invitations/new?language=en")
    values = {"state": "japan", "email": "desk@localhost", "number": "8/н"}
    page = cast.owner.submit(form, values, form="main form", status=422)
    assert page.texts("[data-field=email] .error-message")
    assert page.select("input[name=number]")[0]["value"] == "8/н"
    assert rows.count(Invitation) == 2


def test_many_links_at_once(cast: Cast, rows: Tables) -> None:
    with rows.write() as session:
        session.add(State(key="japan", kind="state", names={}, recognised=True))
        session.flush()
        session.add(
            Mission(code="jp", state_key="japan", kind="embassy", emails=["j@japan.example"])
        )
    form = cast.owner.read(f"{cast.base}/invitations/many?language=en")
    page = cast.owner.submit(form, {"states": ["japan", "chile"]}, form="main form")
    assert "1 link is on its way" in page.text
    assert "1 mission has no usable address: its link was not sent" in page.text
    assert rows.all(select(MailMessage.recipient)) == ["j@japan.example"]
    ticked = [str(box["value"]) for box in page.select("input[name=row]")]
    done = cast.owner.submit(page, {"row": ticked}, form="form[data-bulk]", button="action=link")
    assert "1 link is on its way" in done.text
    assert "2 missions have no usable address" in done.text
    assert rows.count(AccessLink, AccessLink.revoked_at.is_(None)) == 1


def test_several_are_invited_at_once(cast: Cast, rows: Tables) -> None:
    form = cast.owner.read(f"{cast.base}/invitations/many?language=en")
    page = cast.owner.submit(
        form, {"states": ["japan", "chile", "algeria"], "number": "9"}, form="main form"
    )
    assert page.texts("h1") == ["3 missions invited"]
    assert "1 mission had been invited before" in page.text
    assert (
        page.texts("tbody td:nth-of-type(2) bdi") == ["–", "10", "9"]
        or len(page.select("tbody tr")) == 3
    )
    assert rows.count(Invitation, Invitation.note_number.in_(("9", "10"))) == 2


def test_a_reply_by_telephone(cast: Cast, rows: Tables) -> None:
    ledger = cast.owner.read(f"{cast.base}/invitations?language=en")
    page = cast.owner.read(str(ledger.select("a.quiet-link")[0]["href"]))
    whole = 'form[action$="/reply"]'
    refused = cast.owner.submit(page, {"reply-reply": "declined"}, form=whole, status=422)
    assert "People on its list: 1." in refused.text
    done = cast.owner.submit(
        page, {"reply-reply": "accepted", "reply-remarks": "Mr Saidi called"}, form=whole
    )
    assert done.texts("tbody .status") == ["accepted"]
    assert rows.count(Invitation, Invitation.remarks == "Mr Saidi called") == 1
    stale = cast.owner.submit(page, {"reply-reply": "tentative"}, form=whole, status=409)
    assert "Somebody else saved this meanwhile" in stale.text


def test_notes_are_marked_as_sent(cast: Cast, rows: Tables) -> None:
    page = cast.owner.read(f"{cast.base}/invitations?language=en&view=not-sent")
    ticked = [str(box["value"]) for box in page.select("input[name=row]")]
    done = cast.owner.submit(page, {"row": ticked}, form="form[data-bulk]", button="action=sent")
    assert done.select("tbody tr") == []
    assert rows.count(Invitation, Invitation.sent_at.is_not(None)) == 1


def test_a_foreign_invitation_is_not_found(cast: Cast, rows: Tables) -> None:
    foreign = rows.one(
        Invitation.__table__.select()
        .with_only_columns(Invitation.id)
        .join(Delegation, Delegation.invitation_id == Invitation.id)
        .where(Delegation.code == cast.foreign_code)
    )
    for path in (f"invitations/{foreign}", "invitations/nothing"):
        assert cast.owner.get(f"{cast.base}/{path}").status_code == 404
    assert cast.owner.post(f"{cast.base}/invitations/{foreign}/reply").status_code == 404
    assert cast.tours.get(f"{cast.base}/invitations/new").status_code == 403
