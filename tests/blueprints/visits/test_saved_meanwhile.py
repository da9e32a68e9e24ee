"""Two people at one small record of a visit: the second sees both texts, and can save."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support.application import Acting
from tests.support.database import Tables
from tests.support.signing_in import make_account, sign_in
from tests.support.staged import OFFICER, stage_visit
from tests.support.visitor import Visitor
from visitplanner.models import Category, Organisation, Visit, VisitOrganisation

pytestmark = pytest.mark.both_databases

FORM = "form[novalidate]"


@pytest.fixture
def visit(acting: Acting) -> Visit:
    with acting(OFFICER) as act:
        made = stage_visit(act)
        row = Organisation(code="MIC", kind="cluster", name={"en": "The cluster", "ru": "Кластер"})
        act.session.add(row)
        act.session.flush()
        part = VisitOrganisation(visit_id=made.id, organisation_id=row.id, part="host", taken=0)
        act.session.add(part)
        act.session.commit()
        return made


def address(rows: Tables, visit: Visit, what: str) -> str:
    keys = {
        "categories": select(Category.id).where(Category.visit_id == visit.id),
        "part": select(VisitOrganisation.id).where(VisitOrganisation.visit_id == visit.id),
    }
    base = f"/visits/{visit.slug}"
    if what == "part":
        return f"{base}/organisations/{rows.all(keys[what])[0]}/part"
    key = rows.all(keys[what])[0] if what in keys else {"zones": "A", "dates": "lists"}[what]
    return f"{base}/{what}/{key}"


@pytest.mark.parametrize(
    ("what", "field"),
    [("categories", "letter"), ("zones", "name-en"), ("dates", "title-en"), ("part", "quota")],
)
def test_the_second_is_told_compares_and_saves(
    app: Flask, visitor: Callable[[], Visitor], visit: Visit, rows: Tables, what: str, field: str
) -> None:
    first, second = (
        sign_in(visitor(), make_account(app, "protocol_officer", visit)) for _ in range(2)
    )
    there = address(rows, visit, what) + "?language=en"
    one, other = first.read(there), second.read(there)
    first.submit(one, {field: "7"}, form=FORM)
    told = second.submit(other, {field: "8"}, form=FORM, status=409)
    assert "Somebody else saved this while you were typing" in told.text
    assert len(told.select(".compare .differs")) == 1
    assert {"7", "8"} <= set(" ".join(told.texts(".compare .differs td")).split())
    second.submit(told, form=FORM)
    assert second.read(there).select(f'[name="{field}"]')[0]["value"] == "8"


def test_who_saves_what_nobody_has_changed_is_asked_nothing(
    app: Flask, visitor: Callable[[], Visitor], visit: Visit, rows: Tables
) -> None:
    client = sign_in(visitor(), make_account(app, "protocol_officer", visit))
    there = address(rows, visit, "categories")
    for letter in ("X", "Y"):
        client.submit(client.read(there), {"letter": letter}, form=FORM)
    assert client.read(there).select("#letter")[0]["value"] == "Y"


def test_words_in_languages_the_form_does_not_offer_stay_until_the_text_changes(
    app: Flask, visitor: Callable[[], Visitor], visit: Visit, rows: Tables
) -> None:
    client = sign_in(visitor(), make_account(app, "protocol_officer", visit))
    head = select(Category).where(Category.visit_id == visit.id, Category.code == "head")
    key = rows.one(head).id
    with rows.write() as session:
        found = session.get_one(Category, key)
        found.word = {"ru": "Глава", "en": "Head", "ar": "رئيس"}
        there = f"/visits/{visit.slug}/categories/{key}"
    client.submit(client.read(there), {"letter": "X"}, form=FORM)
    assert rows.one(head).word == {"ru": "Глава", "en": "Head", "ar": "رئيس"}
    client.submit(client.read(there), {"word-en": "Leader"}, form=FORM)
    assert rows.one(head).word == {"ru": "Глава", "en": "Leader"}
    with rows.write() as session:
        row = session.get_one(Visit, visit.id)
        row.title = {"ru": "Визит", "en": "Visit", "ar": "زيارة"}
    page = client.read(f"/visits/{visit.slug}/edit")
    client.submit(page, {"default_quota": "5"}, form="main .stack")
    found = rows.one(select(Visit).where(Visit.id == visit.id))
    assert (found.default_quota, found.title["ar"]) == (5, "زيارة")
