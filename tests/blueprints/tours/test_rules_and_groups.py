"""The tour over HTTP, kept by hand: rules, stops and groups, and what is broken by it."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.signing_in import make_account, sign_in
from tests.support.tour_room import RULES, set_up, set_up_planned
from tests.support.visitor import Page, fields
from visitplanner.models import (
    AgendaItem,
    GroupVisit,
    Stop,
    TourGroup,
    TourRules,
    TourStaff,
    WalkingTime,
)
from visitplanner.services.tour_problem import problem_of


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
    set_up_planned(app, coordinator, db)
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
    set_up_planned(app, coordinator, db)
    stop = db.get_one(Stop, db.scalars(select(GroupVisit.stop_id)).first())
    stop.people = 1
    stop.name = {"ru": "Лаборатория", "en": "Crowded laboratory"}
    db.commit()
    page = coordinator.get("/visits/arctic/tours?language=en").text
    assert "A stop is closed, full, or taken by another group." in page
    assert re.search(r"</b>, <bdi>Crowded laboratory</bdi></li>", page)


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
    set_up_planned(app, coordinator, db)
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
