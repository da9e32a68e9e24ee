"""The readiness matrix: figures that are links, views, filters, order, actions on many."""

import pytest
from flask import Flask
from sqlalchemy import event

from tests.blueprints.delegations.conftest import Cast
from tests.support.application import Acting
from tests.support.database import Tables
from tests.support.staged import OFFICER, stage_delegation, stage_group, stage_person, stage_visit
from visitplanner.models import Delegation, Participant, TourGroup, Visit

pytestmark = pytest.mark.both_databases


def rows_of(cast: Cast, query: str = "") -> list[str]:
    page = cast.owner.read(f"{cast.base}/delegations?language=en{query}")
    return page.texts(".matrix tbody th a")


def more(acting: Acting, rows: Tables) -> None:
    """A second delegation with a Cyrillic name and a group, a third that has not answered."""
    visit = rows.one(
        Visit.__table__.select().with_only_columns(Visit.id).where(Visit.slug == "arctic")
    )
    with acting(OFFICER, visit) as act:
        found = act.session.get_one(Visit, visit)
        armenia = stage_delegation(act, found, "armenia", quota=1)
        person = stage_person(act, armenia, "Shchegoleva")
        person.person.russian_name = "Юлия Щёголева"
        act.session.commit()
        stage_group(act, found, "B")
        stage_delegation(act, found, "viet-nam")


def test_the_title_counts_and_its_numbers_lead_to_the_people(cast: Cast) -> None:
    page = cast.owner.read(f"{cast.base}/delegations?language=en")
    assert page.texts("h1") == ["1 delegation, 1 person"]
    assert page.texts(".sentence-numbers a") == ["0", "1"]
    people = cast.owner.read(str(page.select(".sentence-numbers .part")[0]["href"]))
    assert people.texts("tbody th") == ["Aisha Benali"]
    russian = cast.owner.read(f"{cast.base}/delegations?language=ru")
    assert russian.texts("h1") == ["1 делегация, 1 человек"]


def test_a_cell_leads_to_the_people_it_counts(cast: Cast) -> None:
    page = cast.owner.read(f"{cast.base}/delegations?language=en")
    cells = page.select(".matrix tbody .progress-cell")
    words = ["".join(cell.select_one("a").get_text().split()) for cell in cells]  # type: ignore[union-attr]
    assert words == ["1/2", "0/1", "0/1", "0/1", "0/1"]
    people = cast.owner.read(str(cells[0].select_one("a")["href"]))  # type: ignore[index]
    assert people.texts("tbody th") == ["Aisha Benali"]
    none = cast.owner.read(str(cells[2].select_one("a")["href"]))  # type: ignore[index]
    assert none.texts("tbody th") == []


def test_views_and_filters(cast: Cast, acting: Acting, rows: Tables) -> None:
    more(acting, rows)
    assert rows_of(cast) == ["Algeria", "Armenia"]
    assert rows_of(cast, "&view=not-answered") == ["Viet Nam"]
    assert rows_of(cast, "&view=no-head") == ["Armenia"]
    assert rows_of(cast, "&view=no-photo&lacks=list") == ["Algeria"]
    assert rows_of(cast, "&text=щего") == ["Armenia"]
    assert rows_of(cast, "&text=алжир") == ["Algeria"]
    assert rows_of(cast, "&text=%25") == []
    assert rows_of(cast, "&view=nonsense&sort=nonsense&group=Z") == []
    assert rows_of(cast, "&sort=list&down=1") == ["Armenia", "Algeria"]


def test_the_ticked_go_into_a_group(cast: Cast, acting: Acting, rows: Tables) -> None:
    more(acting, rows)
    page = cast.owner.read(f"{cast.base}/delegations?language=en")
    ticked = [str(box["value"]) for box in page.select("input[name=row]")]
    assert len(ticked) == 2
    done = cast.owner.submit(
        page, {"row": ticked, "group": "B"}, form="form[data-bulk]", button="action=group"
    )
    assert "2 people moved" in done.text
    assert done.texts(".matrix .group-cell a") == ["B", "B"]
    group = rows.one(TourGroup.__table__.select().with_only_columns(TourGroup.taken))
    assert group == 2
    assert rows.count(Participant, Participant.group_id.is_not(None)) == 2
    again = cast.owner.submit(
        page,
        {"curator": cast.owner_id, "row": ticked[:1]},
        form="form[data-bulk]",
        button="action=curator",
    )
    assert "1 delegation changed" in again.text
    assert rows_of(cast, "&view=mine") == ["Algeria"]


def test_an_outsiders_curator_and_foreign_rows_are_refused(cast: Cast, rows: Tables) -> None:
    page = cast.owner.read(f"{cast.base}/delegations?language=en")
    foreign = rows.one(
        Delegation.__table__.select()
        .with_only_columns(Delegation.id)
        .where(Delegation.code == cast.foreign_code)
    )
    answer = cast.owner.submit(
        page, {"row": [foreign], "curator": ""}, form="form[data-bulk]", button="action=curator"
    )
    assert "Select at least one row first." in answer.text
    mine = [str(box["value"]) for box in page.select("input[name=row]")]
    answer = cast.owner.post(
        f"{cast.base}/delegations/actions",
        data={"row": mine, "action": "curator", "curator": "somebody"},
    )
    assert answer.status_code == 409
    assert rows.count(Delegation, Delegation.curator_id.is_not(None)) == 0


def test_who_sees_it(cast: Cast) -> None:
    secret = "Kanarienvogel"
    assert secret in cast.outsider.read(f"/visits/baltic/people/{cast.foreign_person_id}").html
    assert cast.outsider.get(f"{cast.base}/delegations").status_code == 404
    for page in (
        f"delegations/{cast.foreign_code}",
        f"people/{cast.foreign_person_id}",
        f"people/{cast.foreign_person_id}/replace",
        f"people/{cast.foreign_person_id}/photo",
        f"delegations/{cast.foreign_code}/edit",
        f"delegations/{cast.foreign_code}/people/new",
    ):
        answer = cast.owner.get(f"{cast.base}/{page}")
        assert (answer.status_code, secret in answer.text) == (404, False), page
    found = cast.owner.read(f"{cast.base}/search?q={secret}")
    assert found.select(".person-row") == []
    tours = cast.tours.read(f"{cast.base}/delegations?language=en")
    assert tours.texts(".matrix tbody th a") == ["Algeria"]
    shown = [one for one in tours.select("[data-bulk-bar] button") if one.get("type") != "button"]
    assert [one["formaction"] for one in shown] == [f"{cast.base}/delegations/programmes"]
    assert cast.tours.get(f"{cast.base}/delegations/{cast.code}/edit").status_code == 403
    assert cast.tours.post(f"{cast.base}/delegations/actions").status_code == 403


@pytest.mark.parametrize("delegations", [2, 12])
def test_the_number_of_queries_does_not_grow(
    cast: Cast, acting: Acting, app: Flask, rows: Tables, delegations: int
) -> None:
    visit = rows.one(
        Visit.__table__.select().with_only_columns(Visit.id).where(Visit.slug == "arctic")
    )
    states = [
        "armenia",
        "austria",
        "belarus",
        "belgium",
        "benin",
        "brazil",
        "bulgaria",
        "chad",
        "chile",
        "china",
        "cuba",
        "cyprus",
    ]
    with acting(OFFICER, visit) as act:
        found = act.session.get_one(Visit, visit)
        for key in states[:delegations]:
            stage_person(act, stage_delegation(act, found, key), "Guest")
    asked: list[str] = []
    engine = app.extensions["instance"].engine
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    assert len(rows_of(cast)) == delegations + 1
    assert len([one for one in asked if one.startswith("SELECT")]) == QUERIES


QUERIES = 16
"""Session, account, grants, visit, and what the page reads; the same for any number of rows."""


def test_a_new_visit_says_what_to_do_first(cast: Cast, acting: Acting, app: Flask) -> None:
    with acting(OFFICER) as act:
        stage_visit(act, "caspian")
    from tests.support.signing_in import make_account, sign_in

    chief = sign_in(app.test_client(), make_account(app, "administrator"))
    page = chief.read("/visits/caspian/delegations?language=en")  # type: ignore[attr-defined]
    assert page.texts("h1") == ["0 delegations, 0 people"]
    assert page.texts(".empty-state h2") == ["No mission is invited yet"]
