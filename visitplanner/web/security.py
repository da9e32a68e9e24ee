"""Security headers as data: one policy, loosened by name for the scanner only."""

import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, g, request
from werkzeug.sansio.utils import host_is_trusted

from visitplanner.domain.refusals import Forbidden

POLICY: dict[str, str] = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "media-src": "'self' blob:",
    "worker-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
SCANNER = {"script-src": "'self' 'wasm-unsafe-eval'"}
YEAR = 31536000
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OUR_SITE = frozenset({"same-origin", "none"})
NUMBER = re.compile(r"(\d{1,3}(\.\d{1,3}){3}|\[[0-9A-Fa-f:.]{2,45}\])(:\d{1,5})?")


def policy(changes: dict[str, str]) -> str:
    """The Content-Security-Policy with `changes` laid over it."""
    return "; ".join(f"{name} {value}" for name, value in (POLICY | changes).items())


def allow_scanner() -> None:
    """Let this answer compile WebAssembly and use the camera (scanner page and its worker)."""
    g.scanner = True


def _harden(response: Response) -> Response:
    scanner = g.get("scanner", False) or request.path.startswith("/static/js/scan")
    headers = response.headers
    headers.setdefault("Content-Security-Policy", policy(SCANNER if scanner else {}))
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["X-Frame-Options"] = "DENY"
    headers["Permissions-Policy"] = (
        f"camera=({'self' if scanner else ''}), microphone=(), geolocation=()"
    )
    if request.is_secure:
        headers["Strict-Transport-Security"] = f"max-age={YEAR}"
    if request.endpoint != "static":
        headers["Cache-Control"] = "no-store"
    elif "v" in request.args:
        headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response


def _refuse_other_sites() -> None:
    """No page of another site may send us anything, whatever token it holds."""
    site = request.headers.get("Sec-Fetch-Site", "none")
    if request.method not in SAFE and site not in OUR_SITE:
        raise Forbidden("other-site")


def known_host(host: str, base_url: str) -> bool:
    """Whether a Host header names us: the base address, this machine, or a plain number.

    A number cannot be pointed elsewhere by a foreign name server, and venues without one use it.
    """
    named = [urlsplit(base_url).hostname or "localhost", "localhost"]
    return host_is_trusted(host.lower(), named) or bool(NUMBER.fullmatch(host))


class KnownHosts:
    """Answers 400 to a request for a host that is not ours, before anything else looks at it."""

    def __init__(self, inner: Callable[..., Iterable[bytes]], base_url: str) -> None:
        self._inner = inner
        self._base_url = base_url

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:  # Any: WSGI
        if known_host(environ.get("HTTP_HOST", "localhost"), self._base_url):
            return self._inner(environ, start)
        start("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8")])
        return [b"This server does not go by that name.\n"]


def init_security(app: Flask, base_url: str) -> None:
    """Add the headers to every answer; refuse unknown hosts and other sites' requests."""
    app.wsgi_app = KnownHosts(app.wsgi_app, base_url)  # type: ignore[method-assign, assignment]
    app.before_request(_refuse_other_sites)
    app.after_request(_harden)
