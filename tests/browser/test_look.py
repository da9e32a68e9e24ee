"""Layouts and macros in Chromium: axe, the policy of pages, no sideways scroll."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support.chromium import launch, open_page
from tests.support.look import ROOT, serve

pytestmark = pytest.mark.browser

AXE = (ROOT / "tests/vendor/axe-core-4.14.1/axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


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
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["ru", "en", "ar"])
@pytest.mark.parametrize(
    ("template", "layout"),
    [
        ("styleguide.html", "staff"),
        ("styleguide.html", "guest"),
        ("photo.html", "guest"),
        ("scan.html", "scanner"),
        ("door.html", "plain"),
    ],
)
def test_every_part_passes_axe_and_the_policy(
    site: str, browser: Browser, template: str, layout: str, language: str, width: int
) -> None:
    """All macros on one page, and the pages that need one of their own."""
    address = f"{site}?template={template}&layout={layout}&language={language}"
    page, faults = open_page(browser, address, width)
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []
    assert page.evaluate("window.refused") == []
    assert faults == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.context.close()


def test_dark_pages_pass_axe(site: str, browser: Browser) -> None:
    """The reader's system asks for dark."""
    address = f"{site}?template=styleguide.html&layout=staff&language=ru"
    page, _ = open_page(browser, address, 1440, color_scheme="dark")
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []
    page.context.close()
