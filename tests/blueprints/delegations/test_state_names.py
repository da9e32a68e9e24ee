"""A State in the words of one visit: on its pages, letters, badges and in its lists only."""

import pytest
from sqlalchemy import select

from tests.blueprints.delegations.conftest import Cast
from tests.support.database import Tables
from tests.support.visitor import Page
from visitplanner.models import AuditEntry, Delegation, StateOverride, Visit
from visitplanner.queries.links import mission_name
from visitplanner.queries.states import shown_row

pytestmark = pytest.mark.both_databases

STATES = "/visits/arctic/states"
WORDS = {
    "short-ru": "Алжирия", "short-en": "Algeria-in-our-words", "genitive": "Алжирии",
    "reason": "Note 12 of the ministry",
}  # fmt: skip


def word(cast: Cast, key: str = "algeria", status: int = 200, **words: str) -> Page:
    page = cast.owner.read(f"{STATES}/new?language=en")
    return cast.owner.submit(page, {"state": key} | words, form="form[novalidate]", status=status)


def test_its_name_stands_everywhere_in_this_visit(cast: Cast, rows: Tables) -> None:
    page = word(cast, **WORDS)
    assert "Algeria-in-our-words" in page.text
    assert "usually: Algeria" in page.text
    for address in ("delegations", f"delegations/{cast.code}", "badges", "people", "programmes"):
        assert "Algeria-in-our-words" in cast.owner.read(f"{cast.base}/{address}").text, address
    with rows.write() as session:
        row = session.scalars(select(Delegation).filter_by(code=cast.code)).one()
        named = mission_name(row.mission, shown_row(session, row.visit_id, "algeria"))
        other = session.scalars(select(Visit).filter_by(slug="baltic")).one()
        assert named["ru"] == "Посольство Алжирии"
        assert shown_row(session, other.id, "algeria").short["en"] == "Algeria"
    entry = rows.one(select(AuditEntry).filter_by(action="state.worded"))
    assert entry.after["reason"] == "Note 12 of the ministry"


def test_the_form_comes_back_as_it_was_saved_and_can_be_undone(
    cast: Cast,
    rows: Tables,
) -> None:
    word(cast, plain="y", **WORDS)
    page = cast.owner.read(f"{STATES}/algeria?language=en")
    assert page.select('input[name="short-ru"]')[0]["value"] == "Алжирия"
    assert page.select("input[name=plain][checked]")
    cast.owner.submit(page, {"short-en": "Once more"}, form="form[novalidate]")
    row = rows.one(select(StateOverride))
    assert (row.names["en"]["short"], row.flag, row.recognised) == ("Once more", "", None)
    page = cast.owner.read(f"{STATES}?language=en")
    page = cast.owner.submit(page, form='form[action$="/drop"]')
    assert "Every State is shown as in our table" in page.text
    assert rows.count(StateOverride) == 0


def test_a_state_is_offered_or_not_by_this_visit(cast: Cast) -> None:
    def offered() -> set[str]:
        page = cast.owner.read(f"{cast.base}/invitations/new")
        return {str(option["value"]) for option in page.select("#state option")}

    assert "peru" in offered()
    assert "kosovo" not in offered()
    word(cast, "peru", offered="no")
    word(cast, "kosovo", offered="yes")
    assert "peru" not in offered()
    assert "kosovo" in offered()


def test_what_says_nothing_or_lacks_the_genitive_is_refused(
    cast: Cast,
    rows: Tables,
) -> None:
    page = word(cast, status=422)
    assert "Write a name, choose the plain panel" in page.text
    page = word(cast, status=422, **{"short-ru": "Алжирия"})
    assert page.select("[data-error-summary] a[href='#genitive']")
    assert page.select('input[name="short-ru"]')[0]["value"] == "Алжирия"
    assert rows.count(StateOverride) == 0


def test_others_change_no_words(cast: Cast, rows: Tables) -> None:
    data = {"state": "algeria", "offered": "no"}
    assert cast.tours.post(f"{STATES}/new", data=data).status_code == 403
    assert cast.outsider.post(f"{STATES}/new", data=data).status_code == 404
    assert cast.owner.get(f"{STATES}/algeria").status_code == 404
    assert cast.owner.get(f"{STATES}/atlantis").status_code == 404
    assert cast.owner.post(f"{STATES}/new", data=data | {"state": "atlantis"}).status_code == 422
    assert rows.count(StateOverride) == 0
