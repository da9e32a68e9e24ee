"""One-use links of staff: an invitation, a forgotten password. Looking at one changes nothing."""

from typing import Literal

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.accounts import blueprint
from visitplanner.blueprints.accounts.forms import EmailForm, InvitationForm, NewPasswordForm
from visitplanner.blueprints.accounts.sign_in_routes import Page
from visitplanner.domain.refusals import Refusal
from visitplanner.services.accounts import invitations
from visitplanner.web import access
from visitplanner.web.access import act, principal, public
from visitplanner.web.forms import put_refusal
from visitplanner.web.refusals import sentence

Purpose = Literal["invite", "reset"]


@blueprint.route("/invitation/<token>", methods=["GET", "POST"])
@public
def invitation(token: str) -> Page:
    """A new member of staff writes a name and chooses a password."""
    return _take("invite", token, InvitationForm())


@blueprint.route("/new-password/<token>", methods=["GET", "POST"])
@public
def new_password(token: str) -> Page:
    """Whoever forgot the password chooses another."""
    return _take("reset", token, NewPasswordForm())


@blueprint.route("/sign-in/help", methods=["GET", "POST"])
@public
def forgotten() -> Page:
    """Ask for a new-password link; the answer is the same for every address."""
    form = EmailForm()
    if not form.validate_on_submit():
        return render_template("accounts/forgotten.html", form=form), 422 if form.errors else 200
    try:
        invitations.ask_reset(act(), form.email.data or "", request.remote_addr or "")
    except Refusal as refusal:
        put_refusal(form, refusal)
        return render_template("accounts/forgotten.html", form=form), refusal.status
    return render_template("accounts/asked.html")


def _take(purpose: Purpose, token: str, form: NewPasswordForm) -> Page:
    address = request.remote_addr or ""
    try:
        found = invitations.find(act(), token, purpose, address)
    except Refusal as refusal:
        return _closed(refusal)
    if isinstance(form, InvitationForm) and request.method == "GET":
        form.name.data = found.name
    if not form.validate_on_submit():
        return _page(form, found, 422 if form.errors else 200)
    name = form.name.data if isinstance(form, InvitationForm) else None
    try:
        invitations.accept(act(), token, purpose, address, form.password.data or "", name)
    except Refusal as refusal:
        if refusal.field is None:
            return _closed(refusal)
        put_refusal(form, refusal)
        return _page(form, found, 422)
    return _done()


def _page(form: NewPasswordForm, found: invitations.Invited, status: int) -> Page:
    return render_template("accounts/choose_password.html", form=form, found=found), status


def _done() -> Response:
    if principal().is_staff:
        access.sign_out()
    flash(gettext("The password is set. Sign in with it."), "attention")
    return redirect(url_for("accounts.sign_in"))


def _closed(refusal: Refusal) -> Page:
    return render_template("accounts/link_closed.html", words=sentence(refusal)), refusal.status
