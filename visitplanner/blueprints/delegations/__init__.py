"""Delegations: the readiness matrix, a delegation's page, its people, the ledger, search."""

from flask import Blueprint

blueprint = Blueprint("delegations", __name__)

from visitplanner.blueprints.delegations import (  # noqa: E402
    bulk,  # noqa: F401
    history,  # noqa: F401
    inviting,  # noqa: F401
    ledger,  # noqa: F401
    linking,  # noqa: F401
    logo,  # noqa: F401
    matrix,  # noqa: F401
    organisations,  # noqa: F401
    pages,  # noqa: F401
    people,  # noqa: F401
    photo,  # noqa: F401
    printing,  # noqa: F401
    refusals,  # noqa: F401
    searching,  # noqa: F401
)
