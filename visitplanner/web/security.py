"""Security headers as data: one policy, loosened by name for the scanner only."""

from flask import Flask, Response, g, request

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


def init_security(app: Flask) -> None:
    """Add the headers to every answer."""
    app.after_request(_harden)
