"""Inviting one mission or many: the forms, the notes, the links that go out with them."""

from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext, ngettext

from visitplanner.blueprints.delegations import blueprint
from visitplanner.blueprints.delegations.forms import InviteForm, InviteManyForm
from visitplanner.blueprints.delegations.ledger import note_of
from visitplanner.blueprints.delegations.linking import say_sent
from visitplanner.blueprints.delegations.pages import Page, allowed
from visitplanner.domain import states
from visitplanner.domain.collation import sort_key
from visitplanner.domain.refusals import Refusal
from visitplanner.queries.ledger import invited_states
from visitplanner.queries.states import offered_rows
from visitplanner.services import delegation_links, missions
from visitplanner.services import invitations as service
from visitplanner.web.access import act, needs, visit
from visitplanner.web.forms import SelectChoice, on_clocks, put_refusal
from visitplanner.web.languages import language


def state_choices() -> list[SelectChoice]:
    """Every sender with its names in all languages, for the field one types into."""
    code = language() if language() in states.LANGUAGES else "en"
    invited = invited_states(act().session, visit().id)
    offered = offered_rows(act().session, visit().id)
    rows = sorted(offered, key=lambda row: sort_key(row.filing[code], code))
    return [
        SelectChoice(
            row.key,
            row.short[code] + (" ✓" if row.key in invited else ""),
            {"data-words": " ".join([*row.short.values(), *row.aliases, row.iso2, row.iso3])},
        )
        for row in rows
    ]


def _new_form(kind: Any) -> Any:  # Any: one of the two forms
    form = kind(state_choices())
    if not allowed("links.issue"):
        del form.send_link
    if not form.is_submitted():
        form.quota.data = visit().default_quota
        form.reply_by.data = on_clocks(_term(), visit().timezone)
    return form


def _term() -> datetime | None:
    """By when a mission that is invited now may answer: the first term still to come."""
    terms = (visit().reply_by, visit().register_by)
    return next((term for term in terms if term is not None and term > act().at), None)


@blueprint.get("/visits/<slug>/invitations/new")
@needs("delegations.edit")
def invite() -> str:
    """The form of one invitation."""
    return render_template("delegations/invite.html", form=_new_form(InviteForm))


@blueprint.post("/visits/<slug>/invitations/new")
@needs("delegations.edit")
def send_invitation() -> Page:
    """Invite one mission, and mail its link where that is asked for."""
    doing, form = act(), _new_form(InviteForm)
    try:
        if form.validate_on_submit():
            made = _invited(form)
            return redirect(url_for("delegations.page", code=service.delegation_code(doing, made)))
    except Refusal as refusal:
        doing.session.rollback()
        put_refusal(form, _on_a_field(refusal))
    return render_template("delegations/invite.html", form=form), 422


def _invited(form: InviteForm) -> Any:  # Any: an invitation's row
    """Do what the form says; the mission is made when we do not know it yet."""
    doing = act()
    emails = [form.email.data] if form.email.data else []
    mission = missions.mission_for(doing, form.state.data, form.kind.data, emails=emails)
    note = note_of(form, doing.at)
    if not (form.send_link and form.send_link.data):
        made = service.invite(doing, visit(), mission, note)
        flash(gettext("Invited"))
        return made
    made, masked = delegation_links.invite_with_link(
        doing, visit(), mission, note, fall_back=language()
    )
    if masked:
        flash(gettext("Invited. The link is on its way to %(address)s", address=masked))
    else:
        flash(gettext("Invited. The link was not sent: no address is known"), "attention")
    return made


def _on_a_field(refusal: Refusal) -> Refusal:
    """The refusal, said on the field of the form that is to blame."""
    names = {"mission": "state", "mail-address": "email", "mail-too-many": "email"}
    field = names.get(refusal.field or "") or names.get(refusal.code) or refusal.field
    return Refusal(refusal.code, field=field, **refusal.details)


@blueprint.get("/visits/<slug>/invitations/many")
@needs("delegations.edit")
def invite_many() -> str:
    """The form of many invitations."""
    return render_template("delegations/invite_many.html", form=_new_form(InviteManyForm))


@blueprint.post("/visits/<slug>/invitations/many")
@needs("delegations.edit")
def send_invitations() -> Page:
    """Invite several missions with one note; those invited already are left as they are."""
    doing, form = act(), _new_form(InviteManyForm)
    try:
        if form.validate_on_submit():
            _invite_them(form)
            return redirect(url_for("delegations.ledger"))
    except Refusal as refusal:
        doing.session.rollback()
        put_refusal(form, refusal)
    return render_template("delegations/invite_many.html", form=form), 422


def _invite_them(form: InviteManyForm) -> None:
    doing = act()
    rows = [missions.mission_for(doing, key) for key in form.states.data or ()]
    note, sent = note_of(form, doing.at), None
    if form.send_link and form.send_link.data:
        done, skipped, sent = delegation_links.invite_all_with_links(
            doing, visit(), rows, note, fall_back=language()
        )
    else:
        done, skipped = service.invite_all(doing, visit(), rows, note)
    flash(ngettext("%(num)d mission invited", "%(num)d missions invited", len(done)))
    if skipped:
        words = ngettext(
            "%(num)d mission had been invited before",
            "%(num)d missions had been invited before",
            skipped,
        )
        flash(words, "attention")
    if sent is not None:
        say_sent(sent)
