"""My account: name, language, password, sessions."""

from typing import Any

from flask import flash, redirect, render_template, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.accounts import blueprint
from visitplanner.blueprints.accounts.forms import ChangePasswordForm, ProfileForm
from visitplanner.blueprints.accounts.sign_in_routes import Page
from visitplanner.domain.refusals import Refusal
from visitplanner.queries import accounts as queries
from visitplanner.services.accounts import own, passkeys, recovery, signing_in
from visitplanner.web import access
from visitplanner.web.access import act, principal, signed_in
from visitplanner.web.forms import put_refusal
from visitplanner.web.languages import language
from visitplanner.web.sessions import instance


@blueprint.get("/account")
@signed_in
def me() -> str:
    """Everything about one's own account on one page."""
    return own_page()


@blueprint.post("/account/profile")
@signed_in
def save_profile() -> Page:
    """Name and language."""
    form = ProfileForm()
    if not form.validate_on_submit():
        return own_page(profile=form), 422
    try:
        own.save_profile(act(), form.name.data or "", form.language.data or "", form.version.data)
    except Refusal as refusal:
        put_refusal(form, refusal)
        return own_page(profile=form), refusal.status
    session["language"] = form.language.data
    return _back(gettext("Saved."))


@blueprint.post("/account/password")
@signed_in
def change_password() -> Page:
    """A new password: new session, the others end."""
    form = ChangePasswordForm()
    if not form.validate_on_submit():
        return own_page(password=form), 422
    try:
        own.change_password(act(), form.present.data or "", form.password.data or "")
    except Refusal as refusal:
        put_refusal(form, refusal)
        return own_page(password=form), 429 if refusal.status == 429 else 422
    access.sign_in(principal())
    return _back(gettext("The password is changed. Your other sessions have ended."))


@blueprint.post("/account/sessions/<session_id>/end")
@signed_in
def end_session(session_id: str) -> Response:
    """End one of one's sessions."""
    own.end_session(act(), session_id)
    return _back(gettext("The session has ended."))


@blueprint.post("/account/sessions/end-others")
@signed_in
def end_other_sessions() -> Response:
    """End every session but this one."""
    own.end_other_sessions(act())
    return _back(gettext("Your other sessions have ended."))


def own_page(**forms: Any) -> str:
    """The page; a form that came back is shown with what was typed (Any: WTForms)."""
    asked = act()
    account = signing_in.live_account(asked, principal().id)
    profile = forms.get("profile") or ProfileForm(
        formdata=None,
        name=account.name,
        language=account.language or language(),
        version=account.version,
    )
    return render_template(
        "accounts/me.html",
        account=account,
        profile=profile,
        password=forms.get("password") or ChangePasswordForm(formdata=None),
        keys=queries.passkeys_of(asked.session, account.id),
        keys_offered=passkeys.offered(instance().settings),
        codes_left=recovery.left(asked, account),
        sessions=queries.sessions_of(asked.session, account.id, asked.at),
        here=principal().session_id,
    )


def _back(words: str) -> Response:
    flash(words, "done")
    return redirect(url_for("accounts.me"))
