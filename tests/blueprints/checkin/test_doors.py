"""Doors: the list, adding, changing; choosing one to scan at, and the scanner's page."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.doors import House, make_house
from tests.support.rows import add_visit
from tests.support.signing_in import make_account, sign_in
from tests.support.visitor import Visitor
from visitplanner.models import AuditEntry, Checkpoint, RoleGrant

pytestmark = pytest.mark.both_databases

DOORS = "/visits/arctic/checkin/doors"


@pytest.fixture
def officer(app: Flask, house: House, client: Visitor) -> Visitor:
    sign_in(client, make_account(app, "protocol_officer", house.visit))
    return client


def test_a_door_is_added_and_can_be_scanned_at(officer: Visitor, db: Session, house: House):
    page = officer.read(f"{DOORS}/new?language=en")
    after = officer.submit(
        page, {"name-ru": "Вход 3", "name-en": "Door 3", "kind": "zone", "zone": "B"}, form=".form"
    )
    assert after.texts("tbody tr")[-1] == "Door 3 Door of a zone B · Zone B"
    row = db.scalars(select(Checkpoint).order_by(Checkpoint.position.desc())).first()
    assert (row.name, row.kind, row.zone, row.position) == (
        {"ru": "Вход 3", "en": "Door 3"}, "zone", "B", 4,
    )  # fmt: skip
    assert officer.read(f"/visits/arctic/checkin/scan/{row.id}").texts("h1") == ["Door 3, inward"]
    assert db.scalars(select(AuditEntry.action).where(AuditEntry.object_id == row.id)).all() == [
        "checkpoint.added"
    ]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name-ru": ""}, ", Русский: fill this in"),
        ({"kind": "zone", "zone": ""}, "Say which zone lies behind this door."),
        ({"zone": "Q"}, "Not a valid choice."),
        ({"kind": "window"}, "Not a valid choice."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    officer: Visitor, db: Session, values: dict, words: str
):
    page = officer.read(f"{DOORS}/new?language=en")
    good = {"name-ru": "Вход 3", "name-en": "KEPT", "kind": "entrance", "zone": ""}
    after = officer.submit(page, good | values, form=".form", status=422)
    assert words in after.texts(".error-summary")[0]
    assert after.select("input[value=KEPT]")
    assert len(db.scalars(select(Checkpoint)).all()) == 4


def test_a_door_is_changed_by_one_of_two(officer: Visitor, house: House, db: Session):
    address = f"{DOORS}/{house.main.id}?language=en"
    first, second = officer.read(address), officer.read(address)
    officer.submit(first, {"name-en": "North door"}, form=".form")
    late = officer.submit(second, {"name-en": "South door"}, form=".form", status=422)
    assert "Somebody else saved this meanwhile" in late.text
    db.expire_all()
    assert db.get_one(Checkpoint, house.main.id).name["en"] == "North door"


def test_a_door_of_another_visit_is_not_there(officer, house: House, instance, db: Session):
    other = make_house(instance, db, "desert")
    for page in (f"{DOORS}/{other.main.id}", f"/visits/arctic/checkin/scan/{other.main.id}"):
        assert officer.get(page).status_code == 404
    assert officer.post(f"{DOORS}/{other.main.id}", data={"name-ru": "X"}).status_code == 404


def test_the_desk_scans_and_does_not_change_doors(app: Flask, house: House, client: Visitor):
    sign_in(client, make_account(app, "venue_desk", house.visit))
    assert client.get(DOORS).status_code == 403
    assert client.get("/visits/arctic/checkin/scan").status_code == 200


def test_one_visit_leads_straight_to_its_doors(app: Flask, house: House, client: Visitor):
    sign_in(client, make_account(app, "venue_desk", house.visit))
    page = client.read("/scan?language=en")
    assert page.address == "/visits/arctic/checkin/scan"
    assert page.texts(".door-card h2") == [
        "Main entrance", "Side entrance", "Laboratories", "Way out",
    ]  # fmt: skip
    assert [len(card.select("a")) for card in page.select(".door-card")] == [2, 2, 1, 1]


def test_of_several_visits_one_chooses(app: Flask, house: House, client: Visitor, db: Session):
    other, third = add_visit(db, "desert"), add_visit(db, "secret")
    db.commit()
    account = make_account(app, "venue_desk", house.visit)
    db.add(RoleGrant(account_id=account.id, role="venue_desk", visit_id=other.id))
    db.add(RoleGrant(account_id=account.id, role="press", visit_id=third.id))
    db.commit()
    sign_in(client, account)
    page = client.read("/scan?language=en")
    found = {a["href"] for a in page.select(".door-cards a")}
    assert found == {"/visits/arctic/checkin/scan", "/visits/desert/checkin/scan"}
    assert "secret" not in page.html


def test_who_may_scan_nowhere_is_told(app: Flask, house: House, client: Visitor):
    sign_in(client, make_account(app, "press", house.visit))
    assert "No visit to scan for" in client.read("/scan?language=en").text


def test_nobody_is_sent_to_sign_in(house: House, client: Visitor):
    response = client.get("/scan")
    assert response.status_code == 302
    assert "/sign-in" in response.location


def test_a_visit_without_doors(app: Flask, client: Visitor, db: Session):
    bare = add_visit(db, "bare")
    db.commit()
    sign_in(client, make_account(app, "venue_desk", bare))
    page = client.read("/visits/bare/checkin/scan?language=en")
    assert "Ask the protocol department to add them." in page.text


def test_the_scanner_says_where_it_is_and_may_use_the_camera(officer: Visitor, house: House):
    page = officer.read(f"/visits/arctic/checkin/scan/{house.way_out.id}?language=en")
    (panel,) = page.select("[data-scanner]")
    assert panel["data-url"] == "/api/v1/visits/arctic/scans"
    assert panel["data-checkpoint"] == house.way_out.id
    assert panel["data-direction"] == "out"
    assert page.soup.html["dir"] == "ltr"
    arabic = officer.read(f"/visits/arctic/checkin/scan/{house.main.id}?language=ar")
    assert arabic.soup.html["dir"] == "rtl"
    headers = page.response.headers
    assert "'wasm-unsafe-eval'" in headers["Content-Security-Policy"]
    assert "camera=('self')" in headers["Permissions-Policy"] or (
        "camera=(self)" in headers["Permissions-Policy"]
    )
    other = officer.read(DOORS).response.headers
    assert "wasm" not in other["Content-Security-Policy"]
    assert "camera=()" in other["Permissions-Policy"]
