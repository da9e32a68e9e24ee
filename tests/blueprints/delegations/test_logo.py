"""The arms or logo of an organisation: taken, refused in words, shown to whom it may be."""

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo
from sqlalchemy import select

from tests.blueprints.delegations.conftest import Cast
from tests.support.database import Tables
from tests.support.visitor import Page, Visitor
from visitplanner.models import AuditEntry, Organisation, StoredFile, Visit, VisitOrganisation

pytestmark = pytest.mark.both_databases

TAIL = b"CANARY-TAIL"
CLEAR = (0, 0, 0, 0)


def drawn(size: tuple[int, int] = (400, 300), colour: str = "navy") -> Image.Image:
    """A disc with a wide clear margin on its left."""
    image = Image.new("RGBA", size, CLEAR)
    ImageDraw.Draw(image).ellipse((size[0] // 2, 0, size[0] - 1, size[1] - 1), fill=colour)
    return image


def saved(image: Image.Image, kind: str = "PNG", **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def with_words() -> bytes:
    words = PngInfo()
    words.add_text("Author", "CANARY-AUTHOR")
    return saved(drawn(), pnginfo=words) + TAIL


def moving() -> bytes:
    return saved(drawn(), "WEBP", save_all=True, append_images=[drawn(colour="red")])


def bomb() -> bytes:
    """A small PNG that says 24 million dots and unpacks to far more than they need."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", 6000, 4000, 16, 6, 0, 0, 0)
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(bytes(1024 * 1024)) for _ in range(256)) + packer.flush()
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


LOGO = saved(drawn())
NARROW = saved(Image.new("RGB", (900, 60), "navy"))


@pytest.fixture
def cluster(cast: Cast, rows: Tables) -> str:
    """The id of a co-organiser of the visit, which is on the public page."""
    with rows.write() as session:
        visit = session.scalars(select(Visit).filter_by(slug="arctic")).one()
        visit.public, visit.state = True, "open"
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


def send(who: Visitor, cast: Cast, cluster: str, content: bytes) -> Page:
    """What the page says after the picture was sent."""
    answer = who.post(
        f"{home(cast, cluster)}/logo",
        data={"logo": (io.BytesIO(content), "logo.png")},
        follow_redirects=True,
    )
    answer.request.environ["wsgi.input"].close()
    return Page(answer)


def stored(rows: Tables, cluster: str) -> StoredFile | None:
    row = rows.get(Organisation, cluster)
    assert row is not None
    return rows.get(StoredFile, row.logo_id) if row.logo_id else None


def place(app: Flask, file: StoredFile) -> Path:
    return Path(app.extensions["instance"].settings.data_dir) / "files" / file.path


def shown(who: Visitor, page: Page, css: str) -> Image.Image:
    """The picture that the page shows."""
    (tag,) = page.select(css)
    answer = who.get(str(tag["src"]))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    return Image.open(io.BytesIO(answer.data))


def test_a_logo_is_put_in_replaced_and_removed(
    cast: Cast, cluster: str, rows: Tables, app: Flask
) -> None:
    page = cast.owner.read(home(cast, cluster) + "?language=en")
    assert page.select("img[src*='/logo']") == []
    page = send(cast.owner, cast, cluster, with_words())
    assert "The picture is in place" in page.text
    image = shown(cast.owner, page, ".logo-sheet img")
    assert (image.size, image.mode, image.getpixel((0, 0))) == ((200, 300), "RGBA", CLEAR)
    first = stored(rows, cluster)
    assert first is not None
    content = place(app, first).read_bytes()
    assert b"CANARY" not in content
    assert (first.visit_id, first.media_type, first.size) == (None, "image/png", len(content))
    page = send(cast.owner, cast, cluster, NARROW)
    assert shown(cast.owner, page, ".logo-sheet img").size == (900, 60)
    assert not place(app, first).exists()
    second = stored(rows, cluster)
    assert second is not None
    gone = cast.owner.submit(page, form='form[action$="/logo/drop"]')
    assert "The picture is gone" in gone.text
    assert gone.select("img[src*='/logo']") == []
    assert not place(app, second).exists()
    assert rows.count(StoredFile) == 0
    assert cast.owner.get(f"{home(cast, cluster)}/logo").status_code == 404
    told = [
        (row.action, row.before, row.after)
        for row in rows.all(select(AuditEntry).filter_by(object_id=cluster).order_by(AuditEntry.id))
    ]
    assert sorted(told, key=str) == sorted(
        [
            ("organisation.logo_set", {"logo_id": None}, {"logo_id": first.id}),
            ("organisation.logo_set", {"logo_id": first.id}, {"logo_id": second.id}),
            ("organisation.logo_dropped", {"logo_id": second.id}, {"logo_id": None}),
        ],
        key=str,
    )
    assert any("arms or logo removed" in line for line in gone.texts(".history li"))


@pytest.mark.parametrize(
    ("content", "kind", "size"),
    [
        (saved(drawn((1500, 900)), "WEBP"), "RGBA", (750, 900)),
        (saved(drawn((5000, 5000))), "RGBA", (300, 600)),
        (saved(drawn().convert("RGB"), "JPEG"), "RGB", (400, 300)),
        (saved(drawn().convert("RGB").convert("CMYK"), "JPEG"), "RGB", (400, 300)),
        (saved(drawn().convert("RGB").convert("P")), "RGB", (400, 300)),
        (saved(Image.new("I;16", (400, 300), 9000)), "RGB", (400, 300)),
    ],
    ids=["webp", "large", "jpeg", "cmyk", "palette", "grey-16"],
)
def test_pictures_of_every_kind_become_png(
    cast: Cast, cluster: str, content: bytes, kind: str, size: tuple[int, int]
) -> None:
    image = shown(cast.owner, send(cast.owner, cast, cluster, content), ".logo-sheet img")
    assert image.mode == kind
    assert image.width <= 1000
    assert image.height <= 600
    assert image.width / image.height == pytest.approx(size[0] / size[1], rel=0.01)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Choose a picture first."),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "Save it as PNG"),
        (b"\xef\xbb\xbf <svg onload='alert(1)'/>", "Save it as PNG"),
        (b"%PDF-1.7", "not a picture we can read"),
        (LOGO[: len(LOGO) // 2], "damaged or cut off"),
        (bomb(), "nobody would see it"),
        (moving(), "moving picture"),
        (saved(Image.new("RGB", (199, 199))), "too small to print"),
        (saved(Image.new("RGB", (900, 47))), "too small to print"),
        (saved(Image.new("RGBA", (400, 300), CLEAR)), "nobody would see it"),
        (saved(drawn(colour="white")), "nobody would see it"),
        (LOGO + bytes(10 * 1024 * 1024), "larger than 10 MB"),
        (bytes(13 * 1024 * 1024), "larger than 10 MB"),
    ],
    ids=["none", "svg", "svg-bom", "pdf", "cut", "bomb", "moving", "small", "thin", "clear",
         "white", "10MB", "13MB"],
)  # fmt: skip
def test_what_is_no_logo_is_refused_in_words_and_nothing_is_lost(
    cast: Cast, cluster: str, rows: Tables, app: Flask, content: bytes, words: str
) -> None:
    cast.owner.read(home(cast, cluster) + "?language=en")
    send(cast.owner, cast, cluster, LOGO)
    before = stored(rows, cluster)
    assert before is not None
    page = send(cast.owner, cast, cluster, content)
    assert words in page.text
    if len(content) < 11 * 1024 * 1024:
        assert page.status == 422
        assert words in page.texts("[data-field=logo] .error-message")[0]
        assert page.select("#logo[aria-invalid=true]")
        assert words in page.texts("[data-error-summary] a[href='#logo']")[0]
    assert shown(cast.owner, page, ".logo-sheet img").size == (200, 300)
    after = stored(rows, cluster)
    assert after is not None
    assert (after.id, place(app, after).exists(), rows.count(StoredFile)) == (before.id, True, 1)


def test_a_colleague_without_the_right_sees_it_and_changes_nothing(
    cast: Cast, cluster: str, rows: Tables
) -> None:
    send(cast.owner, cast, cluster, LOGO)
    page = cast.tours.read(home(cast, cluster) + "?language=en")
    assert shown(cast.tours, page, ".logo-sheet img").size == (200, 300)
    assert page.select("form[action*='/logo']") == []
    assert send(cast.tours, cast, cluster, NARROW).status == 403
    assert cast.tours.post(f"{home(cast, cluster)}/logo/drop").status_code == 403
    for address in (home(cast, cluster), home(cast, cluster).replace("/arctic/", "/baltic/")):
        assert cast.outsider.get(f"{address}/logo").status_code == 404
        assert cast.outsider.post(f"{address}/logo").status_code == 404
        assert cast.outsider.post(f"{address}/logo/drop").status_code == 404
    assert rows.count(AuditEntry, AuditEntry.action == "organisation.logo_set") == 1


def test_everybody_sees_it_only_while_it_organises_an_announced_visit(
    cast: Cast, cluster: str, rows: Tables, visitor: Callable[[], Visitor]
) -> None:
    reader = visitor()
    assert reader.read("/?language=en").select(".org-list img") == []
    send(cast.owner, cast, cluster, LOGO)
    page = reader.read("/?language=en")
    assert page.texts(".org-list li") == ["The cluster"]
    assert shown(reader, page, ".org-list img").size == (200, 300)
    address = str(page.select(".org-list img")[0]["src"])
    for changes in ({"public": False}, {"state": "draft"}, {"part": "resident"}):
        with rows.write() as session:
            visit = session.scalars(select(Visit).filter_by(slug="arctic")).one()
            part = session.scalars(select(VisitOrganisation)).one()
            visit.public, visit.state, part.part = True, "open", "co_organiser"
        assert reader.get(address).status_code == 200
        with rows.write() as session:
            visit = session.scalars(select(Visit).filter_by(slug="arctic")).one()
            part = session.scalars(select(VisitOrganisation)).one()
            for name, value in changes.items():
                setattr(part if name == "part" else visit, name, value)
        assert reader.get(address).status_code == 404
