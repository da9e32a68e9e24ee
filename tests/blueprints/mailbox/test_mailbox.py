"""Letters as staff read them, and who may see the links in them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.rows import add_delegation, add_visit
from tests.support.signing_in import make_account, sign_in
from tests.support.visitor import Visitor
from visitplanner.models import Job, MailMessage
from visitplanner.services import links, mail
from visitplanner.services.accounts import invitations
from visitplanner.services.act import Act

pytestmark = pytest.mark.both_databases


@pytest.fixture
def letter(act: Act, db: Session, run_jobs: Callable[[], int]) -> MailMessage:
    """A letter of the visit "arctic", kept for want of a mail server."""
    delegation = add_delegation(db, add_visit(db))
    links.send_delegation_link(act, delegation, "en")
    run_jobs()
    return db.scalar(select(MailMessage))


def as_role(app: Flask, client: Visitor, role: str, visit_id: str | None) -> Visitor:
    return sign_in(client, make_account(app, role, visit_id))


def test_an_officer_reads_the_letter_with_its_link(app: Flask, client: Visitor, letter):
    as_role(app, client, "protocol_officer", letter.visit_id)
    page = client.read("/visits/arctic/mail?language=en")
    assert page.texts("tbody th") == ["embassy@algeria.example"]
    shown = client.read(f"/visits/arctic/mail/{letter.id}?language=en")
    assert "Embassy of Algeria" in shown.text
    assert "http://localhost/r/" in shown.text
    assert "…" not in shown.texts(".letter-body")[0]
    file = client.get(f"/visits/arctic/mail/{letter.id}.eml")
    assert file.headers["Content-Type"] == "message/rfc822"
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert b"Message-ID: <" in file.data


def test_data_protection_reads_it_without_the_link(app: Flask, client: Visitor, letter):
    as_role(app, client, "data_protection", letter.visit_id)
    shown = client.read(f"/visits/arctic/mail/{letter.id}")
    assert "http://localhost/r/…" in shown.text
    assert client.get(f"/visits/arctic/mail/{letter.id}.eml").status_code == 403


@pytest.mark.parametrize("role", ["observer", "press", "tours", "venue_desk", "accreditation"])
def test_others_read_no_letters(app: Flask, client: Visitor, letter, role: str):
    as_role(app, client, role, letter.visit_id)
    assert client.get("/visits/arctic/mail").status_code == 403
    assert client.get(f"/visits/arctic/mail/{letter.id}").status_code == 403


def test_letters_of_another_visit_are_not_there(
    app: Flask, client: Visitor, letter, act: Act, db: Session
):
    other = add_visit(db, "elsewhere")
    sign_in(client, make_account(app, "administrator"))
    assert "algeria" not in client.read("/visits/elsewhere/mail").html
    for address in (f"/visits/elsewhere/mail/{letter.id}", f"/accounts/mail/{letter.id}"):
        assert client.get(address).status_code == 404
        assert client.get(address + ".eml").status_code == 404
        assert client.post(address + "/again").status_code == 404
    assert other.slug == "elsewhere"


def test_letters_to_staff_are_for_who_manages_accounts(
    app: Flask, client: Visitor, visitor, act: Act, db: Session, run_jobs, letter
):
    account = make_account(app, "administrator")
    invitations.invite_again(act, account.id)
    run_jobs()
    reset = db.scalar(select(MailMessage).where(MailMessage.visit_id.is_(None)))
    as_role(app, client, "protocol_officer", letter.visit_id)
    assert client.get("/accounts/mail").status_code == 403
    assert client.get(f"/accounts/mail/{reset.id}").status_code == 403
    assert client.get(f"/visits/arctic/mail/{reset.id}").status_code == 404
    boss = sign_in(visitor(), account)
    assert "new-password/" in boss.read(f"/accounts/mail/{reset.id}").text


def test_a_failed_letter_goes_out_again(app: Flask, client: Visitor, letter, db: Session, run_jobs):
    row = db.get(MailMessage, letter.id)
    row.state, row.error = "failed", "451 <later>"
    as_role(app, client, "protocol_officer", letter.visit_id)
    shown = client.read(f"/visits/arctic/mail/{letter.id}?language=en")
    assert "451 <later>" in shown.text
    assert "Not delivered." in shown.text
    client.submit(shown, form="form.post-button[action$=again]")
    run_jobs()
    assert db.get(MailMessage, letter.id).state == "written"
    assert client.post(f"/visits/arctic/mail/{letter.id}/again").status_code == 409


def test_a_letter_under_way_says_when_it_is_tried_next(
    app: Flask, client: Visitor, letter, db: Session, run_jobs, clock
):
    row = db.get(MailMessage, letter.id)
    row.state, row.error = "waiting", "451 later"
    job = db.scalars(select(Job)).one()
    job.state, job.attempts, job.run_after = "queued", 3, clock() + timedelta(minutes=4)
    as_role(app, client, "protocol_officer", letter.visit_id)
    assert "waiting for another try" in client.read("/visits/arctic/mail?language=en").text
    shown = client.read(f"/visits/arctic/mail/{letter.id}?language=en")
    assert "Not delivered yet. 451 later The next try is at" in shown.text
    assert len(shown.select("form.post-button[action$=again]")) == 1
    assert run_jobs() == 0
    client.submit(shown, form="form.post-button[action$=again]")
    assert run_jobs() == 1
    assert db.get(MailMessage, letter.id).state == "written"


def test_who_may_not_give_links_out_may_not_send_again(app, client: Visitor, letter, db: Session):
    row = db.get(MailMessage, letter.id)
    row.state, row.error = "failed", "550 no"
    as_role(app, client, "data_protection", letter.visit_id)
    shown = client.read(f"/visits/arctic/mail/{letter.id}")
    assert "550 no" in shown.text
    assert shown.select("form.post-button[action$=again]") == []
    assert client.post(f"/visits/arctic/mail/{letter.id}/again").status_code == 403


def test_the_list_by_state(app: Flask, client: Visitor, letter):
    as_role(app, client, "protocol_officer", letter.visit_id)
    assert client.read("/visits/arctic/mail?state=failed").texts("tbody th") == []
    assert len(client.read("/visits/arctic/mail?state=written").texts("tbody th")) == 1
    assert len(client.read("/visits/arctic/mail?state=nonsense").texts("tbody th")) == 1


def test_markup_in_a_letter_is_text(app: Flask, client: Visitor, letter, db: Session, instance):
    row = db.get(MailMessage, letter.id)
    row.subject = "<img src=x onerror=alert(1)>"
    row.body = instance.vault.seal_text("<b>bold</b>", f"mails.body.{row.id}")
    as_role(app, client, "protocol_officer", letter.visit_id)
    shown = client.read(f"/visits/arctic/mail/{letter.id}")
    assert not shown.select("img[onerror], .letter-body b")
    assert mail.body(instance, row) == "<b>bold</b>"
