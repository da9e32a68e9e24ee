"""What the modules in static/js do, each alone on a page, under the policy of pages."""

import io
import json
import re
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
import qrcode
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.browser import QUIET, PageMaker, chromium_program
from tests.support.look import POSTS, Post, serve

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Address of the site of layouts and macros."""
    server = serve()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def no_posts() -> None:
    """Each test sees only what it sent."""
    POSTS.clear()


def show(page: Page, address: str) -> Page:
    """Go there and wait until every module listens."""
    page.goto(address)
    page.locator("html[data-started]").wait_for()
    return page


def guide(site: str, open_page: PageMaker) -> Page:
    """The styleguide in English."""
    return show(open_page(), f"{site}?template=styleguide.html&language=en")


def parts(post: Post) -> dict[str, bytes]:
    """The parts of a multipart body by name."""
    kind = post.headers["Content-Type"].encode()
    message = message_from_bytes(b"Content-Type: " + kind + b"\r\n\r\n" + post.body)
    return {
        str(part.get_param("name", header="Content-Disposition")): part.get_payload(decode=True)
        for part in message.walk()
        if not part.is_multipart()
    }


def wait_for_posts(page: Page, count: int) -> list[Post]:
    """Wait until so many were sent."""
    for _ in range(600):
        if len(POSTS) >= count:
            return POSTS
        page.wait_for_timeout(50)
    raise AssertionError(f"{len(POSTS)} of {count} posts")


def test_a_field_is_saved_as_it_is_left(site: str, open_page: PageMaker) -> None:
    """One POST with the field, the hidden fields and the token; the mark says when."""
    page = guide(site, open_page)
    page.get_by_label("Name as in the document").fill("Aïcha BENALI")
    page.get_by_label("Seats").focus()
    expect(page.locator("[data-field=name] .field-state")).to_have_text("Saved at 14:05")
    [post] = POSTS
    sent = parts(post)
    assert sent["field"] == b"name"
    assert sent["name"].decode() == "Aïcha BENALI"
    assert sent["version"] == b"3"
    assert post.headers["X-CSRFToken"] == "token"
    assert page.locator("[name=version]").input_value() == "4"
    assert page.locator("[name=name]").get_attribute("aria-invalid") == "false"


def test_what_was_typed_without_network_is_sent_when_it_is_back(
    site: str, open_page: PageMaker
) -> None:
    """Nobody has to leave the field again."""
    page = guide(site, open_page)
    page.context.set_offline(True)
    page.get_by_label("Name as in the document").fill("Aïcha")
    page.get_by_label("Seats").focus()
    mark = page.locator("[data-field=name] .field-state")
    expect(mark).to_have_attribute("data-state", "kept")
    assert POSTS == []
    page.context.set_offline(False)
    expect(mark).to_have_attribute("data-state", "saved")
    assert [parts(post)["name"].decode() for post in POSTS] == ["Aïcha"]


def test_what_was_typed_without_network_outlives_the_page(site: str, open_page: PageMaker) -> None:
    """The draft waits on the device, fills the field again and goes out."""
    page = guide(site, open_page)
    page.route("**/save", lambda route: route.abort())
    page.get_by_label("Name as in the document").fill("Aïcha")
    page.get_by_label("Seats").focus()
    mark = page.locator("[data-field=name] .field-state")
    expect(mark).to_have_attribute("data-state", "kept")
    page.unroute("**/save")
    page.goto(page.url)
    expect(page.get_by_label("Name as in the document")).to_have_value("Aïcha")
    expect(mark).to_have_attribute("data-state", "saved")
    assert [parts(post)["name"].decode() for post in POSTS] == ["Aïcha"]
    assert page.evaluate("localStorage.length") == 0


def test_a_list_is_put_in_order_by_buttons_and_by_dragging(site: str, open_page: PageMaker) -> None:
    """Both send the same order; the focus stays on the row that moved."""
    page = guide(site, open_page)
    rows = page.locator(".order-list li")
    expect(rows.first.locator("[data-up]")).to_be_disabled()
    page.get_by_label("Move down: Algeria").click()
    wait_for_posts(page, 1)
    assert json.loads(POSTS[0].body) == {"order": ["2", "1", "3"]}
    expect(page.get_by_label("Move down: Algeria")).to_be_focused()
    drag_to_the_top(page, rows.nth(2).locator(".order-handle"), rows)
    wait_for_posts(page, 2)
    assert json.loads(POSTS[1].body) == {"order": ["3", "2", "1"]}


def drag_to_the_top(page: Page, handle: Locator, rows: Locator) -> None:
    """Drag as a hand does: let go only when the row stands there."""
    place = rows.first.bounding_box()
    assert place is not None
    handle.hover()
    page.mouse.down()
    dragged = rows.nth(2).get_attribute("data-id")
    for step in range(600):
        page.mouse.move(place["x"] + 40 + step % 2, place["y"] + place["height"] / 2)
        if rows.first.get_attribute("data-id") == dragged:
            break
        page.wait_for_timeout(50)
    page.mouse.up()


def test_rows_are_ticked_and_all_behind_the_filter_offered(site: str, open_page: PageMaker) -> None:
    """The bar counts; "select all" sets everything=1."""
    page = guide(site, open_page)
    bar = page.locator("[data-bulk-bar]")
    expect(bar).to_contain_text("Selected: 1")
    expect(page.locator("[data-bulk-all]")).to_be_hidden()
    page.locator("[data-select-all]").check()
    expect(bar).to_contain_text("Selected: 3")
    page.locator("[data-bulk-all]").click()
    expect(bar).to_contain_text("Selected: 50")
    assert page.locator("[data-bulk-everything]").input_value() == "1"
    page.locator("[data-bulk-clear]").click()
    expect(bar).to_be_hidden()
    assert page.locator("[data-bulk-everything]").input_value() == ""


def test_dialogs_menus_toasts_and_the_error_summary(site: str, open_page: PageMaker) -> None:
    """Everything opens, shuts by Escape and gives the focus back."""
    page = guide(site, open_page)
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.locator("[data-error-summary] a").first.click()
    expect(page.locator("[name=name]")).to_be_focused()
    page.get_by_role("button", name="Save the view").click()
    expect(page.locator("#save-view")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#save-view")).to_be_hidden()
    expect(page.get_by_role("button", name="Save the view")).to_be_focused()
    menu = page.locator(".menu.account")
    menu.locator("summary").click()
    page.keyboard.press("ArrowDown")
    expect(menu.get_by_role("link")).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu.locator("summary")).to_be_focused()
    expect(menu.locator("ul")).to_be_hidden()
    page.locator(".toast-close").click()
    expect(page.locator(".toast")).to_have_count(0)
    page.locator("body").click()
    page.keyboard.press("/")
    expect(page.locator("#global-search")).to_be_focused()


def test_a_long_list_becomes_a_field_one_types_into(site: str, open_page: PageMaker) -> None:
    """The select keeps the value, so that the form and autosave see it."""
    page = show(open_page(width=1440), f"{site}?template=styleguide.html&language=en")
    field = page.locator("[data-field=state]")
    field.locator(".ts-control").click()
    field.locator(".ts-control input").fill("ango")
    expect(field.locator(".ts-dropdown .option")).to_have_text(["Angola"])
    page.keyboard.press("Enter")
    assert page.locator("select[name=state]").input_value() == "ao"
    wait_for_posts(page, 1)
    assert parts(POSTS[0])["state"] == b"ao"


def test_a_running_job_is_followed_to_its_end(site: str, open_page: PageMaker) -> None:
    """The fragment takes the place of the row; it no longer asks."""
    page = guide(site, open_page)
    expect(page.locator("[data-live]")).to_have_count(0)
    expect(page.locator(".job.done b", has_text="Done")).to_be_visible()


def test_keys_walk_the_list_and_press_the_button(site: str, open_page: PageMaker) -> None:
    """J, K and A; not while one types; tabs by arrows."""
    page = guide(site, open_page)
    page.get_by_role("tab", name="Algeria").focus()
    expect(page.locator("#panel-2")).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Angola")).to_be_focused()
    expect(page.locator("#panel-2")).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator("[data-shortcuts] a").nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("[data-shortcuts] a").nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("[data-shortcuts] a").nth(0)).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator("#save-view")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("#global-search").focus()
    page.keyboard.type("ja")
    expect(page.locator("#global-search")).to_have_value("ja")
    expect(page.locator("#save-view")).to_be_hidden()


def picture(width: int, height: int, kind: str = "JPEG") -> bytes:
    """A picture of that size."""
    data = io.BytesIO()
    Image.radial_gradient("L").resize((width, height)).convert("RGB").save(data, kind)
    return data.getvalue()


def test_a_photograph_is_cropped_shrunk_and_sent(site: str, open_page: PageMaker) -> None:
    """3000 x 4000 in, at most 1200 high and 35:45 out."""
    page = show(open_page(width=390), f"{site}?template=photo.html&language=en")
    file: Any = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture(3000, 4000)}
    page.set_input_files("#photo", file)
    use = page.get_by_role("button", name="Use this picture")
    expect(use).to_be_visible()
    expect(page.locator("cropper-selection")).to_be_visible()
    page.locator("[data-photo-zoom]").fill("1.5")
    page.keyboard.press("ArrowRight")
    use.click()
    expect(page.locator("[data-photo-message]")).to_have_text("The picture is in place")
    [post] = POSTS
    sent = Image.open(io.BytesIO(parts(post)["photo"]))
    assert sent.format == "JPEG"
    assert sent.height <= 1200
    assert abs(sent.width / sent.height - 35 / 45) < 0.01
    assert sent.getextrema() != ((0, 0), (0, 0), (0, 0))
    expect(page.locator("[data-photo-preview] img")).to_have_attribute(
        "src", "/static/img/icon.svg"
    )


@pytest.mark.parametrize(
    ("name", "kind", "data", "words"),
    [
        ("a.heic", "image/heic", b"\0\0\0\x18ftypheic", "cannot read HEIC"),
        ("a.jpg", "image/jpeg", b"no picture", "not a picture we can read"),
        ("a.png", "image/png", picture(200, 300, "PNG"), "too small"),
        ("a.png", "image/png", b"x" * (15 * 1024 * 1024 + 1), "larger than 15 MB"),
    ],
)
def test_what_is_no_photograph_is_refused_in_words(
    site: str, open_page: PageMaker, name: str, kind: str, data: bytes, words: str
) -> None:
    """Nothing is sent."""
    page = show(open_page(width=390), f"{site}?template=photo.html&language=en")
    file: Any = {"name": name, "mimeType": kind, "buffer": data}
    page.set_input_files("#photo", file)
    expect(page.locator("[data-photo-message]")).to_contain_text(words)
    assert POSTS == []


def test_a_typed_code_is_answered_and_kept_without_network(site: str, open_page: PageMaker) -> None:
    """Verdict, list of recent ones; without network the scan waits and goes out with its own id."""
    page = show(open_page(width=390), f"{site}?template=scan.html&language=en")
    field = page.locator("[data-code]:not(form)")
    field.fill("GOOD")
    field.press("Enter")
    expect(page.locator(".verdict.admit [data-word]")).to_have_text("Welcome")
    expect(page.locator("[data-recent] li")).to_contain_text("Anuradha Rao")
    field.fill("BAD")
    field.press("Enter")
    expect(page.locator(".verdict.refuse")).to_contain_text("Desk 1, please")
    page.context.set_offline(True)
    field.fill("GOOD")
    field.press("Enter")
    expect(page.locator(".verdict.attention")).to_contain_text("No network")
    expect(page.locator("[data-unsent]")).to_contain_text("1")
    assert len(POSTS) == 2
    page.context.set_offline(False)
    expect(page.locator("[data-unsent]")).to_have_text("")
    [first, _, third] = [json.loads(post.body)["scans"][0] for post in POSTS]
    assert first["code"] == third["code"] == "GOOD"
    assert first["id"] != third["id"]
    assert first["how"] == "typed"
    assert (first["checkpoint"], first["direction"]) == ("door-2", "in")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", first["at"])
    assert POSTS[0].headers["X-CSRFToken"] == "token"


def clip(path: Path, text: str) -> None:
    """A film of one badge: concatenated JPEGs, as Chromium's false camera wants them."""
    code = qrcode.QRCode(box_size=7, border=4)
    code.add_data(text)
    badge = code.make_image().convert("RGB")
    with path.open("wb") as film:
        for shift in range(12):
            frame = Image.new("RGB", (1280, 720), (90, 96, 92))
            frame.paste(badge, (480 + shift * 4, 200))
            frame.save(film, "JPEG")


def test_the_camera_reads_a_badge(site: str, browser: Browser, tmp_path: Path) -> None:
    """False camera, worker, wasm, server, verdict: the whole way under the scanner's policy."""
    film = tmp_path / "badge.mjpeg"
    clip(film, "GOOD")
    camera = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]
    program = chromium_program()
    chromium = browser.browser_type.launch(executable_path=program, args=[*QUIET, *camera])
    page = chromium.new_page(permissions=["camera"], viewport={"width": 390, "height": 844})
    show(page, f"{site}?template=scan.html&language=en")
    page.get_by_role("button", name="Open the camera").click()
    expect(page.locator(".verdict.admit [data-name]")).to_have_text("Anuradha Rao")
    scan = json.loads(POSTS[0].body)["scans"][0]
    assert (scan["code"], scan["how"]) == ("GOOD", "camera")
    chromium.close()
