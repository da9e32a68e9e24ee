"""The list of a delegation over HTTP: register, submit, replace, withdraw, order, quota."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.application import Clock, Statements
from tests.support.rows import add_participant
from tests.support.visitor import Visitor, fields
from visitplanner.domain.functions import OF_ORGANISATIONS
from visitplanner.models import (
    AccessLink,
    AuditEntry,
    Consent,
    Delegation,
    Occupancy,
    Participant,
    Person,
    TourGroup,
)

pytestmark = pytest.mark.both_databases


def add(focal: Visitor, given: str, family: str, function: str = "member"):
    page = focal.read("/r/list/new")
    return focal.submit(
        page,
        {"given_name": given, "family_name": family, "function": function},
        form="#new-person",
    )


def fill(focal: Visitor, page, then: str = "", **values: str):
    complete = {"position_en": "Second Secretary", "consent": "y"} | values
    return focal.submit(page, complete, form="#person", button=f"then={then}")


def names(page) -> list[str]:
    return page.texts(".person-row b")


def test_two_people_are_registered_and_handed_in(focal: Visitor, cast, db: Session):
    page = add(focal, "Nadia", "Boukhari")
    assert page.texts("h1") == ["Nadia Boukhari"]
    assert "Missing: position" in page.text
    fill(focal, page)
    page = fill(focal, add(focal, "Yacine", "Meralli"))
    assert names(page) == ["Aïcha Benali", "Nadia Boukhari", "Yacine Meralli"]
    assert "3 of 3 places are taken." in page.text
    page = focal.submit(page, form=".action-bar form")
    assert "Handed in: 2 people." in page.text
    assert "1 form is not complete" in page.text
    rows = db.scalars(select(Participant).filter_by(delegation_id=cast.ours.id)).all()
    assert sorted(row.status for row in rows) == ["draft", "submitted", "submitted"]
    assert db.get_one(Delegation, cast.ours.id).taken == 3


def test_what_is_missing_leads_to_its_field(focal: Visitor, cast):
    page = focal.read("/r/list")
    person = f"/r/person/{cast.ambassador.id}"
    links = {link.get_text(): link["href"] for link in page.select(".lacking a")}
    assert links == {"consent": f"{person}#consent"}
    assert focal.read(person).select("#consent")


def test_save_and_hand_in_says_what_is_missing(focal: Visitor, cast, db: Session):
    page = focal.read(f"/r/person/{cast.ambassador.id}")
    page = fill(focal, page, "submit", position_en="")
    assert "not handed in yet" in page.text
    assert page.address.endswith(cast.ambassador.id)
    page = fill(focal, page, "submit")
    assert names(page) == ["Aïcha Benali"]
    assert "being considered" in page.text
    assert db.get_one(Participant, cast.ambassador.id).status == "submitted"


def test_a_double_click_adds_one_person(focal: Visitor, cast, db: Session):
    page = focal.read("/r/list/new")
    data = {"given_name": "Nadia", "family_name": "Boukhari"}
    first = focal.submit(page, data, form="#new-person")
    second = focal.submit(page, data, form="#new-person")
    assert first.address == second.address
    assert db.scalar(select(func.count()).select_from(Person).filter_by(given_name="Nadia")) == 1
    assert db.get_one(Delegation, cast.ours.id).taken == 2


def test_the_last_place_is_not_given_twice(focal: Visitor, cast, db: Session):
    db.get_one(Delegation, cast.ours.id).quota = 1
    page = focal.read("/r/list")
    assert "Every place is taken." in page.text
    page = focal.submit(
        focal.read("/r/list/new"),
        {"given_name": "Nadia", "family_name": "Boukhari"},
        form="#new-person",
        status=422,
    )
    assert "Every place of the quota of 1 is taken." in page.text
    assert page.select("#given_name")[0]["value"] == "Nadia"
    assert db.scalar(select(func.count()).select_from(Person).filter_by(given_name="Nadia")) == 0
    interpreter = add(focal, "Rachid", "Hamdi", "interpreter")
    assert interpreter.texts("h1") == ["Rachid Hamdi"]
    assert db.get_one(Delegation, cast.ours.id).taken == 1


def test_a_second_head_is_refused_at_the_field(focal: Visitor, cast):
    page = focal.submit(
        focal.read("/r/list/new"),
        {"given_name": "Nadia", "family_name": "Boukhari", "function": "head"},
        form="#new-person",
        status=422,
    )
    assert page.texts("[data-field=function] .error-message") == [
        "Error: The delegation has a head already. Change that person's function first."
    ]


def test_somebody_is_replaced_and_the_place_stays(focal: Visitor, cast, db: Session):
    group = TourGroup(visit_id=cast.visit.id, letter="G", taken=1)
    db.add(group)
    db.flush()
    row = db.get_one(Participant, cast.ambassador.id)
    row.group_id, row.seat, row.status = group.id, "2-8", "submitted"
    old = row.person_id
    page = focal.submit(
        focal.read("/r/list"),
        {"who": row.id, "given_name": "Nadia", "family_name": "Boukhari"},
        form="#replace form",
    )
    assert page.texts("h1") == ["Nadia Boukhari"]
    db.expire_all()
    row = db.get_one(Participant, cast.ambassador.id)
    assert (row.group_id, row.seat, row.function, row.status) == (group.id, "2-8", "head", "draft")
    assert row.person_id != old
    left = db.scalar(select(Occupancy).filter_by(participant_id=row.id, person_id=old))
    assert left is not None
    assert left.until is not None


def test_a_replacement_needs_a_name(focal: Visitor, cast, db: Session):
    page = focal.submit(
        focal.read("/r/list"), {"who": cast.ambassador.id}, form="#replace form", status=422
    )
    assert "Write the name as in the travel document." in page.texts(".error-summary li")
    assert db.scalar(select(func.count()).select_from(Person)) == 2


def test_a_replacement_needs_to_say_who_goes(focal: Visitor, cast, db: Session):
    name = {"given_name": "Zoe", "family_name": "Haddad", "who": ""}
    page = focal.submit(focal.read("/r/list"), name, form="#replace form", status=422)
    assert "Choose who is replaced" in page.texts(".error-summary li")
    assert db.scalar(select(func.count()).select_from(Person)) == 2


def test_withdrawing_asks_first_and_frees_the_place(focal: Visitor, cast, db: Session):
    page = focal.read(f"/r/person/{cast.ambassador.id}/withdraw")
    assert db.get_one(Participant, cast.ambassador.id).status == "draft"
    page = focal.submit(page, {"reason": "ill"})
    assert names(page) == []
    assert "0 of 3 places are taken." in page.text
    assert "Aïcha Benali withdrawn" in page.text
    assert db.get_one(Participant, cast.ambassador.id).status == "withdrawn"
    form = focal.read(f"/r/person/{cast.ambassador.id}")
    assert form.select("form#person") == []
    answer = focal.post(f"/r/person/{cast.ambassador.id}", data={"given_name": "Zoe"})
    assert answer.status_code == 422
    assert db.get_one(Person, cast.ambassador.person_id).given_name == "Aïcha"


def test_the_order_is_the_missions_own(focal: Visitor, cast, db: Session):
    one = cast.ambassador.id
    two, three = (add_participant(db, cast.ours, given_name=name).id for name in ("Bea", "Cem"))
    for place, key in enumerate((one, two, three), start=1):
        db.get_one(Participant, key).position = place
    db.commit()
    answer = focal.post("/r/list/order", json={"order": [three, cast.stranger.id, one, one]})
    assert answer.get_json() == {"saved": True} or answer.status_code == 302
    assert names(focal.read("/r/list")) == ["Cem Benali", "Aïcha Benali", "Bea Benali"]
    focal.submit(focal.read("/r/list"), form="#order form", button=f"up={two}")
    assert names(focal.read("/r/list")) == ["Cem Benali", "Bea Benali", "Aïcha Benali"]
    assert db.get_one(Participant, cast.stranger.id).position == 1


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"order": 5}', b'{"order": [[], {}]}', b""])
def test_a_senseless_order_changes_nothing(focal: Visitor, cast, body: bytes):
    answer = focal.post("/r/list/order", data=body, content_type="application/json")
    assert answer.status_code in (200, 302)
    assert names(focal.read("/r/list")) == ["Aïcha Benali"]


def test_after_the_deadline_the_list_is_read_only(focal: Visitor, cast, db: Session, clock: Clock):
    visit = db.merge(cast.visit)
    visit.register_by = clock() - timedelta(hours=1)
    db.commit()
    page = focal.read("/r/list")
    assert "The time for registration has passed." in page.text
    assert page.select("form") == []
    form = focal.read(f"/r/person/{cast.ambassador.id}")
    assert form.select("form") == []
    person = f"/r/person/{cast.ambassador.id}"
    refused = {
        address: focal.post(address, data=data).status_code
        for address, data in (
            ("/r/list/new", {"given_name": "Zoe", "family_name": "Zed", "function": "member",
                             "name_order": "given_first", "form_key": "k"}),
            ("/r/list/order", {}),
            ("/r/list/submit", {}),
            ("/r/list/replace", {"who": cast.ambassador.id, "given_name": "Zoe"}),
            (person, {"given_name": "Zoe", "name_order": "given_first", "function": "head"}),
            (f"{person}/field", {"field": "given_name", "given_name": "Zoe"}),
            (f"{person}/field", {"field": "consent", "consent": "y"}),
            (f"{person}/submit", {}),
            (f"{person}/withdraw", {}),
            (f"{person}/photo", {}),
        )
    }  # fmt: skip
    assert set(refused.values()) <= {409, 422}, refused
    assert db.scalar(select(func.count()).select_from(Person).filter_by(given_name="Zoe")) == 0
    assert db.scalar(select(func.count()).select_from(Consent)) == 0


def test_a_closed_visit_is_read_only(focal: Visitor, cast, db: Session):
    db.merge(cast.visit).state = "closed"
    db.commit()
    page = focal.read("/r/list")
    assert "The visit is closed." in page.text
    assert page.select("form") == []


def test_nobody_sees_another_delegation(guest: Callable[..., Visitor], cast, db: Session):
    own = guest(delegation_id=cast.theirs.id)
    seen = own.read("/r/list").html + own.read(f"/r/person/{cast.stranger.id}").html
    for canary in ("CANARY-FAMILY", "CANARY-NOTE", "canary@elsewhere.example"):
        assert canary in seen
    person = f"/r/person/{cast.stranger.id}"
    for visitor in (guest(), guest("organisation"), guest("delegate")):
        for address in ("/r/list", person, f"{person}/withdraw", f"{person}/photo", "/r/mine"):
            html = visitor.get(address).text
            assert "canary" not in html.lower(), address
            assert "Канарейка" not in html, address
        for address in (
            person, f"{person}/field", f"{person}/submit", f"{person}/withdraw",
            f"{person}/photo", f"{person}/link",
        ):  # fmt: skip
            answer = visitor.post(address, data={"field": "given_name", "given_name": "Zoe"})
            assert answer.status_code == 404, address
        assert visitor.post("/r/list/replace", data={"who": cast.stranger.id}).status_code == 404
    assert db.get_one(Person, cast.stranger.person_id).given_name == "Canary-given"
    assert db.get_one(Participant, cast.stranger.id).status == "draft"


def test_rights_are_not_taken_from_the_form(focal: Visitor, cast, db: Session):
    wanted = {
        "status": "approved", "category": "press", "category_id": "x", "counts_to_quota": "",
        "delegation_id": cast.theirs.id, "photo_id": "x", "group_id": "x", "arrived_at": "now",
        "search_key": "x", "id": "x", "visit_id": "x", "quota": "99", "position": "1",
    }  # fmt: skip
    page = focal.read(f"/r/person/{cast.ambassador.id}")
    data = fields(page.form("#person"))
    assert focal.post(page.address, data=data | wanted).status_code == 302
    for name in wanted:
        answer = focal.post(f"{page.address}/field", data={"field": name, name: wanted[name]})
        assert answer.status_code == 409, name
    row = db.get_one(Participant, cast.ambassador.id)
    assert (row.status, row.delegation_id, row.position) == ("draft", cast.ours.id, 1)
    assert row.arrived_at is None
    assert db.get_one(Delegation, cast.ours.id).quota == 3


def test_a_programme_link_is_made_for_the_confirmed_only(focal: Visitor, cast, db: Session):
    person = f"/r/person/{cast.ambassador.id}"
    assert focal.post(f"{person}/link").status_code == 409
    db.get_one(Participant, cast.ambassador.id).status = "approved"
    page = focal.submit(focal.read(person), form=".post-button")
    address = page.texts("#address")[0]
    assert address.startswith("http://localhost/r/")
    row = db.scalar(select(AccessLink).filter_by(participant_id=cast.ambassador.id))
    assert row is not None
    assert (row.purpose, row.delegation_id) == ("delegate", cast.ours.id)
    assert address.rsplit("/", 1)[1] not in focal.read("/r/list").html


def test_an_organisation_registers_its_people(guest: Callable[..., Visitor], cast, db: Session):
    press = guest("organisation")
    page = press.read("/r/list/new")
    offered = [option["value"] for option in page.select("#function option")]
    assert offered == list(OF_ORGANISATIONS)
    page = press.submit(page, {"given_name": "Ada", "family_name": "Stern"}, form="#new-person")
    page = fill(press, page, "submit")
    assert names(page) == ["Ada Stern"]
    row = db.scalar(select(Participant).filter_by(organisation_id=cast.herald.id))
    assert (row.status, row.category.code, row.delegation_id) == ("submitted", "press", None)
    form = {"given_name": "Ada", "family_name": "Stern", "function": "head",
            "name_order": "given_first", "form_key": "x"}  # fmt: skip
    assert press.post("/r/list/new", data=form).status_code == 422


def test_every_write_is_in_the_audit_trail(focal: Visitor, cast, db: Session):
    fill(focal, add(focal, "Nadia", "Boukhari"), "submit")
    entries = db.scalars(select(AuditEntry).filter_by(actor_kind="link")).all()
    assert {entry.action for entry in entries} >= {
        "participant.added", "person.written", "person.changed", "consent.recorded",
        "participant.submitted",
    }  # fmt: skip


def test_a_longer_list_asks_no_more_queries(
    focal: Visitor, cast, db: Session, statements: Statements
):
    focal.get("/r/list")
    with statements() as few:
        focal.get("/r/list")
    for number in range(20):
        add_participant(db, cast.ours, given_name=f"Given{number}")
    db.commit()
    with statements() as many:
        focal.get("/r/list")
    assert len(many) == len(few)
    assert len(names(focal.read("/r/list"))) == 21


def test_strangers_are_told_to_open_their_link(client: Visitor):
    for address in ("/r/list", "/r/mine", "/r/list/new", "/r/person/abc"):
        assert client.get(address).status_code == 404
