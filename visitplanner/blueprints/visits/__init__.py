"""Visits: the public page, the list of staff, making and changing a visit."""

from flask import Blueprint

blueprint = Blueprint("visits", __name__)

from visitplanner.blueprints.visits import (  # noqa: E402
    editing,  # noqa: F401
    pages,  # noqa: F401
    parts,  # noqa: F401
    refusals,  # noqa: F401
    state_names,  # noqa: F401
)
