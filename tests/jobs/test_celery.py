"""Jobs on Celery: a real Redis, a real worker, and pages of a live server."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.support.database import Tables
from tests.support.demo import settings_in
from tests.support.live_server import ROOT, LiveServer, serve
from tests.support.signing_in import csrf_header, make_account, sign_in
from tests.support.worker import Caller, kill, until, worker
from visitplanner.app import create_app
from visitplanner.models import Badge, Job, TourPlan
from visitplanner.models.base import now
from visitplanner.services.instance import Instance
from visitplanner.settings import Settings

BASE = "/visits/lomonosov"


@pytest.fixture
def settings(demo_copy: Path, redis_url: str) -> Settings:
    """The demo, with jobs on Celery."""
    more = {"jobs": "celery", "broker_url": redis_url}
    return settings_in(demo_copy).model_copy(update=more)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The same instance in this process, to sign in with; it tells no worker anything."""
    made = create_app(settings.model_copy(update={"jobs": "embedded"}))
    yield made
    made.extensions["instance"].engine.dispose()


@pytest.fixture
def instance(app: Flask) -> Instance:
    found: Instance = app.extensions["instance"]
    return found


@pytest.fixture
def server(settings: Settings, tmp_path: Path) -> Iterator[LiveServer]:
    with serve(settings, tmp_path / "server.log") as started:
        yield started
        assert "Traceback" not in started.log()


@pytest.fixture
def chief(app: Flask, server: LiveServer) -> Caller:
    """An administrator at the live server."""
    client = sign_in(app.test_client(), make_account(app, "administrator"))
    cookie = client.get_cookie(app.session_interface.name(app))
    assert cookie is not None
    headers = {"Cookie": f"{cookie.key}={cookie.value}", "X-CSRFToken": csrf_header(app)}
    return Caller(server.address, headers | {"Accept-Language": "en"})


@pytest.fixture
def working(settings: Settings, tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    with worker(settings, tmp_path / "worker.log") as process:
        yield process


def newest(rows: Tables, kind: str) -> Job:
    """The job of this kind that was asked for last."""
    found: Job = rows.all(select(Job).where(Job.kind == kind).order_by(Job.created_at.desc()))[0]
    return found


def ended(rows: Tables, key: str, *states: str) -> Job:
    def look() -> Job | None:
        row = rows.get(Job, key)
        return row if row and row.state in states else None

    return until(look)


def print_badges(chief: Caller, rows: Tables, most: int = 8) -> Job:
    slots = rows.all(select(Badge.participant_id).order_by(Badge.serial).limit(most))
    chief.post(f"{BASE}/badges", row=slots, layout="a6:")
    return newest(rows, "badges.print")


def test_pages_show_what_the_worker_does(chief: Caller, working, rows: Tables) -> None:
    asked = print_badges(chief, rows)
    assert asked.total == 8
    done = ended(rows, asked.id, "done", "failed")
    assert (done.state, done.error, done.done) == ("done", "", 8)
    assert done.lease_owner.startswith("celery-")
    shown = chief.get(f"{BASE}/jobs/{asked.id}").decode()
    assert '<div class="job done">' in shown
    assert f'href="{BASE}/papers/{done.result["file"]}"' in shown
    assert chief.get(f"{BASE}/papers/{done.result['file']}").startswith(b"%PDF")

    plans = rows.count(TourPlan)
    chief.post(f"{BASE}/tours/plan")
    asked = newest(rows, "tours.plan")
    ended(rows, asked.id, "running")
    assert '<div class="job running"' in chief.get(f"{BASE}/jobs/{asked.id}").decode()
    chief.post(f"{BASE}/jobs/{asked.id}/cancel")
    stopped = ended(rows, asked.id, "cancelled", "done", "failed")
    assert (stopped.state, stopped.error) == ("cancelled", "")
    assert '<div class="job cancelled"' in chief.get(f"{BASE}/jobs/{asked.id}").decode()
    assert rows.count(TourPlan) == plans


@pytest.mark.endurance
def test_a_killed_worker_loses_no_job(
    chief: Caller, settings: Settings, rows: Tables, tmp_path: Path, rounds
) -> None:
    for _ in range(rounds(25)):
        with worker(settings, tmp_path / "killed.log") as first:
            asked = print_badges(chief, rows, 24)
            ended(rows, asked.id, "running")
            kill(first)
        left = rows.get(Job, asked.id)
        assert left is not None
        assert left.state == "running"
        with rows.write() as session:  # the minute of its lease goes by
            session.execute(update(Job).where(Job.id == asked.id).values(lease_until=now()))
        with worker(settings, tmp_path / "second.log"):
            done = ended(rows, asked.id, "done", "failed")
        assert (done.state, done.attempts) == ("done", 2)
    assert rows.count(Job, Job.state.in_(("queued", "running"))) == 0


def test_what_was_asked_while_the_broker_was_away_is_done_later(
    chief: Caller, settings: Settings, rows: Tables, server: LiveServer, tmp_path: Path, redis_url
) -> None:
    """The socket of this server's broker does not answer; the worker's does."""
    folder = tmp_path / "away"
    away = settings.model_copy(update={"broker_url": f"redis+socket://{folder}/gone.sock"})
    with serve(away, tmp_path / "away.log") as other:
        caller = Caller(other.address, chief.headers)
        keys = [print_badges(caller, rows, most).id for most in (1, 2, 3)]
        until(lambda: "the broker is away" in other.log())
        assert {rows.get(Job, key).state for key in keys} == {"queued"}
    with worker(settings, tmp_path / "worker.log"):
        assert {ended(rows, key, "done", "failed").state for key in keys} == {"done"}


def test_settings_that_name_no_broker_are_refused_in_words(tmp_path: Path) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("VISIT")}
    told = subprocess.run(
        [sys.executable, "-m", "visitplanner", "visits", "--data-dir", str(tmp_path)],
        cwd=ROOT,
        env=clean | {"VISITPLANNER_JOBS": "celery"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.splitlines() == [
        "Wrong setting: Value error, VISITPLANNER_JOBS=celery needs VISITPLANNER_BROKER_URL"
    ]
