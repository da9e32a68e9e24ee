"""Papers: programmes, running order, route cards; what has been printed and what is stale."""

from flask import Blueprint

blueprint = Blueprint("programmes", __name__)

from visitplanner.blueprints.programmes import routes  # noqa: E402, F401
