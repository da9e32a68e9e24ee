"""Making a visit, and the form of everything about it."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.visits import blueprint
from visitplanner.blueprints.visits.forms import (
    PLAIN,
    TEXTS,
    NewVisitForm,
    VisitForm,
    moments_of,
)
from visitplanner.domain.refusals import Refusal, Stale
from visitplanner.queries.visits import deadlines, parts
from visitplanner.services import visits as service
from visitplanner.web.access import act, needs, needs_anywhere, visit
from visitplanner.web.conflicts import conflict_rows
from visitplanner.web.forms import put_refusal
from visitplanner.web.words import PARTS as PART_WORDS

Page = str | Response | tuple[str, int]


@blueprint.get("/visits/new")
@needs_anywhere("visit.create")
def new() -> str:
    """The form of a new visit."""
    form = NewVisitForm(
        data={
            "timezone": "Europe/Moscow",
            "languages": ["ru", "en"],
            "alphabet": "ru",
            "default_quota": 3,
            "photo_required": True,
        }
    )
    return render_template("visits/new.html", form=form)


@blueprint.post("/visits/new")
@needs_anywhere("visit.create")
def create() -> Page:
    """Make it, with the usual categories, zones, door and calendar."""
    doing, form = act(), NewVisitForm()
    try:
        if form.validate_on_submit():
            details = service.VisitDetails(**form.values())
            made = service.create_visit(doing, form.slug.data or "", details)
            flash(gettext("The visit is made, with categories, zones, an entrance and dates"))
            return redirect(url_for("visits.edit", slug=made.slug))
    except Refusal as refusal:
        doing.session.rollback()
        put_refusal(form, refusal)
    return render_template("visits/new.html", form=form), 422


@blueprint.get("/visits/<slug>/edit")
@needs("visit.edit")
def edit() -> str:
    """The form, and the lists of dates, organisers, categories and zones."""
    form = VisitForm(obj=visit())
    for name, value in moments_of(visit()).items():
        form[name].data = value
    return _show(form)


def _show(form: VisitForm, mine: Any = None) -> str:  # Any: conflict rows
    session = act().session
    return render_template(
        "visits/edit.html",
        form=form,
        mine=mine,
        dates=deadlines(session, visit().id),
        parts=parts(session, visit().id),
        part_words=PART_WORDS,
    )


@blueprint.post("/visits/<slug>/edit")
@needs("visit.edit")
def save() -> Page:
    """Write the form; when somebody saved meanwhile, show both values."""
    doing, form = act(), VisitForm()
    try:
        if form.validate_on_submit():
            kept = {"precedence_mode": visit().precedence_mode}  # no field of this form
            details = service.VisitDetails(**kept | form.values())
            days = service.change_visit(doing, visit(), details, version=form.version.data)
            moved = gettext("Saved. Agenda, tour and the dates to come moved with the day")
            flash(moved if days else gettext("Saved"))
            return redirect(url_for("visits.edit"))
    except Stale:
        doing.session.rollback()
        row = visit()
        saved = {name: getattr(row, name) for name in (*TEXTS, *PLAIN)} | moments_of(row)
        mine = conflict_rows(form, saved)
        form.version.data = row.version
        return _show(form, mine), 409
    except Refusal as refusal:
        doing.session.rollback()
        put_refusal(form, refusal)
    return _show(form), 422
