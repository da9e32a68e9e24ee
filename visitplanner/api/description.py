"""The API describes itself: OpenAPI 3.1 from the routes and their schemas."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, Flask, Response, current_app, jsonify
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from visitplanner.api.schemas import ErrorOut
from visitplanner.web.access import public

View = TypeVar("View", bound=Callable[..., Any])
REF = "#/components/schemas/{model}"
SHARED = {
    401: "There is no token, or it is wrong, has expired or was taken back",
    403: "The token or account may not do this",
    404: "There is no such visit, or it is not yours to see",
}

blueprint = Blueprint("description", __name__, url_prefix="/api/v1")


def describes(
    *, takes: type[BaseModel], gives: type[BaseModel], refusals: dict[int, str]
) -> Callable[[View], View]:
    """Note on a view what it takes and gives, for the description."""

    def mark(view: View) -> View:
        view.api = (takes, gives, refusals)  # type: ignore[attr-defined]
        return view

    return mark


@blueprint.get("/openapi.json")
@public
def openapi() -> Response:
    """The description of the API."""
    return jsonify(document(current_app))


def document(app: Flask) -> dict[str, Any]:
    """The OpenAPI document of every described route (Any: JSON)."""
    found = [
        (rule, view, view.api)
        for rule in app.url_map.iter_rules()
        if hasattr(view := app.view_functions[rule.endpoint], "api")
    ]
    models: dict[type[BaseModel], Any] = {ErrorOut: "serialization"}
    for _, _, (takes, gives, _) in found:
        models |= {takes: "validation", gives: "serialization"}
    _, schemas = models_json_schema(list(models.items()), ref_template=REF)
    paths: dict[str, Any] = {}
    for rule, view, api in found:
        path = rule.rule.replace("<", "{").replace(">", "}")
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            paths.setdefault(path, {})[method.lower()] = _operation(rule.arguments, view, api)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Visit Planner", "version": "1"},
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def _operation(
    arguments: set[str], view: Callable[..., Any], api: tuple[Any, Any, dict[int, str]]
) -> dict[str, Any]:
    takes, gives, refusals = api
    told = {str(status): words for status, words in (SHARED | refusals).items()}
    answers = {"200": _content(gives, "Done")}
    answers |= {status: _content(ErrorOut, words) for status, words in sorted(told.items())}
    return {
        "summary": (view.__doc__ or "").strip().splitlines()[0],
        "operationId": view.__name__,
        "parameters": [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
            for name in sorted(arguments)
        ],
        "requestBody": {"required": True} | _content(takes),
        "responses": answers,
    }


def _content(model: type[BaseModel], words: str = "") -> dict[str, Any]:
    schema = {"$ref": REF.format(model=model.__name__)}
    found: dict[str, Any] = {"content": {"application/json": {"schema": schema}}}
    return {"description": words, **found} if words else found
