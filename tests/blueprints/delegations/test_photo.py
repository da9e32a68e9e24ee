"""A photograph that came by mail, put in by staff: taken, refused in words, kept encrypted."""

import io

import pytest
from flask import Flask
from PIL import Image

from tests.blueprints.delegations.conftest import Cast
from tests.support.database import Tables
from tests.support.visitor import Visitor
from visitplanner.models import AuditEntry, Participant, Person, StoredFile

pytestmark = pytest.mark.both_databases

TAIL = b"CANARY-TAIL"


def picture(size: tuple[int, int] = (700, 900)) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, "JPEG")
    return out.getvalue() + TAIL


def send(who: Visitor, cast: Cast, content: bytes, **headers: str):
    address = f"{cast.base}/people/{cast.person_id}/photo"
    data = {"photo": (io.BytesIO(content), "me.jpg")}
    answer = who.post(address, data=data, headers=headers)
    answer.request.environ["wsgi.input"].close()
    return answer


def person(cast: Cast, rows: Tables) -> Person:
    slot = rows.get(Participant, cast.person_id)
    assert slot is not None
    found = rows.get(Person, slot.person_id)
    assert found is not None
    return found


def test_staff_put_a_photograph_in_and_replace_it(cast: Cast, rows: Tables, app: Flask) -> None:
    page = cast.owner.read(f"{cast.base}/people/{cast.person_id}?language=en")
    assert page.select("form[data-photo][action$='/photo'] input[type=file]")
    answer = send(cast.owner, cast, picture())
    assert answer.location.endswith(f"/people/{cast.person_id}")
    first = rows.get(StoredFile, person(cast, rows).photo_id or "")
    assert first is not None
    path = app.extensions["instance"].settings.data_dir / "files" / first.path
    assert (first.encrypted, path.read_bytes()[:2] == b"\xff\xd8") == (True, False)
    again = send(cast.owner, cast, picture((400, 500)), Accept="application/json").get_json()
    assert again["version"] == person(cast, rows).version
    shown = cast.owner.get(again["url"])
    assert Image.open(io.BytesIO(shown.data)).size == (400, 500)
    assert TAIL not in shown.data
    assert not path.exists()
    assert rows.count(AuditEntry, AuditEntry.action == "person.photographed") == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Choose a picture first."),
        (b"%PDF-1.7 scan", "not a picture we can read"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(60), "HEIC pictures cannot be read"),
        (picture()[:4000], "damaged or cut off"),
        (picture() + bytes(10 * 1024 * 1024), "larger than 10 MB"),
    ],
    ids=["none", "pdf", "heic", "cut", "large"],
)
def test_what_is_no_portrait_is_refused_at_the_field(
    cast: Cast, rows: Tables, content: bytes, words: str
) -> None:
    cast.owner.read(f"{cast.base}/people/{cast.person_id}?language=en")
    answer = send(cast.owner, cast, content)
    assert answer.status_code == 409
    assert words in answer.text
    assert 'value="Benali"' in answer.text
    assert person(cast, rows).photo_id is None


def test_a_file_beyond_every_limit_comes_back_to_the_page(cast: Cast) -> None:
    cast.owner.read(f"{cast.base}/delegations?language=en")
    answer = send(cast.owner, cast, bytes(13 * 1024 * 1024))
    assert answer.status_code == 303
    assert "larger than 10 MB" in cast.owner.read(answer.location).text


def test_a_new_photograph_of_the_approved_is_decided_anew(cast: Cast, rows: Tables) -> None:
    with rows.write() as session:
        session.get_one(Participant, cast.person_id).status = "approved"
    page = cast.owner.read(f"{cast.base}/people/{cast.person_id}?language=en")
    assert "a new picture is decided anew" in page.text
    said = send(cast.owner, cast, picture(), Accept="application/json").get_json()["message"]
    assert said == "The picture is in place; the person awaits a decision again"
    slot = rows.get(Participant, cast.person_id)
    assert slot is not None
    assert slot.status == "submitted"


def test_only_those_who_may_change_people_put_photographs_in(cast: Cast, rows: Tables) -> None:
    for who, status in ((cast.tours, 403), (cast.outsider, 404)):
        assert send(who, cast, picture()).status_code == status
    assert person(cast, rows).photo_id is None
    with rows.write() as session:
        session.get_one(Participant, cast.person_id).status = "withdrawn"
    page = cast.owner.read(f"{cast.base}/people/{cast.person_id}?language=en")
    assert page.select("form[data-photo]") == []
    assert send(cast.owner, cast, picture()).status_code == 409
