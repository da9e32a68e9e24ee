"""Reports: the numbers of a visit, for those who may know no names."""

from flask import Blueprint

blueprint = Blueprint("reports", __name__)

from visitplanner.blueprints.reports import routes  # noqa: E402, F401 - it needs the blueprint
