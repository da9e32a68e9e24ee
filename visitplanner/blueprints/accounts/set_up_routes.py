"""Whoever has no second factor yet sets one up before the first page of the console."""

from flask import Response, jsonify, redirect, render_template, request, url_for

from visitplanner.blueprints.accounts import blueprint, pending
from visitplanner.blueprints.accounts.forms import CodeForm
from visitplanner.blueprints.accounts.passkey_routes import (
    answer_of_browser,
    refuse_unless_offered,
)
from visitplanner.blueprints.accounts.sign_in_routes import Page, enter, start_again
from visitplanner.domain.refusals import Refusal
from visitplanner.services.accounts import passkeys, second_factors, signing_in, totp
from visitplanner.web.access import act, public, signed_in
from visitplanner.web.bodies import takes_json
from visitplanner.web.qr_picture import qr_address
from visitplanner.web.redirects import way_back
from visitplanner.web.refusals import sentence
from visitplanner.web.sessions import instance


@blueprint.route("/sign-in/set-up", methods=["GET", "POST"])
@public
def set_up() -> Page:
    """The code to scan, and the first code the app shows."""
    form = CodeForm()
    try:
        account_id = _new_here()
        if not form.validate_on_submit():
            return _page(account_id, form, 422 if form.errors else 200)
        secret = pending.kept_secret()
        codes = second_factors.set_up_totp(act(), account_id, secret, form.code.data or "")
    except Refusal as refusal:
        if refusal.field != "code":
            return start_again(refusal)
        form.code.errors = [sentence(refusal)]
        return _page(account_id, form, 422)
    return redirect(enter_with_codes(codes, account_id, "code"))


@blueprint.post("/sign-in/set-up/passkey/options")
@public
@takes_json
def set_up_passkey_options() -> Response:
    """What the browser is asked to make."""
    refuse_unless_offered()
    account = signing_in.live_account(act(), _new_here())
    return jsonify(passkeys.registration(act(), account, pending.new_challenge()))


@blueprint.post("/sign-in/set-up/passkey")
@public
@takes_json
def set_up_passkey() -> Response:
    """The new key; the page of recovery codes follows."""
    refuse_unless_offered()
    account_id, challenge = _new_here(), pending.take_challenge()
    name = request.args.get("name", "")
    codes = second_factors.add_passkey(act(), account_id, challenge, answer_of_browser(), name)
    return jsonify({"to": enter_with_codes(codes, account_id, "passkey")})


@blueprint.route("/account/recovery-codes", methods=["GET", "POST"])
@signed_in
def recovery_codes() -> Page:
    """The new codes, until the user says they are kept."""
    codes, to, visit = pending.kept_codes()
    if request.method == "POST" or not codes:
        pending.forget_codes()
        return redirect(way_back(to, visit))
    return render_template("accounts/recovery_codes.html", codes=codes)


def enter_with_codes(codes: list[str], account_id: str, way: str) -> str:
    """Sign in; the address of the page that shows the new recovery codes."""
    waiting = pending.found()
    enter(account_id, way)
    pending.keep_codes(codes, waiting.to, waiting.visit)
    return url_for("accounts.recovery_codes")


def _new_here() -> str:
    """The account that waits and has no second factor. Raises Refusal "sign-in-again"."""
    account_id = pending.found().account_id
    if signing_in.what_next(act(), account_id).ask != "set-up":
        raise Refusal("sign-in-again")
    return account_id


def _page(account_id: str, form: CodeForm, status: int) -> Page:
    account = signing_in.live_account(act(), account_id)
    secret = pending.kept_secret()
    return render_template(
        "accounts/set_up.html",
        form=form,
        secret=secret,
        picture=qr_address(totp.address(secret, account.email)),
        keys_offered=passkeys.offered(instance().settings),
    ), status
