"""The scanner in Chromium: a printed badge before a camera, a typed number, arrivals live."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.browser import (
    PHONE,
    QUIET,
    PageMaker,
    axe,
    carry_session,
    chromium_program,
    overflow,
)
from tests.support.doors import CHIEF, House
from tests.support.live_server import LiveServer
from tests.support.pdf import codes, render
from tests.support.signing_in import make_account, sign_in
from tests.support.visitor import Visitor
from visitplanner.models import Badge, Participant, Scan
from visitplanner.services.instance import Instance
from visitplanner.services.papers import print_badges

pytestmark = pytest.mark.browser

FRAME = (1280, 720)
PAPER = (232, 230, 224)
SHOWN, AWAY = 45, 300
"""Frames with the badge and without; ten seconds pass until it is shown again: more than four,
and enough to read the first answer."""


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file the camera plays; a test writes it before it opens the camera."""
    return tmp_path_factory.mktemp("camera") / "badge.mjpeg"


@pytest.fixture(scope="module")
def browser(film: Path) -> Iterator[Browser]:
    """Chromium whose camera is a film."""
    camera = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium_program(), args=[*QUIET, *camera]
        )
        yield started
        started.close()


def picture_of(instance: Instance, house: House, badge: Badge) -> Image.Image:
    """What a phone sees of the printed badge, held a little askew."""
    _, pdf = print_badges(instance, CHIEF, house.visit.id, [badge.id])
    print_ = render(pdf, dpi=300)
    (code,) = codes(print_)
    left, top, right, bottom = code.box
    margin = (right - left) * 0.45
    near = print_.crop(
        (int(left - margin), int(top - margin), int(right + margin), int(bottom + margin))
    )
    near = near.resize((620, int(620 * near.height / near.width)))
    near = near.rotate(5, expand=True, fillcolor=PAPER)
    frame = Image.new("RGB", FRAME, PAPER)
    frame.paste(near, ((FRAME[0] - near.width) // 2, (FRAME[1] - near.height) // 2))
    return frame


def shoot(film: Path, picture: Image.Image) -> None:
    """A film: the badge comes, goes, and comes again."""
    blank = Image.new("RGB", FRAME, PAPER)
    with film.open("wb") as out:
        for frame, times in ((picture, SHOWN), (blank, AWAY)):
            for _ in range(times):
                frame.save(out, "JPEG", quality=80)


Opener = Callable[..., Page]


@pytest.fixture
def open_as_desk(
    app: Flask, house: House, client: Visitor, live_server: LiveServer, open_page: PageMaker
) -> Opener:
    """`open_as_desk(path, …)`: a page with the session of the venue's desk."""
    account = make_account(app, "venue_desk", house.visit)

    def begin(path: str, **options: Any) -> Page:
        page = open_page(**options)
        sign_in(client, account)
        carry_session(client, page, live_server.address)
        page.goto(live_server.url(path))
        page.locator("html[data-started]").wait_for()
        return page

    return begin


def test_a_badge_before_the_camera_is_admitted_once_and_counted(
    instance: Instance, house: House, db: Session, film: Path, open_as_desk: Opener
) -> None:
    badge = house.guest(given_name="Grace", family_name="Odhiambo", russian_name="Грейс Одхиамбо")
    house.guest(given_name="Peter", family_name="Kamau")
    shoot(film, picture_of(instance, house, badge))
    slot, door = badge.participant_id, house.main.id
    db.commit()
    arrivals = open_as_desk("/visits/arctic/checkin", locale="ru-RU")
    sentence = arrivals.locator(".arrivals-sentence")
    expect(sentence).to_contain_text("Делегаты: 0 из 2")
    phone = open_as_desk(
        f"/visits/arctic/checkin/scan/{door}", **PHONE, locale="ru-RU", permissions=["camera"]
    )
    phone.get_by_role("button", name="Включить камеру").click()
    admitted = phone.locator(".verdict.admit")
    admitted.wait_for()
    expect(admitted.locator("[data-word]")).to_have_text("Проходите")
    expect(admitted.locator("[data-name]")).to_have_text("Грейс Одхиамбо")
    expect(admitted.locator("[data-state]")).to_contain_text("Алжир")
    expect(phone.locator("[data-recent] span")).to_have_text("Грейс Одхиамбо")
    again = phone.locator(".verdict.attention")
    again.wait_for()
    expect(again.locator("[data-word]")).to_have_text("Уже внутри")
    expect(sentence).to_contain_text("Делегаты: 1 из 2")
    expect(arrivals.locator(".latest-arrivals b")).to_have_text("Грейс Одхиамбо")
    phone.close()
    verdicts = db.scalars(select(Scan.verdict).order_by(Scan.received_at)).all()
    assert verdicts[:2] == ["OK", "ALREADY_IN"]
    assert db.get_one(Participant, slot).arrived_at is not None
    assert set(db.scalars(select(Scan.participant_id))) == {slot}


def test_a_typed_number_and_a_scan_kept_without_network(
    house: House, db: Session, open_as_desk: Opener
) -> None:
    first, second = house.guest(), house.guest(given_name="Peter", family_name="Kamau")
    numbers, door = (first.serial, second.serial), house.main.id
    db.commit()
    phone = open_as_desk(f"/visits/arctic/checkin/scan/{door}", **PHONE, locale="en-GB")
    field = phone.get_by_label("Code or hand scanner")
    field.fill(numbers[0])
    phone.get_by_role("button", name="Check").click()
    phone.locator(".verdict.admit").wait_for()
    expect(phone.locator("[data-word]")).to_have_text("Come in")
    line = "Delegates here: 1, heads of delegation among them: 0"
    expect(phone.locator(".scanner-sub")).to_have_text(line)
    field.fill("D-9999")
    field.press("Enter")
    expect(phone.locator("[data-word]")).to_have_text("No such badge")
    phone.context.set_offline(True)
    field.fill(numbers[1])
    field.press("Enter")
    expect(phone.locator("[data-word]")).to_have_text("No network")
    expect(phone.locator("[data-unsent]")).to_have_text("waiting to be sent: 1")
    phone.context.set_offline(False)
    expect(phone.locator("[data-unsent]")).to_have_text("")
    verdicts = db.execute(select(Scan.verdict, Scan.typed).order_by(Scan.scanned_at)).all()
    assert [tuple(row) for row in verdicts] == [
        ("OK", True), ("NOT_A_BADGE", True), ("OK", True),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["ru", "en", "ar"])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_passes_axe_and_stays_in_its_window(
    house: House, db: Session, app: Flask, open_as_desk: Opener, language: str, width: int
) -> None:
    house.guest(function="head", family_name="Nuñez y Álvarez de Toledo", given_name="María")
    door = house.main.id
    db.commit()
    page = open_as_desk(f"/visits/arctic/checkin?language={language}&q=nunez", width=width)
    for path in ("", "/scan", "/refused", f"/scan/{door}"):
        if path:
            page.goto(page.url.split("/visits/")[0] + f"/visits/arctic/checkin{path}")
            page.locator("html[data-started]").wait_for()
        assert axe(page) == []
        assert overflow(page) == 0
