"""A Celery worker in a process group of its own, and a person who calls a live server."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import TypeVar
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from tests.support.live_server import ROOT, environment
from visitplanner.settings import Settings

Found = TypeVar("Found")


@contextmanager
def worker(settings: Settings, log_file: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """`visitplanner worker` until the block ends."""
    with log_file.open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "visitplanner", "worker", "--concurrency", "1"],
            cwd=ROOT,
            env=environment(settings, settings.base_url),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        kill(process)


def kill(process: "subprocess.Popen[bytes]") -> None:
    """End a process of a group of its own and its children as a power cut would."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def until(look: Callable[[], Found], seconds: float = 120.0) -> Found:
    """What `look` finds, as soon as it is true; fails when it never is."""
    end = monotonic() + seconds
    while not (found := look()):
        assert monotonic() < end, "it did not happen"
        sleep(0.05)
    return found


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody at a live server, with the cookie and token of a signed-in browser."""

    address: str
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> bytes:
        """The body of a page; redirects are followed, an error status raises."""
        return self._send(Request(self.address + path, headers=self.headers))

    def post(self, path: str, **fields: str | list[str]) -> bytes:
        """Send a form; the body of the page it leads to."""
        data = urlencode(fields, doseq=True).encode()
        return self._send(Request(self.address + path, data=data, headers=self.headers))

    def _send(self, request: Request) -> bytes:
        with urlopen(request, timeout=60) as answer:
            body: bytes = answer.read()
            return body
