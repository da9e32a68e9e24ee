"""Scans over the API: every verdict, sent once, twice, in any order, and what is refused."""

import json
import random
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from tests.support.doors import CHIEF, House, at_once, make_house
from tests.support.rows import add_delegation, add_organisation
from tests.support.signing_in import make_account, sign_in
from tests.support.visitor import Visitor
from visitplanner.domain.badges import Payload, sign
from visitplanner.models import (
    AuditEntry,
    Badge,
    Category,
    Participant,
    Scan,
    SigningKey,
    TourGroup,
    new_key,
)
from visitplanner.services.accounts.tokens import add_token
from visitplanner.services.act import Act
from visitplanner.services.badges import reprint_badge, revoke_badge
from visitplanner.services.instance import Instance

pytestmark = pytest.mark.both_databases


@pytest.fixture
def house(instance: Instance, db: Session) -> House:
    return make_house(instance, db)


@pytest.fixture
def token(house: House, act: Act) -> str:
    return add_token(act, house.visit, "scan", "Gate")


@pytest.fixture
def send(client: Visitor, token: str):
    def post(*scans: dict, slug: str = "arctic", status: int = 200, language: str = "en") -> list:
        response = client.post(
            f"/api/v1/visits/{slug}/scans",
            json={"scans": list(scans)},
            headers={"Authorization": f"Bearer {token}", "Accept-Language": language},
        )
        assert response.status_code == status, response.text
        return response.json["results"] if status == 200 else response.json["error"]

    return post


def arrived(house: House, badge: Badge) -> object:
    house.db.expire_all()
    return house.db.get_one(Participant, badge.participant_id).arrived_at


def test_the_first_scan_admits_and_notes_the_arrival(house: House, send, db: Session):
    badge = house.guest(position_en="Ambassador", step_free=True)
    group = TourGroup(visit_id=house.visit.id, letter="E", languages=["en", "fr"], people=9)
    db.add(group)
    db.flush()
    db.get_one(Participant, badge.participant_id).group_id = group.id
    scan = house.scan(badge)
    (answer,) = send(scan)
    moment = at_once()
    flag = answer["verdict"].pop("flag_url")
    assert "/flag-icons-7.5.0/small/dz.webp" in flag
    assert answer["recent"].pop("flag_url") == flag
    time = answer["recent"].pop("time")
    assert len(time) == 5
    assert answer == {
        "id": scan["id"],
        "stored": True,
        "code": "OK",
        "verdict": {
            "kind": "admit",
            "word": "Come in",
            "name": "Aïcha Benali",
            "state": "Algeria, Ambassador",
            "note": "No stairs: show the lift",
            "say": "",
            "group": "E",
            "group_note": "group, English, French",
        },
        "recent": {"name": "Aïcha Benali", "group": "E"},
    }
    came = arrived(house, badge)
    assert abs(came - moment) < timedelta(seconds=30)
    row = db.scalars(select(Scan)).one()
    assert (row.verdict, row.participant_id, row.badge_number, row.checkpoint_id) == (
        "OK", badge.participant_id, badge.number, house.main.id,
    )  # fmt: skip
    assert db.scalars(select(AuditEntry.action).where(AuditEntry.object_id == row.id)).all() == [
        "scan.stored"
    ]


def test_words_are_in_the_language_asked_for(house: House, send):
    badge = house.guest(russian_name="Аиша Бенали", position_ru="посол")
    (answer,) = send(house.scan(badge), language="ru")
    said = answer["verdict"]
    assert (said["word"], said["name"], said["state"]) == (
        "Проходите", "Аиша Бенали", "Алжир, посол",
    )  # fmt: skip


def test_the_same_batch_twice_is_stored_once_and_answered_alike(house: House, send, db: Session):
    batch = [house.scan(house.guest()) for _ in range(3)] + [house.scan("nonsense")]
    first = send(*batch)
    came = [row.arrived_at for row in db.scalars(select(Participant).order_by(Participant.id))]
    again = send(*batch)
    assert again == first
    assert [answer["id"] for answer in first] == [scan["id"] for scan in batch]
    assert len(db.scalars(select(Scan)).all()) == 4
    assert came == [
        row.arrived_at for row in db.scalars(select(Participant).order_by(Participant.id))
    ]


def test_permuted_overlapping_and_doubled_batches_come_to_the_same(house: House, send, db: Session):
    dice = random.Random(7)
    scans = [house.scan(house.guest(), at=_before(minutes=n)) for n in range(6)]
    whole = {answer["id"]: answer for answer in send(*scans[:4])}
    for _ in range(5):
        some = dice.sample(scans, k=5)
        for answer in send(*some, some[0]):
            assert answer == whole.setdefault(answer["id"], answer)
    send(*reversed(scans))
    assert len(db.scalars(select(Scan)).all()) == 6
    assert {row.verdict for row in db.scalars(select(Scan))} == {"OK"}


def test_one_id_twice_in_a_batch_is_named_once(house: House, send):
    scan = house.scan(house.guest())
    assert [answer["id"] for answer in send(scan, scan | {"code": "other"})] == [scan["id"]]


def _before(**ago: float) -> str:
    return (at_once() - timedelta(**ago)).isoformat()


def test_a_second_entry_is_stored_and_called_so(house: House, send, db: Session):
    badge = house.guest()
    send(house.scan(badge, at=_before(minutes=40)))
    came = arrived(house, badge)
    (answer,) = send(house.scan(badge, house.side))
    assert answer["code"] == "ALREADY_IN"
    assert answer["verdict"]["kind"] == "attention"
    assert answer["verdict"]["word"] == "Already in"
    assert answer["verdict"]["note"].startswith("Since ")
    assert "recent" not in answer
    assert arrived(house, badge) == came
    assert len(db.scalars(select(Scan)).all()) == 2


def test_out_and_in_again(house: House, send):
    badge = house.guest()
    codes = []
    for minutes, door, way in (
        (50, house.main, "in"), (40, house.way_out, "out"), (20, house.side, "in"),
        (5, house.labs, "in"),
    ):  # fmt: skip
        (answer,) = send(house.scan(badge, door, direction=way, at=_before(minutes=minutes)))
        codes.append((answer["code"], answer["verdict"]["word"]))
    assert codes == [
        ("OK", "Come in"), ("OK", "Goodbye"), ("OK", "Come in"),
        ("WRONG_ZONE", "Not through this door"),
    ]  # fmt: skip


def test_a_zone_inside_is_no_arrival_and_may_be_scanned_again(house: House, send, db: Session):
    category = db.scalars(select(Category)).one()
    category.zones = ["A", "B"]
    db.commit()
    badge = house.guest()
    answers = [send(house.scan(badge, house.labs))[0]["code"] for _ in range(2)]
    assert answers == ["OK", "OK"]
    assert arrived(house, badge) is None


def test_a_scan_that_arrives_late_moves_the_arrival_back(house: House, send):
    badge = house.guest()
    early, late = _before(minutes=90), _before(minutes=10)
    (now_,) = send(house.scan(badge, at=late))
    (then,) = send(house.scan(badge, house.side, at=early))
    assert (now_["code"], then["code"]) == ("OK", "OK")
    assert arrived(house, badge).isoformat() == early


def test_a_clock_ahead_never_makes_an_arrival_of_tomorrow(house: House, send):
    badge = house.guest()
    (answer,) = send(house.scan(badge, at=(at_once() + timedelta(hours=3)).isoformat()))
    assert answer["code"] == "OK"
    assert arrived(house, badge) <= at_once() + timedelta(seconds=1)


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_an_absurd_clock_is_not_believed(house: House, send, at: str):
    badge = house.guest()
    assert send(house.scan(badge, at=at))[0]["code"] == "OK"
    assert abs(arrived(house, badge) - at_once()) < timedelta(seconds=30)


# --- verdicts that keep the door shut


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
    (answer,) = send(house.scan(text, at=_before(hours=1)))
    assert (answer["code"], answer["verdict"]["word"]) == ("REVOKED", "The badge is not valid")
    assert arrived(house, badge) is None


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
    assert arrived(house, badge) is None


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


# --- typed


@pytest.mark.parametrize("shape", ["{}", "{} ", "  {}", "д-1", "Д1", "д 0001", "Д—0001"])
def test_a_typed_serial_admits(house: House, send, db: Session, shape: str):
    badge = house.guest()
    (answer,) = send(house.scan(shape.format(badge.serial), how="typed"))
    assert answer["code"] == "OK"
    assert db.scalars(select(Scan.typed)).all() == [True]


def test_a_typed_code_admits_and_a_photographed_serial_does_not(house: House, send):
    badge, other = house.guest(), house.guest()
    answers = send(house.scan(badge, how="typed"), house.scan(other.serial))
    assert [answer["code"] for answer in answers] == ["OK", "NOT_A_BADGE"]


def test_a_cyrillic_letter_finds_its_latin_twin(house: House, send, db: Session):
    db.scalars(select(Category)).one().letter = "B"
    db.commit()
    badge = house.guest()
    assert badge.serial == "B-0001"
    assert send(house.scan("в1", how="typed"))[0]["code"] == "OK"


def test_no_such_serial(house: House, send):
    (answer,) = send(house.scan("D-9999", how="typed"))
    assert (answer["code"], answer["verdict"]["word"]) == ("NOT_A_BADGE", "No such badge")


def test_a_typed_serial_of_another_visit_is_unknown(house: House, send, instance, db: Session):
    make_house(instance, db, "desert").guest()
    assert send(house.scan("Д-0001", how="typed"))[0]["code"] == "NOT_A_BADGE"


# --- who may, and what is not understood


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
    ("role", "status"), [("venue_desk", 200), ("protocol_officer", 200), ("accreditation", 403)]
)
def test_staff_scan_by_their_role(
    app: Flask, house: House, client: Visitor, role: str, status: int
):
    sign_in(client, make_account(app, role, house.visit))
    scan = house.scan(house.guest())
    response = client.post("/api/v1/visits/arctic/scans", json={"scans": [scan]})
    assert response.status_code == status


def test_staff_need_the_csrf_token(app: Flask, house: House, client: Visitor, db: Session):
    sign_in(client, make_account(app, "venue_desk", house.visit))
    del client.environ_base["HTTP_X_CSRFTOKEN"]
    response = client.post("/api/v1/visits/arctic/scans", json={"scans": [house.scan("x")]})
    assert (response.status_code, response.json["error"]["code"]) == (400, "csrf")
    assert db.scalars(select(Scan)).all() == []


def test_staff_of_another_visit_find_nothing(app: Flask, house: House, client, instance, db):
    other = make_house(instance, db, "desert")
    sign_in(client, make_account(app, "venue_desk", other.visit))
    response = client.post("/api/v1/visits/arctic/scans", json={"scans": [house.scan("x")]})
    assert response.status_code == 404


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
