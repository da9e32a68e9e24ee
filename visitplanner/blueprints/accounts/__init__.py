"""Accounts of staff: signing in, one's own account, everybody's accounts."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)

from visitplanner.blueprints.accounts import (  # noqa: E402, F401
    invitation_routes,
    own_factor_routes,
    own_routes,
    passkey_routes,
    people_routes,
    set_up_routes,
    shell,
    sign_in_routes,
)
