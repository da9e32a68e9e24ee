"""The session a test arranges rows with: another process may write between its two halves."""

import subprocess
import sys

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.rows import add_visit
from visitplanner.models import Visit
from visitplanner.services.instance import Instance

OTHER = """
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as other:
    other.execute("UPDATE visits SET version = version + 1")
"""


def test_it_may_write_after_another_process_wrote(instance: Instance, db: Session) -> None:
    file = instance.engine.url.database
    if instance.engine.dialect.name != "sqlite" or file is None:
        pytest.skip("only SQLite refuses a reader that turns writer")
    add_visit(db, "first")
    db.commit()
    assert [row.version for row in db.scalars(select(Visit))] == [1]
    subprocess.run([sys.executable, "-c", OTHER, file], check=True, timeout=60)
    add_visit(db, "second")
    db.commit()
    db.expire_all()
    versions = {row.slug: row.version for row in db.scalars(select(Visit))}
    assert versions == {"first": 2, "second": 1}
