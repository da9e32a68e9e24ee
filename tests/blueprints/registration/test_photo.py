"""Photographs over HTTP: what is taken, what is refused in words, what is left of a file."""

import io
import random
import struct
import zlib

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.signing_in import make_account, sign_in
from tests.support.visitor import Visitor
from visitplanner.models import Participant, Person, StoredFile
from visitplanner.services.instance import Instance

TAIL = b"<?php CANARY-TAIL ?>PK\x05\x06"


def picture(size=(700, 900), kind: str = "JPEG", mode: str = "RGB", **more) -> bytes:
    out = io.BytesIO()
    image = Image.effect_noise(size, 60).convert(mode)
    image.save(out, kind, **more)
    return out.getvalue()


def sixteen_bits() -> bytes:
    """A grey PNG of sixteen bits, as scanners write it."""
    out = io.BytesIO()
    Image.new("I;16", (700, 900), 40_000).save(out, "PNG")
    return out.getvalue()


def with_place() -> bytes:
    """A JPEG that says where and by whom it was taken, turned by its EXIF."""
    exif = Image.Exif()
    exif[0x013B] = "CANARY-ARTIST"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (55.0, 42.0, 11.0)
    return picture((900, 700), exif=exif, comment=b"CANARY-COMMENT")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(width: int, height: int, data: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def bomb() -> bytes:
    """A small PNG that says 24 million dots and unpacks to a gigabyte."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(bytes(1024 * 1024)) for _ in range(1024)) + packer.flush()
    return png_of(6000, 4000, data)


def moving() -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (300, 300), colour) for colour in ("red", "blue")]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    return out.getvalue()


@pytest.fixture
def send(focal: Visitor, cast):
    def post(content: bytes, name: str = "me.jpg", **headers: str):
        data = {"photo": (io.BytesIO(content), name)}
        address = f"/r/person/{cast.ambassador.id}/photo"
        accept = {"Accept": "application/json"} | headers
        answer = focal.post(address, data=data, headers=accept)
        answer.request.environ["wsgi.input"].close()
        return answer

    return post


def stored(db: Session, cast) -> StoredFile | None:
    db.expire_all()
    person = db.get_one(Person, db.get_one(Participant, cast.ambassador.id).person_id)
    return db.get(StoredFile, person.photo_id) if person.photo_id else None


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (picture(), (600, 771)),
        (picture(kind="PNG", mode="RGBA"), (600, 771)),
        (picture(kind="PNG", mode="P"), (600, 771)),
        (picture(kind="WEBP"), (600, 771)),
        (picture(mode="CMYK"), (600, 771)),
        (picture(mode="L"), (600, 771)),
        (sixteen_bits(), (600, 771)),
        (picture((240, 300)), (240, 300)),
        (with_place(), (600, 771)),
    ],
    ids=["jpeg", "png", "palette", "webp", "cmyk", "grey", "grey-16", "small", "turned"],
)
def test_pictures_become_small_upright_jpegs(send, focal, cast, db: Session, content, size):
    answer = send(content)
    assert answer.status_code == 200, answer.text
    shown = focal.get(answer.get_json()["url"])
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert shown.headers["Cache-Control"] == "no-store"
    image = Image.open(io.BytesIO(shown.data))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", size)


def test_nothing_is_left_of_the_file_but_the_picture(
    send, focal, cast, db: Session, instance: Instance
):
    content = with_place() + TAIL
    assert b"CANARY-ARTIST" in content
    shown = focal.get(send(content).get_json()["url"]).data
    image = Image.open(io.BytesIO(shown))
    assert dict(image.getexif()) == {}
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"CANARY" not in shown
    row = stored(db, cast)
    assert row is not None
    path = instance.settings.data_dir / "files" / row.path
    assert row.encrypted
    assert path.is_file()
    assert path.read_bytes()[:2] != b"\xff\xd8"
    assert b"JFIF" not in path.read_bytes()


def test_a_new_picture_deletes_the_old_one(send, cast, db: Session, instance: Instance):
    send(picture())
    first = stored(db, cast)
    assert first is not None
    path = instance.settings.data_dir / "files" / first.path
    assert path.is_file()
    send(picture())
    assert not path.exists()
    assert db.scalar(select(func.count()).select_from(StoredFile)) == 1


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"", 409, "Choose a picture first."),
        (b"not a picture at all", 409, "not a picture we can read"),
        (b"GIF89a" + bytes(60), 409, "not a picture we can read"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 409, "not a picture we can read"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(60), 409, "HEIC pictures cannot be read"),
        (picture()[:4000], 409, "damaged or cut off"),
        (picture(kind="PNG")[:4000], 409, "damaged or cut off"),
        (picture((150, 900)), 409, "too small"),
        (png_of(6000, 5000, zlib.compress(bytes(100))), 409, "more than 25 million dots"),
        (png_of(65000, 65000, b""), 409, "more than 25 million dots"),
        (png_of(600, 800, b""), 409, "damaged or cut off"),
        (moving(), 409, "moving picture"),
        (picture() + bytes(10 * 1024 * 1024), 409, "larger than 10 MB"),
        (bytes(13 * 1024 * 1024), 413, "larger than 10 MB"),
    ],
    ids=["none", "text", "gif", "svg", "heic", "cut-jpeg", "cut-png", "small", "many", "huge",
         "empty", "moving", "10MB", "13MB"],
)  # fmt: skip
def test_what_is_no_portrait_is_refused_in_words(
    send, focal, cast, db: Session, content, status, words
):
    send(picture())
    before = stored(db, cast)
    answer = send(content)
    assert answer.status_code == status
    assert words in answer.get_json()["message"]
    page = send(content, Accept="text/html")
    if status == 413:
        page = focal.get(page.location)
    else:
        assert page.status_code == status
    assert words in page.text
    assert 'id="person"' in page.text
    after = stored(db, cast)
    assert before is not None
    assert after is not None
    assert after.id == before.id


def test_a_bomb_stays_in_its_child(send, cast, db: Session):
    answer = send(bomb())
    assert answer.status_code in (200, 409)
    assert send(picture()).status_code == 200


def test_a_photo_after_approval_is_decided_anew(send, cast, db: Session):
    db.get_one(Participant, cast.ambassador.id).status = "approved"
    db.commit()
    assert send(picture()).status_code == 200
    db.expire_all()
    assert db.get_one(Participant, cast.ambassador.id).status == "submitted"


def test_only_the_own_list_and_permitted_staff_see_a_photo(
    app: Flask, send, guest, visitor, cast, db: Session
):
    own = send(picture()).get_json()["url"]
    for stranger in (guest(delegation_id=cast.theirs.id), guest("organisation"), guest("delegate")):
        assert stranger.get(own).status_code == 404
    assert visitor().get(own).status_code == 404
    staff = f"/visits/{cast.visit.slug}/people/{cast.ambassador.id}/photo"
    seen = {}
    for role in ("protocol_officer", "observer"):
        seen[role] = sign_in(visitor(), make_account(app, role, cast.visit)).get(staff).status_code
    assert seen == {"protocol_officer": 200, "observer": 403}


@pytest.mark.endurance
def test_a_phones_photograph_with_a_second_picture_behind_it_is_taken(send, cast, db: Session):
    pictures = [Image.new("RGB", (600, 800), "navy"), Image.new("RGB", (300, 400), "grey")]
    out = io.BytesIO()
    pictures[0].save(out, "MPO", save_all=True, append_images=pictures[1:])
    assert send(out.getvalue()).status_code == 200
    assert db.scalar(select(func.count()).select_from(StoredFile)) == 1


def test_mutated_pictures_never_fail_the_server(send, rounds):
    chance = random.Random(20261122)
    seeds = [picture((300, 300)), picture((300, 300), "PNG"), picture((300, 300), "WEBP"), moving()]
    for _ in range(rounds(1000)):
        content = bytearray(chance.choice(seeds))
        for _ in range(chance.randint(1, 30)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        if chance.random() < 0.3:
            del content[chance.randrange(1, len(content)) :]
        assert send(bytes(content)).status_code in (200, 409)
