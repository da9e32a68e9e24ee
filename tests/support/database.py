"""A migrated database for each test: a copied SQLite file, or a PostgreSQL database of its own."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import get_ident
from typing import Any, TypeVar

import pytest
from flask_migrate import upgrade
from sqlalchemy import Connection, Select, create_engine, event, func, select
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.orm import Session

from tests.support import postgres, run
from visitplanner.app import create_app, engine_options
from visitplanner.extensions import db as extension
from visitplanner.models import Base
from visitplanner.models.engine import expect_writes, prepare
from visitplanner.services.instance import Instance
from visitplanner.settings import load_settings

TEMPLATE = "migrated"
Row = TypeVar("Row", bound=Base)


def migrate(address: str, folder: Path, revision: str = "head") -> None:
    """Bring the database at `address` to `revision`, as `visitplanner upgrade` does."""
    app = create_app(load_settings(folder, database_url=address))
    with app.app_context():
        upgrade(revision=revision)
        extension.engine.dispose()


def _migrated_sqlite() -> str:
    file = run.folder() / f"{TEMPLATE}.sqlite"
    migrate(f"sqlite:///{file}", run.folder() / "migrating-sqlite")
    return str(file)


def _migrated_postgres() -> str:
    migrate(postgres.server().create(TEMPLATE), run.folder() / "migrating-postgres")
    return TEMPLATE


def empty(kind: str, folder: Path) -> str:
    """The address of a database without tables. PostgreSQL's ends with the run."""
    if kind == "postgres":
        return postgres.server().create(f"t{uuid.uuid4().hex}")
    return f"sqlite:///{folder / 'empty.sqlite'}"


@pytest.fixture
def database_kind(request: pytest.FixtureRequest) -> str:
    """`sqlite` or `postgres`; the marks `both_databases` and `postgres` choose."""
    if hasattr(request, "param"):
        return str(request.param)
    return os.environ.get("VISITPLANNER_TEST_DATABASE", "sqlite")


@pytest.fixture
def database_url(database_kind: str, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated, empty database that only this test uses."""
    if database_kind == "sqlite":
        file = shutil.copy(run.once(TEMPLATE, _migrated_sqlite), tmp_path / "test.sqlite")
        yield f"sqlite:///{file}"
        return
    server = postgres.server()
    template = run.once(f"{TEMPLATE}-postgres", _migrated_postgres)
    name = f"t{uuid.uuid4().hex}"
    yield server.create(name, template)
    server.drop(name)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run tests marked `both_databases` twice, those marked `postgres` there only."""
    if "database_kind" not in metafunc.fixturenames:
        return
    if metafunc.definition.get_closest_marker("both_databases"):
        metafunc.parametrize("database_kind", ["sqlite", "postgres"], indirect=True)
    elif metafunc.definition.get_closest_marker("postgres"):
        metafunc.parametrize("database_kind", ["postgres"], indirect=True)


def _begin_reading(connection: Connection) -> None:
    expect_writes(False)
    connection.info["reading"] = connection.dialect.name == "sqlite"


def _ready_to_write(
    connection: Connection, cursor: DBAPICursor, statement: str, *_: object
) -> None:
    """Begin anew, IMMEDIATE, before the first statement of a transaction that writes.

    A SQLite transaction that has read cannot write any more once another process has written.
    """
    writes = not statement.lstrip().upper().startswith(("SELECT", "BEGIN", "PRAGMA", "WITH"))
    if connection.info.get("reading") and writes:
        connection.info["reading"] = False
        cursor.execute("COMMIT")
        cursor.execute("BEGIN IMMEDIATE")


@contextmanager
def session_beside(instance: Instance) -> Iterator[Session]:
    """A session for a test to arrange rows and to look at them.

    It gives way: before the application (a request, a job, a service) takes a connection in this
    thread, what was arranged is committed, and what was read is read anew afterwards. So neither
    waits for the other's lock, and no test sees yesterday's row. A server in another process may
    write between its reading and its writing: see `_ready_to_write`.
    """
    engine = create_engine(instance.engine.url, **engine_options(str(instance.engine.url)))
    prepare(engine)
    event.listen(engine, "begin", _begin_reading, insert=True)
    event.listen(engine, "before_cursor_execute", _ready_to_write)
    here = get_ident()
    with Session(engine, expire_on_commit=False) as session:

        def give_way(*_: object) -> None:
            if get_ident() == here:
                session.commit()
                session.expire_all()

        event.listen(instance.engine, "checkout", give_way)
        try:
            yield session
        finally:
            event.remove(instance.engine, "checkout", give_way)
    engine.dispose()


class Tables:
    """Rows to arrange and to look at, each call in a short transaction of its own.

    No transaction stays open, so a request that follows never waits for a lock.
    """

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that is committed at the end of the block."""
        with self._instance.session() as session:
            yield session
            session.commit()

    def add(self, *rows: Base) -> None:
        """Insert the rows; their values stay readable afterwards."""
        with self.write() as session:
            session.add_all(rows)

    def get(self, model: type[Row], key: str) -> Row | None:
        """The row as it stands in the database now."""
        with self._instance.session() as session:
            return session.get(model, key)

    def all(self, statement: Select[Any]) -> list[Any]:
        """Every result of a statement of one column or entity."""
        with self._instance.session() as session:
            return list(session.scalars(statement).unique())

    def one(self, statement: Select[Any]) -> Any:
        """The single result of a statement; fails when there is none, or more."""
        with self._instance.session() as session:
            return session.scalars(statement).unique().one()

    def count(self, model: type[Base], *where: Any) -> int:
        """How many rows there are."""
        with self._instance.session() as session:
            return session.scalar(select(func.count()).select_from(model).where(*where)) or 0
