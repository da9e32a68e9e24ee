"""Organisations: people added by staff or by link, places, what a tour finds of them."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from tests.blueprints.delegations.conftest import Cast
from tests.support.database import Tables
from tests.support.visitor import Page, Visitor
from visitplanner.models import (
    AccessLink,
    MailMessage,
    Organisation,
    Participant,
    Visit,
    VisitOrganisation,
)
from visitplanner.queries.tour_people import leaders

pytestmark = pytest.mark.both_databases

SEND = 'form[action$="/link/send"]'


@pytest.fixture
def cluster(cast: Cast, rows: Tables) -> str:
    """The id of a co-organiser that leads the tours, with two places."""
    with rows.write() as session:
        visit = session.scalars(select(Visit).filter_by(slug="arctic")).one()
        row = Organisation(code="MIC", kind="cluster", name={"en": "The cluster", "ru": "Кластер"})
        session.add(row)
        session.flush()
        session.add(
            VisitOrganisation(
                visit_id=visit.id, organisation_id=row.id, part="co_organiser", quota=2, taken=0
            )
        )
        return row.id


def home(cast: Cast, cluster: str) -> str:
    return f"{cast.base}/organisations/{cluster}"


def add(cast: Cast, cluster: str, name: str, function: str, status: int = 200) -> Page:
    form = cast.owner.read(f"{home(cast, cluster)}/people/new?language=en")
    values = {"family_name": name, "given_name": "Vera", "function": function}
    return cast.owner.submit(form, values, form="main form", status=status)


def test_an_escort_is_added_and_can_lead_a_group(cast: Cast, cluster: str, rows: Tables) -> None:
    page = add(cast, cluster, "Aksenova", "escort")
    assert page.texts("h1") == ["Vera Aksenova"]
    row = rows.one(select(Participant).filter_by(organisation_id=cluster))
    assert (row.function, row.status, row.delegation_id) == ("escort", "draft", None)
    with rows.write() as session:
        found = leaders(session, row.visit_id, "escort")
        assert [one.id for one in found] == [row.id]
        assert found[0].category.code == "organiser"
    page = cast.owner.read(f"{cast.base}/organisations?language=en")
    assert page.texts("tbody .number") == ["1/2", "0", "0", "0"]


def test_the_page_of_an_escort_is_saved_as_it_stands(
    cast: Cast, cluster: str, rows: Tables
) -> None:
    page = add(cast, cluster, "Aksenova", "escort")
    chosen = [option["value"] for option in page.select("#function option[selected]")]
    assert chosen == ["escort"]
    saved = cast.owner.submit(page, {"phone": "+7 495 000-00-00"}, form="form[novalidate]")
    assert "Saved" in saved.text
    row = rows.one(select(Participant).filter_by(organisation_id=cluster))
    assert row.function == "escort"


def test_a_mission_has_no_escorts(cast: Cast) -> None:
    form = cast.owner.read(f"{cast.base}/delegations/{cast.code}/people/new?language=en")
    offered = {option["value"] for option in form.select("#function option")}
    assert "head" in offered
    assert "escort" not in offered
    values = {"family_name": "X", "function": "escort", "category": "delegate"}
    there = f"{cast.base}/delegations/{cast.code}/people/new"
    assert cast.owner.post(there, data=values | {"name_order": "given_first"}).status_code == 422


def test_its_places_are_counted_and_can_be_more(cast: Cast, cluster: str, rows: Tables) -> None:
    for name in ("Aksenova", "Baranova"):
        add(cast, cluster, name, "escort")
    page = add(cast, cluster, "Third", "escort", status=422)
    assert "Third" in page.html
    form = cast.owner.read(home(cast, cluster) + "?language=en")
    change = str(form.select('a[href$="/part"]')[0]["href"])
    fewer = cast.owner.submit(cast.owner.read(change), {"quota": "1"}, form="main form", status=422)
    assert fewer.select("[data-error-summary] a[href='#quota']")
    page = cast.owner.submit(cast.owner.read(change), {"quota": "3"}, form="main form")
    assert page.texts("h1") == ["The cluster"]
    add(cast, cluster, "Third", "escort")
    assert rows.one(select(VisitOrganisation.taken).filter_by(organisation_id=cluster)) == 3


def test_it_registers_its_people_by_its_own_link(
    cast: Cast, cluster: str, rows: Tables, visitor: Callable[[], Visitor]
) -> None:
    page = cast.owner.read(home(cast, cluster) + "?language=en")
    sent = cast.owner.submit(page, {"email": "head@cluster.example"}, form=SEND)
    assert "The link is on its way to" in sent.text
    mail = rows.one(select(MailMessage))
    assert (mail.recipient, mail.template) == ("head@cluster.example", "organisation_link")
    told = cast.owner.submit(sent, form='form[action$="/link"]')
    address = told.texts("output#told-link")[0]
    guest = visitor()
    opened = guest.submit(guest.read("/r/" + address.rpartition("/")[2]))
    assert "Кластер" in opened.text
    kept = cast.owner.read(home(cast, cluster) + "?language=en")
    assert kept.select('input[name=email][value="head@cluster.example"]')
    gone = cast.owner.submit(kept, form='form[action$="/revoke"]')
    assert "The link no longer opens" in gone.text
    assert guest.get("/r/list").status_code == 404


def test_what_is_no_address_gets_no_link(cast: Cast, cluster: str, rows: Tables) -> None:
    page = cast.owner.read(home(cast, cluster) + "?language=en")
    for wrong in ("", "nobody", "a@b"):
        answer = cast.owner.submit(page, {"email": wrong}, form=SEND, status=422)
        assert answer.select("[data-error-summary] a[href='#email']")
    assert rows.count(AccessLink) == rows.count(MailMessage) == 0


def test_others_do_not_change_it(cast: Cast, cluster: str, rows: Tables) -> None:
    there = home(cast, cluster)
    assert cast.tours.get(there).status_code == 200
    for address in ("/people/new", "/link", "/link/send"):
        assert cast.tours.post(there + address).status_code == 403
        assert cast.outsider.post(there + address).status_code == 404
    foreign = there.replace("/arctic/", "/baltic/")
    assert cast.outsider.get(foreign).status_code == 404
    assert cast.outsider.post(f"{foreign}/link").status_code == 404
    page = cast.owner.read(f"{cast.base}/delegations/{cast.code}?language=en")
    cast.owner.submit(page, form='form[action$="/link"]')
    of_mission = rows.one(select(AccessLink.id))
    assert cast.owner.post(f"{there}/links/{of_mission}/revoke").status_code == 404
    assert rows.count(AccessLink, AccessLink.revoked_at.is_not(None)) == 0


def test_its_list_is_put_in_order_and_somebody_replaced(
    cast: Cast, cluster: str, rows: Tables
) -> None:
    for name in ("Aksenova", "Baranova"):
        add(cast, cluster, name, "escort")
    first, second = rows.all(
        select(Participant.id).filter_by(organisation_id=cluster).order_by(Participant.position)
    )
    form = cast.owner.read(f"{cast.base}/people/{first}/replace?language=en")
    assert form.texts(".breadcrumbs a") == ["Delegations", "The cluster"]
    cast.owner.submit(form, {"family_name": "Gusev"}, form="main form")
    page = cast.owner.read(home(cast, cluster) + "?language=en")
    wanted = {
        "csrf_token": page.select("[name=csrf_token]")[0]["value"],
        "order": [second, first],
    }
    cast.owner.post(f"{home(cast, cluster)}/order", data=wanted)
    page = cast.owner.read(home(cast, cluster) + "?language=en")
    assert page.texts(".member-name b") == ["Vera Baranova", "Gusev"]
    assert page.texts(".member-name small")[-1].startswith("instead of Vera Aksenova since")
    assert any("order of an organisation changed" in line for line in page.texts(".history li"))


def test_nobody_is_forgotten_when_it_is_taken_out(cast: Cast, cluster: str, rows: Tables) -> None:
    """Also drivers, who use no place of the quota; its links end with it."""
    page = cast.owner.read(home(cast, cluster) + "?language=en")
    told = cast.owner.submit(page, form='form[action$="/link"]')
    form = cast.owner.read(f"{home(cast, cluster)}/people/new?language=en")
    cast.owner.submit(
        form,
        {"family_name": "Wheel", "function": "driver", "category": "driver"},
        form="main form",
    )
    drop = 'form[action$="/drop"]'
    refused = cast.owner.submit(told, form=drop, status=409)
    assert "People of this organisation on the list: 1." in refused.text
    driver = rows.one(select(Participant.id).filter_by(organisation_id=cluster))
    person = cast.owner.read(f"{cast.base}/people/{driver}")
    cast.owner.submit(person, form='form[action$="/withdraw"]')
    cast.owner.submit(cast.owner.read(home(cast, cluster)), form=drop)
    assert rows.count(VisitOrganisation) == 0
    assert rows.one(select(AccessLink)).revoked_at is not None


def test_it_takes_part_once_and_its_name_is_corrected(
    cast: Cast, cluster: str, rows: Tables
) -> None:
    form = cast.owner.read(f"{cast.base}/organisations/new?language=en")
    assert "The cluster" not in form.texts("[name=organisation] option")
    page = cast.owner.read(home(cast, cluster) + "?language=en")
    change = cast.owner.read(str(page.select('a[href$="/part"]')[0]["href"]))
    cast.owner.submit(change, {"name-ru": ""}, form="main form", status=422)
    renamed = cast.owner.submit(change, {"name-en": "Lomonosov cluster"}, form="main form")
    assert renamed.texts("h1") == ["Lomonosov cluster"]
    assert any("organisation changed" in line for line in renamed.texts(".history li"))
