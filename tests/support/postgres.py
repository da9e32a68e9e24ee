"""A throw-away PostgreSQL server in a temporary folder, reached through a socket, not a port."""

import os
import pwd
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import psycopg
from psycopg import sql

from tests.support import run

ACCOUNT = "postgres"
"""PostgreSQL refuses to run as root; Debian's package makes this account for it."""

FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, known by the folder of its socket."""

    folder: str

    def url(self, database: str) -> str:
        """The SQLAlchemy address of a database."""
        return f"postgresql+psycopg://{ACCOUNT}@/{database}?host={self.folder}"

    def create(self, database: str, template: str = "template0") -> str:
        """Make a database as a copy of `template`; its address."""
        self._say("CREATE DATABASE {} TEMPLATE {}", database, template)
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove a database and end whoever is still connected to it."""
        self._say("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """An autocommit connection of the superuser."""
        return psycopg.connect(
            host=self.folder, user=ACCOUNT, dbname=database, autocommit=True, connect_timeout=10
        )

    def _say(self, statement: str, *names: str) -> None:
        with self.connect() as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def server() -> Server:
    """The server of this run, started when first asked for."""
    return Server(run.once("postgres", _start))


def _start() -> str:
    programs = programs_folder()
    user = ACCOUNT if os.geteuid() == 0 else ""
    place = run.folder() / "pg"
    place.mkdir(mode=0o700)
    if user:
        os.chown(place, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
    data = place / "data"
    _init(programs, data, user)
    options = [word for option in FAST for word in ("-c", option)]
    command = [str(programs / "postgres"), "-D", str(data), "-k", str(place), "-h", "", *options]
    run.keep("postgres", command, user=user, stop_with=signal.SIGINT)
    _wait(Server(str(place)))
    return str(place)


def _init(programs: Path, data: Path, user: str) -> None:
    command = [str(programs / "initdb"), "-D", str(data), "-U", ACCOUNT, "-A", "trust"]
    command += ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    account = {"user": user, "group": user, "extra_groups": []} if user else {}
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", **account)
    if done.returncode:
        raise RuntimeError(f"initdb failed: {done.stderr}")


def _wait(started: Server, seconds: float = 60.0) -> None:
    until = monotonic() + seconds
    while True:
        try:
            started.connect().close()
        except psycopg.OperationalError:
            if monotonic() > until:
                raise RuntimeError(f"PostgreSQL did not start: {run.log_of('postgres')}") from None
            sleep(0.1)
        else:
            return


def programs_folder() -> Path:
    """Where `initdb` and `postgres` lie: the newest of Debian's versions, or the search path."""
    versions = [p for p in Path("/usr/lib/postgresql").glob("*/bin") if (p / "initdb").exists()]
    if versions:
        return max(versions, key=lambda p: float(p.parent.name))
    found = shutil.which("initdb")
    if found is None:
        raise RuntimeError("PostgreSQL is not installed: bin/system-packages test installs it")
    return Path(found).resolve().parent


if __name__ == "__main__":
    run.until_interrupted(lambda: server().create("visitplanner"))
