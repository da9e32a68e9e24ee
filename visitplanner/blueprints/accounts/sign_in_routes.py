"""The door of the console: password, second step, sign-out."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.accounts import blueprint, pending
from visitplanner.blueprints.accounts.forms import CodeForm, SignInForm
from visitplanner.domain.refusals import Refusal
from visitplanner.services.accounts import passkeys, signing_in
from visitplanner.web import access
from visitplanner.web.access import act, principal, public
from visitplanner.web.redirects import way_back
from visitplanner.web.refusals import sentence
from visitplanner.web.sessions import instance

Page = str | Response | tuple[str, int]


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Page:
    """E-mail and password; a right password leads to the second step."""
    to, visit = request.args.get("to", ""), request.args.get("visit", "")
    if principal().is_staff:
        return redirect(way_back(to, visit))
    form = SignInForm()
    if not form.validate_on_submit():
        return _page("sign_in", form, 422 if form.errors else 200)
    try:
        email, password = form.email.data or "", form.password.data or ""
        checked = signing_in.check_password(act(), email, password, request.remote_addr or "")
    except Refusal as refusal:
        return _refused("sign_in", form, refusal)
    pending.begin(checked.account_id, to, visit)
    if checked.ask == "nothing":
        return enter(checked.account_id, "password")
    step = "accounts.second_step" if checked.ask == "second" else "accounts.set_up"
    return redirect(url_for(step))


@blueprint.route("/sign-in/second-step", methods=["GET", "POST"])
@public
def second_step() -> Page:
    """A code from the app or from paper, or a passkey."""
    form = CodeForm()
    try:
        waiting = pending.found()
        checked = signing_in.what_next(act(), waiting.account_id)
    except Refusal as refusal:
        return start_again(refusal)
    if not form.validate_on_submit():
        return _page("second_step", form, 422 if form.errors else 200, ways=checked.ways)
    try:
        signing_in.check_code(act(), waiting.account_id, form.code.data or "")
    except Refusal as refusal:
        return _refused("second_step", form, refusal, ways=checked.ways)
    return enter(waiting.account_id, "code")


@blueprint.post("/sign-out")
@public
def sign_out() -> Response:
    """End the session of this browser."""
    access.sign_out()
    flash(gettext("You are signed out."), "done")
    return redirect(url_for("accounts.sign_in"))


def enter(account_id: str, way: str) -> Response:
    """Finish signing in and go where the user was going."""
    waiting = pending.found()
    found = signing_in.finish(act(), account_id, way)
    access.sign_in(found)
    return redirect(way_back(waiting.to, waiting.visit))


def start_again(refusal: Refusal) -> Response:
    """Back to the first page of the door, with the reason."""
    flash(sentence(refusal), "trouble")
    return redirect(url_for("accounts.sign_in"))


def _refused(page: str, form: SignInForm | CodeForm, refusal: Refusal, **more: object) -> Page:
    if refusal.code == "sign-in-again":
        return start_again(refusal)
    if refusal.field:
        form[refusal.field].errors = [sentence(refusal)]
    else:
        form.form_errors.append(sentence(refusal))
    return _page(page, form, 429 if refusal.status == 429 else 422, **more)


def _page(name: str, form: SignInForm | CodeForm, status: int, **more: object) -> Page:
    keys = passkeys.offered(instance().settings)
    return render_template(f"accounts/{name}.html", form=form, keys_offered=keys, **more), status
