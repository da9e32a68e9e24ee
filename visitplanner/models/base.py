"""The typed base of all tables: naming convention, short random keys, aware times, JSON texts."""

import secrets
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import JSON, DateTime, ForeignKey, MetaData, String
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, registry
from sqlalchemy.types import TypeDecorator

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
KEY_LENGTH = 16

_key_source: ContextVar[Callable[[], str] | None] = ContextVar("key_source", default=None)
_clock: ContextVar[Callable[[], datetime] | None] = ContextVar("clock", default=None)


def new_key() -> str:
    """A primary key of 16 letters (80 random bits), safe in addresses; the demo sets its source."""
    source = _key_source.get()
    if source is not None:
        return source()
    return "".join(secrets.choice(ALPHABET) for _ in range(KEY_LENGTH))


def set_key_source(source: Callable[[], str] | None) -> None:
    """Let the demo number its rows the same way every time; None returns to random keys."""
    _key_source.set(source)


def now() -> datetime:
    """The present moment in UTC; the demo and the tests set the clock."""
    clock = _clock.get()
    return clock() if clock is not None else datetime.now(UTC)


def set_clock(clock: Callable[[], datetime] | None) -> None:
    """Set the source of `now` for this context; None returns to the machine's clock."""
    _clock.set(clock)


class Moment(TypeDecorator[datetime]):
    """An aware UTC time. SQLite keeps it naive; reading gives the zone back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Texts = dict[str, str]
"""One text in several languages: language code to words; missing languages are absent."""

Key = Annotated[str, mapped_column(String(KEY_LENGTH), primary_key=True, default=new_key)]
Code = Annotated[str, mapped_column(String(60))]
Line = Annotated[str, mapped_column(String(300), default="")]


def to(target: str, *, ondelete: str = "RESTRICT", index: bool = True, **more: Any) -> Any:
    """A foreign key to `target` ("visits.id"), indexed because SQLite does not do it itself.

    `Any` because SQLAlchemy's own `mapped_column` takes any column argument.
    """
    return mapped_column(ForeignKey(target, ondelete=ondelete), index=index, **more)


METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Base(DeclarativeBase):
    """The declarative base; every constraint has a name so that migrations can drop it."""

    registry = registry(
        metadata=METADATA,
        type_annotation_map={
            datetime: Moment,
            dict[str, str]: JSON,
            dict[str, Any]: JSON,
            list[str]: JSON,
            list[Any]: JSON,
        },
    )


class Timed:
    """When a row was made and last written."""

    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


class Versioned:
    """An optimistic version: of two people who save the same record, the second is told."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy passes the class
        return {"version_id_col": cls.version}
