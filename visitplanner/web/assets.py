"""Addresses of static files with a hash of their content, so that they may be kept for a year."""

import hashlib
from functools import lru_cache

from flask import has_request_context, request, url_for

from visitplanner.paths import STATIC


@lru_cache(maxsize=1024)
def digest(name: str) -> str:
    """The first 12 hex digits of the file's SHA-256; empty when there is no such file."""
    path = STATIC / name
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else ""


@lru_cache(maxsize=4096)
def _address(_root: str, name: str) -> str:
    return url_for("static", filename=name, v=digest(name))


def asset(name: str) -> str:
    """The address of `static/<name>`, made once per place the application is mounted at."""
    return _address(request.script_root if has_request_context() else "", name)
