"""Where templates, static files and migrations lie: in the wheel, or in a checkout."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """The folder `name` beside this file (wheel) or beside the package (checkout)."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


TEMPLATES = resource("templates")
STATIC = resource("static")
MIGRATIONS = resource("migrations")
LOCALE = PACKAGE / "locale"
