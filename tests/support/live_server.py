"""The application behind gunicorn in a process of its own, on a free port."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from flask import Flask

from tests.support import run
from visitplanner.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
UNEXPECTED = ("Traceback", "unexpected error")


@dataclass(frozen=True, slots=True)
class LiveServer:
    """A running server: its address, its process and the file it logs to."""

    address: str
    process: "subprocess.Popen[bytes]"
    log_file: Path

    def log(self) -> str:
        """What the server has written so far."""
        return self.log_file.read_text(errors="replace")

    def url(self, path: str) -> str:
        """The full address of a path."""
        return self.address + path


def environment(settings: Settings, address: str) -> dict[str, str]:
    """The variables that give another process the same settings."""
    found = {name: value for name, value in os.environ.items() if not name.startswith("VISIT")}
    for name, field in Settings.model_fields.items():
        value = getattr(settings, name)
        if value is not None and value != field.default:
            found[f"VISITPLANNER_{name.upper()}"] = str(value)
    return found | {"VISITPLANNER_BASE_URL": address, "PYTHONPATH": str(ROOT)}


@contextmanager
def serve(settings: Settings, log_file: Path, *, apart: bool = False) -> Iterator[LiveServer]:
    """Serve the instance of `settings` until the block ends, jobs included.

    `apart`: in a process group of its own, which `worker.kill` ends at once.
    """
    with socket.create_server(("127.0.0.1", 0)) as listening, log_file.open("wb") as log:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.support.served",
                str(listening.fileno()),
                str(run.folder()),
            ],
            cwd=ROOT,
            env=environment(settings, address),
            pass_fds=[listening.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=apart,
        )
    server = LiveServer(address, process, log_file)
    try:
        _wait(server)
        yield server
    finally:
        process.send_signal(signal.SIGQUIT)  # at once, not after the browser's idle connections
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(server: LiveServer, seconds: float = 120.0) -> None:
    until = monotonic() + seconds
    while monotonic() < until and server.process.poll() is None:
        try:
            with urlopen(server.url("/health/live"), timeout=5):
                return
        except (URLError, OSError):
            sleep(0.1)
    raise RuntimeError(f"the server did not start:\n{server.log()}")


@pytest.fixture
def live_server(settings: Settings, app: Flask, tmp_path: Path) -> Iterator[LiveServer]:
    """The test's own instance, served; `db` arranges its rows. Unexpected errors fail the test."""
    with serve(settings, tmp_path / "server.log") as server:
        yield server
        faults = [line for line in server.log().splitlines() if any(w in line for w in UNEXPECTED)]
        assert not faults, server.log()
