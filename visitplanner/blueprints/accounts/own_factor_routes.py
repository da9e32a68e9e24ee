"""My second steps: the app, the keys, the recovery codes. Changes ask for a recent sign-in."""

from flask import Response as Json
from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.accounts import blueprint, pending
from visitplanner.blueprints.accounts.forms import CodeForm
from visitplanner.blueprints.accounts.passkey_routes import (
    answer_of_browser,
    refuse_unless_offered,
)
from visitplanner.blueprints.accounts.sign_in_routes import Page
from visitplanner.domain.refusals import Refusal
from visitplanner.services.accounts import own, passkeys, second_factors, signing_in, totp
from visitplanner.web import access
from visitplanner.web.access import act, principal, signed_in
from visitplanner.web.bodies import takes_json
from visitplanner.web.forms import put_refusal
from visitplanner.web.qr_picture import qr_address
from visitplanner.web.refusals import sentence


@blueprint.route("/account/app", methods=["GET", "POST"])
@signed_in
def own_app() -> Page:
    """Scan the code, type what the app shows."""
    form = CodeForm()
    try:
        own.refuse_unless_recent(act())
        if not form.validate_on_submit():
            return _app_page(form, 422 if form.errors else 200)
        codes = second_factors.set_up_totp(
            act(), principal().id, pending.kept_secret(), form.code.data or ""
        )
    except Refusal as refusal:
        if refusal.field is None:
            return sign_in_again(refusal)
        put_refusal(form, refusal)
        return _app_page(form, 422)
    pending.forget_secret()
    return redirect(_after(codes, gettext("The authenticator app is set up.")))


@blueprint.post("/account/app/remove")
@signed_in
def remove_app() -> Response:
    """Forget the authenticator app."""
    try:
        own.refuse_unless_recent(act())
        second_factors.remove_totp(act(), principal().id)
    except Refusal as refusal:
        return _not_done(refusal)
    return _done(gettext("The authenticator app is removed."))


@blueprint.post("/account/keys/options")
@signed_in
@takes_json
def own_key_options() -> Json:
    """What the browser is asked to make."""
    refuse_unless_offered()
    own.refuse_unless_recent(act())
    account = signing_in.live_account(act(), principal().id)
    return jsonify(passkeys.registration(act(), account, pending.new_challenge()))


@blueprint.post("/account/keys")
@signed_in
@takes_json
def add_key() -> Json:
    """Keep the key the browser made."""
    refuse_unless_offered()
    own.refuse_unless_recent(act())
    challenge = pending.take_challenge()
    name = request.args.get("name", "")
    codes = second_factors.add_passkey(act(), principal().id, challenge, answer_of_browser(), name)
    return jsonify({"to": _after(codes, gettext("The key is set up."))})


@blueprint.post("/account/keys/<key_id>/remove")
@signed_in
def remove_key(key_id: str) -> Response:
    """Forget a key."""
    try:
        own.refuse_unless_recent(act())
        second_factors.remove_passkey(act(), principal().id, key_id)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return _not_done(refusal)
    return _done(gettext("The key is removed."))


@blueprint.post("/account/recovery-codes/new")
@signed_in
def new_recovery_codes() -> Response:
    """Ten new codes, the old ones void."""
    try:
        own.refuse_unless_recent(act())
    except Refusal as refusal:
        return sign_in_again(refusal)
    codes = second_factors.new_recovery_codes(act(), principal().id)
    return redirect(_after(codes, ""))


def sign_in_again(refusal: Refusal) -> Response:
    """Through the door once more, and back to one's account."""
    access.sign_out()
    flash(sentence(refusal), "attention")
    return redirect(url_for("accounts.sign_in", to="accounts.me"))


def _not_done(refusal: Refusal) -> Response:
    if refusal.code == "sign-in-recent":
        return sign_in_again(refusal)
    flash(sentence(refusal), "trouble")
    return redirect(url_for("accounts.me"))


def _done(words: str) -> Response:
    flash(words, "done")
    return redirect(url_for("accounts.me"))


def _after(codes: list[str], words: str) -> str:
    """Where to go after a change: to the new codes if there are some."""
    if words:
        flash(words, "done")
    if not codes:
        return url_for("accounts.me")
    pending.keep_codes(codes, "accounts.me")
    return url_for("accounts.recovery_codes")


def _app_page(form: CodeForm, status: int) -> Page:
    secret = pending.kept_secret()
    account = signing_in.live_account(act(), principal().id)
    picture = qr_address(totp.address(secret, account.email))
    page = render_template("accounts/own_app.html", form=form, secret=secret, picture=picture)
    return page, status
