"""Badges: who has one, print one or many, reprint and revoke."""

from flask import Blueprint

blueprint = Blueprint("badges", __name__)

from visitplanner.blueprints.badges import routes  # noqa: E402, F401
