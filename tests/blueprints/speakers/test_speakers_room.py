"""Speakers over HTTP: profile, photograph, order, absence, talks, versions, roles."""

from io import BytesIO
from types import SimpleNamespace

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.rows import DAY, add_organisation, add_visit
from tests.support.signing_in import make_account, sign_in
from tests.support.visitor import Visitor
from visitplanner.models import AgendaItem, Speaker, StoredFile, Talk

pytestmark = pytest.mark.both_databases

HOME = "/visits/arctic/speakers"


def add_speaker(db: Session, visit, name: str, position: int, **more) -> Speaker:
    row = Speaker(visit_id=visit.id, name={"ru": name, "en": name}, position=position, **more)
    db.add(row)
    db.flush()
    return row


@pytest.fixture
def cast(db: Session) -> SimpleNamespace:
    visit = add_visit(db, public=True, state="open", timezone="UTC")
    herald = add_organisation(db, visit, "host")
    names = [add_speaker(db, visit, name, at) for at, name in enumerate(("Abe", "Bo", "Chi"))]
    item = AgendaItem(visit_id=visit.id, kind="speech", title={"ru": "Речь", "en": "Speeches"},
                      starts_at=DAY, minutes=20)  # fmt: skip
    other = add_visit(db, "other")
    foreign = add_speaker(db, other, "Canary", 0)
    db.add(item)
    db.commit()
    return SimpleNamespace(visit=visit, herald=herald, speakers=names, item=item, foreign=foreign)


@pytest.fixture
def officer(app: Flask, client: Visitor, cast: SimpleNamespace) -> Visitor:
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return sign_in(client, make_account(app, "programme", cast.visit))


def order(client: Visitor) -> list[tuple[str, str]]:
    """(number, name) of each speaker, as listed."""
    page = client.read(HOME)
    return list(zip(page.texts("tbody td:first-child"), page.texts("tbody th a"), strict=True))


def test_a_speaker_is_added_and_comes_last(
    officer: Visitor, cast: SimpleNamespace, db: Session
) -> None:
    values = {
        "name-ru": "Марина Ильина", "name-en": "Marina Ilina", "honorific": "Dr",
        "position_held-ru": "Директор", "position_held-en": "Director", "about-en": "Lasers",
        "organisation_id": cast.herald.id, "language": "ru",
    }  # fmt: skip
    page = officer.submit(officer.read(f"{HOME}/new"), values, form="#speaker-form")
    row = db.scalars(select(Speaker).where(Speaker.language == "ru")).one()
    assert page.address == f"{HOME}/{row.id}"
    assert (row.name, row.honorific, row.position_held, row.about, row.organisation_id) == (
        {"ru": "Марина Ильина", "en": "Marina Ilina"}, "Dr",
        {"ru": "Директор", "en": "Director"}, {"en": "Lasers"}, cast.herald.id,
    )  # fmt: skip
    assert order(officer)[-1] == ("4", "Dr Marina Ilina")


def test_who_is_absent_has_no_number_and_the_others_close_up(
    officer: Visitor, cast: SimpleNamespace, db: Session
) -> None:
    page = officer.read(HOME)
    key = cast.speakers[1].id
    officer.submit(page, form=f"form[action$='{key}/absent']")
    assert order(officer) == [("1", "Abe"), ("–", "Bo"), ("2", "Chi")]
    officer.submit(page, form=f"form[action$='{key}/absent']", status=409)
    officer.submit(officer.read(HOME), form=f"form[action$='{key}/absent']")
    assert order(officer) == [("1", "Abe"), ("2", "Bo"), ("3", "Chi")]


def test_speakers_change_places(officer: Visitor, cast: SimpleNamespace) -> None:
    address = f"{HOME}/{cast.speakers[2].id}/move"
    officer.post(address, data={"to": "up"})
    assert [name for _, name in order(officer)] == ["Abe", "Chi", "Bo"]
    officer.post(address, data={"to": "up"})
    officer.post(address, data={"to": "up"})
    assert [name for _, name in order(officer)] == ["Chi", "Abe", "Bo"]
    officer.post(address, data={"to": "down"})
    assert [name for _, name in order(officer)] == ["Abe", "Chi", "Bo"]


def test_talks_stand_in_their_order_on_the_item_and_on_the_public_page(
    officer: Visitor, cast: SimpleNamespace, db: Session
) -> None:
    for speaker, title in zip(cast.speakers[:2], ("Lasers", "Robots"), strict=True):
        form = officer.read(f"{HOME}/talks/new?item={cast.item.id}&speaker={speaker.id}")
        values = {"title-ru": "Т", "title-en": title, "minutes": "12", "language": "en"}
        page = officer.submit(form, values, form="form.form")
    assert page.address == f"/visits/arctic/agenda/{cast.item.id}"
    assert page.texts("aside ol li") == [
        "Abe 1, 09:00, 12 min. Lasers", "Bo 2, 09:12, 12 min. Robots",
    ]  # fmt: skip
    assert page.texts("aside .notice") == ["The talks take 4 min more than the item has."]
    public = officer.read("/?visit=arctic").texts(".timeline li")
    assert public == ["09:00 Speeches Abe Bo"]
    cast.speakers[0].absent = True
    db.commit()
    assert officer.read("/?visit=arctic").texts(".timeline li") == ["09:00 Speeches Bo"]
    page = officer.read(f"/visits/arctic/agenda/{cast.item.id}")
    assert page.texts("aside ol li")[1] == "Bo 1, 09:00, 12 min. Robots"


def test_a_talk_is_changed_by_one_and_taken_out(
    officer: Visitor, cast: SimpleNamespace, db: Session
) -> None:
    row = Talk(visit_id=cast.visit.id, item_id=cast.item.id, speaker_id=cast.speakers[0].id)
    db.add(row)
    db.commit()
    address = f"{HOME}/talks/{row.id}"
    second = officer.read(address)
    officer.submit(officer.read(address), {"title-ru": "Лазеры"}, form="form.form")
    told = officer.submit(second, {"title-ru": "Роботы"}, form="form.form", status=409)
    assert told.texts(".compare tbody tr") == ["Title of the talk Лазеры Роботы"]
    again = officer.submit(
        officer.read(f"{HOME}/talks/new"),
        {"item_id": cast.item.id, "speaker_id": cast.speakers[0].id},
        form="form.form",
        status=422,
    )
    assert again.texts(".error-summary li") == ["This speaker speaks in this item already."]
    assert (
        officer.post(f"{HOME}/{cast.speakers[0].id}/remove", data={"version": "1"}).status_code
        == 409
    )
    officer.submit(officer.read(address), form="form[action$=remove]")
    assert db.scalars(select(Talk)).all() == []
    officer.submit(officer.read(f"{HOME}/{cast.speakers[0].id}"), form="form[action$=remove]")
    assert [name for _, name in order(officer)] == ["Bo", "Chi"]


def test_the_second_editor_of_a_profile_is_told(
    officer: Visitor, cast: SimpleNamespace, db: Session
) -> None:
    address = f"{HOME}/{cast.speakers[0].id}"
    second = officer.read(address)
    officer.submit(officer.read(address), {"honorific": "Dr"}, form="#speaker-form")
    told = officer.submit(second, {"honorific": "Prof."}, form="#speaker-form", status=409)
    assert told.texts(".compare tbody tr") == ["Honorific Dr Prof."]
    officer.submit(told, form="#speaker-form")
    db.expire_all()
    assert db.get(Speaker, cast.speakers[0].id).honorific == "Prof."


def picture() -> BytesIO:
    held = BytesIO()
    Image.new("RGB", (420, 540), (90, 120, 110)).save(held, "PNG")
    held.seek(0)
    return held


def test_a_photograph_is_kept_encrypted_replaced_and_refused(
    officer: Visitor, cast: SimpleNamespace, db: Session
) -> None:
    address = f"{HOME}/{cast.speakers[0].id}/photo"
    assert officer.get(address).status_code == 404
    for _ in range(2):
        sent = officer.post(address, data={"photo": (picture(), "face.png")})
        assert sent.status_code == 302
    files = db.scalars(select(StoredFile)).all()
    assert [(one.kind, one.encrypted) for one in files] == [("photo", True)]
    shown = officer.get(address)
    assert Image.open(BytesIO(shown.data)).format == "JPEG"
    bad = officer.post(address, data={"photo": (BytesIO(b"no picture"), "face.png")})
    assert bad.status_code in (409, 422)
    assert officer.get(address).data == shown.data


def test_what_is_another_visits_is_not_here(officer: Visitor, cast: SimpleNamespace) -> None:
    assert officer.get(f"{HOME}/{cast.foreign.id}").status_code == 404
    for path in ("", "/absent", "/move", "/remove", "/photo"):
        answer = officer.post(f"{HOME}/{cast.foreign.id}{path}", data={"version": "1"})
        assert answer.status_code == 404
    talk = {"item_id": cast.item.id, "speaker_id": cast.foreign.id}
    assert officer.post(f"{HOME}/talks/new", data=talk).status_code == 422


def test_an_observer_reads_and_changes_nothing(
    app: Flask, client: Visitor, cast: SimpleNamespace, db: Session
) -> None:
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    sign_in(client, make_account(app, "observer", cast.visit))
    key = cast.speakers[0].id
    assert client.read(f"{HOME}/{key}").select("main form") == []
    assert client.read(HOME).select("main form") == []
    assert client.post(f"{HOME}/{key}", data={"honorific": "X"}).status_code == 404
    for path in (
        "new",
        "talks/new",
        f"{key}/absent",
        f"{key}/move",
        f"{key}/remove",
        f"{key}/photo",
    ):
        assert client.post(f"{HOME}/{path}").status_code == 403
    db.expire_all()
    assert db.get(Speaker, key).honorific == ""
