"""The press: HTML to PDF in a warm child process with limits, and nothing fetched from outside."""

import atexit
import os
import pickle
import struct
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from typing import IO, Any

from visitplanner.documents.typefaces import write_fontconfig
from visitplanner.domain.refusals import Refusal

SECONDS = 60.0
RECYCLE_AFTER = 200
LENGTH = struct.Struct(">I")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document to print: HTML, and by address (`app:…`) the pictures in it.

    `codes` are texts drawn as QR codes, `flags` names of flags, `pictures` JPEG or PNG bytes.
    """

    html: str
    css: str
    codes: dict[str, str] = field(default_factory=dict)
    flags: dict[str, str] = field(default_factory=dict)
    drawings: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    identifier: str = "visitplanner"


class Press:
    """One child process; calls from several threads wait for one another."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._count = 0

    def print(self, sheet: Sheet, seconds: float = SECONDS) -> bytes:
        """The PDF of `sheet`. Raises Refusal("print-failed") when it breaks or takes too long,

        and Refusal("glyph-missing") when a character would come out as a box.
        """
        with self._lock:
            child = self._ready()
            timer = threading.Timer(seconds, child.kill)
            timer.start()
            try:
                assert child.stdin is not None
                assert child.stdout is not None
                send(child.stdin, sheet)
                kind, content = receive(child.stdout)
            except (EOFError, BrokenPipeError, OSError) as error:
                self.close()
                raise Refusal("print-failed", reason="time or memory") from error
            finally:
                timer.cancel()
            self._count += 1
        if kind == "pdf":
            return bytes(content)
        if kind == "tofu":
            raise Refusal("glyph-missing", person="", character=content, codepoint="")
        raise Refusal("print-failed", reason=str(content))

    def warm(self) -> None:
        """Start the child now, so that the first paper does not wait for it."""
        with self._lock:
            self._ready()

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            for stream in (self._child.stdin, self._child.stdout):
                if stream is not None:
                    stream.close()
            self._child = None

    def _ready(self) -> "subprocess.Popen[bytes]":
        worn = self._count >= RECYCLE_AFTER
        if self._child is not None and (worn or self._child.poll() is not None):
            self.close()
        if self._child is None:
            self._count = 0
            self._child = subprocess.Popen(
                [sys.executable, "-m", "visitplanner.documents.press_child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=child_environment(),
            )
        return self._child


def child_environment() -> dict[str, str]:
    """The child's environment: our fonts only, and the path on which this package was found."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "TMPDIR", "LANG") if key in os.environ}
    return kept | {
        "FONTCONFIG_FILE": str(write_fontconfig()),
        "PYTHONPATH": os.pathsep.join(part for part in sys.path if part),
        "PYTHONHASHSEED": "0",
    }


def send(stream: IO[bytes], message: Any) -> None:  # Any: whatever the two sides agree on
    """Write one message between parent and child."""
    data = pickle.dumps(message)
    stream.write(LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one message between parent and child; raises EOFError when the other is gone."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    return pickle.loads(stream.read(LENGTH.unpack(head)[0]))  # noqa: S301 - our own child


PRESS = Press()
atexit.register(PRESS.close)
