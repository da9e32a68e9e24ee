"""Scans over the API: who may send them, and batches that are not understood."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.doors import House, at_once, make_house
from tests.support.rows import add_delegation, add_organisation
from tests.support.signing_in import make_account, sign_in
from tests.support.visitor import Visitor
from visitplanner.models import (
    Participant,
    Scan,
    new_key,
)
from visitplanner.services.accounts.tokens import add_token
from visitplanner.services.act import Act

pytestmark = pytest.mark.both_databases


def test_another_visit_is_not_there_for_the_token(house: House, send, instance, db: Session):
    make_house(instance, db, "desert")
    assert send(house.scan("x" * 9), slug="desert", status=404)["code"] == "not-found"
    assert send(house.scan("x" * 9), slug="none", status=404)["code"] == "not-found"


def test_a_token_that_only_reads_may_not_scan(house: House, client: Visitor, act: Act):
    reader = add_token(act, house.visit, "read")
    response = client.post(
        "/api/v1/visits/arctic/scans",
        json={"scans": [house.scan("x")]},
        headers={"Authorization": f"Bearer {reader}"},
    )
    assert (response.status_code, response.json["error"]["code"]) == (403, "not-permitted")


@pytest.mark.parametrize(
    ("role", "status", "stored"),
    [("venue_desk", 200, ["OK"]), ("protocol_officer", 200, ["OK"]), ("accreditation", 403, [])],
)
def test_staff_scan_by_their_role(
    app: Flask, house: House, client: Visitor, role: str, status: int, stored: list[str]
):
    sign_in(client, make_account(app, role, house.visit))
    scan = house.scan(house.guest())
    response = client.post("/api/v1/visits/arctic/scans", json={"scans": [scan]})
    assert response.status_code == status
    assert house.db.scalars(select(Scan.verdict)).all() == stored


def test_staff_need_the_csrf_token(app: Flask, house: House, client: Visitor, db: Session):
    sign_in(client, make_account(app, "venue_desk", house.visit))
    del client.environ_base["HTTP_X_CSRFTOKEN"]
    response = client.post("/api/v1/visits/arctic/scans", json={"scans": [house.scan("x")]})
    assert (response.status_code, response.json["error"]["code"]) == (400, "csrf")
    assert db.scalars(select(Scan)).all() == []


def test_staff_of_another_visit_find_nothing(app: Flask, house: House, client, instance, db):
    other, badge = make_house(instance, db, "desert"), house.guest()
    sign_in(client, make_account(app, "venue_desk", other.visit))
    response = client.post("/api/v1/visits/arctic/scans", json={"scans": [house.scan(badge)]})
    assert response.status_code == 404
    assert db.scalars(select(Scan)).all() == []
    assert house.arrived(badge) is None


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"more": 1}, "scans.0.more"),
        ({"id": "short"}, "scans.0.id"),
        ({"id": "x" * 41}, "scans.0.id"),
        ({"id": "with space"}, "scans.0.id"),
        ({"id": 12345678}, "scans.0.id"),
        ({"code": None}, "scans.0.code"),
        ({"code": "x" * 8001}, "scans.0.code"),
        ({"at": "2026-12-01T12:00:00"}, "scans.0.at"),
        ({"at": 1796126400}, "scans.0.at"),
        ({"at": "soon"}, "scans.0.at"),
        ({"direction": "through"}, "scans.0.direction"),
        ({"how": "smell"}, "scans.0.how"),
        ({"device": "a b"}, "scans.0.device"),
        ({"checkpoint": "x" * 65}, "scans.0.checkpoint"),
    ],
)
def test_the_schema_is_strict(house: House, send, db: Session, change: dict, place: str):
    good = house.scan(house.guest())
    error = send(good | change, house.scan("fine"), status=422)
    assert error["code"] == "schema"
    assert [fault["at"] for fault in error["faults"]] == [place]
    assert "CANARY" not in str(error)
    assert db.scalars(select(Scan)).all() == []


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"{}", b'{"scans": []}', b'{"scans": {}}', b"\xff"]
)
def test_no_body_is_an_unexpected_error(house: House, client: Visitor, token: str, body: bytes):
    response = client.post(
        "/api/v1/visits/arctic/scans", data=body, headers={"Authorization": f"Bearer {token}"}
    )
    assert (response.status_code, response.json["error"]["code"]) == (422, "schema")


def test_two_hundred_at_once_and_no_more(house: House, send):
    scans = [house.scan("x") for _ in range(201)]
    assert len(send(*scans[:200])) == 200
    error = send(*scans, status=413)
    assert (error["code"], error["text"]) == ("batch-too-large", "Send at most 200 at once.")


def test_an_id_of_another_visit_is_answered_and_tells_nothing(house: House, send, instance, db):
    other = make_house(instance, db, "desert")
    badge = other.guest(family_name="CANARY")
    taken = Scan(
        id=new_key(), visit_id=other.visit.id, participant_id=badge.participant_id, verdict="OK",
        scanned_at=at_once(), badge_number=badge.number,
    )  # fmt: skip
    db.add(taken)
    db.commit()
    (answer,) = send(house.scan("x", id=taken.id))
    assert (answer["id"], answer["stored"], answer["code"]) == (taken.id, False, "ID_TAKEN")
    assert "CANARY" not in str(answer)


def test_a_long_batch_asks_the_database_no_more_often(house: House, send, statements):
    few = [house.scan(house.guest()) for _ in range(2)]
    many = [house.scan(house.guest()) for _ in range(12)]
    with statements() as first:
        send(*few)
    with statements() as second:
        send(*many)
    reads = [[s for s in seen if s.startswith("SELECT")] for seen in (first, second)]
    assert len(reads[1]) - len(reads[0]) <= 10


def test_a_guest_of_an_organisation(house: House, send, db: Session):
    add_organisation(db, house.visit)
    body = db.scalars(select(Participant)).first()
    assert body is None
    badge = house.guest(add_delegation(db, house.visit, "kenya"))
    assert send(house.scan(badge))[0]["verdict"]["state"] == "Kenya"


def test_the_description_names_what_is_there(client: Visitor):
    found = client.get("/api/v1/openapi.json").json
    assert found["openapi"] == "3.1.0"
    operation = found["paths"]["/api/v1/visits/{slug}/scans"]["post"]
    assert sorted(operation["responses"]) == ["200", "401", "403", "404", "413", "422"]
    schemas = found["components"]["schemas"]
    assert schemas["ScanIn"]["additionalProperties"] is False
    assert schemas["ScanBatch"]["properties"]["scans"]["maxItems"] == 200
    refs = {
        part.split('"')[0]
        for part in str(found).replace("'", '"').split("#/components/schemas/")[1:]
    }
    assert refs <= set(schemas)
