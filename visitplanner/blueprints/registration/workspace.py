"""The list of a delegation or organisation: what a focal point opens on a phone."""

import re
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.registration import blueprint
from visitplanner.blueprints.registration.forms import ReplaceForm
from visitplanner.blueprints.registration.words import CLOSED, MISSING_FIELDS, STANDINGS
from visitplanner.domain.deadlines import deadline_state
from visitplanner.domain.refusals import Refusal
from visitplanner.queries import workspace as query
from visitplanner.services import participants, registration, steps
from visitplanner.web.access import act, guest, principal, visit
from visitplanner.web.bodies import takes_json
from visitplanner.web.errors import wants_json
from visitplanner.web.forms import put_refusal
from visitplanner.web.languages import language

Page = str | Response | tuple[str, int]
PHONE = re.compile(r"\+[\d ()–-]{7,24}\d")


@blueprint.get("/r/list")
@guest("delegation", "organisation")
def workspace() -> str:
    """The whole list."""
    return render_list()


def sender() -> query.Sender:
    """Whose list this is."""
    who, session = principal(), act().session
    if who.kind == "delegation":
        return query.delegation_sender(session, visit().id, who.delegation_id)
    return query.organisation_sender(session, visit().id, who.organisation_id)


def members() -> list[query.Member]:
    """Everybody on it."""
    who = principal()
    return query.members(
        act().session,
        visit().id,
        delegation_id=who.delegation_id,
        organisation_id=who.organisation_id,
        rules=steps.rules_of(visit()),
        form_rules=steps.form_rules_of(visit()),
        language=language(),
    )


def render_list(form: ReplaceForm | None = None) -> str:
    """The page; `form` is a replacement that was refused."""
    everybody = members()
    lines = [one for one in everybody if one.on_list]
    closed = registration.closed_because(act(), visit())
    return render_template(
        "registration/workspace.html",
        sender=sender(),
        lines=lines,
        out=[one for one in everybody if not one.on_list],
        confirmed=sum(one.confirmed for one in lines),
        ready=[one for one in lines if one.may_submit and not one.missing],
        unready=[one for one in lines if one.may_submit and one.missing],
        replaceable=[one for one in lines if one.editable],
        closed=closed,
        closed_words=CLOSED.get(closed, ""),
        standings=STANDINGS,
        anchors=MISSING_FIELDS,
        time_left=time_left(),
        phone=phone(),
        form=form or ReplaceForm(formdata=None, name_order="given_first"),
        chosen=(form.place()[0] if form else request.args.get("replace", "")),
    )


def time_left() -> tuple[str, str]:
    """How long registration stays open, in words, and the state of the deadline."""
    until, now = visit().register_by, act().at
    if until is None or until < now:
        return "", "passed" if until else "open"
    hours = int((until - now).total_seconds() // 3600)
    if hours >= 48:
        words = ngettext("%(num)d day", "%(num)d days", hours // 24)
    elif hours >= 1:
        words = ngettext("%(num)d hour", "%(num)d hours", hours)
    else:
        words = gettext("less than an hour")
    return str(words), deadline_state(until, now)


def phone() -> str:
    """The telephone number within the visit's contact, to be called."""
    texts: dict[str, str] = visit().contact
    found = PHONE.search(" ".join(texts.values()))
    return found.group() if found else ""


@blueprint.post("/r/list/submit")
@guest("delegation", "organisation")
def submit_all() -> Response:
    """Hand in everybody whose form is complete."""
    sent, lacking = registration.submit_everybody(act())
    if sent:
        words = ngettext(
            "Handed in: %(num)d person. The protocol department will look at it.",
            "Handed in: %(num)d people. The protocol department will look at them.",
            sent,
        )
        flash(str(words), "done")
    if lacking:
        words = ngettext(
            "%(num)d form is not complete: what is missing stands under the name.",
            "%(num)d forms are not complete: what is missing stands under the names.",
            lacking,
        )
        flash(str(words), "attention")
    return redirect(url_for("registration.workspace"))


@blueprint.post("/r/list/order")
@guest("delegation", "organisation")
@takes_json
def order() -> Response:
    """Put the list in order: JSON {order: [id]}, or one step by the buttons `up` and `down`."""
    body = registration.own_body(act())
    sent: Any = request.get_json(silent=True)
    if isinstance(sent, dict) and isinstance(sent.get("order"), list):
        ids = [str(one)[:40] for one in sent["order"][: participants.MOST]]
    else:
        ids = _step([one.id for one in members() if one.on_list])
    participants.reorder(act(), body, ids)
    if wants_json():
        return jsonify({"saved": True})
    return redirect(url_for("registration.workspace") + "#order")


def _step(ids: list[str]) -> list[str]:
    """The order after one press of a button."""
    for name, by in (("up", -1), ("down", 1)):
        key = request.form.get(name, "")
        if key in ids:
            place = ids.index(key)
            other = min(max(place + by, 0), len(ids) - 1)
            ids[place], ids[other] = ids[other], ids[place]
    return ids


@blueprint.post("/r/list/replace")
@guest("delegation", "organisation")
def replace() -> Page:
    """Put somebody else into a place, in one step."""
    doing, form = act(), ReplaceForm()
    key, version = form.place()
    row = registration.own_participant(doing, key) if key else None
    try:
        if row is not None:
            registration.require_editable(row)
        if form.validate_on_submit() and row is not None:
            participants.replace_person(doing, row, form.details(), version=version)
            flash(gettext("Replaced. Group and place are kept. Fill in the rest of the form."))
            return redirect(url_for("registration.person", participant_id=row.id))
    except Refusal as refusal:
        doing.session.rollback()
        put_refusal(form, refusal)
    return render_list(form), 422
