"""Errors become a page, an htmx fragment or JSON, in one place."""

import structlog
from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from visitplanner.domain.refusals import NotKnown, Refusal
from visitplanner.extensions import db
from visitplanner.web.refusals import sentence

log = structlog.get_logger()


def wants_json() -> bool:
    """Whether the caller is a program: under /api, or asking for JSON first."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return request.path.startswith("/api/") or best == "application/json"


def answer(status: int, code: str, words: str, title: str = "") -> Response:
    """The error as JSON, as a notice for htmx, or as a page."""
    if wants_json():
        response = jsonify({"error": {"code": code, "text": words}, "message": words})
    elif request.headers.get("HX-Request"):
        response = make_response(render_template("errors/_notice.html", words=words))
        response.headers["HX-Retarget"] = "#notices"
        response.headers["HX-Reswap"] = "innerHTML"
    else:
        page = render_template("errors/error.html", status=status, words=words, title=title)
        response = make_response(page)
    response.status_code = status
    return response


def _refused(error: Refusal) -> Response:
    db.session.rollback()
    response = answer(error.status, error.code, sentence(error))
    if isinstance(error, NotKnown):
        fault = ', error="invalid_token"' if error.code == "token-wrong" else ""
        response.headers["WWW-Authenticate"] = f'Bearer realm="visitplanner"{fault}'
    return response


def _http(error: HTTPException) -> Response:
    known = {
        400: gettext("The request was not understood."),
        404: gettext("There is nothing here, or it is not yours to see."),
        405: gettext("This address does not take that kind of request."),
        413: gettext("What you sent is too large."),
        415: gettext("This address does not take that kind of request."),
        429: gettext("Too many attempts. Wait a little."),
    }
    status = error.code or 500
    if error.response is not None and status < 400:
        return make_response(error.response)
    return answer(status, f"http-{status}", known.get(status, error.name))


def _csrf(_error: CSRFError) -> Response:
    words = gettext("This page had been open too long. Go back, reload it and send it again.")
    return answer(400, "csrf", words)


def _conflict(_error: IntegrityError) -> Response:
    db.session.rollback()
    words = gettext("Somebody else changed this at the same moment. Reload and try again.")
    return answer(409, "conflict", words)


def _unfit(_error: DataError) -> Response:
    """A value no column can hold: a NUL character, a text far too long."""
    db.session.rollback()
    return answer(400, "http-400", gettext("The request was not understood."))


def _busy(error: OperationalError) -> Response:
    db.session.rollback()
    log.error("database not available", exc_info=error)
    return answer(503, "busy", gettext("The database is busy. Try again in a moment."))


def _unexpected(error: Exception) -> Response:
    db.session.rollback()
    log.error("unexpected error", kind=type(error).__name__, exc_info=error)
    return answer(500, "unexpected", gettext("Something went wrong on our side. It was noted."))


def init_errors(app: Flask) -> None:
    """Register the handlers; in debug mode unexpected errors stay with the debugger."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DataError, _unfit)
    app.register_error_handler(IntegrityError, _conflict)
    app.register_error_handler(StaleDataError, _conflict)
    app.register_error_handler(OperationalError, _busy)
    if not app.debug and not app.testing:
        app.register_error_handler(Exception, _unexpected)
