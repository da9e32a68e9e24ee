"""Everybody's accounts: the list, an invitation, roles, closing, help."""

from collections.abc import Callable
from typing import TypeVar

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]

from visitplanner.blueprints.accounts import blueprint
from visitplanner.blueprints.accounts.forms import InviteForm, RoleForm
from visitplanner.blueprints.accounts.sign_in_routes import Page
from visitplanner.blueprints.accounts.words import ROLE_NAMES, STATES
from visitplanner.domain.refusals import NotFound, Refusal
from visitplanner.queries import accounts as queries
from visitplanner.services.accounts import invitations
from visitplanner.services.accounts import people as services
from visitplanner.services.act import Act
from visitplanner.web.access import act, needs_anywhere, principal
from visitplanner.web.forms import put_refusal
from visitplanner.web.languages import text
from visitplanner.web.paging import Page as Paging
from visitplanner.web.paging import page_number
from visitplanner.web.refusals import sentence

SIZE = 50
Form = TypeVar("Form", bound=RoleForm)


@blueprint.get("/accounts")
@needs_anywhere("accounts.manage")
def people() -> str:
    """All accounts, with their roles per visit and organisation."""
    asked = act()
    wanted = ("text", "visit_id", "role", "state")
    filters = queries.Filters(**{name: request.args.get(name, "")[:100] for name in wanted})
    page = Paging(page_number(), queries.count(asked.session, filters), SIZE)
    first = (page.number - 1) * SIZE
    return render_template(
        "accounts/people.html",
        rows=queries.lines(asked.session, filters, first=first, most=SIZE),
        page=page,
        filters=filters,
        visits=queries.titles(asked.session),
        ROLE_NAMES=ROLE_NAMES,
        STATES=STATES,
    )


@blueprint.route("/accounts/new", methods=["GET", "POST"])
@needs_anywhere("accounts.manage")
def invite() -> Page:
    """Invite a member of staff by mail."""
    form = _with_choices(InviteForm(visit=request.args.get("visit", "")))
    if not form.validate_on_submit():
        page = render_template("accounts/invite.html", form=form)
        return page, 422 if form.errors else 200
    try:
        wanted = _grant(form)
        services.checked_grant(act(), wanted)
        email, name = form.email.data or "", form.name.data or ""
        made = invitations.invite(act(), email, name, form.language.data or "en", wanted)
    except Refusal as refusal:
        put_refusal(form, refusal)
        return render_template("accounts/invite.html", form=form), 422
    flash(gettext("The invitation to %(email)s is on its way.", email=made.email), "done")
    return redirect(url_for("accounts.person", account_id=made.id))


@blueprint.get("/accounts/<account_id>")
@needs_anywhere("accounts.manage")
def person(account_id: str) -> str:
    """One account: roles, state, help."""
    return _page(account_id, _with_choices(RoleForm(formdata=None)))


@blueprint.post("/accounts/<account_id>/roles")
@needs_anywhere("accounts.manage")
def grant_role(account_id: str) -> Page:
    """Give a role."""
    form = _with_choices(RoleForm())
    if not form.validate_on_submit():
        return _page(account_id, form), 422
    try:
        services.grant_role(act(), account_id, _grant(form))
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        put_refusal(form, refusal)
        return _page(account_id, form), 422
    flash(gettext("The role is given. It counts at once."), "done")
    return redirect(url_for("accounts.person", account_id=account_id))


@blueprint.post("/accounts/<account_id>/roles/<grant_id>/revoke")
@needs_anywhere("accounts.manage")
def revoke_role(account_id: str, grant_id: str) -> Response:
    """Take a role away."""
    words = gettext("The role is taken away. It counts at once.")
    return _do(account_id, lambda asked: services.revoke_role(asked, account_id, grant_id), words)


@blueprint.post("/accounts/<account_id>/close")
@needs_anywhere("accounts.manage")
def close(account_id: str) -> Response:
    """Close an account and end its sessions."""
    words = gettext("The account is closed. Its sessions have ended.")
    return _do(account_id, lambda asked: services.disable(asked, account_id), words)


@blueprint.post("/accounts/<account_id>/reopen")
@needs_anywhere("accounts.manage")
def reopen(account_id: str) -> Response:
    """Open a closed account."""
    words = gettext("The account is open again.")
    return _do(account_id, lambda asked: services.enable(asked, account_id), words)


@blueprint.post("/accounts/<account_id>/end-sessions")
@needs_anywhere("accounts.manage")
def end_sessions(account_id: str) -> Response:
    """Sign an account out everywhere."""
    words = gettext("The sessions have ended.")
    return _do(account_id, lambda asked: services.end_sessions(asked, account_id), words)


@blueprint.post("/accounts/<account_id>/send-link")
@needs_anywhere("accounts.manage")
def send_link(account_id: str) -> Response:
    """Mail an invitation, or a link to a new password."""
    words = gettext("The letter is on its way.")
    return _do(account_id, lambda asked: invitations.invite_again(asked, account_id), words)


@blueprint.post("/accounts/<account_id>/forget-second-step")
@needs_anywhere("accounts.manage")
def forget_second_step(account_id: str) -> Response:
    """Help whoever lost phone and key."""
    words = gettext("The second step is removed. The next sign-in sets up a new one.")
    return _do(account_id, lambda asked: services.forget_second_factor(asked, account_id), words)


def _do(account_id: str, deed: Callable[[Act], object], words: str) -> Response:
    """Do it and say so, or say why not; back to the account's page."""
    try:
        deed(act())
        flash(words, "done")
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        flash(sentence(refusal), "trouble")
    return redirect(url_for("accounts.person", account_id=account_id))


def _page(account_id: str, form: RoleForm) -> str:
    found = queries.line(act().session, account_id)
    if found is None:
        raise NotFound("not-found")
    return render_template(
        "accounts/person.html",
        person=found,
        form=form,
        own=found.id == principal().id,
        ROLE_NAMES=ROLE_NAMES,
        STATES=STATES,
    )


def _with_choices(form: Form) -> Form:
    session = act().session
    visits, bodies = queries.titles(session), queries.organisations(session)
    form.visit.choices = _choices(gettext("All visits"), visits)
    form.organisation.choices = _choices(gettext("All organisations"), bodies)
    return form


def _choices(every: str, names: dict[str, dict[str, str]]) -> list[SelectChoice]:
    named = [SelectChoice(key, text(name)) for key, name in names.items()]
    return [SelectChoice("", every), *named]


def _grant(form: RoleForm) -> invitations.Grant:
    return invitations.Grant(
        form.role.data, form.visit.data or None, form.organisation.data or None
    )
