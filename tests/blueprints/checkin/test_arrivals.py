"""Arrivals over HTTP: numbers, who is missing, search, by name, taken back, refused scans."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.doors import CHIEF, House, at_once, make_house
from tests.support.rows import add_delegation, add_organisation, add_participant
from tests.support.signing_in import make_account, sign_in
from tests.support.staged import named
from tests.support.visitor import Page, Visitor
from visitplanner.models import (
    AuditEntry,
    Badge,
    Category,
    Participant,
    Person,
    Scan,
    TourGroup,
)
from visitplanner.services import arrivals as services
from visitplanner.services.act import Act
from visitplanner.services.badges import reprint_badge
from visitplanner.services.instance import Instance
from visitplanner.services.participants import replace_person

pytestmark = pytest.mark.both_databases

PAGE = "/visits/arctic/checkin?language=en"


@pytest.fixture
def desk(app: Flask, house: House, client: Visitor) -> Visitor:
    sign_in(client, make_account(app, "venue_desk", house.visit))
    return client


def send(client: Visitor, *scans: dict) -> list[dict]:
    response = client.post("/api/v1/visits/arctic/scans?language=en", json={"scans": list(scans)})
    assert response.status_code == 200, response.text
    return response.json["results"]


def sentence(page: Page) -> str:
    (found,) = page.texts(".arrivals-sentence")
    return found


def bodies(page: Page) -> dict[str, tuple[str, list[str]]]:
    return {
        row.select_one("h2").get_text(strip=True): (
            row.select_one(".body-count").get_text(strip=True),
            [li.get_text(strip=True) for li in row.select(".missing-names li")],
        )
        for row in page.select(".body-row")
    }


def test_numbers_bodies_and_last_arrivals(house: House, desk: Visitor, db: Session):
    kenya = add_delegation(db, house.visit, "kenya")
    head = house.guest(kenya, family_name="Odhiambo", given_name="Grace", function="head")
    second = house.guest(kenya, family_name="Kamau", given_name="Peter")
    house.guest(family_name="Benali", given_name="Aïcha", function="head")
    add_participant(db, house.delegation, family_name="DRAFT", given_name="Not Yet")
    db.commit()
    assert sentence(desk.read(PAGE)) == (
        "Delegates: 0 of 3 , heads of delegation: 0 of 2 , countries: 0 of 2 . Not approved yet: 1"
    )
    send(desk, house.scan(head, at=(at_once() - timedelta(minutes=9)).isoformat()))
    page = desk.read(PAGE)
    assert sentence(page) == (
        "Delegates: 1 of 3 , heads of delegation: 1 of 2 , countries: 1 of 2 . Not approved yet: 1"
    )
    assert bodies(page) == {
        "Algeria": ("0/1", ["Aïcha Benali"]),
        "Kenya": ("1/2", ["Peter Kamau"]),
    }
    assert [li.get_text(" ", strip=True) for li in page.select(".flag-wall .awaited")] == [
        "Algeria , 0 of 1 here"
    ]
    send(desk, house.scan(second))
    latest = desk.read(PAGE).texts(".latest-arrivals b")
    assert latest == ["Peter Kamau", "Grace Odhiambo"]
    assert "DRAFT" not in page.html


def test_persons_are_counted_and_not_badges(
    house: House, desk: Visitor, db: Session, instance: Instance
):
    """Withdrawn, refused, replaced, reprinted: the delegates are two, whatever was printed."""
    act = Act(instance, db, CHIEF, house.visit.id)

    def slot(badge: Badge) -> Participant:
        return db.get_one(Participant, badge.participant_id)

    first = house.guest(family_name="First", function="head")
    for gone, status in (
        (house.guest(family_name="Gone"), "withdrawn"),
        (house.guest(), "refused"),
    ):
        slot(gone).status = status
    db.commit()
    again = reprint_badge(act, house.visit, slot(first), "lost")
    second = house.guest(family_name="Second")
    assert sentence(desk.read(PAGE)).startswith("Delegates: 0 of 2 , heads of delegation: 0 of 1 ,")
    for badge in (first, again, second):
        send(desk, house.scan(badge))
    assert sentence(desk.read(PAGE)).startswith("Delegates: 2 of 2 , heads of delegation: 1 of 1 ,")
    services.undo_arrival(act, house.visit, second.participant_id)
    replace_person(act, slot(second), named("Third", position_en="Aide"), reason="ill")
    assert sentence(desk.read(PAGE)).startswith("Delegates: 1 of 1 , heads of delegation: 1 of 1 ,")
    assert "Not approved yet: 1" in sentence(desk.read(PAGE))
    answer = send(desk, house.scan(second))[0]
    assert answer["code"] != "OK"
    assert sentence(desk.read(PAGE)).startswith("Delegates: 1 of 1 ,")


def test_views_show_who_misses_somebody(house: House, desk: Visitor, db: Session):
    kenya = add_delegation(db, house.visit, "kenya")
    send(desk, house.scan(house.guest(kenya)))
    house.guest()
    assert set(bodies(desk.read(PAGE + "&show=missing"))) == {"Algeria"}
    assert set(bodies(desk.read(PAGE + "&show=here"))) == {"Kenya"}
    assert set(bodies(desk.read(PAGE + "&show=nonsense"))) == {"Algeria", "Kenya"}


def test_the_live_part_is_the_same_fragment(house: House, desk: Visitor):
    house.guest()
    page = desk.read("/visits/arctic/checkin/live?show=missing&language=en")
    (root,) = [tag for tag in page.soup.children if getattr(tag, "name", None)]
    assert root["data-live"].endswith("/visits/arctic/checkin/live?show=missing")
    assert page.select("html") == []
    assert set(bodies(page)) == {"Algeria"}


def test_other_organisations_are_counted_by_category_and_as_no_country(
    house: House, desk: Visitor, db: Session
):
    organisation = add_organisation(db, house.visit)
    slot = add_participant(db, house.delegation, family_name="Lee", given_name="Ann")
    slot.delegation_id, slot.organisation_id, slot.status = None, organisation.id, "approved"
    db.commit()
    badge = house.badge_of(slot)
    answer = send(desk, house.scan(badge))[0]
    assert (answer["code"], answer["verdict"]["state"]) == ("OK", "The Herald")
    page = desk.read(PAGE)
    assert sentence(page) == "Delegates: 0 of 0 , heads of delegation: 0 of 0 , countries: 0 of 0 ."
    assert page.texts(".arrivals-others") == ["Others here: Delegate 1/1 ."]
    assert bodies(page) == {"The Herald": ("1/1", [])}


@pytest.mark.parametrize(
    "query", ["benali", "BEN", "Aicha", "Бенали", "عائشة", "аиша бен", "Д-0001", "д1"]
)
def test_a_guest_is_found_in_any_script_and_by_the_badge(house: House, desk: Visitor, query: str):
    house.guest(
        family_name="Benali", given_name="Aïcha", native_name="عائشة بن علي",
        russian_name="Аиша Бенали",
    )  # fmt: skip
    house.guest(family_name="Kamau", given_name="Peter")
    page = desk.get("/visits/arctic/checkin", query_string={"q": query, "language": "en"})
    assert Page(page).texts(".found-guests b") == ["Aïcha Benali"]


@pytest.mark.parametrize("query", ["%", "_", "zzz", "'", "\\", "x" * 300])
def test_nobody_is_found_by_wildcards(house: House, desk: Visitor, query: str):
    house.guest(family_name="Benali")
    response = desk.get("/visits/arctic/checkin", query_string={"q": query, "language": "en"})
    page = Page(response)
    assert page.status == 200
    assert page.texts(".found-guests b") == []


def test_a_badge_is_found_by_its_number_in_russian_letters(
    house: House, desk: Visitor, db: Session
):
    badge = house.guest(family_name="Benali", given_name="Aïcha")
    badge.serial = "D-0031"
    db.commit()
    for typed in ("Д-0031", "д-31", "D-0031"):
        assert len(desk.read(f"{PAGE}&q={typed}").select(".found-guests form")) == 1, typed
    assert not desk.read(PAGE + "&q=B-0031").select(".found-guests form")


def test_an_arrival_by_name_and_taken_back(house: House, desk: Visitor, db: Session):
    badge = house.guest(family_name="Benali", given_name="Aïcha")
    page = desk.read(PAGE + "&q=benali")
    after = desk.submit(page, form=".found-guests form")
    assert sentence(after).startswith("Delegates: 1 of 1")
    row = db.get_one(Participant, badge.participant_id)
    came = row.arrived_at
    assert abs(came - at_once()) < timedelta(minutes=1)
    scan = db.scalars(select(Scan)).one()
    assert (scan.verdict, scan.typed, scan.checkpoint_id, scan.badge_number) == (
        "OK", True, house.main.id, badge.number,
    )  # fmt: skip
    assert scan.account_id is not None

    again = desk.submit(page, form=".found-guests form")
    assert again.texts(".notice") == ["This arrival has been noted already."]
    assert len(db.scalars(select(Scan)).all()) == 1

    back = desk.submit(after, form=".latest-arrivals form")
    assert sentence(back).startswith("Delegates: 0 of 1")
    db.expire_all()
    assert db.get_one(Participant, badge.participant_id).arrived_at is None
    assert db.scalars(select(Scan.undone_at)).one() is not None
    nothing = desk.submit(after, form=".latest-arrivals form")
    assert nothing.texts(".notice") == [
        "This person has not arrived, so there is nothing to take back."
    ]
    actions = db.scalars(
        select(AuditEntry.action).where(AuditEntry.action.like("%arriv%")).order_by(AuditEntry.at)
    ).all()
    assert actions == ["participant.arrived", "participant.arrival-undone"]


def test_an_undone_arrival_can_come_again(house: House, desk: Visitor, db: Session):
    badge = house.guest()
    assert send(desk, house.scan(badge))[0]["code"] == "OK"
    assert send(desk, house.scan(badge, house.side))[0]["code"] == "ALREADY_IN"
    desk.post(f"/visits/arctic/checkin/{badge.participant_id}/undo")
    assert {s.undone_at is None for s in db.scalars(select(Scan))} == {False}
    assert send(desk, house.scan(badge))[0]["code"] == "OK"
    db.expire_all()
    assert db.get_one(Participant, badge.participant_id).arrived_at is not None


def test_who_arrived_by_name_is_already_in_at_the_door(house: House, desk: Visitor):
    badge = house.guest()
    desk.post(f"/visits/arctic/checkin/{badge.participant_id}/arrived")
    assert send(desk, house.scan(badge))[0]["code"] == "ALREADY_IN"


def test_without_a_badge_approval_is_enough(house: House, desk: Visitor, db: Session):
    slot = add_participant(db, house.delegation)
    slot.status = "approved"
    db.commit()
    desk.post(f"/visits/arctic/checkin/{slot.id}/arrived")
    db.expire_all()
    assert db.get_one(Participant, slot.id).arrived_at is not None


@pytest.mark.parametrize(
    ("status", "clearance", "words"),
    [
        ("draft", False, "Protocol has not approved this person"),
        ("submitted", False, "Protocol has not approved this person"),
        ("refused", False, "Protocol has not approved this person"),
        ("approved", True, "Security has not cleared this person"),
    ],
)
def test_nobody_arrives_before_approval(
    house: House, desk: Visitor, db: Session, status: str, clearance: bool, words: str
):
    slot = add_participant(db, house.delegation)
    slot.status, house.visit.clearance_required = status, clearance
    db.commit()
    url = f"/visits/arctic/checkin/{slot.id}/arrived?language=en"
    page = Page(desk.post(url, follow_redirects=True))
    assert page.texts(".notice") == [f"{words}: ask at the accreditation desk."]
    db.expire_all()
    assert db.get_one(Participant, slot.id).arrived_at is None
    assert db.scalars(select(Scan)).all() == []


def test_an_open_form_survives_an_arrival(house: House, desk: Visitor, db: Session):
    badge = house.guest()
    before = db.get_one(Participant, badge.participant_id).version
    send(desk, house.scan(badge))
    db.expire_all()
    assert db.get_one(Participant, badge.participant_id).version == before


def test_refused_scans_are_listed_without_what_was_read(house: House, desk: Visitor):
    badge = house.guest(family_name="Benali", given_name="Aïcha")
    send(desk, house.scan("https://CANARY.example"), house.scan(badge, house.labs, how="typed"))
    send(desk, house.scan(badge))
    assert "Refused at a door: 2" in sentence(desk.read(PAGE))
    page = desk.read("/visits/arctic/checkin/refused?language=en")
    rows = [row.split(" ", 3)[-1] for row in page.texts("tbody tr")]
    assert rows == [
        "Laboratories Not through this door Aïcha Benali typed",
        "Main entrance Not a badge unknown camera",
    ] or rows == [
        "Main entrance Not a badge unknown camera",
        "Laboratories Not through this door Aïcha Benali typed",
    ]
    assert "CANARY" not in page.html


def test_a_guest_of_another_visit_is_not_there(
    house: House, desk: Visitor, instance: Instance, db: Session
):
    other = make_house(instance, db, "desert")
    badge = other.guest(family_name="CANARY")
    for deed in ("arrived", "undo"):
        response = desk.post(f"/visits/arctic/checkin/{badge.participant_id}/{deed}")
        assert response.status_code == 404
        response = desk.post(f"/visits/desert/checkin/{badge.participant_id}/{deed}")
        assert response.status_code == 404
    send(desk, house.scan(badge))
    for page in ("", "/live", "/refused", "?q=canary", f"?person={badge.participant_id}"):
        assert "CANARY" not in desk.read(f"/visits/arctic/checkin{page}").html
    assert desk.get("/visits/desert/checkin").status_code == 404


def test_an_observer_of_arrivals_has_no_buttons(app: Flask, house: House, client: Visitor):
    sign_in(client, make_account(app, "accreditation", house.visit))
    badge = house.guest(family_name="Benali")
    page = client.read(PAGE + "&q=benali")
    assert page.texts(".found-guests b") == ["Aïcha Benali"]
    assert page.select("main form[method=post]") == []
    response = client.post(f"/visits/arctic/checkin/{badge.participant_id}/arrived")
    assert response.status_code == 403


def test_ten_times_the_guests_take_as_many_statements(
    house: House, desk: Visitor, db: Session, statements
):
    house.guest()
    desk.read(PAGE)
    with statements() as few:
        desk.read(PAGE)
    group = TourGroup(visit_id=house.visit.id, letter="A", people=50)
    db.add(group)
    category = db.scalars(select(Category)).one()
    for key in ("kenya", "india", "cuba", "japan", "peru"):
        delegation = add_delegation(db, house.visit, key)
        for number in range(3):
            who = Person(visit_id=house.visit.id, family_name=f"N{number}", given_name="G")
            db.add(who)
            db.flush()
            db.add(
                Participant(
                    visit_id=house.visit.id, delegation_id=delegation.id, person_id=who.id,
                    category_id=category.id, status="approved", group_id=group.id,
                    arrived_at=at_once(),
                )
            )  # fmt: skip
    db.commit()
    with statements() as many:
        desk.read(PAGE)
    assert len(many) == len(few)


def test_a_trade_mission_is_told_from_the_embassy(house: House, desk: Visitor, db: Session):
    trade = add_delegation(db, house.visit, "algeria")
    trade.mission.kind = "trade_mission"
    db.commit()
    house.guest()
    house.guest(trade)
    page = desk.read(PAGE)
    assert len(page.select(".body-row")) == 2
    assert "Trade Mission of Algeria" in page.text
    assert "countries: 0 of 1" in sentence(page)
