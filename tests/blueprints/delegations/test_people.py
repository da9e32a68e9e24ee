"""A delegation's page and its people over HTTP: facts, adding, replacing, order, conflicts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.blueprints.delegations.conftest import Cast
from tests.support.application import Acting
from tests.support.database import Tables
from tests.support.staged import OFFICER
from visitplanner.domain.refusals import Refusal
from visitplanner.models import AuditEntry, Badge, Delegation, Participant, Person, Visit
from visitplanner.services.participants import add_participant, change_person
from visitplanner.services.persons import PersonDetails, details_of
from visitplanner.services.visits import add_organisation, set_part

pytestmark = pytest.mark.both_databases


def page_of(cast: Cast) -> str:
    return f"{cast.base}/delegations/{cast.code}"


def test_somebody_is_added_by_staff(cast: Cast, rows: Tables) -> None:
    form = cast.owner.read(f"{page_of(cast)}/people/new?language=en")
    page = cast.owner.submit(
        form,
        {
            "family_name": "Haddad",
            "given_name": "Nadia",
            "native_name": "نادية حداد",
            "position_en": "Second Secretary",
            "languages": ["fr", "ar"],
            "document_kind": "passport",
            "document_number": "X 123",
            "consent": "y",
        },
        form="main form",
    )
    assert page.texts(".members b:not(.group-letter)") == ["Aisha Benali", "Nadia Haddad"]
    person = rows.one(
        Person.__table__.select().with_only_columns(Person.id).where(Person.family_name == "Haddad")
    )
    row = rows.get(Person, person)
    assert row is not None
    assert (row.languages, row.native_name) == (["fr", "ar"], "نادية حداد")
    assert "123" not in row.document_number
    slot = rows.one(
        Participant.__table__.select()
        .with_only_columns(Participant.id)
        .where(Participant.person_id == person)
    )
    shown = cast.owner.read(f"{cast.base}/people/{slot}?language=en")
    assert (
        shown.form("main form[method=post].stack").select_one("[name=document_number]")["value"]
        == "X 123"
    )  # type: ignore[index]
    assert "X 123" not in cast.tours.read(f"{cast.base}/people/{slot}").html


def test_the_full_quota_is_said_and_nothing_typed_is_lost(cast: Cast, rows: Tables) -> None:
    form = cast.owner.read(f"{page_of(cast)}/people/new?language=en")
    cast.owner.submit(form, {"family_name": "Haddad", "given_name": "N"}, form="main form")
    again = cast.owner.submit(
        form, {"family_name": "Saidi", "given_name": "K"}, form="main form", status=422
    )
    assert "Every place of the quota of 2 is taken." in again.text
    assert again.select("[name=family_name]")[0]["value"] == "Saidi"
    assert rows.count(Participant) == 3


@pytest.mark.parametrize("page", ["/people/new", "/replace"])
def test_nobody_is_written_without_a_name(cast: Cast, rows: Tables, page: str) -> None:
    before = rows.count(Participant)
    place = page_of(cast) if page == "/people/new" else f"{cast.base}/people/{cast.person_id}"
    again = cast.owner.submit(
        cast.owner.read(f"{place}{page}?language=en"), {}, form="main form", status=422
    )
    assert again.texts(".error-summary li") == ["Write the name in at least one script."]
    assert rows.count(Participant) == before


def test_a_second_head_is_refused_on_its_field(cast: Cast) -> None:
    form = cast.owner.read(f"{page_of(cast)}/people/new?language=en")
    again = cast.owner.submit(
        form,
        {"family_name": "Haddad", "given_name": "N", "function": "head", "category": "head"},
        form="main form",
        status=422,
    )
    assert len(again.select("[data-field=function] .error-message")) == 1
    assert again.texts(".error-summary li") == again.texts(
        "[data-field=function] .error-message"
    ) or (again.texts(".error-summary li a")[0] in again.text)


def test_replacing_over_http(cast: Cast, rows: Tables) -> None:
    form = cast.owner.read(f"{cast.base}/people/{cast.person_id}/replace?language=en")
    page = cast.owner.submit(
        form,
        {"family_name": "Ziani", "given_name": "Omar", "reason": "called home"},
        form="main form",
    )
    assert page.texts("h1") == ["Omar Ziani"]
    assert "called home" in page.text
    slot = rows.get(Participant, cast.person_id)
    assert slot is not None
    assert (slot.function, slot.status, slot.position) == ("head", "draft", 1)
    stale = cast.owner.submit(
        form, {"family_name": "Late", "given_name": "L"}, form="main form", status=409
    )
    assert "Somebody else saved this meanwhile" in stale.text


def test_two_people_saving_one_person_see_both_values(cast: Cast, rows: Tables) -> None:
    address = f"{cast.base}/people/{cast.person_id}?language=en"
    mine, theirs = cast.owner.read(address), cast.owner.read(address)
    whole = "main form.stack"
    cast.owner.submit(theirs, {"family_name": "Ben Ali"}, form=whole)
    answer = cast.owner.submit(
        mine, {"family_name": "Bin Ali", "phone": "+213 1"}, form=whole, status=409
    )
    assert answer.texts(".compare tbody tr:first-child td") == ["Ben Ali", "Bin Ali"]
    assert answer.select("[name=phone]")[0]["value"] == "+213 1"
    saved = cast.owner.submit(answer, form=whole)
    assert saved.texts("h1") == ["Aisha Bin Ali"]
    assert rows.count(Person, Person.family_name == "Bin Ali") == 1


def test_facts_quota_and_conflict(cast: Cast, rows: Tables) -> None:
    address = f"{page_of(cast)}/edit?language=en"
    first, second = cast.owner.read(address), cast.owner.read(address)
    low = cast.owner.submit(first, {"quota": "0"}, form="main form", status=422)
    assert "People on the list already: 1. The quota cannot be 0." in low.text
    cast.owner.submit(
        first, {"quota": "5", "focal_name": "Samir", "note": "Late car"}, form="main form"
    )
    clash = cast.owner.submit(second, {"focal_name": "Leila"}, form="main form", status=409)
    assert ["Samir", "Leila"] in [
        [" ".join(cell.get_text().split()) for cell in line.select("td")]
        for line in clash.select(".compare tbody tr")
    ]
    assert rows.count(Delegation, Delegation.quota == 5, Delegation.focal_name == "Samir") == 1
    wrong = cast.owner.submit(
        cast.owner.read(address), {"focal_email": "no address"}, form="main form", status=422
    )
    assert len(wrong.select("[data-field=focal_email] .error-message")) == 1


def test_withdrawing_and_putting_back(cast: Cast, rows: Tables) -> None:
    page = cast.owner.read(f"{cast.base}/people/{cast.person_id}?language=en")
    gone = cast.owner.submit(page, form='form[action$="/withdraw"]')
    assert "Off the list" in gone.text
    there = cast.owner.read(f"{page_of(cast)}?language=en")
    assert there.texts("#out-title i") == ["1"]
    cast.owner.submit(there, form='form[action$="/reinstate"]')
    slot = rows.get(Participant, cast.person_id)
    assert slot is not None
    assert slot.status == "draft"


def test_the_order_by_drag_and_by_form(cast: Cast, rows: Tables) -> None:
    form = cast.owner.read(f"{page_of(cast)}/people/new?language=en")
    page = cast.owner.submit(form, {"family_name": "Haddad", "given_name": "N"}, form="main form")
    ids = [str(item["data-id"]) for item in page.select(".members > li")]
    answer = cast.owner.post(f"{page_of(cast)}/order", json={"order": ids[::-1]})
    assert (answer.status_code, answer.get_json()) == (200, {"order": ids[::-1]})
    page = cast.owner.read(page_of(cast))
    assert [str(item["data-id"]) for item in page.select(".members > li")] == ids[::-1]
    for nonsense in ({}, {"order": 5}, {"order": [1, None, cast.foreign_person_id]}, []):
        assert cast.owner.post(f"{page_of(cast)}/order", json=nonsense).status_code == 200
    page = cast.owner.read(page_of(cast))
    assert [str(item["data-id"]) for item in page.select(".members > li")] == ids[::-1]
    assert cast.tours.post(f"{page_of(cast)}/order", json={"order": ids}).status_code == 403


def test_history_reads_who_did_what(cast: Cast, rows: Tables) -> None:
    form = cast.owner.read(f"{page_of(cast)}/edit?language=en")
    page = cast.owner.submit(form, {"quota": "4"}, form="main form")
    assert page.texts(".history del") == ["2"]
    assert page.texts(".history ins")[0] == "4"
    assert "Olga Owner" in page.texts(".history small")
    assert page.select("main details .history") == []
    assert cast.tours.read(page_of(cast)).select(".history") == []
    whole = cast.owner.read(f"{cast.base}/audit?language=en&actor=olga")
    assert whole.texts(".history small") == ["Olga Owner"]
    assert rows.count(AuditEntry, AuditEntry.action == "delegation.quota_changed") == 1
    assert whole.texts(".history a") == ["dz"]
    assert cast.owner.read(f"{cast.base}/audit?language=en&since=x&page=x").texts("h1")
    assert cast.tours.get(f"{cast.base}/audit").status_code == 403


@pytest.mark.parametrize(
    "name", ["=HYPERLINK(1)", "<script>alert(1)</script>", "a\u202eb", "é" * 300, "\x00", "🦉", "O"]
)
def test_awkward_names_give_no_error_and_no_markup(cast: Cast, name: str) -> None:
    form = cast.owner.read(f"{page_of(cast)}/people/new?language=en")
    page = cast.owner.submit(form, {"family_name": name, "given_name": "N"}, form="main form")
    assert "<script>alert" not in page.html
    assert "\u202e" not in page.html
    assert cast.owner.get(f"{cast.base}/search", query_string={"q": name}).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "search?q=%00",
        "delegations/%00",
        "people/%00",
        "people?delegation=%00",
        "audit?about=%00",
        "delegations?text=%00&group=%00",
    ],
)
def test_a_nul_in_an_address_gives_no_error(cast: Cast, address: str) -> None:
    assert cast.owner.get(f"{cast.base}/{address}").status_code in (200, 400, 404)


def test_of_a_long_history_the_newest_stands_open(cast: Cast) -> None:
    for quota in range(5, 15):
        form = cast.owner.read(f"{page_of(cast)}/edit?language=en")
        page = cast.owner.submit(form, {"quota": str(quota)}, form="main form")
    newest, earlier = page.select("main .history")
    assert len(newest.select("li")) == 8
    assert earlier.parent.name == "details"
    assert earlier.parent.summary.text == f"Earlier entries ({len(earlier('li'))})"
    assert newest.select_one("ins").text == "14"


def test_what_the_lists_do_not_offer_stays_when_staff_save(
    cast: Cast, acting: Acting, rows: Tables
) -> None:
    with acting(OFFICER) as act:
        visit = act.session.get_one(
            Visit, act.session.get_one(Participant, cast.person_id).visit_id
        )
        organisation = add_organisation(act, "MIC", "cluster", {"en": "Cluster"})
        part = set_part(act, visit, organisation, "host")
        act = replace(act, visit_id=visit.id)
        details = PersonDetails(
            family_name="Aksenova", languages=("ru", "sw"), native_language="sw", meal_code="local"
        )
        escort = add_participant(act, part, details, function="escort", category="organiser").id
    page = cast.owner.read(f"{cast.base}/people/{escort}?language=en")
    offered = page.texts("[name=function] option")
    assert ("head of delegation" in offered, "group escort" in offered) == (False, True)
    cast.owner.submit(page, {"phone": "+7 495 000-00-00"}, form="main form.stack")
    slot = rows.get(Participant, escort)
    assert slot is not None
    person = rows.get(Person, slot.person_id)
    assert person is not None
    assert (slot.function, person.phone) == ("escort", "+7 495 000-00-00")
    assert (person.languages, person.native_language, person.meal_code) == (
        ["ru", "sw"],
        "sw",
        "local",
    )


def test_nobody_of_an_organisation_becomes_head_of_a_delegation(
    cast: Cast, acting: Acting, rows: Tables
) -> None:
    with acting(OFFICER) as act:
        visit = act.session.get_one(
            Visit, act.session.get_one(Participant, cast.person_id).visit_id
        )
        organisation = add_organisation(act, "MIC", "cluster", {"en": "Cluster"})
        part = set_part(act, visit, organisation, "host")
        act = replace(act, visit_id=visit.id)
        row = add_participant(
            act, part, PersonDetails(family_name="Aksenova"), function="escort", category="host"
        )
        with pytest.raises(Refusal, match="no-such-function"):
            change_person(act, row, details_of(row.person), function="head")


def test_a_consent_taken_back_at_the_desk_ends_the_badge(
    cast: Cast, acting: Acting, rows: Tables
) -> None:
    there = f"{cast.base}/people/{cast.person_id}?language=en"
    button = 'form[action$="/consent/withdraw"]'
    assert cast.owner.read(there).select(button) == []
    cast.owner.submit(cast.owner.read(there), {"consent": "y"}, form="main form.stack")
    with acting(OFFICER) as act:
        row = act.session.get_one(Participant, cast.person_id)
        row.status = "approved"
        badge = Badge(
            visit_id=row.visit_id, participant_id=row.id, person_id=row.person_id, key_number=1,
            number="0" * 14, serial="E-0001", code_text="PB1:X",
            valid_until=datetime.now(UTC) + timedelta(days=60),
        )  # fmt: skip
        act.session.add(badge)
        act.session.commit()
        badge_id = badge.id
    page = cast.owner.submit(cast.owner.read(there), form=button)
    assert "the consent is taken back" in page.text
    assert page.select(button) == []
    slot = rows.get(Participant, cast.person_id)
    gone = rows.get(Badge, badge_id)
    assert slot is not None
    assert gone is not None
    assert (slot.status, gone.revoked_reason) == ("draft", "amend")
    assert (
        cast.tours.post(f"{cast.base}/people/{cast.person_id}/consent/withdraw").status_code == 403
    )


def test_a_person_s_page_shows_the_history_of_the_place(cast: Cast) -> None:
    there = f"{cast.base}/people/{cast.person_id}?language=en"
    cast.owner.submit(cast.owner.read(there), {"phone": "+213 21 1"}, form="main form.stack")
    replacing = cast.owner.read(f"{cast.base}/people/{cast.person_id}/replace?language=en")
    page = cast.owner.submit(replacing, {"family_name": "Haddad"}, form="main form")
    lines = " ".join(page.texts(".history li"))
    assert "person replaced" in lines
    assert "+213 21 1" in lines
    assert cast.tours.read(there).select(".history") == []
