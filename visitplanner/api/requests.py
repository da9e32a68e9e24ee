"""Reading a request's body into a schema, or saying what is wrong with it."""

from typing import TypeVar

from flask import Response, jsonify, request
from flask_babel import gettext, lazy_gettext
from pydantic import BaseModel, ValidationError

from visitplanner.web.refusals import add_words

Schema = TypeVar("Schema", bound=BaseModel)
MOST_FAULTS = 20

add_words(
    {
        "token-needed": lazy_gettext("Send an API token of this visit (Authorization: Bearer …)."),
        "token-wrong": lazy_gettext("This API token is unknown, has expired or was taken back."),
    }
)


class Unreadable(Exception):  # noqa: N818 - an answer, not a fault of ours
    """The body is not what the schema says; `answer` tells the caller."""

    def __init__(self, answer: Response) -> None:
        super().__init__(answer.status)
        self.answer = answer


def answer_unreadable(error: Unreadable) -> Response:
    """The error handler of every resource."""
    return error.answer


def body(schema: type[Schema]) -> Schema:
    """The request's JSON as `schema`; answers 413 for too many, 422 for anything else wrong."""
    try:
        return schema.model_validate_json(request.get_data())
    except ValidationError as error:
        raise Unreadable(_answer(error)) from None


def _answer(error: ValidationError) -> Response:
    found = error.errors(include_url=False, include_context=True, include_input=False)
    faults = [
        {"at": ".".join(map(str, fault["loc"])) or "body", "text": fault["msg"]}
        for fault in found[:MOST_FAULTS]
    ]
    most = next((f["ctx"]["max_length"] for f in found if _is_crowd(f)), None)
    if most is not None:
        words = gettext("Send at most %(most)s at once.", most=most)
        return _json(413, "batch-too-large", words, faults)
    words = gettext("The request does not follow the description of this API.")
    return _json(422, "schema", words, faults)


def _is_crowd(fault: object) -> bool:
    return isinstance(fault, dict) and fault["type"] == "too_long" and len(fault["loc"]) == 1


def _json(status: int, code: str, words: str, faults: list[dict[str, str]]) -> Response:
    response = jsonify({"error": {"code": code, "text": words, "faults": faults}})
    response.status_code = status
    return response
