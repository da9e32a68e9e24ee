"""A delegate's own programme: group, route, agenda, code, calendar; nothing of anybody else."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import zxingcpp
from icalendar import Calendar
from PIL import Image
from sqlalchemy.orm import Session

from tests.support.application import Statements
from tests.support.rows import DAY, add_participant
from tests.support.visitor import Visitor
from visitplanner.models import (
    AgendaItem,
    Badge,
    Category,
    GroupVisit,
    Participant,
    Room,
    Site,
    Stop,
    TourGroup,
    TourRules,
    TourStaff,
)

CODE = "PB1:" + "6BFOXN" * 19


@pytest.fixture
def day(db: Session, cast) -> TourGroup:
    """An agenda for guests, heads, press and staff; a group with two stops and an escort."""
    visit = cast.visit
    hall = Room(visit_id=visit.id, name={"en": "Great Hall"})
    site = Site(visit_id=visit.id, name={"en": "Campus"})
    group = TourGroup(
        visit_id=visit.id, letter="G", languages=["en"], meeting_point={"en": "Fountain"}, taken=1
    )
    other = TourGroup(visit_id=visit.id, letter="H", meeting_point={"en": "CANARY-POINT"})
    rules = TourRules(visit_id=visit.id, starts_at=DAY + timedelta(hours=2), horizon=90)
    db.add_all([hall, site, group, other, rules])
    db.flush()
    for minutes, audience in ((0, "guests"), (30, "heads"), (40, "press"), (50, "staff")):
        db.add(
            AgendaItem(
                visit_id=visit.id, kind="speech", title={"en": f"For {audience}"}, minutes=20,
                starts_at=DAY + timedelta(minutes=minutes), room_id=hall.id, audience=audience,
                responsible="CANARY-STAFF", cue="CANARY-CUE", phone="+7 CANARY",
            )
        )  # fmt: skip
    for number, (name, start, holder) in enumerate(
        (("Agrosvet", 0, group), ("Kinema", 20, group), ("CANARY-STOP", 0, other)), start=1
    ):
        stop = Stop(visit_id=visit.id, site_id=site.id, code=f"s{number}", name={"en": name})
        db.add(stop)
        db.flush()
        db.add(
            GroupVisit(
                visit_id=visit.id, group_id=holder.id, stop_id=stop.id,
                starts_minute=start, ends_minute=start + 12, sequence=number,
            )
        )  # fmt: skip
    guide = add_participant(
        db, cast.ours, family_name="Belova", given_name="Olga", phone="+7 000 000-01-14"
    )
    db.add(TourStaff(visit_id=visit.id, group_id=group.id, participant_id=guide.id, role="escort"))
    db.get_one(Participant, cast.ambassador.id).group_id = group.id
    db.commit()
    return group


def badge(db: Session, cast, **more) -> Badge:
    row = Badge(
        visit_id=cast.visit.id,
        participant_id=cast.ambassador.id,
        person_id=cast.ambassador.person_id,
        key_number=1,
        number="0" * 14,
        serial="E-0001",
        code_text=CODE,
        valid_until=DAY,
        **more,
    )
    db.add(row)
    db.commit()
    return row


def read(visitor: Visitor):
    return visitor.read("/r/mine?language=en")


def test_my_name_group_route_and_agenda(guest, cast, day, db: Session):
    page = read(guest("delegate"))
    assert page.texts("h1") == ["Aïcha Benali"]
    assert "Embassy of Algeria , group G" in page.text
    assert "Meeting point: Fountain" in page.text
    assert page.texts(".timeline li > div")[:2] == ["Agrosvet until 14:12", "Kinema until 14:32"]
    titles = page.texts(".timeline li > div")[2:]
    assert titles == ["For guests Great Hall", "For heads Great Hall"]
    assert "Call Olga Belova, your escort" in page.text
    assert "CANARY" not in page.html


def test_lines_for_heads_are_for_heads_and_the_press_for_the_press(guest, cast, day, db: Session):
    row = db.get_one(Participant, cast.ambassador.id)
    row.function = "member"
    db.commit()
    assert "For heads" not in read(guest("delegate")).text
    row.category_id = db.query(Category).filter_by(code="press").one().id
    db.commit()
    text = read(guest("delegate")).text
    assert "For press" in text
    assert "For staff" not in text


def test_the_code_is_shown_only_while_the_badge_lives(guest, cast, day, db: Session):
    visitor = guest("delegate")
    assert "Your badge is not ready yet." in read(visitor).text
    row = badge(db, cast)
    page = read(visitor)
    assert "Pass E-0001, group G" in page.text
    assert decoded(page.select("svg.qr")[0]) == CODE
    row.revoked_at = DAY
    db.commit()
    page = read(visitor)
    assert page.select("svg.qr") == []


def decoded(svg) -> str:
    """What a reader sees in the drawing."""
    side = int(svg["viewbox"].split()[2]) if svg.has_attr("viewbox") else 0
    image = Image.new("L", (side, side), 255)
    for run in svg.select("path")[1]["d"].split("z")[:-1]:
        place, length = run[1:].split("v")[0].split("h")
        x, y = map(int, place.split())
        for step in range(int(length)):
            image.putpixel((x + step, y), 0)
    found = zxingcpp.read_barcodes(image.resize((side * 6, side * 6), Image.Resampling.NEAREST))
    return found[0].text


def test_the_calendar_has_the_right_zone_and_stable_ids(guest, cast, day, db: Session):
    visitor = guest("delegate")
    first = Calendar.from_ical(visitor.get("/r/mine/calendar.ics?language=en").data)
    events = {str(event["summary"]): event for event in first.walk("VEVENT")}
    assert list(events) == ["For guests", "For heads", "Agrosvet", "Kinema"]
    start = events["Agrosvet"]["dtstart"].dt
    assert start == DAY + timedelta(hours=2)
    assert start.utcoffset() == start.astimezone(ZoneInfo("Europe/Moscow")).utcoffset()
    assert [str(zone["tzid"]) for zone in first.walk("VTIMEZONE")] == ["Europe/Moscow"]
    item = db.query(AgendaItem).filter_by(audience="guests").one()
    item.starts_at += timedelta(minutes=5)
    db.commit()
    second = Calendar.from_ical(visitor.get("/r/mine/calendar.ics?language=en").data)
    assert {str(e["uid"]) for e in first.walk("VEVENT")} == {
        str(e["uid"]) for e in second.walk("VEVENT")
    }


def test_who_left_the_list_has_no_programme(guest, cast, day, db: Session):
    visitor = guest("delegate")
    db.get_one(Participant, cast.ambassador.id).status = "withdrawn"
    db.commit()
    answer = visitor.get("/r/mine?language=en")
    assert answer.status_code == 409
    assert "no longer on the list" in answer.text
    assert "Fountain" not in answer.text


def test_the_page_asks_the_same_number_of_queries(
    guest, cast, day, db: Session, statements: Statements
):
    visitor = guest("delegate")
    read(visitor)
    with statements() as few:
        read(visitor)
    for minute in range(20):
        db.add(
            AgendaItem(
                visit_id=cast.visit.id, kind="speech", title={"en": "More"}, minutes=5,
                starts_at=DAY + timedelta(minutes=60 + minute),
            )
        )  # fmt: skip
    db.commit()
    with statements() as many:
        read(visitor)
    assert len(many) <= len(few)
