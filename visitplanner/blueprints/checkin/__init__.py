"""Admission: the scanner, arrivals live, arrivals by name, doors."""

from flask import Blueprint

blueprint = Blueprint("checkin", __name__)

from . import door_routes, routes, scanner_routes  # noqa: E402, F401 - they need the blueprint
