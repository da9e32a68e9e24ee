"""The accreditation queue over HTTP: who decides what, what is said outwards, two at once."""

import re
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.application import Statements
from tests.support.rows import add_delegation, add_participant, add_visit
from tests.support.signing_in import make_account, sign_in
from visitplanner.models import AuditEntry, Decision, MailMessage, Participant


@pytest.fixture
def cast(db: Session) -> SimpleNamespace:
    visit = add_visit(db)
    delegation = add_delegation(db, visit, focal_email="embassy@algeria.example")
    waits = add_participant(db, delegation, family_name="Benali", given_name="Aïcha",
                            russian_name="Бенали Аиша")  # fmt: skip
    waits.status = "submitted"
    other = add_visit(db, "other")
    foreign = add_participant(db, add_delegation(db, other, "peru"), family_name="CANARY")
    foreign.status = "submitted"
    db.commit()
    return SimpleNamespace(
        visit=visit, delegation=delegation, waits=waits, foreign=foreign, other=other
    )


@pytest.fixture
def officer(app: Flask, client: FlaskClient, cast: SimpleNamespace) -> FlaskClient:
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return sign_in(client, make_account(app, "protocol_officer", cast.visit))


def decide(client: FlaskClient, who: Participant, action: str, **more: str):
    """Press a button of the case as it stands; `version` may be an older one."""
    page = client.get(f"/visits/arctic/accreditation?person={who.id}").text
    found = re.search(r'name="version" type="hidden" value="(\d+)"', page)
    known = {"version": found[1]} if found else {}
    data = {"action": action} | known | more
    return client.post(f"/visits/arctic/accreditation/{who.id}", data=data)


def status(db: Session, who: Participant) -> str:
    db.expire_all()
    return db.get(Participant, who.id).status


def test_the_queue_shows_who_waits_and_nobody_of_another_visit(
    officer: FlaskClient, cast: SimpleNamespace
) -> None:
    page = officer.get("/visits/arctic/accreditation").text
    assert "1 awaits decision" in page
    assert "Benali" in page
    assert "CANARY" not in page


def test_approval_is_written_with_who_and_what(
    officer: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    assert decide(officer, cast.waits, "approve").status_code == 302
    assert status(db, cast.waits) == "approved"
    decision = db.scalars(select(Decision)).one()
    assert (decision.action, decision.status_before, decision.status_after) == (
        "approve", "submitted", "approved",
    )  # fmt: skip
    entry = db.scalars(select(AuditEntry).where(AuditEntry.action == "participant.approve")).one()
    assert entry.before == {"status": "submitted"}
    assert entry.after["status"] == "approved"


def test_a_return_needs_a_note_and_keeps_what_was_typed(
    officer: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    answer = decide(officer, cast.waits, "return", outward=" ", reason="Typed inside")
    assert "Typed inside" in answer.text
    assert answer.status_code == 422
    assert status(db, cast.waits) == "submitted"


def test_a_return_tells_the_mission_and_keeps_the_reason_inside(
    officer: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    decide(officer, cast.waits, "return", outward="A lighter photograph, please", reason="INNER")
    assert status(db, cast.waits) == "returned"
    assert db.get(Participant, cast.waits.id).return_note == "A lighter photograph, please"
    mail = db.scalars(select(MailMessage)).one()
    assert mail.recipient == "embassy@algeria.example"
    letter = officer.get(f"/visits/arctic/mail/{mail.id}").text
    assert "A lighter photograph, please" in letter
    assert "INNER" not in letter


def test_a_note_of_several_lines_is_mailed_whole(
    officer: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    lines = ["The photograph is dark.", "The name differs from the passport. " + "x" * 400]
    answer = decide(officer, cast.waits, "return", outward="\r\n".join(lines))
    assert answer.status_code == 302
    assert status(db, cast.waits) == "returned"
    mail = db.scalars(select(MailMessage)).one()
    letter = officer.get(f"/visits/arctic/mail/{mail.id}").text
    assert "\n".join(lines) in letter.replace("\r\n", "\n")


def test_a_mailbox_that_has_had_enough_holds_up_no_decision(
    officer: FlaskClient, cast: SimpleNamespace, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("visitplanner.services.mail.HOURLY", 0)
    assert decide(officer, cast.waits, "return", outward="A lighter one").status_code == 302
    assert status(db, cast.waits) == "returned"
    assert db.scalars(select(MailMessage)).all() == []


def test_a_refusal_without_a_reason_is_an_error_at_the_field(
    officer: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    answer = decide(officer, cast.waits, "refuse")
    assert answer.status_code == 422
    assert status(db, cast.waits) == "submitted"


def test_the_second_of_two_who_decide_at_once_is_told(
    officer: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    version = str(cast.waits.version)
    decide(officer, cast.waits, "approve", version=version)
    answer = decide(officer, cast.waits, "return", version=version, outward="Typed meanwhile")
    assert answer.status_code == 422
    assert "Somebody else saved this meanwhile" in answer.text
    assert "Typed meanwhile" in answer.text
    assert status(db, cast.waits) == "approved"


def test_an_approval_can_be_taken_back(
    officer: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    decide(officer, cast.waits, "approve")
    answer = officer.post(f"/visits/arctic/accreditation/{cast.waits.id}/undo/reopen")
    assert answer.status_code == 302
    assert status(db, cast.waits) == "submitted"


def test_several_are_approved_together(
    officer: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    second = add_participant(db, db.merge(cast.delegation), family_name="Haddad")
    second.status = "submitted"
    db.commit()
    answer = officer.post(
        "/visits/arctic/accreditation",
        data={"action": "approve", "row": [cast.waits.id, second.id]},
    )
    assert answer.status_code == 302
    assert status(db, cast.waits) == status(db, second) == "approved"


def test_who_may_only_look_decides_nothing(app: Flask, cast: SimpleNamespace, db: Session) -> None:
    desk = sign_in(app.test_client(), make_account(app, "tours", cast.visit))
    assert decide(desk, cast.waits, "approve").status_code == 403
    head = sign_in(app.test_client(), make_account(app, "security_liaison", cast.visit))
    assert decide(head, cast.waits, "approve").status_code == 403
    assert status(db, cast.waits) == "submitted"


def test_security_clears_after_protocol_where_the_visit_asks_for_it(
    app: Flask, officer: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    db.merge(cast.visit).clearance_required = True
    db.commit()
    decide(officer, cast.waits, "approve")
    refused = officer.post(f"/visits/arctic/badges/{cast.waits.id}/print")
    assert refused.status_code == 409
    security = sign_in(app.test_client(), make_account(app, "security_liaison", cast.visit))
    assert decide(security, cast.waits, "clear", stage="security").status_code == 302
    assert status(db, cast.waits) == "cleared"
    assert officer.post(f"/visits/arctic/badges/{cast.waits.id}/print").status_code == 200


def test_a_person_of_another_visit_is_not_there(
    officer: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    assert decide(officer, cast.foreign, "approve").status_code == 404
    assert officer.get(f"/visits/arctic/accreditation?person={cast.foreign.id}").status_code == 404
    assert status(db, cast.foreign) == "submitted"


def test_a_double_is_shown_to_staff(
    officer: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    other = add_delegation(db, db.merge(cast.visit), "tunisia")
    add_participant(db, other, family_name="BENALI", given_name="Aicha")
    db.commit()
    page = officer.get(f"/visits/arctic/accreditation?person={cast.waits.id}").text
    assert "May be the same person as" in page


def test_many_who_may_be_the_same_person_cost_no_more_questions(
    officer: FlaskClient, cast: SimpleNamespace, db: Session, statements: Statements
) -> None:
    asked = []
    for states in (("china",), ("cuba", "cyprus", "chad", "chile", "benin")):
        for state in states:
            delegation = add_delegation(db, cast.visit, state)
            add_participant(db, delegation, family_name="Benali", given_name="Aicha")
        db.commit()
        with statements() as seen:
            page = officer.get("/visits/arctic/accreditation").text
        asked.append(len(seen))
    assert page.count("May be the same person as") == 6
    assert asked[0] == asked[1]
