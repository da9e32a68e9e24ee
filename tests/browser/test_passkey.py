"""A passkey in Chromium with a virtual key: made at the first sign-in, used at the next."""

import socket
from collections.abc import Iterator
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.serving import make_server

from tests.support.signing_in import PASSWORD, make_account
from visitplanner.models import Passkey
from visitplanner.settings import Settings, load_settings

pytestmark = pytest.mark.browser


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """An open socket, whose port nobody else is given before the server takes it over."""
    with socket.create_server(("127.0.0.1", 0)) as made:
        yield made


@pytest.fixture
def settings(tmp_path, database_url: str, listening: socket.socket) -> Settings:
    """With a host that has a name: browsers allow no passkeys on numbers."""
    address = f"http://localhost:{listening.getsockname()[1]}"
    return load_settings(tmp_path / "instance", database_url=database_url, base_url=address)


@pytest.fixture
def address(app: Flask, settings: Settings, listening: socket.socket) -> Iterator[str]:
    """The application, served in a thread under its base address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, fd=listening.fileno())
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield settings.base_url
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def key(page: Page) -> Page:
    """A page whose browser holds a virtual key that knows its owner."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return page


def test_a_passkey_is_made_and_then_opens_alone(app: Flask, address: str, key: Page, rows):
    account = make_account(app, "observer", password_only=False)
    key.goto(f"{address}/sign-in?to=accounts.me&language=en")
    key.fill("#email", account.email)
    key.fill("#password", PASSWORD)
    key.get_by_role("button", name="Sign in", exact=True).click()
    key.get_by_role("button", name="Use a key or fingerprint instead").click()
    key.get_by_role("button", name="I have kept them, continue").click()
    key.wait_for_url("**/account")
    assert rows.count(Passkey) == 1
    key.locator("details.account summary").click()
    key.get_by_role("button", name="Sign out").click()
    key.wait_for_url("**/sign-in")
    key.get_by_role("button", name="Sign in with a key or fingerprint").click()
    key.wait_for_url("**/visits")
    key.goto(f"{address}/account")
    assert account.email in key.inner_text("main")
