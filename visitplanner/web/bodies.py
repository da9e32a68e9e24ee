"""Bodies of requests: JSON only where a view takes it, and none that cannot be read."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request

View = TypeVar("View", bound=Callable[..., Any])  # Any: a view of any arguments


def takes_json(view: View) -> View:
    """Mark a view that reads JSON; everywhere else a form is expected."""
    view.__dict__["takes_json"] = True
    return view


def _refuse() -> None:
    """Answer 415 to JSON nobody reads, 400 to JSON that is nested beyond reading.

    Forms must not be filled from JSON: its lists and numbers are no fields.
    """
    if not request.is_json:
        return
    view = current_app.view_functions.get(request.endpoint or "")
    api = request.path.startswith("/api/")
    if view is not None and not api and "takes_json" not in view.__dict__:
        abort(415)
    try:
        request.get_json(silent=True)
    except RecursionError:
        abort(400)


def init_bodies(app: Flask) -> None:
    """Look at every body before its view does."""
    app.before_request(_refuse)
