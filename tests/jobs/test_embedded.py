"""The embedded runner through power cuts: what was asked for is done, once, by the next process."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.support.database import Tables
from tests.support.demo import settings_in
from tests.support.live_server import serve
from tests.support.signing_in import csrf_header, make_account, sign_in
from tests.support.worker import Caller, kill, until
from visitplanner.app import create_app
from visitplanner.models import Badge, Job, Paper
from visitplanner.models.base import now
from visitplanner.services.instance import Instance
from visitplanner.settings import Settings

pytestmark = pytest.mark.endurance

BASE = "/visits/lomonosov"


@pytest.fixture
def settings(demo_copy: Path) -> Settings:
    return settings_in(demo_copy)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    made = create_app(settings)
    yield made
    made.extensions["instance"].engine.dispose()


@pytest.fixture
def instance(app: Flask) -> Instance:
    found: Instance = app.extensions["instance"]
    return found


@pytest.fixture
def headers(app: Flask) -> dict[str, str]:
    """The cookie and token of an administrator."""
    client = sign_in(app.test_client(), make_account(app, "administrator"))
    cookie = client.get_cookie(app.session_interface.name(app))
    assert cookie is not None
    return {"Cookie": f"{cookie.key}={cookie.value}", "X-CSRFToken": csrf_header(app)}


def editions(rows: Tables) -> Counter[str]:
    """How often the badge of each person is on paper."""
    return Counter(row.subject for row in rows.all(select(Paper).where(Paper.kind == "badge")))


def state_of(rows: Tables, key: str) -> str:
    row = rows.get(Job, key)
    return row.state if row is not None else ""


def test_a_killed_server_loses_no_job_and_does_none_twice(
    settings: Settings, headers: dict[str, str], rows: Tables, tmp_path: Path, rounds
) -> None:
    slots = rows.all(select(Badge.participant_id).order_by(Badge.serial).limit(24))
    for _ in range(rounds(50)):
        before = editions(rows)
        with serve(settings, tmp_path / "killed.log", apart=True) as server:
            Caller(server.address, headers).post(f"{BASE}/badges", row=slots, layout="a6:")
            key = rows.all(select(Job.id).order_by(Job.created_at.desc()).limit(1))[0]
            until(lambda key=key: state_of(rows, key) == "running")
            kill(server.process)
        assert state_of(rows, key) == "running"
        with rows.write() as session:  # the minute of its lease goes by
            session.execute(update(Job).where(Job.id == key).values(lease_until=now()))
        with serve(settings, tmp_path / "second.log", apart=True) as server:
            until(lambda key=key: state_of(rows, key) in ("done", "failed"))
            done = rows.get(Job, key)
            assert done is not None
            assert (done.state, done.attempts, done.error) == ("done", 2, "")
            paper = Caller(server.address, headers).get(f"{BASE}/papers/{done.result['file']}")
            assert paper.startswith(b"%PDF")
        assert editions(rows) - before == Counter(slots)
