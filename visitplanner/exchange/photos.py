"""Photographs from outside: never decoded here, always drawn anew in a limited child process."""

import subprocess
import sys
from pathlib import Path

from visitplanner.domain.refusals import Refusal

CHILD = Path(__file__).with_name("photo_child.py")
MEGABYTES = 10
WAIT = 30

REASONS = {
    10: "photo-no-image",
    11: "photo-broken",
    12: "photo-too-many-dots",
    13: "photo-animated",
    14: "photo-too-small",
}
_HEIC = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})


def portrait_jpeg(content: bytes) -> bytes:
    """A JPEG of at most 600 × 800 dots without metadata, drawn anew from a JPEG, PNG or WEBP.

    Refusals (field "photo"): photo-missing, photo-too-large, photo-heic, photo-no-image,
    photo-broken (cut off, or a bomb), photo-too-many-dots, photo-animated, photo-too-small.
    """
    if not content:
        raise Refusal("photo-missing", field="photo")
    if len(content) > MEGABYTES * 1024 * 1024:
        raise Refusal("photo-too-large", field="photo", size=MEGABYTES)
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        raise Refusal("photo-heic", field="photo")
    try:
        done = subprocess.run(  # noqa: S603 - our own file, nothing from outside in the command
            [sys.executable, "-I", str(CHILD)],
            input=content,
            capture_output=True,
            timeout=WAIT,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired as error:
        raise Refusal("photo-broken", field="photo") from error
    if done.returncode != 0 or not done.stdout.startswith(b"\xff\xd8"):
        raise Refusal(REASONS.get(done.returncode, "photo-broken"), field="photo")
    return done.stdout
