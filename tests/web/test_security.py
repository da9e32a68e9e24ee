"""Hosts and sites: who may ask us anything, and who may send."""

import pytest
from flask import Flask, request

from tests.support.signing_in import make_account, sign_in
from tests.support.visitor import Visitor
from visitplanner.app import create_app
from visitplanner.settings import Settings
from visitplanner.web.access import public
from visitplanner.web.security import known_host

BASE = "https://visits.mid.example"


@pytest.mark.parametrize(
    "host",
    ["visits.mid.example", "visits.mid.example:443", "localhost:8000", "127.0.0.1:8000",
     "192.168.1.5", "[::1]:8000", "VISITS.mid.example"],
)  # fmt: skip
def test_our_names(host: str):
    assert known_host(host, BASE)


@pytest.mark.parametrize(
    "host",
    ["evil.example", "visits.mid.example.evil.example", "evil.example:8000",
     "evilvisits.mid.example", "visits.mid.example@evil.example", "127.0.0.1.evil.example",
     "1.2.3.4:x", "", " ",
     "localhost.evil.example", "[::1].evil.example", "visits.mid.example\t.evil"],
)  # fmt: skip
def test_other_names(host: str):
    assert not known_host(host, BASE)


def test_a_foreign_host_gets_nothing(client: Visitor):
    answer = client.get("/sign-in", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "evil" not in answer.text
    assert "Set-Cookie" not in answer.headers


FORWARDED = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7", "X-Forwarded-Proto": "https"}


@pytest.mark.parametrize(("proxies", "address", "scheme"), [
    (0, "127.0.0.1", "http"), (1, "198.51.100.7", "https"), (2, "203.0.113.9", "http"),
])  # fmt: skip
def test_the_visitors_address_comes_from_our_own_proxies_only(
    settings: Settings, proxies: int, address: str, scheme: str
):
    app = create_app(settings.model_copy(update={"proxies": proxies}))
    app.add_url_rule("/seen", "seen", public(lambda: f"{request.remote_addr} {request.scheme}"))
    assert app.test_client().get("/seen", headers=FORWARDED).text == f"{address} {scheme}"
    app.extensions["instance"].engine.dispose()


@pytest.mark.parametrize(("site", "status"), [
    ("cross-site", 403), ("same-site", 403), ("same-origin", 302), ("none", 302), (None, 302),
])  # fmt: skip
def test_other_sites_send_nothing(app: Flask, client: Visitor, site: str | None, status: int):
    sign_in(client, make_account(app, "observer"))
    headers = {"Sec-Fetch-Site": site} if site else {}
    assert client.post("/sign-out", headers=headers).status_code == status
    signed_in = client.get("/account").status_code == 200
    assert signed_in is (status == 403)


def test_links_from_other_sites_may_be_followed(client: Visitor):
    answer = client.get("/sign-in", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200
