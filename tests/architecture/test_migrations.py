"""The tables' history: one straight line, up and down with data, nothing the models lack."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from tests.support.database import empty
from visitplanner.app import create_app
from visitplanner.extensions import db as extension
from visitplanner.models import (
    Account,
    Base,
    Category,
    Delegation,
    Job,
    Mission,
    Participant,
    Person,
    RoleGrant,
    State,
    Visit,
)
from visitplanner.paths import MIGRATIONS
from visitplanner.services.states import load_states
from visitplanner.settings import load_settings

pytestmark = pytest.mark.both_databases

LINE = list(ScriptDirectory(str(MIGRATIONS)).walk_revisions())[::-1]
"""The revisions, oldest first."""


@pytest.fixture
def untouched(database_kind: str, tmp_path: Path) -> Iterator[Flask]:
    """The application over a database without tables, in its context."""
    app = create_app(load_settings(tmp_path, database_url=empty(database_kind, tmp_path)))
    with app.app_context():
        yield app
        extension.session.remove()
        extension.engine.dispose()


def tables() -> set[str]:
    return set(inspect(extension.engine).get_table_names()) - {"alembic_version"}


def fill(session: Session) -> None:
    """Rows that hang on one another, with every kind of column."""
    load_states(session)
    session.flush()
    day = date(2026, 12, 1)
    visit = Visit(
        slug="corps",
        title={"ru": "Визит", "en": "Visit", "ar": "زيارة"},
        day=day,
        starts_at=datetime(2026, 12, 1, 6, tzinfo=UTC),
        ends_at=datetime(2026, 12, 1, 10, tzinfo=UTC),
    )
    state_key = session.scalars(select(State.key).order_by(State.key)).first() or ""
    mission = Mission(code="EMB-1", state_key=state_key, emails=["embassy@example.org"])
    account = Account(email="officer@example.org", name="Ivan Лебедев")
    account.grants = [RoleGrant(role="protocol_officer")]
    session.add_all([visit, mission, account])
    session.flush()
    category = Category(
        visit_id=visit.id, code="delegate", letter="D", word={"en": "Delegate"}, ribbon="green"
    )
    delegation = Delegation(
        visit_id=visit.id,
        mission_id=mission.id,
        code="KEN",
        quota=3,
        taken=1,
        curator_id=account.id,
    )
    person = Person(
        visit_id=visit.id, family_name="Odhiambo", given_name="Achieng’", languages=["sw"]
    )
    session.add_all([category, delegation, person, Job(kind="mail", arguments={"to": ["a"]})])
    session.flush()
    session.add(
        Participant(
            visit_id=visit.id,
            delegation_id=delegation.id,
            category_id=category.id,
            person_id=person.id,
        )
    )


def counts() -> dict[str, int]:
    """Rows per table, of the tables that exist now and in the models."""
    present = tables()
    with extension.engine.connect() as connection:
        return {
            name: connection.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
            if name in present
        }


def test_the_history_is_one_straight_line() -> None:
    assert [revision.down_revision for revision in LINE] == [None, *[r.revision for r in LINE[:-1]]]
    assert all(revision.doc for revision in LINE)


def test_the_models_have_nothing_that_no_migration_makes(untouched: Flask) -> None:
    upgrade()
    with extension.engine.connect() as connection:
        options: dict[str, Any] = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []
    assert tables() == set(Base.metadata.tables)


def test_up_and_down_and_up_again_with_data(untouched: Flask) -> None:
    """Each step down and back up keeps the rows of every table that stays."""
    upgrade()
    fill(extension.session())
    extension.session.commit()
    extension.session.remove()
    whole = counts()
    assert whole["participants"] == whole["role_grants"] == 1
    for revision in LINE[:0:-1]:
        downgrade(revision=f"{revision.down_revision}")
        kept = counts()
        assert kept == {name: whole[name] for name in kept}
        upgrade(revision=revision.revision)
        downgrade(revision=f"{revision.down_revision}")
    downgrade(revision="base")
    assert tables() == set()
    upgrade()
    assert tables() == set(Base.metadata.tables)
    fill(extension.session())
    extension.session.commit()
    assert counts() == whole


def test_foreign_keys_are_on_after_a_migration(untouched: Flask) -> None:
    upgrade()
    with extension.engine.connect() as connection:
        if extension.engine.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
