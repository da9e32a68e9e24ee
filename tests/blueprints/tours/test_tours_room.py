"""The tour over HTTP: rules, stops, a plan as a job, what is broken by hand, groups."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.rows import add_delegation, add_organisation, add_participant, add_visit
from tests.support.signing_in import make_account, sign_in
from tests.support.visitor import Page, fields
from visitplanner.jobs.embedded import run_all
from visitplanner.models import (
    AgendaItem,
    AuditEntry,
    Category,
    GroupVisit,
    Job,
    Participant,
    Person,
    Stop,
    TourGroup,
    TourPlan,
    TourRules,
    TourStaff,
    WalkingTime,
)
from visitplanner.services.tour_problem import problem_of

SENDERS = ("algeria", "peru", "ghana", "japan", "nepal", "chad")


def add_leader(db: Session, visit, organisation, function: str, languages: list[str]):
    category = db.scalars(select(Category).where(Category.visit_id == visit.id)).first()
    person = Person(visit_id=visit.id, family_name=function.title(), given_name="A",
                    languages=languages)  # fmt: skip
    db.add(person)
    db.flush()
    row = Participant(visit_id=visit.id, organisation_id=organisation.id, person_id=person.id,
                      category_id=category.id, function=function, status="approved")  # fmt: skip
    db.add(row)
    db.flush()
    return row


@pytest.fixture
def cast(db: Session) -> SimpleNamespace:
    visit = add_visit(db)
    organisation = add_organisation(db, visit, "service")
    for key in SENDERS:
        delegation = add_delegation(db, visit, key)
        delegation.mission.languages = ["ru", "en"]
        for name in ("One", "Two"):
            add_participant(db, delegation, family_name=name)
    escorts = [add_leader(db, visit, organisation, "escort", ["ru"]) for _ in range(3)]
    other = add_visit(db, "other")
    db.commit()
    return SimpleNamespace(visit=visit, escorts=escorts, other=other)


@pytest.fixture
def coordinator(app: Flask, client: FlaskClient, cast: SimpleNamespace) -> FlaskClient:
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return sign_in(client, make_account(app, "tours", cast.visit))


RULES = {
    "starts_at": "2027-05-04T11:00", "horizon": "60", "group_people_min": "2",
    "group_people_max": "6", "stops_min": "2", "stops_max": "3", "languages_per_group": "2",
    "host_languages": ["ru"],
}  # fmt: skip


def set_up(client: FlaskClient, db: Session, **rules: str) -> list[Stop]:
    """Rules, a hall and three stops with four minutes between any two, all over HTTP."""
    assert client.post("/visits/arctic/tours/rules", data=RULES | rules).status_code == 302
    for number, code in enumerate(("hall", "lasers", "robots", "optics")):
        stop = {
            "code": code, "name-ru": f"Место {number}", "name-en": f"Place {number}",
            "minutes": "10", "reset_minutes": "0", "groups_at_once": "1", "people": "10",
            "step_free": "y", "organisation_id": "",
        } | ({"is_hall": "y"} if code == "hall" else {})  # fmt: skip
        assert client.post("/visits/arctic/tours/stops/new", data=stop).status_code == 302
    stops = list(db.scalars(select(Stop).order_by(Stop.position)))
    walk = {f"{a.id}:{b.id}": "4" for a in stops for b in stops if a is not b}
    assert client.post("/visits/arctic/tours/walking", data=walk).status_code == 302
    return stops


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
    coordinator.post("/visits/arctic/tours/plan")
    run_all(app.extensions["instance"])
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


def test_a_range_turned_round_is_an_error_at_its_field(
    coordinator: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    answer = coordinator.post("/visits/arctic/tours/rules", data=RULES | {"group_people_min": "9"})
    assert answer.status_code == 422
    assert "The least is above the most." in answer.text
    assert 'value="9"' in answer.text


def test_a_walk_that_is_no_number_saves_nothing_and_is_kept(
    coordinator: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    stops = set_up(coordinator, db)
    name = f"{stops[0].id}:{stops[1].id}"
    answer = coordinator.post("/visits/arctic/tours/walking", data={name: "soon"})
    assert answer.status_code == 422
    assert 'value="soon"' in answer.text
    assert len(db.scalars(select(WalkingTime)).all()) == 12


def test_moving_a_delegation_by_hand_shows_the_rule_it_breaks(
    app: Flask, coordinator: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    set_up(coordinator, db)
    coordinator.post("/visits/arctic/tours/plan")
    run_all(app.extensions["instance"])
    groups = sorted(db.scalars(select(TourGroup)), key=lambda group: group.taken)
    target = groups[0]
    db.execute(TourGroup.__table__.update().values(people=12))
    db.commit()
    page = coordinator.get(f"/visits/arctic/tours/groups/{target.letter}").text
    codes = re.findall(r'<option value="([A-Z]+-[A-Z0-9a-z]+)"', page)
    for code in codes:
        coordinator.post(
            f"/visits/arctic/tours/groups/{target.letter}/move", data={"delegation": code}
        )
    db.expire_all()
    assert db.get(TourGroup, target.id).taken == 12
    page = coordinator.get("/visits/arctic/tours").text
    assert "A group has too few or too many guests." in page


def test_a_broken_rule_names_the_stop(
    app: Flask, coordinator: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    set_up(coordinator, db)
    coordinator.post("/visits/arctic/tours/plan")
    run_all(app.extensions["instance"])
    stop = db.get_one(Stop, db.scalars(select(GroupVisit.stop_id)).first())
    stop.people = 1
    stop.name = {"ru": "Лаборатория", "en": "Crowded laboratory"}
    db.commit()
    page = coordinator.get("/visits/arctic/tours?language=en").text
    assert "A stop is closed, full, or taken by another group." in page
    assert re.search(r"</b>, <bdi>Crowded laboratory</bdi></li>", page)


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


def plan_again(app: Flask, client: FlaskClient) -> str:
    """Plan, and the page of the tour afterwards."""
    client.post("/visits/arctic/tours/plan")
    run_all(app.extensions["instance"])
    return client.get("/visits/arctic/tours?language=en").text


def test_planning_again_leaves_a_tour_that_is_as_good(
    app: Flask, coordinator: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    set_up(coordinator, db)
    plan_again(app, coordinator)
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
    set_up(coordinator, db)
    plan_again(app, coordinator)
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
    set_up(coordinator, db)
    plan_again(app, coordinator)
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


def test_why_there_is_no_plan_is_said_until_one_is_brought_back(
    app: Flask, coordinator: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    set_up(coordinator, db)
    plan_again(app, coordinator)
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


def test_an_agenda_that_moved_away_from_the_tour_is_named(
    coordinator: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    set_up(coordinator, db)
    starts = db.scalars(select(TourRules)).one().starts_at
    item = AgendaItem(visit_id=cast.visit.id, kind="tour", title={"en": "Walk around"},
                      starts_at=starts, minutes=60)  # fmt: skip
    db.add(item)
    db.commit()
    assert "The agenda has the tour at" not in coordinator.get("/visits/arctic/tours").text
    item.starts_at = starts + timedelta(minutes=2)
    db.commit()
    page = coordinator.get("/visits/arctic/tours").text
    assert "The agenda has the tour at 11:02, its rules at 11:00" in page
    assert "Walk around" in page


def test_a_full_group_says_so_where_one_stands(
    app: Flask, coordinator: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    set_up(coordinator, db)
    coordinator.post("/visits/arctic/tours/plan")
    run_all(app.extensions["instance"])
    group = db.scalars(select(TourGroup).order_by(TourGroup.letter)).first()
    assert group is not None
    db.execute(TourGroup.__table__.update().values(people=TourGroup.taken))
    db.commit()
    address = f"/visits/arctic/tours/groups/{group.letter}"
    codes = set(re.findall(r'<option value="([A-Z]+-[A-Z0-9a-z]+)"', coordinator.get(address).text))
    for code in sorted(codes):
        answer = coordinator.post(f"{address}/move", data={"delegation": code})
        assert answer.headers["Location"].endswith(address)
    assert f"Group {group.letter} is full" in coordinator.get(address).text
    assert db.get(TourGroup, group.id).taken == group.taken


def test_an_escort_leads_one_group_only(
    app: Flask, coordinator: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    set_up(coordinator, db)
    for _ in range(2):
        coordinator.post("/visits/arctic/tours/groups")
    form = {"people": "6", "languages": ["ru"], "escort": cast.escorts[0].id, "version": "1"}
    assert coordinator.post("/visits/arctic/tours/groups/A", data=form).status_code == 302
    answer = coordinator.post("/visits/arctic/tours/groups/B", data=form)
    assert answer.status_code == 422
    assert "This escort or interpreter leads another group." in answer.text
    assert len(db.scalars(select(TourStaff)).all()) == 1


def test_two_who_save_one_group_the_second_is_told(
    coordinator: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    coordinator.post("/visits/arctic/tours/groups")
    form = {"people": "6", "languages": ["ru"], "escort": "", "version": "1"}
    assert coordinator.post("/visits/arctic/tours/groups/A", data=form).status_code == 302
    answer = coordinator.post("/visits/arctic/tours/groups/A", data=form | {"people": "9"})
    told = Page(answer)
    assert told.status == 409
    assert told.texts(".compare .differs td") == ["6", "9"]
    again = form | {"people": "9", "version": str(told.select("#version")[0]["value"])}
    assert coordinator.post("/visits/arctic/tours/groups/A", data=again).status_code == 302
    assert db.scalars(select(TourGroup)).one().people == 9


@pytest.mark.parametrize("what", ["rules", "stop"])
def test_two_who_save_rules_or_a_stop_compare_and_the_second_can_save(
    app: Flask, coordinator: FlaskClient, cast: SimpleNamespace, db: Session, what: str
) -> None:
    set_up(coordinator, db)
    stop = db.scalars(select(Stop).where(Stop.is_hall.is_(False))).first()
    assert stop is not None
    address = (
        "/visits/arctic/tours/rules"
        if what == "rules"
        else (f"/visits/arctic/tours/stops/{stop.id}")
    )
    name = "horizon" if what == "rules" else "minutes"
    both = [Page(coordinator.get(address)) for _ in range(2)]
    first, second = (fields(page.form("form.form")) for page in both)
    assert coordinator.post(address, data=first | {name: "21"}).status_code == 302
    told = Page(coordinator.post(address, data=second | {name: "33"}))
    assert told.status == 409
    assert told.texts(".compare .differs td") == ["21", "33"]
    again = fields(told.form("form.form"))
    assert again[name] == "33"
    assert coordinator.post(address, data=again).status_code == 302
    assert fields(Page(coordinator.get(address)).form("form.form"))[name] == "33"


def test_who_may_look_changes_nothing(
    app: Flask, coordinator: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    set_up(coordinator, db)
    coordinator.post("/visits/arctic/tours/groups")
    desk = sign_in(app.test_client(), make_account(app, "venue_desk", cast.visit))
    assert desk.get("/visits/arctic/tours").status_code == 200
    assert desk.post("/visits/arctic/tours/plan").status_code == 403
    assert desk.post("/visits/arctic/tours/groups/A", data={}).status_code == 404
    stranger = sign_in(app.test_client(), make_account(app, "tours", cast.other))
    assert stranger.get("/visits/arctic/tours").status_code == 404
    stop = db.scalars(select(Stop)).first()
    assert stranger.get(f"/visits/other/tours/stops/{stop.id}").status_code == 404


def test_the_problem_is_the_public_format(
    coordinator: FlaskClient, cast: SimpleNamespace, db: Session
) -> None:
    from visitplanner.planning.problem_file import read_problem

    set_up(coordinator, db)
    db.expire_all()
    problem = read_problem(problem_of(db, db.merge(cast.visit)))
    assert problem.people == 12
    assert len(problem.stops) == 3
