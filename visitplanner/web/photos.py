"""A photograph as it comes in by a form or by the script, and the script's answers."""

from contextlib import closing

from flask import flash, jsonify, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from visitplanner.domain.refusals import Refusal
from visitplanner.exchange.photos import MEGABYTES
from visitplanner.web.errors import wants_json
from visitplanner.web.refusals import sentence

MOST = MEGABYTES * 1024 * 1024 + 1


def received(name: str = "photo") -> bytes:
    """The file of this field, as far as we take it; empty when none came."""
    sent = request.files.get(name)
    if sent is None:
        return b""
    with closing(sent.stream) as stream:
        return bytes(stream.read(MOST))


def refused_json(words: str, status: int) -> Response:
    """Why the picture was not taken, for the script."""
    answer = jsonify({"message": words, "errors": {"photo": [words]}})
    answer.status_code = status
    return answer


def picture(content: bytes, media_type: str) -> Response:
    """A photograph as an answer."""
    answer = make_response(content)
    answer.headers["Content-Type"] = media_type
    return answer


def too_large(page: str, argument: str = "participant_id") -> Response:
    """A file that the server did not even read: refused in words, on the page it came from.

    `page` is the endpoint of that page; it takes the `argument` of the request.
    """
    words = sentence(Refusal("photo-too-large", size=MEGABYTES))
    key = (request.view_args or {}).get(argument, "")
    if wants_json() or not key:
        return refused_json(words, 413)
    flash(words, "trouble")
    return redirect(url_for(page, **{argument: key}), 303)
