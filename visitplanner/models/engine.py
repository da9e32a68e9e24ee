"""How connections behave: SQLite pragmas, and writes that take the lock at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Engine, event

_writing: ContextVar[bool] = ContextVar("writing", default=True)


def expect_writes(writing: bool) -> None:
    """Say whether the next transactions of this context write.

    A SQLite transaction that reads first and writes later fails at once when another wrote
    meanwhile, whatever the busy timeout; one that begins IMMEDIATE waits its turn.
    """
    _writing.set(writing)


@contextmanager
def expecting_writes(writing: bool) -> Iterator[None]:
    """The same inside the block only: a session of its own says nothing of those around it."""
    before = _writing.set(writing)
    try:
        yield
    finally:
        _writing.reset(before)


def prepare(engine: Engine) -> None:
    """Set the pragmas of every SQLite connection; other databases are left alone."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:  # Any: the DBAPI has no type
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=10000",
            "trusted_schema=OFF",
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:  # Any: a SQLAlchemy connection inside an event
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
