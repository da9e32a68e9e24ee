"""Every page of the demo in Russian, English and Arabic, wide and narrow: axe, width, policy."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import pytest
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import delete

from tests.conftest import Rounds
from tests.support import run
from tests.support.browser import PageMaker, axe, carry_session, overflow
from tests.support.demo import copy_of_demo, settings_in
from tests.support.every_page import (
    FORBIDDEN,
    NO_PAGES,
    OF_DELEGATE,
    OF_NOBODY,
    WRONG,
    Addresses,
    pages_of,
    sessions_of,
    things,
)
from tests.support.live_server import LiveServer, serve
from tests.support.visitor import Visitor
from visitplanner.app import create_app
from visitplanner.models import Attempt

pytestmark = [pytest.mark.browser, pytest.mark.endurance, pytest.mark.timeout(1200)]

HEIGHT = 844
LOOKS = list(product(("ru", "en", "ar"), (1440, 390)))

FORMS = """() => [...document.querySelectorAll('main form[method=post]:not([data-bulk])')]
  .flatMap((form, place) => [...form.elements].some((one) => one.name && one.matches(
    'textarea, [type=text], [type=email], [type=number], [type=password], [type=tel], [type=url]'
  )) ? [place] : [])"""
"""The places of the forms into which something is typed."""

SPOIL = """(place) => {
  const form = document.querySelectorAll('main form[method=post]:not([data-bulk])')[place];
  for (const one of form.elements) {
    if (one.type === 'number') one.value = '-1';
    else if (one.matches('textarea, input:not([type=hidden], [type=radio], [type=checkbox])')) {
      one.value = '';
    }
  }
  form.noValidate = true;
  form.requestSubmit([...form.elements].findLast((one) => one.type === 'submit'));
}"""
"""Empties what is typed and mistypes what is counted, and sends the form."""

NEVER_REFUSED = ("/invitations/",)
"""Parts of the addresses of forms in which nothing is asked for."""


@dataclass(frozen=True, slots=True)
class House:
    """The demo, served, and the addresses of its pages by who opens them."""

    app: Flask
    server: LiveServer
    addresses: Addresses
    sessions: dict[str, Visitor]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = copy_of_demo(tmp_path_factory.mktemp("pages") / "demo")
    settings = settings_in(folder)
    app = create_app(settings)
    app.test_client_class = Visitor
    run.keep_templates(app)
    instance = app.extensions["instance"]
    with instance.session() as session:
        given = things(instance, session)
        session.commit()
    sessions = sessions_of(app, given)
    with serve(settings, folder / "server.log") as server:
        yield House(app, server, pages_of(app, given.values), sessions)
        assert "Traceback" not in server.log()
    instance.engine.dispose()


Shown = tuple[Page, str]


def shown(
    house: House, open_page: PageMaker, look: tuple[str, int], *, everything: bool
) -> Iterator[Shown]:
    """Each page of the house open in this look; without `everything` every sixth of them."""
    language, width = look
    with house.app.extensions["instance"].session() as session:
        session.execute(delete(Attempt))  # no guest is asked to wait because of the test before
        session.commit()
    number = 0
    for who, addresses in house.addresses.items():
        page = open_page(width=width, height=HEIGHT)
        if who in house.sessions:
            carry_session(house.sessions[who], page, house.server.address)
        for address in addresses:
            number += 1
            if everything or number % len(LOOKS) == LOOKS.index(look):
                mark = "&" if "?" in address else "?"
                page.goto(house.server.url(f"{address}{mark}language={language}"))
                page.locator("html[data-started]").wait_for()
                yield page, address


def faults_of(page: Page, language: str, *, judged: bool = True) -> list[str]:
    """What is wrong with the page as it stands."""
    faults = [f"is {overflow(page)} pixels too wide"] if overflow(page) else []
    if page.locator("html").get_attribute("lang") != language:
        faults.append("stands in another language")
    if judged:
        width = page.viewport_size["width"] if page.viewport_size else 0
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": height})  # nothing lies under a bar
        faults += axe(page)
        page.set_viewport_size({"width": width, "height": HEIGHT})
    return faults


def status_of(page: Page) -> int:
    """The status with which the page answered."""
    return int(page.evaluate("performance.getEntriesByType('navigation')[0].responseStatus"))


def expected(address: str) -> set[int]:
    """The statuses that an address may answer; FORBIDDEN has two readers."""
    return {200, 403} if address == FORBIDDEN else {WRONG.get(address, 200)}


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_page_passes_axe_and_stays_in_its_window(
    house: House, open_page: PageMaker, rounds: Rounds, look: tuple[str, int]
) -> None:
    everything = rounds(100) == 100
    narrowest = look == ("ru", 390)  # the longest words in the narrowest window: always all pages
    faults = []
    for page, address in shown(house, open_page, look, everything=everything or narrowest):
        found = faults_of(page, look[0], judged=everything or not narrowest)
        if status_of(page) not in expected(address):
            found.append(f"answered {status_of(page)}")
        if not page.url.startswith(house.server.url(address)):
            found.append(f"led to {page.url}")
        faults += [f"{address} {fault}" for fault in found]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_refused_form_passes_axe_and_stays_in_its_window(
    house: House, open_page: PageMaker, rounds: Rounds, look: tuple[str, int]
) -> None:
    everything = rounds(100) == 100
    faults, refused = [], 0
    for page, address in shown(house, open_page, look, everything=everything):
        place = page.url
        for form in page.evaluate(FORMS):
            page.goto(place)
            page.locator("html[data-started]").wait_for()
            with page.expect_navigation():
                page.evaluate(SPOIL, form)
            page.locator("html[data-started]").wait_for()
            found = faults_of(page, look[0])
            refused += status_of(page) == 422
            if status_of(page) != 422 and not any(part in address for part in NEVER_REFUSED):
                found.append(f"answered {status_of(page)} at {page.url}")
            faults += [f"{address} form {form} {fault}" for fault in found]
    assert not faults, "\n".join(faults)
    assert refused


def test_what_is_left_out_is_in_the_map(house: House) -> None:
    known = {rule.endpoint for rule in house.app.url_map.iter_rules()}
    assert (NO_PAGES | OF_DELEGATE | OF_NOBODY) - known == set()
