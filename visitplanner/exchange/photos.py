"""Pictures from outside: never decoded here, always drawn anew in a limited child process."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

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
LOGO_REASONS = REASONS | {13: "logo-animated", 14: "logo-too-small", 15: "logo-unseen"}
_HEIC = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})


def portrait_jpeg(content: bytes) -> bytes:
    """A JPEG of at most 600 × 800 dots without metadata, drawn anew from a JPEG, PNG or WEBP.

    Refusals (field "photo"): photo-missing, photo-too-large, photo-heic, photo-no-image,
    photo-broken (cut off, or a bomb), photo-too-many-dots, photo-animated, photo-too-small.
    """
    return _redrawn("portrait", content, "photo", REASONS, b"\xff\xd8")


def logo_png(content: bytes) -> bytes:
    """A PNG of at most 1,000 × 600 dots without metadata, as transparent as what came.

    Refusals (field "logo") as `portrait_jpeg`, with logo-animated and logo-too-small; logo-svg,
    logo-unseen (transparent or white throughout).
    """
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"<") and b"<svg" in content[:4096].lower():
        raise Refusal("logo-svg", field="logo")
    return _redrawn("logo", content, "logo", LOGO_REASONS, b"\x89PNG")


def _redrawn(
    wanted: Literal["portrait", "logo"],
    content: bytes,
    field: str,
    reasons: Mapping[int, str],
    head: bytes,
) -> bytes:
    """What the child made of the picture; a Refusal at `field` otherwise."""
    if not content:
        raise Refusal("photo-missing", field=field)
    if len(content) > MEGABYTES * 1024 * 1024:
        raise Refusal("photo-too-large", field=field, size=MEGABYTES)
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        raise Refusal("photo-heic", field=field)
    try:
        done = subprocess.run(  # noqa: S603 - our own file, nothing from outside in the command
            [sys.executable, "-I", str(CHILD), wanted],
            input=content,
            capture_output=True,
            timeout=WAIT,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired as error:
        raise Refusal("photo-broken", field=field) from error
    if done.returncode != 0 or not done.stdout.startswith(head):
        raise Refusal(reasons.get(done.returncode, "photo-broken"), field=field)
    return done.stdout
