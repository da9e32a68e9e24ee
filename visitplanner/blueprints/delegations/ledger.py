"""The ledger of invitations: notes, replies, terms, links."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.delegations import blueprint
from visitplanner.blueprints.delegations.bulk import back, say_reminded
from visitplanner.blueprints.delegations.forms import NoteForm, ReplyForm
from visitplanner.blueprints.delegations.linking import mail_links
from visitplanner.blueprints.delegations.pages import Page, allowed
from visitplanner.domain.refusals import Refusal, Stale
from visitplanner.queries.delegations import (
    delegations_invited,
    invitation_of,
    official_names,
)
from visitplanner.queries.ledger import LedgerLine
from visitplanner.queries.ledger import ledger as all_lines
from visitplanner.services import invitations as service
from visitplanner.services import reminders
from visitplanner.web.access import act, needs, visit
from visitplanner.web.forms import aware, on_clocks, put_refusal
from visitplanner.web.languages import language

VIEWS: Mapping[str, Callable[[LedgerLine], bool]] = {
    "all": lambda line: True,
    "not-answered": lambda line: line.reply == "none",
    "late": lambda line: line.late,
    "accepted": lambda line: line.reply in ("accepted", "tentative"),
    "declined": lambda line: line.reply == "declined",
    "not-sent": lambda line: line.sent_at is None,
    "no-link": lambda line: line.link is None and line.due_link,
}


@blueprint.get("/visits/<slug>/invitations")
@needs("delegations.view")
def ledger() -> str:
    """Every mission's line."""
    doing = act()
    lines = all_lines(doing.session, visit().id, language(), doing.at)
    view = request.args.get("view", "all")
    view = view if view in VIEWS else "all"
    return render_template(
        "delegations/ledger.html",
        lines=[line for line in lines if VIEWS[view](line)],
        counts={name: sum(map(passes, lines)) for name, passes in VIEWS.items()},
        total=len(lines),
        now=doing.at,
        view=view,
        may_edit=allowed("delegations.edit"),
        may_link=allowed("links.issue"),
    )


def note_of(form: NoteForm, sent_at: datetime) -> service.Note:
    """What a form says about a note; `sent_at` holds if it says that the note was sent."""
    return service.Note(
        number=form.number.data or "",
        dated=form.date.data,
        channel=form.channel.data,
        quota=form.quota.data if form.quota else None,
        reply_by=aware(form.reply_by.data, visit().timezone),
        sent_at=sent_at if form.sent.data else None,
        remarks=form.remarks.data or "",
    )


@blueprint.get("/visits/<slug>/invitations/<invitation_id>")
@needs("delegations.edit")
def invitation(invitation_id: str) -> str:
    """One line of the ledger: note and reply, each with its form."""
    row = invitation_of(act().session, visit().id, invitation_id)
    return _show(row, _note_form(row), _reply_form(row))


def _note_form(row: Any, *, fresh: bool = False) -> NoteForm:
    """The note as sent by the form, or as it stands (Any: an invitation's row)."""
    form = NoteForm(prefix="note", **({"formdata": None, "obj": row} if fresh else {}))
    if fresh or not form.is_submitted():
        form.process(obj=row)
        form.number.data, form.date.data = row.note_number, row.note_date
        form.sent.data = row.sent_at is not None
        form.reply_by.data = on_clocks(row.reply_by, visit().timezone)
    del form.quota
    return form


def _reply_form(row: Any, *, fresh: bool = False) -> ReplyForm:
    """The reply as sent by the form, or as it stands (Any: an invitation's row)."""
    form = ReplyForm(prefix="reply", **({"formdata": None, "obj": row} if fresh else {}))
    if fresh or not form.is_submitted():
        form.process(obj=row)
        form.number.data, form.date.data = row.reply_number, row.reply_date
    return form


def _show(row: Any, note: NoteForm, reply: ReplyForm) -> str:
    return render_template(
        "delegations/invitation.html",
        row=row,
        names=official_names(act().session, visit().id, row.mission),
        note=note,
        reply=reply,
        code=service.delegation_code(act(), row),
    )


def _refused(form: NoteForm | ReplyForm, refusal: Refusal, invitation_id: str) -> tuple[Any, int]:
    """Say a refusal on a form that can be sent again; the row as saved (Any) and the status."""
    session = act().session
    session.rollback()
    put_refusal(form, refusal)
    row = invitation_of(session, visit().id, invitation_id)
    form.version.data = row.version
    return row, 409 if isinstance(refusal, Stale) else 422


@blueprint.post("/visits/<slug>/invitations/<invitation_id>/note")
@needs("delegations.edit")
def save_note(invitation_id: str) -> Page:
    """Correct the note."""
    doing = act()
    row = invitation_of(doing.session, visit().id, invitation_id)
    form, status = _note_form(row), 422
    try:
        if form.validate_on_submit():
            note = note_of(form, row.sent_at or doing.at)
            service.change_invitation(doing, row, note, version=form.version.data)
            flash(gettext("Saved"))
            return redirect(url_for("delegations.ledger"))
    except Refusal as refusal:
        row, status = _refused(form, refusal, invitation_id)
    return _show(row, form, _reply_form(row, fresh=True)), status


@blueprint.post("/visits/<slug>/invitations/<invitation_id>/reply")
@needs("delegations.edit")
def save_reply(invitation_id: str) -> Page:
    """Enter the reply, however it came."""
    doing = act()
    row = invitation_of(doing.session, visit().id, invitation_id)
    form, status = _reply_form(row), 422
    try:
        if form.validate_on_submit():
            reply = service.Reply(
                form.reply.data,
                form.number.data or "",
                form.date.data,
                form.remarks.data or "",
            )
            service.record_reply(doing, row, reply, version=form.version.data)
            flash(gettext("Reply recorded"))
            return redirect(url_for("delegations.ledger"))
    except Refusal as refusal:
        row, status = _refused(form, refusal, invitation_id)
    return _show(row, _note_form(row, fresh=True), form), status


@blueprint.post("/visits/<slug>/invitations/actions")
@needs("delegations.edit")
def act_on_invitations() -> Response:
    """Mark the ticked notes as sent, remind, mail links, or enter one reply for all of them."""
    doing = act()
    rows = service.invitations_of(doing, visit(), request.form.getlist("row"))
    action = request.form.get("action", "")
    if not rows:
        flash(gettext("Select at least one row first."), "attention")
    elif action == "sent":
        count = service.mark_sent(doing, rows)
        flash(ngettext("%(num)d note marked as sent", "%(num)d notes marked as sent", count))
    elif action == "remind":
        service.open_delegations(doing, rows)
        say_reminded(reminders.remind(doing, visit(), delegations_invited(doing.session, rows)))
    elif action == "link":
        service.open_delegations(doing, rows)
        mail_links(delegations_invited(doing.session, rows))
    elif action in ("accepted", "tentative", "declined"):
        _say_entered(*service.record_replies(doing, rows, action))
    else:
        raise Refusal("step-not-open")
    return back("delegations.ledger")


def _say_entered(done: int, left_out: int) -> None:
    """Tell how many replies were entered, and why others were not."""
    if done:
        flash(ngettext("%(num)d reply recorded", "%(num)d replies recorded", done))
    if left_out:
        words = ngettext(
            "%(num)d mission has people on its list: withdraw them before the refusal",
            "%(num)d missions have people on their lists: withdraw them before the refusal",
            left_out,
        )
        flash(words, "attention")
