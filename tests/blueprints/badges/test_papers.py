"""Papers over HTTP: programmes printed as jobs, what is stale, who may read which."""

import re
from types import SimpleNamespace

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.pdf import texts
from tests.support.rows import DAY, add_participant
from tests.support.signing_in import make_account, sign_in
from visitplanner.jobs.embedded import run_all
from visitplanner.models import AgendaItem, Badge, Job, Paper, Participant

pytestmark = pytest.mark.both_databases


def test_a_programme_is_printed_as_a_job_and_is_stale_after_a_change(
    app: Flask, officer: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    item = AgendaItem(
        visit_id=cast.visit.id,
        kind="opening",
        title={"ru": "Открытие", "en": "Opening"},
        starts_at=DAY,
        minutes=15,
    )
    secret = AgendaItem(
        visit_id=cast.visit.id,
        kind="staff",
        title={"ru": "Только для своих", "en": "CANARY staff only"},
        starts_at=DAY,
        minutes=15,
        audience="staff",
    )
    db.add_all([item, secret])
    db.commit()
    wanted = {"kind": "programme", "language": "en", "subject": cast.delegation.code}
    assert officer.post("/visits/arctic/programmes", data=wanted).status_code == 302
    run_all(app.extensions["instance"])
    paper = db.scalars(select(Paper)).one()
    text = " ".join(texts(officer.get(f"/visits/arctic/papers/{paper.file_id}").data))
    assert "Opening" in text
    assert "Embassy of the People’s Democratic Republic of Algeria" in text
    assert "CANARY" not in text
    item.title = {"ru": "Открытие встречи", "en": "Opening address"}
    db.commit()
    assert "stale: print again" in officer.get("/visits/arctic/papers").text


def test_a_programme_is_printed_as_a_booklet(
    app: Flask, officer: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    title = {"ru": "Открытие", "en": "Opening"}
    db.add(AgendaItem(visit_id=cast.visit.id, kind="talk", title=title, starts_at=DAY, minutes=9))
    db.commit()
    for booklet in ({}, {"booklet": "y"}):
        asked = {"kind": "programme", "language": "en", "subject": "", **booklet}
        officer.post("/visits/arctic/programmes", data=asked)
        run_all(app.extensions["instance"])
    papers = db.scalars(select(Paper).order_by(Paper.edition)).all()
    sizes = []
    for paper in papers:
        data = officer.get(f"/visits/arctic/papers/{paper.file_id}").data
        width, height = pypdfium2.PdfDocument(data)[0].get_size()
        sizes.append((round(width / 72 * 25.4), round(height / 72 * 25.4)))
    assert sizes == [(148, 210), (297, 210)]
    assert papers[0].values_hash == papers[1].values_hash


def test_a_paper_without_an_agenda_is_refused_in_words(
    officer: FlaskClient, cast: SimpleNamespace
) -> None:
    answer = officer.post(
        "/visits/arctic/programmes", data={"kind": "programme", "language": "ru", "subject": ""}
    )
    assert answer.status_code == 409
    assert "There is nothing in the agenda for guests yet." in answer.text


def test_a_paper_asked_for_twice_is_one_job(
    officer: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    title = {"ru": "Открытие", "en": "Opening"}
    db.add(AgendaItem(visit_id=cast.visit.id, kind="talk", title=title, starts_at=DAY, minutes=9))
    db.commit()
    asked = {"kind": "programme", "language": "en", "subject": cast.delegation.code}
    for _ in range(2):
        assert officer.post("/visits/arctic/programmes", data=asked).status_code == 302
    assert len(db.scalars(select(Job)).all()) == 1


def test_all_that_is_stale_is_printed_again_at_once(
    app: Flask, officer: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    title = {"ru": "Открытие", "en": "Opening"}
    item = AgendaItem(
        visit_id=cast.visit.id, kind="talk", title=title, starts_at=DAY, minutes=9,
        audience="staff",
    )  # fmt: skip
    guests = AgendaItem(
        visit_id=cast.visit.id, kind="talk", title=title, starts_at=DAY, minutes=9
    )  # fmt: skip
    db.add_all([item, guests])
    db.commit()
    refused = officer.post("/visits/arctic/papers/again")
    assert refused.status_code == 409
    assert "No paper is stale" in refused.text
    officer.post(f"/visits/arctic/badges/{cast.approved.id}/print")
    for kind, subject in (("running-order", ""), ("programme", cast.delegation.code)):
        asked = {"kind": kind, "language": "en", "subject": subject}
        officer.post("/visits/arctic/programmes", data=asked)
    run_all(app.extensions["instance"])
    item.cue = "Fanfare"
    db.get(Participant, cast.approved.id).person.given_name = "Aicha"
    db.commit()
    page = officer.get("/visits/arctic/programmes").text
    assert "Print 3 stale papers again" in page, "the programme names its people"
    code = cast.delegation.code
    assert re.findall(r"<td><bdi>(.*?)</bdi>", page) == [
        f"Algeria ({code})", "Staff", "Aicha Benali"
    ]  # fmt: skip
    assert officer.post("/visits/arctic/papers/again").status_code == 302
    run_all(app.extensions["instance"])
    assert "stale: print again" not in officer.get("/visits/arctic/papers").text
    db.rollback()
    editions = {(row.kind, row.edition) for row in db.scalars(select(Paper))}
    assert editions == {
        (kind, edition) for kind in ("badge", "running-order", "programme") for edition in (1, 2)
    }


def test_who_may_not_print_badges_prints_the_other_stale_papers(
    app: Flask, officer: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    officer.post(f"/visits/arctic/badges/{cast.approved.id}/print")
    db.get(Participant, cast.approved.id).person.given_name = "Aicha"
    db.commit()
    assert "Print 1 stale paper again" in officer.get("/visits/arctic/papers").text
    programme = sign_in(app.test_client(), make_account(app, "programme", cast.visit))
    assert "stale paper again" not in programme.get("/visits/arctic/papers?language=en").text
    assert programme.post("/visits/arctic/papers/again").status_code == 409
    observer = sign_in(app.test_client(), make_account(app, "observer", cast.visit))
    assert observer.post("/visits/arctic/papers/again").status_code == 403


def test_papers_name_people_in_the_language_of_the_page_and_what_no_longer_holds_comes_first(
    officer: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    other = add_participant(db, cast.delegation, family_name="Amari", given_name="Lina")
    other.status = "approved"
    db.get(Participant, cast.approved.id).person.russian_name = "Бенали Аиша"
    db.commit()
    officer.post(f"/visits/arctic/badges/{cast.approved.id}/print")
    officer.post(f"/visits/arctic/badges/{other.id}/print")
    badge = db.scalars(select(Badge).where(Badge.participant_id == cast.approved.id)).one()
    badge.revoked_at = DAY
    db.commit()
    names = re.findall(r"<bdi>(.*?)</bdi>", officer.get("/visits/arctic/papers?language=ru").text)
    assert names == ["Бенали Аиша", "Lina Amari"]
    page = officer.get("/visits/arctic/papers?show=stale").text
    assert re.findall(r"<bdi>(.*?)</bdi>", page) == [], "it cannot be printed again"
    assert 'show=stale" aria-current="page"' in page
    assert "Все напечатанные бумаги действуют." in page


def test_who_may_not_see_badges_gets_no_file_with_badges(
    app: Flask, cast: SimpleNamespace, badge_paper: Paper
) -> None:
    programme = sign_in(app.test_client(), make_account(app, "programme", cast.visit))
    assert programme.get("/visits/arctic/papers").status_code == 200
    assert programme.get(f"/visits/arctic/papers/{badge_paper.file_id}").status_code == 404
