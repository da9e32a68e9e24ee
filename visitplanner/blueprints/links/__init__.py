"""The first door of guests: a one-time link becomes a session."""

from flask import Blueprint

blueprint = Blueprint("links", __name__)

from visitplanner.blueprints.links import routes  # noqa: E402, F401
