"""Badges over HTTP: nothing before approval, batches as jobs, reprints."""

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.pdf import texts
from tests.support.rows import add_participant
from tests.support.signing_in import make_account, sign_in
from visitplanner.jobs.embedded import run_all
from visitplanner.models import AuditEntry, Badge, Job, Paper, Participant, Visit
from visitplanner.services.verifying import verify_text

pytestmark = pytest.mark.both_databases

PDF = b"%PDF"


def test_an_approved_person_gets_a_badge_at_once(
    officer: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    answer = officer.post(f"/visits/arctic/badges/{cast.approved.id}/print")
    assert answer.status_code == 200
    assert answer.data.startswith(PDF)
    assert "BENALI" in " ".join(texts(answer.data))
    badge = db.scalars(select(Badge)).one()
    assert badge.participant_id == cast.approved.id
    assert badge.printed_at is not None
    actions = set(db.scalars(select(AuditEntry.action)))
    assert {"badge.issued", "badges.printed"} <= actions


def test_a_visit_that_is_put_off_keeps_its_badges_working(
    officer: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    officer.post(f"/visits/arctic/badges/{cast.approved.id}/print")
    visit = db.get_one(Visit, cast.visit.id)
    visit.starts_at += timedelta(days=90)
    visit.ends_at += timedelta(days=90)
    db.commit()
    there = f"/visits/arctic/badges/{cast.approved.id}"
    officer.post(there, data={"reason": "put off"})
    new = db.scalars(select(Badge).where(Badge.revoked_at.is_(None))).one()
    assert new.reprint_reason == "put off"
    read = verify_text(db, new.code_text, db.get_one(Visit, cast.visit.id).starts_at)
    assert (read.verdict, read.serial) == ("OK", new.serial)


@pytest.mark.parametrize("year", [2023, 2032])
def test_a_term_no_code_can_say_is_refused_in_words(
    officer: FlaskClient, cast: SimpleNamespace, db: Session, year: int
) -> None:
    visit = db.get_one(Visit, cast.visit.id)
    visit.badges_valid_until = datetime(year, 7, 1, tzinfo=UTC)
    db.commit()
    answer = officer.post(f"/visits/arctic/badges/{cast.approved.id}/print")
    assert answer.status_code in (409, 422)
    assert "A badge can be valid from 2024 to June 2031" in answer.text
    assert db.scalars(select(Badge)).all() == []


def test_the_audit_trail_names_who_a_badge_was_issued_for(
    officer: FlaskClient, cast: SimpleNamespace
) -> None:
    officer.post(f"/visits/arctic/badges/{cast.approved.id}/print")
    trail = officer.get("/visits/arctic/audit?action=badge.issued").text
    assert re.findall(r"badge issued: <a href=\"(.*?)\">(.*?)</a>", trail) == [
        (f"/visits/arctic/people/{cast.approved.id}", "Aïcha Benali")
    ]


def test_nothing_is_printed_before_approval(
    officer: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    answer = officer.post(f"/visits/arctic/badges/{cast.draft.id}/print")
    assert answer.status_code == 409
    assert db.scalars(select(Badge)).all() == []


def test_a_batch_leaves_out_who_may_not_have_one_and_can_be_fetched(
    app: Flask, officer: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    rows = [cast.approved.id, cast.draft.id]
    answer = officer.post("/visits/arctic/badges", data={"layout": "a6:a4", "row": rows})
    assert answer.status_code == 302
    assert run_all(app.extensions["instance"]) == 1
    db.expire_all()
    job = db.scalars(select(Job)).one()
    assert (job.state, job.done, job.total) == ("done", 1, 1)
    page = officer.get("/visits/arctic/badges").text
    address = re.search(r"/visits/arctic/papers/\w+", page)
    assert address is not None
    pdf = officer.get(address.group()).data
    assert "BENALI" in " ".join(texts(pdf))
    assert "HADDAD" not in " ".join(texts(pdf))


def test_a_batch_asked_for_twice_is_one_job_until_it_has_ended(
    app: Flask, officer: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    asked = {"layout": "a6:a4", "row": [cast.approved.id]}
    for _ in range(2):
        assert officer.post("/visits/arctic/badges", data=asked).status_code == 302
    assert len(db.scalars(select(Job)).all()) == 1
    officer.post("/visits/arctic/badges", data={**asked, "layout": "cr80:"})
    colleague = sign_in(app.test_client(), make_account(app, "protocol_officer", cast.visit))
    colleague.post("/visits/arctic/badges", data=asked)
    db.rollback()
    assert len(db.scalars(select(Job)).all()) == 3, "another layout, another person"
    run_all(app.extensions["instance"])
    officer.post("/visits/arctic/badges", data=asked)
    db.rollback()
    assert len(db.scalars(select(Job)).all()) == 4, "the first has ended"


def test_all_of_a_view_are_those_of_the_view(
    officer: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    later = add_participant(db, cast.delegation, family_name="Saidi", given_name="Leïla")
    later.status = "approved"
    db.commit()
    officer.post(f"/visits/arctic/badges/{cast.approved.id}/print")
    asked = {"layout": "a6:a4", "everything": "1"}
    officer.post("/visits/arctic/badges?show=to-print", data=asked)
    badge = db.scalars(select(Badge).where(Badge.participant_id == later.id)).one()
    assert db.scalars(select(Job)).one().arguments["badges"] == [badge.id]


def test_a_batch_of_nobody_is_refused_in_words(officer: FlaskClient, cast: SimpleNamespace) -> None:
    answer = officer.post("/visits/arctic/badges", data={"layout": "a6:a4", "row": [cast.draft.id]})
    assert answer.status_code == 409
    assert "None of them may have a badge yet." in answer.text


def test_an_unknown_layout_is_an_error_at_the_field(
    officer: FlaskClient, cast: SimpleNamespace
) -> None:
    answer = officer.post("/visits/arctic/badges", data={"layout": "poster", "row": []})
    assert answer.status_code == 422


def test_a_reprint_needs_a_reason_and_kills_the_old_badge(
    officer: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    officer.post(f"/visits/arctic/badges/{cast.approved.id}/print")
    address = f"/visits/arctic/badges/{cast.approved.id}"
    refused = officer.post(address, data={"reason": "", "action": "reprint"})
    assert refused.status_code == 422
    assert "Say why" in refused.text
    officer.post(address, data={"reason": "Lost in the car", "action": "reprint"})
    old, new = db.scalars(select(Badge).order_by(Badge.serial)).all()
    assert old.revoked_at is not None
    assert new.revoked_at is None
    assert new.reprint_of == old.id
    assert new.number != old.number
    assert new.reprint_reason == "Lost in the car"


def test_a_changed_name_makes_the_badge_stale(
    officer: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    officer.post(f"/visits/arctic/badges/{cast.approved.id}/print")
    assert "stale: print again" not in officer.get("/visits/arctic/papers").text
    person = db.get(Participant, cast.approved.id).person
    person.family_name = "Ben Ali"
    db.commit()
    assert "stale: print again" in officer.get("/visits/arctic/papers").text


def rows_of(page: str) -> list[str]:
    """The names in a table's rows."""
    return re.findall(r'<th scope="row"><bdi>(.*?)</bdi>', page)


def test_badges_that_changed_since_they_were_printed_are_a_view_and_printed_together(
    app: Flask, officer: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    other = add_participant(db, cast.delegation, family_name="Amari", given_name="Lina")
    other.status = "approved"
    db.commit()
    for who in (cast.approved, other):
        officer.post(f"/visits/arctic/badges/{who.id}/print")
    page = officer.get("/visits/arctic/badges?show=stale").text
    assert rows_of(page) == []
    assert "Print all that changed" not in page
    db.get(Participant, cast.approved.id).person.family_name = "Ben Ali"
    db.commit()
    page = officer.get("/visits/arctic/badges?show=stale").text
    assert rows_of(page) == ["Aïcha Ben Ali"]
    assert "Print all that changed, four on A4" in page
    asked = {"layout": "a6:a4", "everything": "1"}
    officer.post("/visits/arctic/badges?show=stale", data=asked)
    run_all(app.extensions["instance"])
    job = db.scalars(select(Job)).one()
    badge = db.scalars(select(Badge).where(Badge.participant_id == cast.approved.id)).one()
    assert job.arguments["badges"] == [badge.id]
    assert rows_of(officer.get("/visits/arctic/badges?show=stale").text) == []


def test_a_waiting_job_can_be_stopped_once(
    officer: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    officer.post("/visits/arctic/badges", data={"layout": "a6:a4", "row": [cast.approved.id]})
    job = db.scalars(select(Job)).one()
    assert officer.post(f"/visits/arctic/jobs/{job.id}/cancel").status_code == 302
    db.refresh(job)
    assert job.state == "cancelled"
    assert officer.post(f"/visits/arctic/jobs/{job.id}/cancel").status_code == 409


def test_work_is_stopped_and_tried_again_by_whoever_may_ask_for_it(
    app: Flask, officer: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    officer.post("/visits/arctic/badges", data={"layout": "a6:a4", "row": [cast.approved.id]})
    job = db.scalars(select(Job)).one()
    clients = {}
    for role in ("tours", "venue_desk"):
        clients[role] = sign_in(app.test_client(), make_account(app, role, cast.visit))
        clients[role].environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    address = f"/visits/arctic/jobs/{job.id}"
    assert f"{address}/cancel" not in clients["tours"].get(address).text
    assert f"{address}/cancel" in clients["venue_desk"].get(address).text
    assert clients["tours"].post(f"{address}/cancel").status_code == 403
    assert clients["venue_desk"].post(f"{address}/cancel").status_code == 302
    assert clients["tours"].post(f"{address}/retry").status_code == 403
    assert clients["venue_desk"].post(f"{address}/retry").status_code == 302
    states = db.scalars(select(Job.state).order_by(Job.created_at)).all()
    assert sorted(states) == ["cancelled", "queued"]


def test_another_visit_opens_nothing(app: Flask, cast: SimpleNamespace, badge_paper: Paper) -> None:
    stranger = sign_in(app.test_client(), make_account(app, "protocol_officer", cast.other))
    for address in (
        "/visits/arctic/badges",
        f"/visits/other/badges/{cast.approved.id}",
        f"/visits/other/papers/{badge_paper.file_id}",
    ):
        assert stranger.get(address).status_code == 404, address
    assert stranger.post(f"/visits/other/badges/{cast.approved.id}/print").status_code == 404
