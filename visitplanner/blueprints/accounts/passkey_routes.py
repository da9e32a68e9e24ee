"""Signing in with a passkey: alone (it proves possession and person), or as the second step."""

from typing import Any

from flask import Response, jsonify, request, session
from werkzeug.wrappers import Response as Redirect

from visitplanner.blueprints.accounts import blueprint, pending
from visitplanner.blueprints.accounts.sign_in_routes import enter
from visitplanner.domain.refusals import NotFound, Refusal
from visitplanner.services import limits
from visitplanner.services.accounts import passkeys
from visitplanner.web.access import act, public
from visitplanner.web.bodies import takes_json
from visitplanner.web.sessions import instance


@blueprint.post("/sign-in/passkey/options")
@public
@takes_json
def passkey_options() -> Response:
    """What the browser is asked to sign; `alone` is false in the second step."""
    refuse_unless_offered()
    challenge = pending.new_challenge()
    return jsonify(passkeys.authentication(act(), _waiting(), challenge))


@blueprint.post("/sign-in/passkey")
@public
@takes_json
def passkey_sign_in() -> Response:
    """The browser's answer; the address to go to."""
    refuse_unless_offered()
    limits.spend(act(), passkey_counter())
    waiting, challenge = _waiting(), pending.take_challenge()
    account_id = passkeys.take(act(), waiting, challenge, answer_of_browser())
    if waiting is None:
        pending.begin(account_id, request.args.get("to", ""), request.args.get("visit", ""))
    return lead_to(enter(account_id, "passkey"))


def passkey_counter() -> tuple[str, limits.Limit]:
    """Counts every answer of a browser, by network."""
    name = limits.bucket("passkey:address", limits.network(request.remote_addr or ""))
    return name, limits.PASSKEY


def lead_to(there: Redirect) -> Response:
    """The redirect as JSON, for the script that asked."""
    return jsonify({"to": there.headers["Location"]})


def answer_of_browser() -> dict[str, Any]:
    """The credential in the request's body. Raises Refusal "passkey-wrong" when it is none."""
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise Refusal("passkey-wrong")
    return body


def refuse_unless_offered() -> None:
    """Raise NotFound where the base address cannot have passkeys."""
    if not passkeys.offered(instance().settings):
        raise NotFound("not-found")


def _waiting() -> str | None:
    return pending.found().account_id if session.get("pending") else None
