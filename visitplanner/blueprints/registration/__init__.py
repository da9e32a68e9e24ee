"""Registration by link: a delegation's own list, its people, and a delegate's own programme."""

from flask import Blueprint

blueprint = Blueprint("registration", __name__)

from visitplanner.blueprints.registration import (  # noqa: E402
    mine,  # noqa: F401
    people,  # noqa: F401
    person,  # noqa: F401
    photo,  # noqa: F401
    workspace,  # noqa: F401
)
