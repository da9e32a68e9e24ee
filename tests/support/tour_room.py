"""The room of tours over HTTP: rules and stops put in, a plan made."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from visitplanner.jobs.embedded import run_all
from visitplanner.models import Stop

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


def set_up_planned(app: Flask, client: FlaskClient, db: Session) -> None:
    """Set up, and with a first plan."""
    set_up(client, db)
    plan_again(app, client)


def plan_again(app: Flask, client: FlaskClient) -> str:
    """Plan, and the page of the tour afterwards."""
    client.post("/visits/arctic/tours/plan")
    run_all(app.extensions["instance"])
    return client.get("/visits/arctic/tours?language=en").text
