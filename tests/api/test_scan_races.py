"""Two devices at once: the same badge, and the same batch sent twice at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.application import new_visitor
from tests.support.doors import House
from visitplanner.models import Participant, Scan
from visitplanner.services.accounts.tokens import add_token
from visitplanner.services.act import Act

pytestmark = [pytest.mark.both_databases, pytest.mark.endurance]


@pytest.fixture
def at_once(app: Flask, house: House, act: Act, db: Session):
    token = add_token(act, house.visit, "scan")

    def post(batches: list[list[dict]]) -> list[list[dict]]:
        db.commit()  # the session gives way in its own thread only
        barrier = Barrier(len(batches))

        def one(batch: list[dict]) -> list[dict]:
            client = new_visitor(app)
            barrier.wait()
            response = client.post(
                "/api/v1/visits/arctic/scans",
                json={"scans": batch},
                headers={"Authorization": f"Bearer {token}"},
            )
            assert response.status_code == 200, response.text
            return response.json["results"]

        with ThreadPoolExecutor(len(batches)) as threads:
            return list(threads.map(one, batches))

    return post


def test_one_badge_at_two_doors_is_admitted_once(house: House, at_once, rounds, db: Session):
    for _ in range(rounds(100)):
        badge = house.guest()
        answers = at_once([[house.scan(badge)], [house.scan(badge, house.side)]])
        assert sorted(answer[0]["code"] for answer in answers) == ["ALREADY_IN", "OK"]
        scans = db.scalars(select(Scan).where(Scan.participant_id == badge.participant_id)).all()
        came = db.get_one(Participant, badge.participant_id).arrived_at
        assert came == min(scan.scanned_at for scan in scans)


def test_a_batch_sent_twice_at_once_is_stored_once(house: House, at_once, rounds, db: Session):
    for _ in range(rounds(100)):
        batch = [house.scan(house.guest()), house.scan("nonsense"), house.scan(house.guest())]
        first, second, third = at_once([batch, batch[::-1], batch[1:]])
        by_id = {answer["id"]: answer for answer in first}
        assert {answer["id"]: answer for answer in second} == by_id
        assert [by_id[answer["id"]] for answer in third] == third
        ids = [scan["id"] for scan in batch]
        assert len(db.scalars(select(Scan).where(Scan.id.in_(ids))).all()) == 3
