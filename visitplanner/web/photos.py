"""A photograph as it comes in by a form or by the script, and the script's answers."""

from contextlib import closing

from flask import jsonify, request
from werkzeug.wrappers import Response

from visitplanner.exchange.photos import MEGABYTES

MOST = MEGABYTES * 1024 * 1024 + 1


def received() -> bytes:
    """The file that came, as far as we take it; empty when none came."""
    sent = request.files.get("photo")
    if sent is None:
        return b""
    with closing(sent.stream) as stream:
        return bytes(stream.read(MOST))


def refused_json(words: str, status: int) -> Response:
    """Why the picture was not taken, for the script."""
    answer = jsonify({"message": words, "errors": {"photo": [words]}})
    answer.status_code = status
    return answer
