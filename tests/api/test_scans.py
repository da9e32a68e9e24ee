"""Scans over the API: whom they admit, sent once, twice, late and in any order."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.doors import House, at_once, before
from visitplanner.models import (
    AuditEntry,
    Category,
    Participant,
    Scan,
    TourGroup,
)

pytestmark = pytest.mark.both_databases


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
    came = house.arrived(badge)
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
    scans = [house.scan(house.guest(), at=before(minutes=n)) for n in range(6)]
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


def test_a_second_entry_is_stored_and_called_so(house: House, send, db: Session):
    badge = house.guest()
    send(house.scan(badge, at=before(minutes=40)))
    came = house.arrived(badge)
    (answer,) = send(house.scan(badge, house.side))
    assert answer["code"] == "ALREADY_IN"
    assert answer["verdict"]["kind"] == "attention"
    assert answer["verdict"]["word"] == "Already in"
    assert answer["verdict"]["note"].startswith("Since ")
    assert "recent" not in answer
    assert house.arrived(badge) == came
    assert len(db.scalars(select(Scan)).all()) == 2


def test_out_and_in_again(house: House, send):
    badge = house.guest()
    codes = []
    for minutes, door, way in (
        (50, house.main, "in"), (40, house.way_out, "out"), (20, house.side, "in"),
        (5, house.labs, "in"),
    ):  # fmt: skip
        (answer,) = send(house.scan(badge, door, direction=way, at=before(minutes=minutes)))
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
    assert house.arrived(badge) is None


def test_a_scan_that_arrives_late_moves_the_arrival_back(house: House, send):
    badge = house.guest()
    early, late = before(minutes=90), before(minutes=10)
    (now_,) = send(house.scan(badge, at=late))
    (then,) = send(house.scan(badge, house.side, at=early))
    assert (now_["code"], then["code"]) == ("OK", "OK")
    assert house.arrived(badge).isoformat() == early


def test_a_clock_ahead_never_makes_an_arrival_of_tomorrow(house: House, send):
    badge = house.guest()
    (answer,) = send(house.scan(badge, at=(at_once() + timedelta(hours=3)).isoformat()))
    assert answer["code"] == "OK"
    assert house.arrived(badge) <= at_once() + timedelta(seconds=1)


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_an_absurd_clock_is_not_believed(house: House, send, at: str):
    badge = house.guest()
    assert send(house.scan(badge, at=at))[0]["code"] == "OK"
    assert abs(house.arrived(badge) - at_once()) < timedelta(seconds=30)
