"""Accreditation: the queue of people who wait for a decision."""

from flask import Blueprint

blueprint = Blueprint("accreditation", __name__)

from visitplanner.blueprints.accreditation import routes  # noqa: E402, F401
