"""Routes of rules, stops and walking times."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.tours import blueprint
from visitplanner.blueprints.tours.forms import RulesForm, StopForm
from visitplanner.domain.access import may
from visitplanner.domain.refusals import NotFound, Refusal, Stale
from visitplanner.queries.day import tour_start
from visitplanner.queries.tour_people import residents
from visitplanner.services import tours
from visitplanner.web.access import act, needs, principal, visit
from visitplanner.web.conflicts import ConflictRow, conflict_rows
from visitplanner.web.forms import aware, choices, on_clocks, put_refusal, texts_of
from visitplanner.web.languages import text

Page = str | Response | tuple[str, int]
MOST_WALK = 240


@blueprint.route("/visits/<slug>/tours/rules", methods=["GET", "POST"])
@needs("tours.edit")
def rules() -> Page:
    """When the tour starts and how groups are made."""
    here = visit()
    row = tour_start(act().session, here.id)
    form = RulesForm(obj=row)
    if row is not None and request.method == "GET":
        form.starts_at.data = on_clocks(row.starts_at, here.timezone)
    if form.validate_on_submit():
        values = {name: form[name].data for name in tours.RULE_FIELDS}
        values["starts_at"] = aware(form.starts_at.data, here.timezone)
        try:
            tours.save_rules(act(), here, values, version=form.version.data if row else None)
        except Stale:
            act().session.rollback()
            row = tour_start(act().session, here.id)
            saved = {name: getattr(row, name) for name in tours.RULE_FIELDS}
            saved["starts_at"] = on_clocks(saved["starts_at"], here.timezone)
            mine = conflict(form, row, saved)
            return render_template("tours/rules.html", form=form, mine=mine), 409
        except Refusal as refusal:
            act().session.rollback()
            put_refusal(form, refusal)
        else:
            flash(gettext("Saved."), "done")
            return redirect(url_for("tours.board"))
    page = render_template("tours/rules.html", form=form, mine=None)
    return page, 422 if form.errors else 200


def conflict(form: Any, row: Any, saved: dict[str, Any]) -> list[ConflictRow]:
    """What differs from what somebody else saved meanwhile; the form may then be sent again.

    Any: a form with a version, the row as it stands now, its values as the form holds them.
    """
    form.version.data = row.version
    return conflict_rows(form, saved)


@blueprint.get("/visits/<slug>/tours/stops")
@needs("tours.view")
def stops() -> Page:
    """The stops and the minutes between them."""
    doing, here = act(), visit()
    return render_template(
        "tours/stops.html",
        stops=tours.stops(doing, here),
        walking=tours.walking(doing, here),
        may_edit=may(principal(), "tours.edit", here.id),
    )


@blueprint.route("/visits/<slug>/tours/stops/new", methods=["GET", "POST"])
@needs("tours.edit")
def new_stop() -> Page:
    """Add a stop."""
    form = _stop_form(None)
    if request.method == "GET":
        form.minutes.data, form.reset_minutes.data = 10, 0
        form.groups_at_once.data, form.people.data, form.step_free.data = 1, 15, True
    return _save_stop(None, form)


@blueprint.route("/visits/<slug>/tours/stops/<stop_id>", methods=["GET", "POST"])
@needs("tours.edit")
def stop(stop_id: str) -> Page:
    """Change a stop."""
    row = _stop(stop_id)
    return _save_stop(row, _stop_form(row))


def _stop(stop_id: str) -> Any:  # Any: a stop's row
    found = next((row for row in tours.stops(act(), visit()) if row.id == stop_id), None)
    if found is None:
        raise NotFound("not-found")
    return found


def _stop_form(row: Any) -> StopForm:  # Any: a stop's row
    form = StopForm(obj=row)
    companies = residents(act().session, visit().id)
    form.organisation_id.choices = choices(
        [("", "–"), *((key, text(name)) for key, name in companies)]
    )
    return form


def _save_stop(row: Any, form: StopForm) -> Page:  # Any: a stop's row
    if form.validate_on_submit():
        values = {name: form[name].data for name in tours.STOP_FIELDS}
        values |= {"name": texts_of(form.name.data), "summary": texts_of(form.summary.data)}
        values["organisation_id"] = values["organisation_id"] or None
        try:
            tours.save_stop(act(), visit(), row, values, version=form.version.data if row else None)
        except Stale:
            act().session.rollback()
            row = _stop(row.id)
            saved = {name: getattr(row, name) for name in tours.STOP_FIELDS}
            mine = conflict(form, row, saved | {"organisation_id": row.organisation_id or ""})
            return render_template("tours/stop.html", form=form, row=row, mine=mine), 409
        except Refusal as refusal:
            act().session.rollback()
            put_refusal(form, refusal)
        else:
            flash(gettext("Saved."), "done")
            return redirect(url_for("tours.stops"))
    page = render_template("tours/stop.html", form=form, row=row, mine=None)
    return page, 422 if form.errors else 200


@blueprint.post("/visits/<slug>/tours/stops/<stop_id>/remove")
@needs("tours.edit")
def remove_stop(stop_id: str) -> Page:
    """Take a stop away."""
    tours.remove_stop(act(), _stop(stop_id))
    flash(gettext("The stop was removed."), "done")
    return redirect(url_for("tours.stops"))


@blueprint.post("/visits/<slug>/tours/walking")
@needs("tours.edit")
def walking() -> Page:
    """Save the minutes between stops: fields `from:to`, empty for no direct way."""
    minutes: dict[tuple[str, str], int | None] = {}
    wrong = []
    for name, value in request.form.items():
        one, found, other = name.partition(":")
        if not found:
            continue
        if value.strip() and not (value.strip().isdecimal() and int(value) <= MOST_WALK):
            wrong.append(name)
            continue
        minutes[one, other] = int(value) if value.strip() else None
    if wrong:
        page = render_template(
            "tours/stops.html",
            stops=tours.stops(act(), visit()),
            walking={pair: request.form[f"{pair[0]}:{pair[1]}"] for pair in
                     (tuple(name.split(":")) for name in request.form if ":" in name)},
            wrong=wrong,
            may_edit=True,
        )  # fmt: skip
        return page, 422
    tours.save_walking(act(), visit(), minutes)
    flash(gettext("Saved."), "done")
    return redirect(url_for("tours.stops"))
