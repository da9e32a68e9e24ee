"""Letters as staff see them: of a visit, and those to staff themselves."""

from flask import Blueprint

blueprint = Blueprint("mailbox", __name__)

from visitplanner.blueprints.mailbox import routes  # noqa: E402, F401
