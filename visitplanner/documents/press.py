"""The press: HTML to PDF in a warm child process with limits, and nothing fetched from outside."""

import atexit
import contextlib
import os
import pickle
import re
import struct
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from typing import IO

from visitplanner.documents.typefaces import fontconfig
from visitplanner.domain.refusals import Refusal

SECONDS = 60.0
RECYCLE_AFTER = 200
HEAD = struct.Struct(">cI")
"""What stands before each answer of the child: its kind and its length."""
LENGTH = struct.Struct(">I")
PDF, TOFU, FAULT = b"P", b"T", b"F"
LACKING = re.compile(r'"(?P<character>.+?)" \((?P<codepoint>U\+[0-9A-Fa-f]+)')


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document to print: HTML, and by address (`app:…`) the pictures in it.

    `codes` are texts drawn as QR codes, `flags` and `drawings` names of files of ours
    (`flag:fr`, `img:rosette.svg`), `pictures` JPEG or PNG bytes.
    `xml` says that the HTML is well-formed XML too, which is read faster.
    """

    html: str
    css: str
    codes: dict[str, str] = field(default_factory=dict)
    flags: dict[str, str] = field(default_factory=dict)
    drawings: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    identifier: str = "visitplanner"
    xml: bool = False


class Press:
    """One child process; calls from several threads wait for one another.

    The child starts with the first sheet, is replaced after `RECYCLE_AFTER` sheets or when it
    dies, and belongs to the process that started it: a forked worker gets one of its own.
    """

    _owner: int
    _lock: threading.Lock
    _child: "subprocess.Popen[bytes] | None"
    _count: int

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._forget()

    def print(self, sheet: Sheet) -> bytes:
        """The PDF of `sheet`. Raises Refusal("print-failed") when it breaks or takes too long,

        and Refusal("glyph-missing") when a character would come out as a box.
        """
        if os.getpid() != self._owner:
            self._forget()
        with self._lock:
            kind, content = self._exchange(sheet)
            self._count += 1
        if kind == PDF:
            return content
        if kind == TOFU:
            raise lacking(content.decode())
        raise Refusal("print-failed", reason=content.decode())

    def warm(self) -> None:
        """Start the child now, so that the first paper does not wait for it."""
        if os.getpid() != self._owner:
            self._forget()
        with self._lock:
            self._ready()

    def close(self) -> None:
        """End the child, if it is ours."""
        child, self._child = self._child, None
        if child is None or os.getpid() != self._owner:
            return
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def _forget(self) -> None:
        self._owner = os.getpid()
        self._lock = threading.Lock()
        self._child = None
        self._count = 0

    def _exchange(self, sheet: Sheet) -> tuple[bytes, bytes]:
        child = self._ready()
        assert child.stdin is not None
        assert child.stdout is not None
        timer = threading.Timer(self.seconds, child.kill)
        timer.daemon = True
        timer.start()
        try:
            send(child.stdin, sheet)
            return receive(child.stdout)
        except (EOFError, OSError) as error:
            self.close()
            raise Refusal("print-failed", reason="time or memory") from error
        finally:
            timer.cancel()

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
        "FONTCONFIG_FILE": str(fontconfig()),
        "PYTHONPATH": os.pathsep.join(os.path.abspath(part) for part in sys.path if part),  # noqa: PTH100
        "PYTHONHASHSEED": "0",
    }


def lacking(message: str) -> Refusal:
    """The refusal for WeasyPrint's message about a glyph; the person is not known here."""
    found = LACKING.search(message)
    character = found["character"] if found else message
    codepoint = found["codepoint"] if found else ""
    return Refusal("glyph-missing", person="", character=character, codepoint=codepoint)


def send(stream: IO[bytes], sheet: Sheet) -> None:
    """Write one sheet to the child."""
    data = pickle.dumps(sheet)
    stream.write(LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[bytes, bytes]:
    """Read one answer of the child, plain bytes; raises EOFError when the child is gone."""
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        raise EOFError
    kind, length = HEAD.unpack(head)
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return kind, content


PRESS = Press()
atexit.register(PRESS.close)
