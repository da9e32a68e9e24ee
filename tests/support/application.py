"""Fixtures around the application: settings, instance, client, tables, acts, the clock."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.support import run
from tests.support.database import Tables, session_beside
from tests.support.visitor import Visitor
from visitplanner.app import create_app
from visitplanner.domain.access import Principal
from visitplanner.extensions import db as extension
from visitplanner.jobs import embedded, queue
from visitplanner.models import Visit
from visitplanner.models.base import set_clock, set_key_source
from visitplanner.models.engine import expect_writes
from visitplanner.services.act import SYSTEM, Act
from visitplanner.services.instance import Instance
from visitplanner.settings import Settings, load_settings


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """Settings of an instance in a temporary folder; override this fixture to change some."""
    return load_settings(
        tmp_path / "instance", database_url=database_url, base_url="http://localhost"
    )


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The application on a migrated, empty database. Unexpected errors fail the test."""
    made = create_app(settings)
    made.config["TESTING"] = True
    made.error_handler_spec[None][None].pop(Exception, None)
    made.test_client_class = Visitor
    run.keep_templates(made)
    expect_writes(True)
    yield made
    queue.forget_wakers()
    set_clock(None)
    set_key_source(None)
    with made.app_context():
        extension.session.remove()
        for engine in extension.engines.values():
            engine.dispose()


@pytest.fixture
def instance(app: Flask) -> Instance:
    """The instance behind the application: settings, engine, vault, files."""
    found: Instance = app.extensions["instance"]
    return found


@pytest.fixture
def db(instance: Instance) -> Iterator[Session]:
    """A session of the test's own; see `session_beside` for how it gives way to requests."""
    with session_beside(instance) as session:
        yield session


@pytest.fixture
def rows(instance: Instance) -> Tables:
    """Rows in short transactions of their own, for tests with a live server beside them."""
    return Tables(instance)


@pytest.fixture
def act(instance: Instance, db: Session) -> Act:
    """An act of nobody in particular in the session `db`, for calling services."""
    return Act(instance, db)


@pytest.fixture
def client(app: Flask) -> Visitor:
    """A browser without a page: nobody is signed in."""
    return new_visitor(app)


@pytest.fixture
def visitor(app: Flask) -> Callable[[], Visitor]:
    """Makes further browsers, each with its own cookies."""
    return lambda: new_visitor(app)


def new_visitor(app: Flask) -> Visitor:
    """A browser of its own."""
    made = app.test_client()
    assert isinstance(made, Visitor)
    return made


Acting = Callable[..., AbstractContextManager[Act]]


@pytest.fixture
def acting(instance: Instance) -> Acting:
    """`with acting(principal, visit) as act:` calls services as that principal."""

    @contextmanager
    def begin(
        principal: Principal = SYSTEM, visit: Visit | str | None = None, at: datetime | None = None
    ) -> Iterator[Act]:
        visit_id = visit.id if isinstance(visit, Visit) else visit
        with instance.session() as session:
            more = {"at": at} if at else {}
            yield Act(instance, session, principal, visit_id, **more)

    return begin


@pytest.fixture
def run_jobs(instance: Instance) -> Callable[[], int]:
    """Runs every job that is due, in this thread; how many."""
    return lambda: embedded.run_all(instance)


Statements = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def statements(instance: Instance) -> Statements:
    """`with statements() as seen:` lists the SQL that the application executes meanwhile."""

    @contextmanager
    def watch() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_more: object) -> None:
            if not statement.startswith(("BEGIN", "PRAGMA")):
                seen.append(statement)

        event.listen(instance.engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(instance.engine, "before_cursor_execute", note)

    return watch


class Clock:
    """A clock that stands still until it is told to move."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def forward(self, **step: float) -> datetime:
        """Move on by days, hours, minutes …; the new time."""
        self.now += timedelta(**step)
        return self.now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Iterator[Clock]:
    """Sets what `now()` answers in this thread: noon of 1 December 2026, UTC, to begin with."""
    made = Clock(datetime(2026, 12, 1, 12, tzinfo=UTC))
    set_clock(made)
    yield made
    set_clock(None)
