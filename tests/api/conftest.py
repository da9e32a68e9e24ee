"""A house with a door, a token that scans, and a batch sent as a phone sends it."""

import pytest

from tests.support.doors import House
from tests.support.visitor import Visitor
from visitplanner.services.accounts.tokens import add_token
from visitplanner.services.act import Act


@pytest.fixture
def token(house: House, act: Act) -> str:
    return add_token(act, house.visit, "scan", "Gate")


@pytest.fixture
def send(client: Visitor, token: str):
    def post(*scans: dict, slug: str = "arctic", status: int = 200, language: str = "en") -> list:
        response = client.post(
            f"/api/v1/visits/{slug}/scans",
            json={"scans": list(scans)},
            headers={"Authorization": f"Bearer {token}", "Accept-Language": language},
        )
        assert response.status_code == status, response.text
        return response.json["results"] if status == 200 else response.json["error"]

    return post
