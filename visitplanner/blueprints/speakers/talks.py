"""Routes of talks: who speaks in which item, about what, in which place."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.speakers import blueprint
from visitplanner.blueprints.speakers.forms import TalkForm
from visitplanner.blueprints.speakers.routes import typed_version
from visitplanner.domain.refusals import NotFound, Refusal, Stale
from visitplanner.queries import day
from visitplanner.services import speakers
from visitplanner.services.speakers import TALK_FIELDS
from visitplanner.web.access import act, needs, visit
from visitplanner.web.conflicts import conflict_rows
from visitplanner.web.forms import choices, put_refusal
from visitplanner.web.languages import text
from visitplanner.web.moments import clock

Page = str | Response | tuple[str, int]


@blueprint.route("/visits/<slug>/speakers/talks/new", methods=["GET", "POST"])
@needs("speakers.edit")
def new_talk() -> Page:
    """Let somebody speak in an item (?item=, ?speaker= choose beforehand)."""
    form = _form(None)
    if request.method == "GET":
        form.item_id.data = request.args.get("item", "")
        form.speaker_id.data = request.args.get("speaker", "")
    return _save(None, form)


@blueprint.route("/visits/<slug>/speakers/talks/<talk_id>", methods=["GET", "POST"])
@needs("speakers.edit")
def talk(talk_id: str) -> Page:
    """Change a talk."""
    row = _row(talk_id)
    return _save(row, _form(row))


def _row(talk_id: str) -> Any:  # Any: a talk's row
    rows = day.agenda_rows(act().session, visit().id)
    found = next((one for row in rows for one in row.talks if one.id == talk_id), None)
    if found is None:
        raise NotFound("not-found")
    return found


def _form(row: Any) -> TalkForm:
    """The form; a talk keeps its item and its speaker (Any: a talk's row or None)."""
    form = TalkForm(obj=row)
    if row is not None:
        del form.item_id, form.speaker_id
        return form
    session, here = act().session, visit()
    form.item_id.choices = choices(
        [("", "–")]
        + [
            (one.id, f"{clock(one.starts_at)} {text(one.title)}")
            for one in day.agenda_rows(session, here.id)
        ]
    )
    form.speaker_id.choices = choices(
        [("", "–"), *((one.id, text(one.name)) for one in day.speakers(session, here.id))]
    )
    return form


def _save(row: Any, form: TalkForm) -> Page:  # Any: a talk's row
    doing, here, mine = act(), visit(), None
    if not form.validate_on_submit():
        page = render_template("speakers/talk.html", row=row, form=form, mine=mine)
        return page, 422 if form.errors else 200
    try:
        if row is None:
            values = form.values()
            row = speakers.add_talk(doing, here, form.item_id.data, form.speaker_id.data, values)
        else:
            speakers.change_talk(doing, row, form.values(), version=form.version.data)
    except Stale:
        doing.session.rollback()
        row = _row(row.id)
        mine = conflict_rows(form, {name: getattr(row, name) for name in TALK_FIELDS})
        form.version.data = row.version
        return render_template("speakers/talk.html", row=row, form=form, mine=mine), 409
    except Refusal as refusal:
        doing.session.rollback()
        put_refusal(form, refusal)
        return render_template("speakers/talk.html", row=row, form=form, mine=mine), 422
    flash(gettext("Saved."), "done")
    return redirect(url_for("agenda.item", item_id=row.item_id))


@blueprint.post("/visits/<slug>/speakers/talks/<talk_id>/remove")
@needs("speakers.edit")
def remove_talk(talk_id: str) -> Page:
    """Take a talk out of its item."""
    row = _row(talk_id)
    item_id = row.item_id
    speakers.remove_talk(act(), row, version=typed_version())
    flash(gettext("The talk was taken out."), "done")
    return redirect(url_for("agenda.item", item_id=item_id))
