"""Site tours: the board, stops, walking times, rules, groups and the plan."""

from flask import Blueprint

blueprint = Blueprint("tours", __name__)

from visitplanner.blueprints.tours import groups, routes, setting  # noqa: E402, F401
