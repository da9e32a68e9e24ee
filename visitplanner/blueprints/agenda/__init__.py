"""The agenda: the day on a board, its two views, items, their talks, rooms."""

from flask import Blueprint

blueprint = Blueprint("agenda", __name__)

from visitplanner.blueprints.agenda import items, routes, rooms, words  # noqa: E402, F401, I001
