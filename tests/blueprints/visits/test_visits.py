"""Visits over HTTP: the public page, the list, making, changing, and their parts."""

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support.application import Acting
from tests.support.database import Tables
from tests.support.signing_in import make_account, sign_in
from tests.support.staged import OFFICER, stage_visit
from tests.support.visitor import Visitor
from visitplanner.models import (
    AgendaItem,
    Category,
    Checkpoint,
    Deadline,
    Organisation,
    Visit,
    VisitOrganisation,
    Zone,
)

pytestmark = pytest.mark.both_databases

FILLED = {
    "slug": "caspian-2027",
    "title-ru": "Визит на Каспий",
    "title-en": "Caspian visit",
    "starts_at": "2027-06-01T10:00",
    "ends_at": "2027-06-01T13:30",
    "timezone": "Asia/Yerevan",
}


@pytest.fixture
def chief(app: Flask, client: Visitor) -> Visitor:
    """A head of protocol of every visit."""
    return sign_in(client, make_account(app, "head_of_protocol"))  # type: ignore[return-value]


def test_a_visit_begins_with_everything_it_needs(chief: Visitor, rows: Tables) -> None:
    page = chief.submit(chief.read("/visits/new?language=en"), FILLED, form="main form")
    assert page.address == "/visits/caspian-2027/edit"
    visit = rows.one(select(Visit))
    assert visit.starts_at.isoformat() == "2027-06-01T06:00:00+00:00"
    assert (visit.day.isoformat(), visit.title["en"]) == ("2027-06-01", "Caspian visit")
    assert rows.count(Category) == 11
    letters = rows.all(select(Category.letter))
    assert len(set(letters)) == 11
    assert sorted(rows.all(select(Zone.letter))) == ["A", "B", "C"]
    assert rows.all(select(Checkpoint.code)) == ["entrance"]
    assert rows.count(Deadline) == 6
    assert chief.read("/visits/caspian-2027/").address == "/visits/caspian-2027/delegations"


def test_what_is_wrong_is_said_on_its_field(chief: Visitor, rows: Tables) -> None:
    form = chief.read("/visits/new?language=en")
    early = chief.submit(
        form, FILLED | {"ends_at": "2027-06-01T09:00"}, form="main form", status=422
    )
    assert len(early.select("[data-field=ends_at] .error-message")) == 1
    odd = chief.submit(form, FILLED | {"slug": "../x"}, form="main form", status=422)
    assert len(odd.select("[data-field=slug] .error-message")) == 1
    assert odd.select("[name=title-en]")[0]["value"] == "Caspian visit"
    empty = FILLED | {"title-ru": "", "slug": "", "starts_at": ""}
    named = chief.submit(form, empty, form="main form", status=422)
    assert named.texts(".error-summary a") == [
        "Title, Русский: fill this in",
        "Begins: fill this in",
        "Name in addresses: fill this in",
    ]
    assert rows.count(Visit) == 0
    chief.submit(form, FILLED, form="main form")
    taken = chief.submit(form, FILLED, form="main form", status=422)
    assert "Another visit has this name in addresses." in taken.text


def test_two_people_saving_one_visit(chief: Visitor, acting: Acting, rows: Tables) -> None:
    with acting(OFFICER) as act:
        stage_visit(act)
    mine = chief.read("/visits/arctic/edit?language=en")
    theirs = chief.read("/visits/arctic/edit?language=en")
    whole = "main form.stack"
    chief.submit(theirs, {"title-en": "Theirs", "default_quota": "5"}, form=whole)
    clash = chief.submit(mine, {"title-en": "Mine"}, form=whole, status=409)
    assert clash.select("[name=title-en]")[0]["value"] == "Mine"
    assert len(clash.select(".compare tbody tr")) >= 2
    chief.submit(clash, form=whole)
    visit = rows.one(select(Visit))
    assert (visit.title["en"], visit.default_quota) == ("Mine", 3)
    assert visit.starts_at.minute == 0


def test_parts_of_a_visit(chief: Visitor, acting: Acting, rows: Tables) -> None:
    with acting(OFFICER) as act:
        stage_visit(act)
    base = "/visits/arctic"
    form = chief.read(f"{base}/organisations/new?language=en")
    nameless = chief.submit(form, {"part": "host"}, form="main form", status=422)
    assert "Choose an organisation or name a new one." in nameless.text
    page = chief.submit(
        form,
        {
            "code": "PROTOCOL",
            "name-ru": "Протокол",
            "kind": "ministry",
            "part": "host",
            "duty-en": "Invitations",
        },
        form="main form",
    )
    assert "Протокол" in page.text
    assert rows.one(select(VisitOrganisation)).duty == {"en": "Invitations"}
    chief.submit(page, form='form[action$="/drop"]')
    assert (rows.count(VisitOrganisation), rows.count(Organisation)) == (0, 1)
    date = chief.read(f"{base}/dates/lists?language=en")
    chief.submit(date, {"at": "2027-01-02T12:00", "title-ru": "Списки"}, form="main form")
    row = rows.one(select(Deadline).where(Deadline.kind == "lists"))
    assert (row.at.isoformat(), row.title["ru"]) == ("2027-01-02T09:00:00+00:00", "Списки")
    press = rows.one(select(Category).where(Category.code == "press"))
    kind = chief.read(f"{base}/categories/{press.id}?language=en")
    chief.submit(kind, {"word-en": "Media", "zones": ["C"], "exempt": "y"}, form="main form")
    press = rows.one(select(Category).where(Category.code == "press"))
    assert (press.word, press.zones, press.quota_exempt) == (
        {"ru": "Пресса", "en": "Media"},
        ["C"],
        True,
    )
    driver = rows.one(select(Category).where(Category.code == "driver"))
    assert set(driver.word) == {"ru", "en", "fr", "es", "ar", "zh"}
    kind = chief.read(f"{base}/categories/{driver.id}?language=en")
    chief.submit(kind, {"letter": "W"}, form="main form")
    kept = rows.one(select(Category).where(Category.code == "driver"))
    assert (kept.letter, kept.word) == ("W", driver.word)
    zone = chief.read(f"{base}/zones/new?language=en")
    chief.submit(zone, {"letter": "D", "name-ru": "Двор"}, form="main form")
    assert rows.one(select(Zone.bit).where(Zone.letter == "D")) == 3
    zone = chief.read(f"{base}/zones/D?language=en")
    assert (zone.texts("h1"), zone.select("[name=letter]")) == (["Zone D"], [])
    chief.submit(zone, {"name-ru": "Внутренний двор"}, form="main form")
    assert rows.one(select(Zone).where(Zone.letter == "D")).name == {"ru": "Внутренний двор"}
    assert rows.count(Zone) == 4
    for wrong in ("dates/none", "zones/Q", "categories/none"):
        assert chief.get(f"{base}/{wrong}").status_code == 404


def test_only_public_visits_stand_on_the_public_page(
    acting: Acting, client: Visitor, rows: Tables
) -> None:
    with acting(OFFICER) as act:
        stage_visit(act, "secret", title={"en": "Canary visit", "ru": "Канарейка"})
    assert rows.count(Visit) == 1
    assert "Canary" not in client.read("/?language=en").html
    assert "Canary" not in client.read("/?language=en&visit=secret").html
    with acting(OFFICER) as act:
        shown = stage_visit(act, "open", public=True, venue={"en": "Main hall", "ru": "Зал"})
        for audience, title in (("guests", "Opening"), ("staff", "Canary briefing")):
            act.session.add(
                AgendaItem(
                    visit_id=shown.id,
                    kind="opening",
                    title={"en": title},
                    minutes=10,
                    starts_at=shown.starts_at,
                    audience=audience,
                )
            )
        act.session.commit()
    page = client.read("/?language=en")
    assert page.texts("h1") == ["Visit open"]
    assert page.texts(".timeline div") == ["Opening"]
    assert "Canary" not in page.html


def test_the_list_shows_only_visits_one_has_a_role_in(
    app: Flask, acting: Acting, client: Visitor
) -> None:
    with acting(OFFICER) as act:
        mine = stage_visit(act, "arctic")
    with acting(OFFICER) as act:
        stage_visit(act, "baltic")
    sign_in(client, make_account(app, "observer", mine))
    page = client.read("/visits?language=en")
    assert page.texts("tbody th") == ["Visit arctic"]
    assert page.select('a[href="/visits/new"]') == []
    assert client.get("/visits/new").status_code == 403
    assert client.get("/visits/arctic/edit").status_code == 403
    assert client.get("/visits/baltic/").status_code == 404
    assert client.read("/visits/arctic/").status == 200
