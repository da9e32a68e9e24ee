"""Scans over the API that keep the door shut: forged, replaced, run out, of another visit."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from tests.support.doors import CHIEF, House, at_once, before, make_house
from tests.support.visitor import Visitor
from visitplanner.domain.badges import Payload, sign
from visitplanner.models import (
    Badge,
    Participant,
    Scan,
    SigningKey,
)
from visitplanner.services.act import Act
from visitplanner.services.badges import reprint_badge, revoke_badge

pytestmark = pytest.mark.both_databases


def changed(text: str, position: int) -> str:
    other = "A" if text[position] != "A" else "B"
    return text[:position] + other + text[position + 1 :]


def test_every_changed_character_is_refused(house: House, send):
    code = house.guest().code_text
    answers = send(*(house.scan(changed(code, n)) for n in range(len(code))))
    assert {answer["code"] for answer in answers} <= {"NOT_A_BADGE", "BAD_SIGNATURE", "UNKNOWN_KEY"}
    assert {answer["verdict"]["name"] for answer in answers} == {""}
    assert house.db.scalars(select(Participant.arrived_at)).all() == [None]


def forged(house: House, badge: Badge, **changes: object) -> str:
    values = {
        "key_number": badge.key_number, "number": badge.number, "category": 0, "zones": 255,
        "until": at_once() + timedelta(days=1),
    }  # fmt: skip
    return sign(Payload(**values | changes), b"\x07" * 32)


def test_a_badge_signed_by_somebody_else_is_refused(house: House, send):
    badge = house.guest()
    codes = send(house.scan(forged(house, badge)), house.scan(forged(house, badge, key_number=999)))
    assert [answer["code"] for answer in codes] == ["BAD_SIGNATURE", "UNKNOWN_KEY"]
    assert [answer["verdict"]["word"] for answer in codes] == ["Not our badge", "Not our badge"]


def test_a_revoked_key_is_refused(house: House, send, db: Session):
    badge = house.guest()
    db.execute(update(SigningKey).values(status="revoked"))
    db.commit()
    assert send(house.scan(badge))[0]["code"] == "UNKNOWN_KEY"


def test_a_replaced_badge_is_refused_and_the_new_one_admits(house: House, send, db: Session):
    old = house.guest()
    text, slot = old.code_text, db.get_one(Participant, old.participant_id)
    new = reprint_badge(Act(house.instance, db, CHIEF, house.visit.id), house.visit, slot, "lost")
    refused, admitted = send(house.scan(text), house.scan(new))
    assert (refused["code"], refused["verdict"]["kind"]) == ("REVOKED", "refuse")
    assert refused["verdict"]["word"] == "The badge has been replaced"
    assert refused["verdict"]["name"] == "Aïcha Benali"
    assert refused["verdict"]["group"] == ""
    assert admitted["code"] == "OK"


def test_a_slow_clock_does_not_let_a_revoked_badge_in(house: House, send, db: Session):
    badge = house.guest()
    text = badge.code_text
    slot = db.get_one(Participant, badge.participant_id)
    revoke_badge(Act(house.instance, db, CHIEF, house.visit.id), slot, "lost")
    (answer,) = send(house.scan(text, at=before(hours=1)))
    assert (answer["code"], answer["verdict"]["word"]) == ("REVOKED", "The badge is not valid")
    assert house.arrived(badge) is None


def test_a_signed_badge_that_was_never_issued_here_is_refused(house: House, send, db: Session):
    badge = house.guest()
    text = badge.code_text
    db.execute(text_delete(badge.id))
    db.commit()
    assert send(house.scan(text))[0]["code"] == "REVOKED"


def text_delete(badge_id: str):
    return text("DELETE FROM badges WHERE id = :id").bindparams(id=badge_id)


def test_run_out(house: House, send, db: Session):
    house.visit.badges_valid_until = at_once() - timedelta(hours=3)
    badge = house.guest()
    (answer,) = send(house.scan(badge))
    assert (answer["code"], answer["verdict"]["say"]) == (
        "EXPIRED", "Please come to the desk with me, you will be met",
    )  # fmt: skip


def test_not_yet(house: House, send, db: Session):
    badge = house.guest()
    house.visit.badges_valid_from = at_once() + timedelta(hours=2)
    db.commit()
    assert send(house.scan(badge))[0]["code"] == "NOT_YET"


def test_a_badge_of_another_visit_is_refused_without_a_name(house: House, send, instance, db):
    other = make_house(instance, db, "desert")
    badge = other.guest(family_name="CANARY", given_name="Zed")
    answers = send(house.scan(badge))
    assert answers[0]["code"] == "WRONG_EVENT"
    assert "CANARY" not in str(answers)
    assert db.scalars(select(Scan.participant_id)).all() == [None]


def test_a_door_of_another_visit_or_none_admits_nobody(house: House, send, instance, db: Session):
    other = make_house(instance, db, "desert")
    badge = house.guest()
    answers = send(house.scan(badge, other.main), house.scan(badge, checkpoint="gone"))
    assert [answer["code"] for answer in answers] == ["STALE_LIST", "STALE_LIST"]
    assert db.scalars(select(Scan.checkpoint_id)).all() == [None, None]
    assert house.arrived(badge) is None


def test_a_zone_that_is_gone_admits_nobody(house: House, send, db: Session):
    house.side.zone = "Q"
    db.commit()
    assert send(house.scan(house.guest(), house.side))[0]["code"] == "WRONG_ZONE"


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "PB1:", "https://example.org/", "\u0000", "\ud800", "💥" * 1000,
        "PB1:" + "0" * 117, "' OR 1=1 --", "%", "x" * 8000,
    ],
)  # fmt: skip
@pytest.mark.parametrize("how", ["camera", "typed"])
def test_no_text_is_an_error(house: House, client: Visitor, token: str, text: str, how: str):
    body = json.dumps({"scans": [house.scan(text, how=how)]})
    response = client.post(
        "/api/v1/visits/arctic/scans",
        data=body,
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    if "\ud800" in text:  # half a character is no JSON text
        assert response.status_code == 422
        return
    assert response.status_code == 200, response.text
    assert response.json["results"][0]["code"] == "NOT_A_BADGE"


def test_what_was_read_is_not_kept(house: House, send, db: Session):
    secret = "https://bank.example/?code=CANARY-4711"
    send(house.scan(secret), house.scan(secret, how="typed"))
    for table in ("scans", "audit", "jobs"):
        rows = db.execute(text(f"SELECT * FROM {table}")).all()
        assert "4711" not in str(rows)
    assert len(db.scalars(select(Scan)).all()) == 2
