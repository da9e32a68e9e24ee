"""An instance: its settings, database, secrets and files, without any web framework."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from visitplanner.models.engine import expecting_writes
from visitplanner.services.files import FileStore
from visitplanner.services.vault import Vault
from visitplanner.settings import Settings


@dataclass(frozen=True, slots=True)
class Instance:
    """What use-cases, jobs and commands share."""

    settings: Settings
    engine: Engine
    vault: Vault
    files: FileStore

    @contextmanager
    def session(self, *, writing: bool = True) -> Iterator[Session]:
        """A session of its own, for jobs and commands; rolled back unless committed.

        A writing one holds SQLite's lock from its first statement: no long work inside it.
        """
        maker = sessionmaker(self.engine, expire_on_commit=False)
        with expecting_writes(writing), maker() as session:
            yield session
