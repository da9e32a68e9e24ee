"""Addresses of static files with a hash of their content, so that they may be kept for a year."""

import hashlib
from functools import lru_cache

from flask import url_for

from visitplanner.paths import STATIC


@lru_cache(maxsize=1024)
def digest(name: str) -> str:
    """The first 12 hex digits of the file's SHA-256; empty when there is no such file."""
    path = STATIC / name
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else ""


def asset(name: str) -> str:
    """The address of `static/<name>`."""
    return url_for("static", filename=name, v=digest(name))
