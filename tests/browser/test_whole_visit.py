"""The whole visit on the demo: from an invitation to the arrival at the door, in Chromium."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Locator, Page, Route, expect
from sqlalchemy import select

from tests.support.browser import PHONE, PageMaker
from tests.support.database import Tables
from tests.support.demo import copy_of_demo, opened, settings_in
from tests.support.live_server import LiveServer, serve
from tests.support.pdf import codes, render, texts
from visitplanner.demo.accounts import PASSWORD
from visitplanner.domain.badges import Verdict, judge
from visitplanner.models import Invitation, Participant, Scan, TourGroup
from visitplanner.services.instance import Instance
from visitplanner.services.signing import trust_list

pytestmark = pytest.mark.browser

BASE = "/visits/lomonosov"
SLOW = 60_000
AMBASSADOR, SECRETARY = "Мараньон Ибаньес", "Эчеберриа"


@pytest.fixture
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """A copy of the demo whose visit is tomorrow, as `make demo` makes it."""
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date()
    yield from opened(copy_of_demo(tmp_path_factory.mktemp("whole") / "demo", tomorrow))


@pytest.fixture
def server(instance: Instance) -> Iterator[LiveServer]:
    folder = instance.settings.data_dir
    with serve(settings_in(folder), folder / "server.log") as started:
        yield started
        assert "Traceback" not in started.log()


SignIn = Callable[[str], Page]


@pytest.fixture
def sign_in(server: LiveServer, open_page: PageMaker) -> SignIn:
    """`sign_in("officer")`: a page of its own, signed in through the form."""

    def begin(who: str) -> Page:
        page = open_page(locale="ru-RU")
        page.goto(server.url("/sign-in"))
        page.locator("[name=email]").fill(f"{who}@demo.example")
        page.locator("[name=password]").fill(PASSWORD)
        page.locator(".door-form button.primary").click()
        page.wait_for_url(lambda address: "/sign-in" not in address)
        return page

    return begin


def started(page: Page, address: str) -> Page:
    page.goto(address)
    page.locator("html[data-started]").wait_for()
    return page


def portrait_jpeg(colour: str) -> bytes:
    """A photograph of 900 by 1200 dots."""
    picture = Image.new("RGB", (900, 1200), "#dfe3ea")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((250, 200, 650, 720), fill="#c9a58c")
    pen.ellipse((80, 760, 820, 1700), fill=colour)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()


def invite(page: Page, server: LiveServer) -> str:
    """Invite Spain and issue its link; the link."""
    started(page, server.url(f"{BASE}/invitations/new"))
    page.locator(".ts-control input").first.fill("Испания")
    page.locator(".ts-dropdown .option", has_text="Испания").first.click()
    page.locator("[name=number]").fill("4999/дгп")
    page.locator("[name=quota]").fill("3")
    page.locator("main form button.primary").click()
    page.locator("form[action$='/link'] button").click()
    told = page.locator("output#told-link").inner_text()
    assert told.startswith(server.address)
    return told


def register(phone: Page, function: str, given: str, family: str, russian: str) -> None:
    """Put a person on the list, with a photograph and everything that is asked."""
    phone.locator("a[href$='/r/list/new']").click()
    phone.wait_for_url("**/r/list/new")
    phone.locator("html[data-started]").wait_for()
    choice = phone.locator(f"[name=function][value={function}]")
    if choice.count():
        choice.check()
    else:
        phone.locator("select[name=function]").select_option(function)
    phone.locator("[name=given_name]").fill(given)
    phone.locator("[name=family_name]").fill(family)
    phone.locator("button[form=new-person]").click()
    phone.locator("form#person").wait_for()
    phone.locator("html[data-started]").wait_for()
    choose_photo(phone, "#7a2f3a" if function == "head" else "#2f4f7a")
    phone.locator("[name=russian_name]").fill(russian)
    rank = "ambassador" if function == "head" else "first_secretary"
    phone.locator("select[name=rank_code]").select_option(rank)
    phone.locator("[name=position_en]").fill(
        "Ambassador Extraordinary and Plenipotentiary" if function == "head" else "First Secretary"
    )
    phone.locator("[name=consent]").check()
    phone.locator("button[form=person][value=submit]").click()
    phone.wait_for_url("**/r/list*")


def choose_photo(phone: Page, colour: str) -> None:
    """Choose, crop and send a photograph."""
    phone.locator("#portrait").set_input_files(
        {"name": "face.jpg", "mimeType": "image/jpeg", "buffer": portrait_jpeg(colour)}
    )
    phone.locator("[data-photo-use]").click()
    phone.locator("[data-photo-preview] img").wait_for(timeout=SLOW)


def opened_pdf(page: Page, button: Locator) -> bytes:
    """The PDF that this button or link answers with; it is saved, not shown in the viewer."""

    def as_file(route: Route) -> None:
        if not route.request.is_navigation_request():  # a flag that comes into sight late
            route.continue_()
            return
        answer = route.fetch(timeout=SLOW)
        assert answer.headers["content-type"] == "application/pdf", answer.text()
        headers = {**answer.headers, "content-disposition": "attachment"}
        route.fulfill(response=answer, headers=headers)

    page.route("**/*", as_file)
    with page.expect_download(timeout=SLOW) as paper:
        button.click()
    page.unroute("**/*")
    return paper.value.path().read_bytes()


def printed_programme(page: Page, server: LiveServer, code: str) -> bytes:
    """Ask for the delegation's programme, wait for the job, open the paper."""
    started(page, server.url(f"{BASE}/programmes"))
    page.locator("select[name=subject]").select_option(code)
    page.locator("form.form button").click()
    done = page.locator(".job.done a").first
    done.wait_for(timeout=SLOW)
    return opened_pdf(page, done)


def test_a_mission_is_invited_registers_is_approved_and_arrives(
    instance: Instance, server: LiveServer, sign_in: SignIn, open_page: PageMaker
) -> None:
    rows = Tables(instance)
    officer = sign_in("officer")
    link = invite(officer, server)
    assert rows.count(Invitation) == 91
    code = officer.url.split("?")[0].rstrip("/").split("/")[-2 if "/link" in officer.url else -1]

    phone = open_page(**PHONE, locale="ru-RU", has_touch=True, is_mobile=True)
    phone.goto(link)
    assert phone.locator("html").get_attribute("lang") == "ru"
    phone.locator(".door-form button.primary").click()
    phone.wait_for_url("**/r/list")
    register(phone, "head", "Lucía", "Marañón Ibáñez", f"Лусия {AMBASSADOR}")
    register(phone, "member", "Íñigo", "Etxeberria", f"Иньиго {SECRETARY}")
    expect(phone.locator("li.person-row img.portrait")).to_have_count(2)

    for name in (AMBASSADOR, SECRETARY):
        approve(officer, server, name)
    into_group(officer, server, code, with_room(rows))
    ambassador, secretary = (badge(officer, server, rows, n) for n in (AMBASSADOR, SECRETARY))
    assert ambassador != secretary
    words = " ".join(" ".join(texts(printed_programme(officer, server, code))).split())
    for name in (f"Лусия {AMBASSADOR}", f"Иньиго {SECRETARY}"):
        assert name in words.replace("\x02", "")
    admit(sign_in("desk"), server, rows, ambassador)


def approve(page: Page, server: LiveServer, name: str) -> None:
    """Find the person in the queue, open the form, approve it."""
    started(page, server.url(f"{BASE}/accreditation"))
    page.locator(".queue a", has_text=name).click()
    expect(page.locator(".case-head")).to_contain_text(name)
    expect(page.locator(".case-head img.portrait")).to_be_visible()
    page.locator("button[value=approve][data-key]").click()
    page.locator(".queue, .empty-state").wait_for()
    expect(page.locator(".queue a", has_text=name)).to_have_count(0)


def with_room(rows: Tables) -> str:
    """The letter of a group with two free places."""
    free = select(TourGroup).where(TourGroup.people - TourGroup.taken >= 2)
    return rows.one(free.order_by(TourGroup.letter).limit(1)).letter


def into_group(page: Page, server: LiveServer, code: str, letter: str) -> None:
    """Put everybody of the delegation into a group."""
    started(page, server.url(f"{BASE}/people?delegation={code}"))
    page.locator("[data-select-all]").check()
    page.locator("[data-bulk-bar] select[name=group]").select_option(letter)
    page.locator("[data-bulk-bar] .bulk-choice + button").click()
    page.locator("html[data-started]").wait_for()
    expect(page.locator("tbody tr td:last-child", has_text=letter)).to_have_count(2)


def badge(page: Page, server: LiveServer, rows: Tables, name: str) -> str:
    """Print the person's badge; its code, read from the picture of the paper."""
    started(page, server.url(f"{BASE}/badges?show=to-print"))
    line = page.locator("tbody tr", has_text=name)
    pdf = opened_pdf(page, line.locator("button[formaction$='/print']"))
    (found,) = codes(render(pdf, dpi=300))
    with rows.write() as session:
        keys = trust_list(session)
    reading = judge(found.text, keys, visit="lomonosov", at=datetime.now(UTC))
    assert reading.verdict is Verdict.OK
    return str(found.text)


def admit(page: Page, server: LiveServer, rows: Tables, code: str) -> None:
    """Give the code on the paper to the door; the arrival is counted and told by name."""
    arrived = Participant.arrived_at.is_not(None)
    before = rows.count(Participant, arrived)
    started(page, server.url(f"{BASE}/checkin/scan"))
    page.locator(f"a[href*='{BASE}/checkin/scan/']").first.click()
    page.wait_for_url("**/checkin/scan/*")
    page.locator("html[data-started]").wait_for()
    page.locator("[data-code]").fill(code)
    page.locator("[data-code-form] button").click()
    verdict = page.locator(".verdict.admit")
    verdict.wait_for()
    expect(verdict).to_contain_text(re.compile(AMBASSADOR, re.IGNORECASE))
    started(page, server.url(f"{BASE}/checkin"))
    expect(page.locator(".arrivals-sentence")).to_contain_text(f"{before + 1} из ")
    expect(page.locator("main")).to_contain_text(re.compile(AMBASSADOR, re.IGNORECASE))
    assert rows.count(Participant, arrived) == before + 1
    scan = rows.one(select(Scan))
    assert scan.verdict == "OK"
