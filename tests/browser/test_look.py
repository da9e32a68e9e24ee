"""Layouts and macros in Chromium: axe, the policy, sideways scroll, and what the modules do."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.look import ROOT, serve

pytestmark = pytest.mark.browser

AXE = (ROOT / "tests/vendor/axe-core-4.14.1/axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WATCH = """window.refused = [];
document.addEventListener('securitypolicyviolation', (event) => {
  window.refused.push(event.violatedDirective + ' ' + event.blockedURI);
});"""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Address of the site of layouts and macros."""
    server = serve()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the file."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield chromium
        chromium.close()


def open_page(browser: Browser, address: str, width: int, **options: Any) -> tuple[Page, list[str]]:
    """A page at `address` and the list its faults are added to."""
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)
    context.add_init_script(WATCH)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("requestfailed", lambda request: faults.append(f"failed {request.url}"))
    page.goto(address)
    page.evaluate("document.fonts.ready")
    return page, faults


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["ru", "en", "ar"])
@pytest.mark.parametrize("layout", ["staff", "guest"])
def test_every_part_passes_axe_and_the_policy(
    site: str, browser: Browser, layout: str, language: str, width: int
) -> None:
    """All macros on one page."""
    address = f"{site}?template=styleguide.html&layout={layout}&language={language}"
    page, faults = open_page(browser, address, width)
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []
    assert page.evaluate("window.refused") == []
    assert faults == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.context.close()
