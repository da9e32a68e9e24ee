"""Layouts and macros in Chromium: axe, the policy of pages, no sideways scroll."""

from collections.abc import Iterator

import pytest

from tests.support.browser import PageMaker, axe, overflow
from tests.support.look import serve

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Address of the site of layouts and macros."""
    server = serve()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["ru", "en", "ar"])
@pytest.mark.parametrize(
    ("template", "layout"),
    [
        ("styleguide.html", "staff"),
        ("styleguide.html", "guest"),
        ("boards.html", "staff"),
        ("photo.html", "guest"),
        ("scan.html", "scanner"),
        ("door.html", "plain"),
    ],
)
def test_every_part_passes_axe_and_the_policy(
    site: str, open_page: PageMaker, template: str, layout: str, language: str, width: int
) -> None:
    """All macros on one page, and the pages that need one of their own."""
    page = open_page(width=width)
    page.goto(f"{site}?template={template}&layout={layout}&language={language}")
    page.locator("html[data-started]").wait_for()
    assert axe(page) == []
    assert overflow(page) == 0


def test_dark_pages_pass_axe(site: str, open_page: PageMaker) -> None:
    """The reader's system asks for dark."""
    page = open_page(color_scheme="dark")
    page.goto(f"{site}?template=styleguide.html&layout=staff&language=ru")
    page.locator("html[data-started]").wait_for()
    assert axe(page) == []
