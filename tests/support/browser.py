"""Chromium through Playwright: pages that remember what went wrong on them, and axe."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)
from playwright.sync_api import Response as Answer

from tests.support.visitor import COOKIE, Visitor

AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe-core-4.14.1" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE = 60_000
"""Milliseconds a page may take to show what is expected; a busy machine is slow."""
PARTS_OF_PAGES = {"stylesheet", "script", "image", "font", "fetch", "xhr", "manifest"}

QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--no-sandbox",  # it refuses to run as root, which CI is; the pages are our own
]

expect.set_options(timeout=PATIENCE)

WATCH = """document.addEventListener('securitypolicyviolation', (event) => {
  console.error(`policy: ${event.violatedDirective} refused ${event.blockedURI}`);
});"""

STILL = """() => Promise.all(document.getAnimations()
  .filter((one) => Number.isFinite(one.effect.getComputedTiming().endTime))
  .map((one) => one.finished.catch(() => null))).then(() => null)"""
"""Waits for what fades in: half way its words are too pale for axe."""


def chromium_program() -> str:
    """The Chromium of the system. Raises RuntimeError with the way out where there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    raise RuntimeError("Chromium is not installed: bin/system-packages test installs it")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the file."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium_program(), args=QUIET)
        yield started
        started.close()


class Watcher:
    """What went wrong on the pages of a test: scripts, the policy, missing parts, 5xx answers."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def watch(self, page: Page) -> None:
        """Remember the problems of this page."""
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        page.on("console", self._heard)
        page.on("response", self._answered)

    def _heard(self, message: ConsoleMessage) -> None:
        # A refused form is a 422, which Chromium calls a failed load; `_answered` judges those.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.problems.append(f"console: {message.text}")

    def _answered(self, answer: Answer) -> None:
        part = answer.request.resource_type in PARTS_OF_PAGES
        if answer.status >= 500 or (answer.status == 404 and part):
            self.problems.append(f"{answer.status}: {answer.url}")


PageMaker = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[PageMaker]:
    """`open_page(width=390, height=844, locale="ar")`: a page in a context (cookies) of its own.

    The test fails at its end when anything went wrong on a page; a test that expects it empties
    `page.watcher.problems`.
    """
    contexts: list[BrowserContext] = []
    watcher = Watcher()

    def begin(width: int = 1440, height: int = 900, locale: str = "en-GB", **options: Any) -> Page:
        # Any: as Playwright's new_context takes them
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale=locale, **options
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(WATCH)
        page = context.new_page()
        watcher.watch(page)
        page.watcher = watcher  # type: ignore[attr-defined]
        return page

    yield begin
    for context in contexts:
        context.close()
    assert watcher.problems == []


@pytest.fixture
def page(open_page: PageMaker) -> Page:
    """A page 1440 by 900, in English."""
    return open_page(**DESKTOP)


@pytest.fixture
def phone(open_page: PageMaker) -> Page:
    """A page 390 by 844 that is touched, in Russian."""
    return open_page(**PHONE, locale="ru-RU", has_touch=True, is_mobile=True)


def carry_session(visitor: Visitor, page: Page, address: str) -> None:
    """Give the page the session of a test client (`visitor.sign_in_as(…)` before)."""
    cookie = visitor.get_cookie(COOKIE)
    assert cookie is not None, "nobody is signed in"
    page.context.add_cookies([{"name": COOKIE, "value": cookie.value, "url": address}])


def axe(page: Page) -> list[str]:
    """What axe-core finds on the page as it stands: rule and element, one line each."""
    page.evaluate("document.fonts.ready")
    page.evaluate(STILL)
    page.evaluate(AXE.read_text())
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [
        f"{fault['id']}: {node['html'][:200]}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window; a page may not scroll sideways."""
    width = page.evaluate(
        "document.fonts.ready.then(() => document.documentElement.scrollWidth - window.innerWidth)"
    )
    return max(0, int(width))
