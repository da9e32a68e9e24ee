"""The tour over HTTP, planned as a job: shown, explained, planned again, brought back."""

import re
from datetime import timedelta
from types import SimpleNamespace

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.rows import add_participant
from tests.support.signing_in import make_account, sign_in
from tests.support.tour_room import plan_again, set_up, set_up_planned
from visitplanner.jobs.embedded import run_all
from visitplanner.models import (
    AuditEntry,
    GroupVisit,
    Job,
    Participant,
    Stop,
    TourGroup,
    TourPlan,
    TourRules,
    TourStaff,
    WalkingTime,
)


def tour_of(db: Session) -> set[tuple[str, str | None]]:
    """Who is in which group, and the escorts and routes of the groups."""
    db.expire_all()
    letters = {group.id: group.letter for group in db.scalars(select(TourGroup))}
    people = db.scalars(select(Participant).where(Participant.delegation_id.is_not(None)))
    found = {(who.id, letters.get(who.group_id)) for who in people}
    found |= {
        (staff.participant_id, letters[staff.group_id]) for staff in db.scalars(select(TourStaff))
    }
    for one in db.scalars(select(GroupVisit)):
        found.add((f"{one.stop_id} {one.starts_minute}", letters[one.group_id]))
    return found


def test_a_tour_is_set_up_planned_and_shown(
    app: Flask, coordinator: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    set_up(coordinator, db)
    assert len(db.scalars(select(WalkingTime)).all()) == 12
    assert coordinator.post("/visits/arctic/tours/plan").status_code == 302
    run_all(app.extensions["instance"])
    db.expire_all()
    job = db.scalars(select(Job)).one()
    assert (job.state, job.error) == ("done", "")
    plan = db.scalars(select(TourPlan)).one()
    assert plan.plan["groups"]
    groups = db.scalars(select(TourGroup)).all()
    assert sum(group.taken for group in groups) == 12
    assert all(2 <= group.taken <= 6 for group in groups)
    assert len(db.scalars(select(GroupVisit)).all()) == sum(
        len(group["visits"]) for group in plan.plan["groups"]
    )
    page = coordinator.get("/visits/arctic/tours").text
    assert "Broken rules <b>0</b>" in page
    assert "Place 1" in page
    letter = min(group.letter for group in groups)
    visits = db.scalars(select(GroupVisit).join(TourGroup).where(TourGroup.letter == letter)).all()
    rules = db.scalars(select(TourRules)).one()
    start = rules.starts_at + timedelta(minutes=min(one.starts_minute for one in visits))
    own = coordinator.get(f"/visits/arctic/tours/groups/{letter}").text
    assert f'<li><time datetime="{start.isoformat()}">' in own
    assert "tour.applied" in set(db.scalars(select(AuditEntry.action)))


def test_a_tour_that_cannot_be_is_explained_in_words(
    app: Flask, coordinator: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    set_up(coordinator, db, horizon="30", stops_min="3")
    plan_again(app, coordinator)
    db.expire_all()
    plan = db.scalars(select(TourPlan)).one()
    assert plan.status == "infeasible"
    page = coordinator.get("/visits/arctic/tours").text
    assert "There is no plan that keeps every rule" in page
    assert plan.plan["reasons"][0]["text"][:30] in page


def test_planning_without_rules_is_refused_in_words(
    coordinator: FlaskClient, cast: SimpleNamespace
) -> None:
    answer = coordinator.post("/visits/arctic/tours/plan")
    assert answer.status_code == 404
    assert "Say first when the tour starts" in answer.text


def test_a_plan_asked_for_twice_is_one_job_until_it_has_ended(
    app: Flask, coordinator: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    set_up(coordinator, db)
    colleague = sign_in(app.test_client(), make_account(app, "tours", cast.visit))
    for client in (coordinator, coordinator, colleague):
        assert client.post("/visits/arctic/tours/plan").status_code == 302
    assert len(db.scalars(select(Job)).all()) == 1
    run_all(app.extensions["instance"])
    coordinator.post("/visits/arctic/tours/plan")
    db.rollback()
    assert len(db.scalars(select(Job)).all()) == 2


def test_a_plan_under_way_tells_its_seconds_and_its_buttons_lead_back_to_the_tour(
    app: Flask, coordinator: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    set_up(coordinator, db)
    coordinator.post("/visits/arctic/tours/plan")
    page = coordinator.get("/visits/arctic/tours?language=en").text
    assert "0 of 5 s" in page
    job = db.scalars(select(Job)).one()
    back = "?back=/visits/arctic/tours"
    assert f'action="/visits/arctic/jobs/{job.id}/cancel{back}"' in page
    run_all(app.extensions["instance"])
    assert "data-renews" in coordinator.get(f"/visits/arctic/jobs/{job.id}{back}").text
    assert "data-renews" not in coordinator.get(f"/visits/arctic/jobs/{job.id}").text
    assert "data-renews" not in coordinator.get("/visits/arctic/tours").text


def test_planning_again_leaves_a_tour_that_is_as_good(
    app: Flask, coordinator: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    set_up_planned(app, coordinator, db)
    before = tour_of(db)
    page = plan_again(app, coordinator)
    assert tour_of(db) == before
    assert "The tour stays as it stands: what was found is no better." in page
    assert db.scalars(select(TourPlan.edition).where(TourPlan.applied_at.is_not(None))).all() == [1]
    empty = coordinator.post("/visits/arctic/tours/groups")
    assert empty.status_code == 302
    assert "Broken rules <b>0</b>" in coordinator.get("/visits/arctic/tours").text, "a letter only"


def test_what_was_changed_by_hand_is_kept_when_it_is_planned_again_and_can_be_brought_back(
    app: Flask, coordinator: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    set_up_planned(app, coordinator, db)
    planned = tour_of(db)
    db.execute(TourGroup.__table__.update().values(people=12))
    target = db.scalars(select(TourGroup).order_by(TourGroup.letter)).first()
    page = coordinator.get(f"/visits/arctic/tours/groups/{target.letter}").text
    for code in re.findall(r'<option value="([A-Z]+-[A-Z0-9a-z]+)"', page):
        coordinator.post(
            f"/visits/arctic/tours/groups/{target.letter}/move", data={"delegation": code}
        )
    by_hand = tour_of(db)
    assert by_hand != planned
    page = plan_again(app, coordinator)
    assert "as changed by hand" in page
    assert tour_of(db) != by_hand
    assert "Broken rules <b>0</b>" in page
    rows = db.scalars(select(TourPlan).order_by(TourPlan.edition)).all()
    assert [row.status == "by-hand" for row in rows] == [False, True, False]
    use = "/visits/arctic/tours/plans/{}/use"
    answer = coordinator.post(use.format(rows[1].id), follow_redirects=True)
    assert "The tour is as in edition 2 again." in answer.text
    assert tour_of(db) == by_hand
    coordinator.post(use.format(rows[0].id))
    assert tour_of(db) == planned
    assert len(db.scalars(select(TourPlan)).all()) == 3, "each is kept once"


def test_a_plan_that_names_what_is_gone_is_refused_in_words(
    app: Flask, coordinator: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    set_up_planned(app, coordinator, db)
    before = tour_of(db)
    edition = db.scalars(select(TourPlan)).one()
    gone = {**edition.plan["groups"][0], "escort": "nobody"}
    edition.plan = edition.plan | {"groups": [gone, *edition.plan["groups"][1:]]}
    db.commit()
    use = f"/visits/arctic/tours/plans/{edition.id}/use"
    answer = coordinator.post(use)
    assert answer.status_code == 409
    assert "Edition 1 names a stop, a delegation or a leader that is no longer there" in answer.text
    assert tour_of(db) == before
    assert coordinator.post("/visits/arctic/tours/plans/none/use").status_code == 404
    observer = sign_in(app.test_client(), make_account(app, "observer", cast.visit))
    assert observer.post(use).status_code == 403


def test_a_delegation_that_has_grown_stands_in_the_plan_that_is_brought_back(
    app: Flask, coordinator: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    set_up(coordinator, db, group_people_max="4")
    plan_again(app, coordinator)
    group = db.scalars(select(TourGroup)).first()
    guest = db.scalars(select(Participant).where(Participant.group_id == group.id)).first()
    for name in ("Three", "Four", "Five"):
        add_participant(db, guest.delegation, family_name=name)
    db.commit()
    plan = db.scalars(select(TourPlan)).one()
    assert coordinator.post(f"/visits/arctic/tours/plans/{plan.id}/use").status_code == 302
    db.expire_all()
    assert db.get(TourGroup, group.id).taken == 7
    page = coordinator.get("/visits/arctic/tours?language=en").text
    assert "A group has too few or too many guests." in page


def test_why_there_is_no_plan_is_said_until_one_is_brought_back(
    app: Flask, coordinator: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    set_up_planned(app, coordinator, db)
    first = db.scalars(select(TourPlan.id)).one()
    rules = db.scalars(select(TourRules)).one()
    rules.horizon, rules.stops_min = 30, 3
    db.commit()
    said = "There is no plan that keeps every rule"
    assert said in plan_again(app, coordinator)
    coordinator.post(f"/visits/arctic/tours/plans/{first}/use")
    assert said not in coordinator.get("/visits/arctic/tours?language=en").text


def test_a_stop_that_closes_is_named_on_the_board_and_left_out_of_the_next_plan(
    app: Flask, coordinator: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    set_up(coordinator, db, stops_max="2")
    plan_again(app, coordinator)
    stop = db.get_one(Stop, db.scalars(select(GroupVisit.stop_id)).first())
    address = f"/visits/arctic/tours/stops/{stop.id}"
    refused = coordinator.post(f"{address}/remove")
    assert refused.status_code == 409
    assert "close it and plan again first" in refused.text
    form = {
        "code": stop.code, "name-ru": stop.name["ru"], "name-en": stop.name["en"], "minutes": "10",
        "reset_minutes": "0", "groups_at_once": "2", "people": "12", "step_free": "y",
        "organisation_id": "", "version": str(stop.version), "closed": "y",
    }  # fmt: skip
    assert coordinator.post(address, data=form).status_code == 302
    assert "closed, out of the tour" in coordinator.get("/visits/arctic/tours/stops").text
    assert re.search(r'<input[^>]* checked[^>]* name="closed"', coordinator.get(address).text)
    page = coordinator.get("/visits/arctic/tours").text
    assert "A stop is closed, full, or taken by another group." in page
    page = plan_again(app, coordinator)
    assert "Broken rules <b>0</b>" in page
    assert stop.id not in set(db.scalars(select(GroupVisit.stop_id)))
    assert db.scalars(select(GroupVisit.id)).all() != []
    db.refresh(stop)
    again = {**form, "version": str(stop.version)}
    del again["closed"]
    assert coordinator.post(address, data=again).status_code == 302
    db.refresh(stop)
    assert (stop.closed, stop.windows) == (False, [])
