"""Routes of speakers."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.speakers import blueprint
from visitplanner.blueprints.speakers.forms import SpeakerForm
from visitplanner.domain.access import may
from visitplanner.domain.refusals import NotFound, Refusal, Stale
from visitplanner.domain.speakers import Talk, speaking_order
from visitplanner.queries import day
from visitplanner.queries.visits import parts
from visitplanner.services import speakers
from visitplanner.services.speakers import FIELDS
from visitplanner.web.access import act, needs, principal, visit
from visitplanner.web.conflicts import conflict_rows
from visitplanner.web.forms import choices, put_refusal
from visitplanner.web.languages import text

Page = str | Response | tuple[str, int]


@blueprint.get("/visits/<slug>/speakers")
@needs("speakers.view")
def index() -> str:
    """The speakers in their order; absent ones keep their place but no number."""
    rows = day.speakers(act().session, visit().id)
    talks = [Talk(row.id, number, absent=row.absent) for number, row in enumerate(rows)]
    return render_template(
        "speakers/index.html",
        rows=rows,
        numbers={turn.speaker: turn.number for turn in speaking_order(talks)},
        may_edit=may(principal(), "speakers.edit", visit().id),
    )


@blueprint.route("/visits/<slug>/speakers/new", methods=["GET", "POST"])
@needs("speakers.edit")
def new_speaker() -> Page:
    """Add a speaker."""
    return _save(None, form_of(None))


@blueprint.route("/visits/<slug>/speakers/<speaker_id>", methods=["GET", "POST"])
@needs("speakers.view")
def speaker(speaker_id: str) -> Page:
    """A profile: the form for those who may change it, else what it says."""
    row = speaker_row(speaker_id)
    if not may(principal(), "speakers.edit", visit().id):
        if request.method == "POST":
            raise NotFound("not-found")
        return render_template("speakers/profile.html", row=row)
    return _save(row, form_of(row))


def speaker_row(speaker_id: str) -> Any:
    """The row of a speaker of this visit (Any: a row); NotFound."""
    known = day.speakers(act().session, visit().id)
    found = next((row for row in known if row.id == speaker_id), None)
    if found is None:
        raise NotFound("not-found")
    return found


def form_of(row: Any) -> SpeakerForm:
    """The form of a speaker (Any: a row or None)."""
    form = SpeakerForm(obj=row)
    known = {one.organisation_id: one.organisation for one in parts(act().session, visit().id)}
    if row is not None and row.organisation is not None:
        known[row.organisation_id] = row.organisation
    form.organisation_id.choices = choices(
        [("", "–"), *((key, text(one.name)) for key, one in known.items())]
    )
    if row is not None and row.organisation_id is None and request.method == "GET":
        form.organisation_id.data = ""
    return form


def show(row: Any, form: SpeakerForm, **more: Any) -> str:
    """The page of a speaker's form (Any: a row, conflict rows, errors of a picture)."""
    given = {"mine": None, "photo_errors": []} | more
    return render_template("speakers/speaker.html", row=row, form=form, **given)


def _save(row: Any, form: SpeakerForm) -> Page:  # Any: a speaker's row
    if not form.validate_on_submit():
        return show(row, form), 422 if form.errors else 200
    version = form.version.data if row else None
    try:
        saved = speakers.save_speaker(act(), visit(), row, form.values(), version=version)
    except Stale:
        act().session.rollback()
        row = speaker_row(row.id)
        there = {name: getattr(row, name) for name in FIELDS}
        mine = conflict_rows(form, there | {"organisation_id": row.organisation_id or ""})
        form.version.data = row.version
        return show(row, form, mine=mine), 409
    except Refusal as refusal:
        act().session.rollback()
        put_refusal(form, refusal)
        return show(row, form), 422
    flash(gettext("Saved."), "done")
    if row is None:
        return redirect(url_for("speakers.speaker", speaker_id=saved.id))
    return redirect(url_for("speakers.index"))


def typed_version() -> int:
    """The version a form of one button carries; nonsense is never current."""
    typed = request.form.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else -1


@blueprint.post("/visits/<slug>/speakers/<speaker_id>/absent")
@needs("speakers.edit")
def absent(speaker_id: str) -> Page:
    """Say whether a speaker comes."""
    gone = request.form.get("absent") == "1"
    speakers.set_absent(act(), speaker_row(speaker_id), absent=gone, version=typed_version())
    return redirect(url_for("speakers.index"))


@blueprint.post("/visits/<slug>/speakers/<speaker_id>/move")
@needs("speakers.edit")
def move(speaker_id: str) -> Page:
    """One place up or down."""
    step = -1 if request.form.get("to") == "up" else 1
    speakers.move_speaker(act(), visit(), speaker_row(speaker_id), step)
    return redirect(url_for("speakers.index"))


@blueprint.post("/visits/<slug>/speakers/<speaker_id>/remove")
@needs("speakers.edit")
def remove(speaker_id: str) -> Page:
    """Take a speaker out."""
    speakers.remove_speaker(act(), speaker_row(speaker_id), version=typed_version())
    flash(gettext("The speaker was taken out."), "done")
    return redirect(url_for("speakers.index"))
