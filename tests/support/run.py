"""One run of the tests: a folder that all workers share, things made once, servers kept.

Workers are processes. What is costly (a server, a migrated database) is made by whichever worker
asks first, under a file lock, and ends with the run even when the run is killed.
"""

import fcntl
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import FileSystemBytecodeCache

VARIABLE = "VISITPLANNER_TEST_RUN"
KEEPER = Path(__file__).with_name("keeper.py")


def begin() -> None:
    """Make the folder of this run; workers find it through the environment."""
    folder = Path(tempfile.mkdtemp(prefix="visitplanner-tests-"))
    folder.chmod(0o711)  # a server of another user passes through
    (folder / "owner").write_text(str(os.getpid()))
    os.environ[VARIABLE] = str(folder)


def folder() -> Path:
    """The folder of this run."""
    return Path(os.environ[VARIABLE])


def end() -> None:
    """Stop the servers of this run and remove its folder."""
    for record in folder().glob("*.keeper"):
        stop(int(record.read_text()))
    shutil.rmtree(folder(), ignore_errors=True)


def once(name: str, make: Callable[[], Any]) -> Any:
    """What `make` returned (JSON) when the first worker of this run asked for `name`."""
    with (folder() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = folder() / f"{name}.json"
        if not made.exists():
            made.write_text(json.dumps(make()))
        return json.loads(made.read_text())


def keep_templates(app: Flask, place: Path | None = None) -> None:
    """Compile each template once a run instead of once an application."""
    kept = (place or folder()) / "templates"
    kept.mkdir(exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(kept))


def keep(
    name: str, command: Sequence[str], *, user: str = "", stop_with: signal.Signals = signal.SIGTERM
) -> None:
    """Start a server that lives until the run ends, however it ends. Its output: `NAME.log`."""
    owner = (folder() / "owner").read_text()
    words = [sys.executable, str(KEEPER), owner, str(folder()), user, str(int(stop_with))]
    with (folder() / f"{name}.log").open("wb") as log:
        keeper = subprocess.Popen(
            [*words, *command],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    (folder() / f"{name}.keeper").write_text(str(keeper.pid))
    keeper.returncode = 0  # nobody waits for it here; `stop` does


def until_interrupted(address: Callable[[], str]) -> None:
    """Start a server by hand: say its address, stop it at Ctrl-C."""
    begin()
    try:
        print(address(), flush=True)
        signal.pause()
    except KeyboardInterrupt:
        print()
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not leave the folder
        end()


def log_of(name: str) -> str:
    """What a kept server has written so far."""
    return (folder() / f"{name}.log").read_text(errors="replace")


def stop(pid: int, seconds: float = 20.0) -> None:
    """Ask a process to end and wait until it has."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        signal.pidfd_send_signal(handle, signal.SIGTERM)
        select.select([handle], [], [], seconds)
    finally:
        os.close(handle)
