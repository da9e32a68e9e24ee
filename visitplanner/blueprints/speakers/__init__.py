"""Speakers: the order of speaking, profiles with photographs, talks in items."""

from flask import Blueprint

blueprint = Blueprint("speakers", __name__)

from visitplanner.blueprints.speakers import photo, routes, talks, words  # noqa: E402, F401
