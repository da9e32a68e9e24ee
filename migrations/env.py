"""Alembic's environment: our tables, batch mode for SQLite, one straight line of history."""

from alembic import context
from flask import current_app

from visitplanner.models import Base

engine = current_app.extensions["migrate"].db.engine


def run() -> None:
    """Migrate over a connection of the application's engine.

    SQLite rebuilds tables in batch mode; with foreign keys on, that would empty their children.
    """
    with engine.connect() as connection:
        sqlite = engine.dialect.name == "sqlite"
        if sqlite:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
        if sqlite:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")


run()
