"""Scans over the API of what was typed or shot by a hand scanner."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.doors import House, make_house
from visitplanner.models import (
    Category,
    Scan,
)

pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize("shape", ["{}", "{} ", "  {}", "д-1", "Д1", "д 0001", "Д—0001"])
def test_a_typed_serial_admits(house: House, send, db: Session, shape: str):
    badge = house.guest()
    (answer,) = send(house.scan(shape.format(badge.serial), how="typed"))
    assert answer["code"] == "OK"
    assert db.scalars(select(Scan.typed)).all() == [True]


@pytest.mark.parametrize("shape", ["1", "0001", " 0001 ", "-1"])
def test_a_number_alone_admits_whoever_alone_bears_it(house: House, send, db: Session, shape: str):
    house.guest()
    assert send(house.scan(shape, how="typed"))[0]["code"] == "OK"
    assert send(house.scan(shape))[0]["code"] == "NOT_A_BADGE", "a camera reads codes only"


def test_a_number_that_two_badges_bear_admits_nobody(house: House, send, db: Session):
    category = db.scalars(select(Category)).one()
    first, second = house.guest(), house.guest()
    db.add(Category(visit_id=category.visit_id, code="press", number=9, ribbon="press",
                    letter="P", word={"en": "Press"}, zones=[]))  # fmt: skip
    first.serial, second.serial = f"{category.letter}-0031", "P-0031"
    db.commit()
    assert send(house.scan("31", how="typed"))[0]["code"] == "NOT_A_BADGE"
    assert send(house.scan("P31", how="typed"))[0]["code"] == "OK"


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


def test_a_russian_letter_that_has_no_twin_is_transliterated(house: House, send, db: Session):
    db.scalars(select(Category)).one().letter = "D"
    db.commit()
    badge = house.guest()
    assert badge.serial == "D-0001"
    send(house.scan("д-0001", how="typed"))
    assert db.scalars(select(Scan.badge_number)).all() == [badge.number]


def test_the_letter_as_it_was_typed_goes_before_its_transliteration(
    house: House, send, db: Session
):
    latin, cyrillic = house.guest(), house.guest()
    latin.serial, cyrillic.serial = "D-0031", "Д-0031"
    db.commit()
    send(house.scan("д-0031", how="typed"))
    assert db.scalars(select(Scan.badge_number)).all() == [cyrillic.number]
