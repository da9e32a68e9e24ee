"""The agenda over HTTP: items, clashes, doubling, what follows, midnight, versions, roles."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.rows import DAY, add_visit
from tests.support.signing_in import make_account, sign_in
from tests.support.staged import open_act
from tests.support.visitor import Visitor
from visitplanner.models import AgendaItem, AuditEntry, Room, Speaker, Talk
from visitplanner.services.day_values import order_values, programme_values

pytestmark = pytest.mark.both_databases

HOME = "/visits/arctic/agenda"


def add_item(db: Session, visit, title: str, at: int, minutes: int, **more) -> AgendaItem:
    """An item `at` minutes from the start of the visit."""
    row = AgendaItem(visit_id=visit.id, kind="presentation", title={"ru": title, "en": title},
                     starts_at=DAY + timedelta(minutes=at), minutes=minutes, **more)  # fmt: skip
    db.add(row)
    db.flush()
    return row


@pytest.fixture
def cast(db: Session) -> SimpleNamespace:
    visit = add_visit(db, public=True, state="open", timezone="UTC")
    hall = Room(visit_id=visit.id, name={"ru": "Зал", "en": "Hall"}, people=120)
    press = Room(visit_id=visit.id, name={"ru": "Пресса", "en": "Press centre"}, position=1)
    ilina = Speaker(visit_id=visit.id, name={"ru": "Марина Ильина", "en": "Marina Ilina"})
    db.add_all([hall, press, ilina])
    db.flush()
    other = add_visit(db, "other")
    foreign = add_item(db, other, "Canary", 0, 10)
    foreign_room = Room(visit_id=other.id, name={"ru": "Канарейка", "en": "Canary room"})
    db.add(foreign_room)
    db.commit()
    return SimpleNamespace(visit=visit, hall=hall, press=press, ilina=ilina, foreign=foreign,
                           foreign_room=foreign_room)  # fmt: skip


@pytest.fixture
def officer(app: Flask, client: Visitor, cast: SimpleNamespace) -> Visitor:
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return sign_in(client, make_account(app, "programme", cast.visit))


def local(minutes: int) -> str:
    return (DAY + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M")


def starts(db: Session) -> dict[str, int]:
    """Title → minutes from the start of the visit."""
    db.expire_all()
    rows = db.scalars(select(AgendaItem).where(AgendaItem.starts_at.is_not(None)))
    return {
        row.title["en"]: int((row.starts_at - DAY).total_seconds()) // 60
        for row in rows
        if row.title["en"] != "Canary"
    }


def test_an_item_is_added_and_stands_on_the_board_in_both_views_and_on_the_public_page(
    officer: Visitor, cast: SimpleNamespace, db: Session
) -> None:
    page = officer.submit(
        officer.read(f"{HOME}/new"),
        {
            "title-ru": "Открытие", "title-en": "Opening", "starts_at": local(5), "minutes": "7",
            "interpretation": "consecutive", "languages": ["ru", "en"], "kind": "opening",
            "room_id": cast.hall.id, "responsible": "Desk One", "phone": "+7 495 1",
            "cue": "Fanfare", "plan_b": "Indoors",
        },
        form="#item-form",
    )  # fmt: skip
    row = db.scalars(select(AgendaItem).where(AgendaItem.visit_id == cast.visit.id)).one()
    assert (row.title, row.minutes, row.interpretation, row.room_id, row.languages) == (
        {"ru": "Открытие", "en": "Opening"}, 7, "consecutive", cast.hall.id, ["ru", "en"],
    )  # fmt: skip
    assert row.starts_at == DAY + timedelta(minutes=5)
    block = page.select(".day a.event")
    assert [tag["class"][2:5] for tag in block] == [["talk", "short", "at-5"]]
    assert page.texts(".day a.event") == ["Opening 09:05–09:19"]
    assert "for-14" in block[0]["class"]
    order = officer.read(f"{HOME}?view=order").text
    assert all(word in order for word in ("Desk One", "Fanfare", "Indoors", "speech 7"))
    guests = officer.read(f"{HOME}?view=guests").text
    assert "Opening" in guests
    assert not any(word in guests for word in ("Desk One", "Fanfare", "Indoors", "+7 495 1"))
    assert "Opening" in officer.read("/?visit=arctic").text
    assert db.scalars(select(AuditEntry.action)).all() == ["agenda.item_added"]


def test_a_room_and_a_speaker_wanted_twice_are_named_with_numbers(
    officer: Visitor, cast: SimpleNamespace, db: Session
) -> None:
    one = add_item(db, cast.visit, "First talk", 0, 30, room_id=cast.hall.id)
    two = add_item(db, cast.visit, "Second talk", 20, 30, room_id=cast.hall.id)
    three = add_item(db, cast.visit, "Interview", 25, 15, room_id=cast.press.id)
    for item in (one, three):
        db.add(Talk(visit_id=cast.visit.id, item_id=item.id, speaker_id=cast.ilina.id))
    db.commit()
    page = officer.read(HOME)
    assert page.texts(".conflict h2") == [
        "Hall: taken twice",
        "Marina Ilina is needed in two places",
    ]
    assert page.texts(".conflict > p") == [
        "09:20–09:30, 10 min in common.", "09:25–09:30, 5 min in common.",
    ]  # fmt: skip
    assert len(page.select(".day a.event.clash")) == 3
    assert page.select("#clashes ~ * .day, #clashes ~ .day"), "the clashes stand above the board"
    assert page.texts(".day .room-head b") == ["Hall", "Hall", "Press centre"]
    assert len(officer.read(f"{HOME}?view=order").select("th.trouble-text")) == 3
    cast.ilina.absent = True
    two.starts_at = DAY + timedelta(minutes=30)
    db.commit()
    assert officer.read(HOME).texts(".sentence-numbers") == [
        page.texts(".sentence-numbers")[0].replace("Clashes 2", "Clashes 0")
    ]


def doubled(officer: Visitor, cast: SimpleNamespace, db: Session):
    """Consecutive interpretation asked for on the first of three items: the page that asks."""
    one = add_item(db, cast.visit, "Speech", 0, 10)
    add_item(db, cast.visit, "Next", 10, 10)
    add_item(db, cast.visit, "Later", 40, 10)
    db.commit()
    page = officer.read(f"{HOME}/{one.id}")
    return officer.submit(page, {"interpretation": "consecutive"}, form="#item-form")


def test_doubling_shifts_nothing_before_it_was_agreed_to(
    officer: Visitor, cast: SimpleNamespace, db: Session
) -> None:
    asked = doubled(officer, cast, db)
    assert asked.texts(".conflict li") == [
        "Next: 09:10 09:20 (+10)", "Later: 09:40 09:50 (+10)",
    ]  # fmt: skip
    assert starts(db) == {"Speech": 0, "Next": 10, "Later": 40}
    assert set(db.scalars(select(AgendaItem.interpretation))) == {"none"}
    assert "it takes 20 minutes" in asked.text
    agreed = str(asked.select("button[name=follow]")[0]["value"])
    officer.submit(asked, form="#item-form", button=f"follow={agreed}")
    assert starts(db) == {"Speech": 0, "Next": 20, "Later": 50}
    modes = select(AgendaItem.interpretation).where(AgendaItem.visit_id == cast.visit.id)
    assert sorted(db.scalars(modes)) == ["consecutive", "none", "none"]
    assert sorted(db.scalars(select(AuditEntry.action))) == [
        "agenda.item_changed", "agenda.item_moved", "agenda.item_moved",
    ]  # fmt: skip


def test_one_item_alone_may_be_saved(officer: Visitor, cast: SimpleNamespace, db: Session) -> None:
    asked = doubled(officer, cast, db)
    page = officer.submit(asked, form="#item-form", button="follow=alone")
    assert starts(db) == {"Speech": 0, "Next": 10, "Later": 40}
    assert page.address == HOME


def test_what_would_move_is_asked_anew_when_it_is_another_list(
    officer: Visitor, cast: SimpleNamespace, db: Session
) -> None:
    asked = doubled(officer, cast, db)
    agreed = str(asked.select("button[name=follow]")[0]["value"])
    add_item(db, cast.visit, "Came meanwhile", 60, 5)
    db.commit()
    again = officer.submit(asked, form="#item-form", button=f"follow={agreed}")
    assert len(again.texts(".conflict li")) == 3
    assert starts(db)["Next"] == 10


def test_an_item_after_midnight_belongs_to_the_evening_before(
    officer: Visitor, cast: SimpleNamespace, db: Session
) -> None:
    evening = add_item(db, cast.visit, "Dinner", 13 * 60, 150)
    add_item(db, cast.visit, "Departure", 15 * 60 + 30, 20)
    db.commit()
    page = officer.read(HOME)
    assert evening.starts_at.hour == 22
    assert page.select("nav[aria-label=Days]") == []
    assert page.texts(".day a.event time") == ["22:00–00:30", "00:30–00:50"]
    assert "at-30" in page.select(".day a.event")[1]["class"]  # nothing changes before 00:30
    assert page.texts(".day time.hour") == ["22:00", "00:30"]


def test_a_long_day_has_boards_of_ten_hours_and_a_second_day_its_own_page(
    officer: Visitor, cast: SimpleNamespace, db: Session
) -> None:
    add_item(db, cast.visit, "Morning", 0, 10)
    add_item(db, cast.visit, "Night", 12 * 60, 10)
    add_item(db, cast.visit, "Tomorrow", 24 * 60, 10)
    db.commit()
    page = officer.read(HOME)
    assert [tag["class"][1] for tag in page.select(".day")] == ["minutes-30", "minutes-30"]
    assert page.texts(".day a.event b") == ["Morning", "Night"]
    days = page.select("nav[aria-label=Days] a")
    assert officer.read(str(days[1]["href"])).texts(".day a.event b") == ["Tomorrow"]


def test_the_second_editor_is_told_and_nothing_is_lost(
    officer: Visitor, cast: SimpleNamespace, db: Session
) -> None:
    row = add_item(db, cast.visit, "Speech", 0, 10)
    db.commit()
    first = officer.read(f"{HOME}/{row.id}")
    second = officer.read(f"{HOME}/{row.id}")
    officer.submit(first, {"title-en": "Address"}, form="#item-form")
    told = officer.submit(second, {"title-en": "Welcome"}, form="#item-form", status=409)
    assert told.texts(".compare tbody tr") == ["Title Address / Speech Welcome / Speech"]
    assert told.select("input[name=title-en]")[0]["value"] == "Welcome"
    officer.submit(told, form="#item-form")
    db.expire_all()
    assert db.get(AgendaItem, row.id).title["en"] == "Welcome"


def test_an_item_is_moved_and_taken_out_only_in_the_version_that_was_seen(
    officer: Visitor, cast: SimpleNamespace, db: Session
) -> None:
    row = add_item(db, cast.visit, "Speech", 0, 10)
    add_item(db, cast.visit, "Next", 10, 10)
    db.commit()
    seen = officer.read(f"{HOME}/{row.id}")
    later = {"version": str(row.version), "to": "later"}
    assert officer.post(f"{HOME}/{row.id}/move", data=later).status_code == 302
    assert starts(db) == {"Speech": 5, "Next": 10}
    assert officer.post(f"{HOME}/{row.id}/move", data=later).status_code == 409
    officer.submit(seen, form=f"form[action$='{row.id}/remove']", status=409)
    officer.submit(officer.read(f"{HOME}/{row.id}"), form=f"form[action$='{row.id}/remove']")
    assert starts(db) == {"Next": 10}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"minutes": "-1"}, "A whole number from 0 to 1440."),
        ({"minutes": ""}, "Minutes of speech: fill this in"),
        ({"starts_at": "1901-01-01T00:00"}, "This is more than 30 days from the day of the visit."),
        ({"title-ru": ""}, "Title, Русский: fill this in"),
    ],
)
def test_what_cannot_be_is_refused_at_the_field(
    officer: Visitor, cast: SimpleNamespace, db: Session, wrong: dict[str, str], words: str
) -> None:
    right = {"title-ru": "Речь", "title-en": "Speech", "starts_at": local(0), "minutes": "5"}
    page = officer.submit(officer.read(f"{HOME}/new"), right | wrong, form="#item-form", status=422)
    assert page.texts(".error-summary li") == [words]
    assert page.select("input[name=title-en]")[0]["value"] == "Speech"
    assert starts(db) == {}


def test_rooms_are_added_changed_and_kept_while_used(
    officer: Visitor, cast: SimpleNamespace, db: Session
) -> None:
    page = officer.submit(
        officer.read(f"{HOME}/rooms/new"),
        {"name-ru": "Двор", "name-en": "Yard", "people": "300"},
        form="form.form",
    )
    assert page.texts("tbody tr") == ["Hall 120", "Press centre –", "Yard 300"]
    room = db.scalars(select(Room).where(Room.people == 300)).one()
    stale = officer.read(f"{HOME}/rooms/{room.id}")
    officer.submit(officer.read(f"{HOME}/rooms/{room.id}"), {"people": "310"}, form="form.form")
    officer.submit(stale, {"people": "290"}, form="form.form", status=409)
    add_item(db, cast.visit, "Speech", 0, 10, room_id=room.id)
    db.commit()
    form = "form[action$=remove]"
    officer.submit(officer.read(f"{HOME}/rooms/{room.id}"), form=form, status=409)
    officer.submit(officer.read(f"{HOME}/rooms/{cast.press.id}"), form=form)
    db.expire_all()
    names = set(db.scalars(select(Room.people).where(Room.visit_id == cast.visit.id)))
    assert names == {120, 310}


def test_what_is_another_visits_is_not_here(
    officer: Visitor, cast: SimpleNamespace, db: Session
) -> None:
    assert officer.get(f"{HOME}/{cast.foreign.id}").status_code == 404
    room = f"rooms/{cast.foreign_room.id}"
    item = cast.foreign.id
    for path in (item, f"{item}/move", f"{item}/remove", room, f"{room}/remove"):
        assert officer.post(f"{HOME}/{path}", data={"version": "1"}).status_code == 404
    values = {"title-ru": "Речь", "title-en": "Speech", "starts_at": local(0), "minutes": "5",
              "kind": "speech", "audience": "guests", "interpretation": "none"}  # fmt: skip
    foreign = values | {"room_id": cast.foreign_room.id}
    assert officer.post(f"{HOME}/new", data=foreign).status_code == 422
    assert officer.post(f"{HOME}/new", data=values | {"room_id": cast.hall.id}).status_code == 302
    db.expire_all()
    assert db.get(AgendaItem, cast.foreign.id).title["en"] == "Canary"


def test_an_observer_reads_and_changes_nothing(
    app: Flask, client: Visitor, cast: SimpleNamespace, db: Session
) -> None:
    row = add_item(db, cast.visit, "Speech", 0, 10, room_id=cast.hall.id)
    db.commit()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    sign_in(client, make_account(app, "observer", cast.visit))
    page = client.read(f"{HOME}/{row.id}")
    assert page.texts("dl.facts dd")[4] == "Hall"
    assert page.select("main form") == []
    assert client.post(f"{HOME}/{row.id}", data={"minutes": "99"}).status_code == 404
    for path in ("new", f"{row.id}/move", f"{row.id}/remove", "rooms/new"):
        assert client.post(f"{HOME}/{path}").status_code == 403
    assert starts(db) == {"Speech": 0}


def test_times_are_on_the_visits_clocks(
    officer: Visitor, cast: SimpleNamespace, db: Session
) -> None:
    cast.visit.timezone = "Asia/Tokyo"
    db.commit()
    values = {"title-ru": "Речь", "title-en": "Speech", "minutes": "5",
              "starts_at": f"{cast.visit.day.isoformat()}T10:00"}  # fmt: skip
    page = officer.submit(officer.read(f"{HOME}/new"), values, form="#item-form")
    assert page.texts(".day a.event time") == ["10:00–10:05"]
    row = db.scalars(select(AgendaItem).where(AgendaItem.visit_id == cast.visit.id)).one()
    day = cast.visit.day
    assert row.starts_at == datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


def test_a_change_stands_in_the_programme_and_the_running_order(
    officer: Visitor, cast: SimpleNamespace, db: Session, app: Flask
) -> None:
    row = add_item(db, cast.visit, "Speech", 0, 10)
    db.commit()
    page = officer.read(f"{HOME}/{row.id}")
    officer.submit(page, {"title-en": "Address", "starts_at": local(30)}, form="#item-form")
    db.expire_all()
    act = open_act(app, db, cast.visit)
    programme = programme_values(act, cast.visit, language="en")
    assert [(line.time, line.title) for line in programme.rows] == [("09:30", "Address")]
    order = order_values(act, cast.visit, language="en")
    assert [(line.time, line.action) for line in order.rows] == [("09:30", "Address")]


def test_the_history_names_the_item_and_what_became_of_it(
    app: Flask, officer: Visitor, cast: SimpleNamespace, db: Session
) -> None:
    row = add_item(db, cast.visit, "Keynote", 0, 20, room_id=cast.hall.id)
    other = add_item(db, cast.visit, "Coffee", 60, 20)
    db.commit()
    for key, minutes, room in ((row.id, "35", cast.press.id), (other.id, "15", "")):
        page = officer.read(f"{HOME}/{key}")
        officer.submit(
            page, {"minutes": minutes, "room_id": room}, form="#item-form", button="follow=alone"
        )
    boss = sign_in(app.test_client(), make_account(app, "administrator", cast.visit))
    boss.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    page = boss.read("/visits/arctic/audit")
    assert page.texts(".history a") == ["Coffee", "Keynote"]
    assert {"20", "Hall"} <= set(page.texts(".history del"))
    assert {"35", "Press centre"} <= set(page.texts(".history ins"))
    alone = boss.read(str(page.select(".history a")[1]["href"]))
    assert alone.texts(".history a") == ["Keynote"]
