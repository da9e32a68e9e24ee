"""A person's form: fields saved as they are left, two people at once, consent."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.visitor import Visitor
from visitplanner.models import AuditEntry, Badge, Consent, Participant, Person
from visitplanner.models.base import now

pytestmark = pytest.mark.both_databases

Leave = Callable[..., Any]


@pytest.fixture
def leave(focal: Visitor, cast) -> Leave:
    """Leaves a field of the ambassador's form as the script does."""

    def send(name: str, *values: str, was: list[str] | None = None, **more: str):
        data: dict[str, Any] = {"field": name, name: list(values)} | more
        if was is not None:
            data |= {"was": was, "was_known": "1"}
        return focal.post(f"/r/person/{cast.ambassador.id}/field", data=data)

    return send


def person_of(db: Session, cast) -> Person:
    db.expire_all()
    return db.get_one(Person, db.get_one(Participant, cast.ambassador.id).person_id)


@pytest.mark.parametrize(
    ("name", "sent", "kept"),
    [
        ("given_name", ["  Aïcha   Leïla "], "Aïcha Leïla"),
        ("family_name", ["Benali Haddad"], "Benali Haddad"),
        ("name_order", ["family_first"], "family_first"),
        ("passport_name", ["BENALI HADDAD AICHA"], "BENALI HADDAD AICHA"),
        ("native_name", ["عائشة بن علي حداد"], "عائشة بن علي حداد"),
        ("native_language", ["ar"], "ar"),
        ("russian_name", ["Аиша Бенали Хаддад"], "Аиша Бенали Хаддад"),
        ("honorific", ["H.E."], "H.E."),
        ("address_as", ["Madam Ambassador"], "Madam Ambassador"),
        ("rank_code", ["ambassador"], "ambassador"),
        ("position_ru", ["Посол Алжира"], "Посол Алжира"),
        ("languages", ["fr", "ar"], ["fr", "ar"]),
        ("languages", [], []),
        ("email", ["a@mission.example"], "a@mission.example"),
        ("meal_code", ["halal"], "halal"),
        ("step_free", ["y"], True),
        ("do_not_photograph", ["y"], True),
    ],
)
def test_a_field_is_saved_as_it_is_left(leave, cast, db: Session, name, sent, kept):
    answer = leave(name, *sent)
    assert answer.status_code == 200, answer.text
    row = person_of(db, cast)
    assert getattr(row, name) == kept
    assert answer.get_json()["version"] == row.version
    assert answer.get_json()["saved_at"]


@pytest.mark.parametrize(
    ("name", "sent", "words"),
    [
        ("email", "nobody", "This is not an e-mail address."),
        ("given_name", "Аиша", "Latin letters only"),
        ("honorific", "x" * 41, "40"),
        ("family_name", "x" * 301, "300"),
        ("rank_code", "emperor", "Not a valid choice"),
        ("function", "king", "Not a valid choice"),
        ("meal_code", "<script>", "Not a valid choice"),
        ("languages", "xx", "is not a valid choice"),
    ],
)
def test_nonsense_is_refused_in_words_and_nothing_is_lost(
    leave, cast, db: Session, name, sent, words
):
    before = getattr(person_of(db, cast), name, None)
    answer = leave(name, sent)
    assert answer.status_code == 422
    assert words in " ".join(answer.get_json()["errors"][name])
    assert getattr(person_of(db, cast), name, None) == before


def test_the_badge_line_and_a_spelling_are_said_back(leave, focal: Visitor, cast, db: Session):
    says = leave("russian_name", "Юлия Щёголева").get_json()["says"]
    assert says["badge_lead"] == "Aïcha"
    assert says["badge_main"] == "BENALI"
    assert "Iuliia Shchegoleva" in says["spelling"]
    assert person_of(db, cast).given_name == "Aïcha"
    shown = focal.read(f"/r/person/{cast.ambassador.id}")
    assert shown.texts("[data-says=badge_main]") == ["BENALI"]


def test_two_people_who_change_different_fields_both_win(leave, cast, db: Session):
    leave("email", "first@mission.example", was=["aicha@mission.example"], version="1")
    answer = leave("honorific", "H.E.", was=[""], version="1")
    assert answer.status_code == 200
    row = person_of(db, cast)
    assert (row.email, row.honorific) == ("first@mission.example", "H.E.")


def test_two_people_who_change_one_field_are_shown_both_values(leave, cast, db: Session):
    leave("email", "first@mission.example", was=["aicha@mission.example"], version="1")
    answer = leave("email", "second@mission.example", was=["aicha@mission.example"], version="1")
    told = answer.get_json()
    assert answer.status_code == 409
    assert "first@mission.example" in told["message"]
    assert told["saved"] == ["first@mission.example"]
    assert set(told["choices"]) == {"mine", "theirs"}
    assert person_of(db, cast).email == "first@mission.example"
    over = leave("email", "second@mission.example", was=told["saved"])
    assert over.status_code == 200
    assert person_of(db, cast).email == "second@mission.example"


def test_the_whole_form_shows_both_values_too(focal: Visitor, cast, db: Session):
    page = focal.read(f"/r/person/{cast.ambassador.id}")
    focal.post(
        f"/r/person/{cast.ambassador.id}/field",
        data={"field": "honorific", "honorific": "Dr"},
    )
    page = focal.submit(page, {"honorific": "H.E."}, form="#person", status=409)
    assert page.texts(".compare .differs") == ["Honorific Dr H.E."]
    assert page.select("#honorific")[0]["value"] == "H.E."
    focal.submit(page, form="#person")
    assert person_of(db, cast).honorific == "H.E."


def test_a_refused_form_keeps_everything_that_was_typed(focal: Visitor, cast, db: Session):
    page = focal.read(f"/r/person/{cast.ambassador.id}")
    typed = {"email": "nobody", "native_name": "عائشة", "position_ru": "Посол", "phone": "+7 1"}
    page = focal.submit(page, typed, form="#person", status=422)
    assert {name: page.select(f"#{name}")[0]["value"] for name in typed} == typed
    assert page.select(".error-summary a")[0]["href"] == "#email"
    assert person_of(db, cast).native_name == ""


def test_consent_is_kept_with_edition_language_and_giver(leave, focal, cast, db: Session):
    assert leave("consent", "y").status_code == 200
    row = db.scalar(select(Consent).filter_by(person_id=person_of(db, cast).id))
    assert row is not None
    assert (row.edition, row.language, row.given_by) == ("2026-1", "en", "a guest")
    assert row.withdrawn_at is None
    assert focal.read(f"/r/person/{cast.ambassador.id}").select("#consent[checked]")
    leave("consent")
    db.expire_all()
    assert db.get_one(Consent, row.id).withdrawn_at is not None
    leave("consent", "y")
    assert db.scalar(select(func.count()).select_from(Consent)) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [("draft", "draft"), ("submitted", "draft"), ("returned", "returned"), ("approved", "draft")],
)
def test_nothing_goes_on_without_consent(leave, cast, db: Session, before: str, after: str) -> None:
    leave("consent", "y")
    db.expire_all()
    row = db.get_one(Participant, cast.ambassador.id)
    row.status = before
    db.commit()
    assert leave("consent").status_code == 200
    db.expire_all()
    assert db.get_one(Participant, cast.ambassador.id).status == after


def test_a_changed_name_after_approval_is_decided_anew(leave, cast, db: Session):
    row = db.get_one(Participant, cast.ambassador.id)
    row.status = "approved"
    badge = Badge(
        visit_id=cast.visit.id, participant_id=row.id, person_id=row.person_id, key_number=1,
        number="0" * 14, serial="E-0001", code_text="PB1:X",
        valid_until=now() + timedelta(days=60),
    )  # fmt: skip
    db.add(badge)
    db.commit()
    assert leave("honorific", "H.E.").get_json()["says"]["standing"] == "confirmed, badge is ready"
    answer = leave("given_name", "Leïla")
    assert answer.get_json()["says"]["standing"] == "handed in, being considered"
    db.expire_all()
    assert db.get_one(Badge, badge.id).revoked_at is not None


def test_who_has_arrived_is_not_changed_any_more(leave, focal, cast, db: Session):
    row = db.get_one(Participant, cast.ambassador.id)
    row.status, row.arrived_at = "approved", now()
    db.commit()
    assert leave("given_name", "Leïla").status_code == 409
    assert focal.read(f"/r/person/{cast.ambassador.id}").select("form") == []


def test_the_same_value_twice_is_one_write(leave, cast, db: Session):
    for _ in range(3):
        assert leave("honorific", "H.E.").status_code == 200
    count = select(func.count()).select_from(AuditEntry).filter_by(action="person.changed")
    assert db.scalar(count) == 1


def test_a_document_number_is_asked_where_the_visit_wants_it(leave, focal, cast, db: Session):
    assert focal.read(f"/r/person/{cast.ambassador.id}").select("#document_number") == []
    assert leave("document_number", "D 204 418").status_code == 409
    db.merge(cast.visit).settings = {"document_required": True}
    db.commit()
    assert leave("document_number", "D 204 418").status_code == 200
    page = focal.read(f"/r/person/{cast.ambassador.id}")
    assert page.select("#document_number")[0].get("value", "") == ""
    assert "204" not in page.html
    assert "A number is kept already." in page.text
    sealed = person_of(db, cast).document_number
    assert sealed
    assert "204" not in sealed
    focal.submit(page, form="#person")
    assert person_of(db, cast).document_number == sealed
    entries = db.scalars(select(AuditEntry)).all()
    assert all("204 418" not in str((entry.before, entry.after)) for entry in entries)
