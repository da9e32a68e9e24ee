"""Dates, organisations, categories and zones of a visit, each with its own small form."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.visits import blueprint
from visitplanner.blueprints.visits.editing import Page
from visitplanner.blueprints.visits.forms import (
    CategoryForm,
    ChangePartForm,
    DateForm,
    PartForm,
    ZoneForm,
)
from visitplanner.domain.refusals import NotFound, Refusal
from visitplanner.queries import visits as query
from visitplanner.services import visit_calendar
from visitplanner.services import visits as service
from visitplanner.web.access import act, needs, visit
from visitplanner.web.conflicts import ConflictRow
from visitplanner.web.forms import aware, on_clocks, put_refusal, texts_of
from visitplanner.web.languages import text
from visitplanner.web.seen import fingerprint, overtaken, shown


def done(words: str) -> Response:
    """Back to the visit's form, with a word."""
    flash(words)
    return redirect(url_for("visits.edit"))


def small(form: Any, heading: str, mine: list[ConflictRow] | None = None) -> str:
    """The page of one small form (Any: a WTForms form); `mine`: what somebody else saved."""
    return render_template("visits/small.html", form=form, heading=heading, mine=mine)


def _date_now(row: Any) -> dict[str, Any]:
    return {"title": shown(row.title), "at": on_clocks(row.at, visit().timezone)}


def _part_now(row: Any) -> dict[str, Any]:
    name, duty = shown(row.organisation.name), shown(row.duty)
    return {"name": name, "part": row.part, "duty": duty, "quota": row.quota}


def _category_now(row: Any) -> dict[str, Any]:
    word = shown(row.word)
    return {"word": word, "letter": row.letter, "zones": row.zones, "exempt": row.quota_exempt}


def _zone_now(row: Any) -> dict[str, Any]:
    return {"name": shown(row.name)}


def found(row: Any) -> Any:
    """The row, or NotFound (Any: a row of a table or None)."""
    if row is None or row.visit_id != visit().id:
        raise NotFound("not-found")
    return row


@blueprint.get("/visits/<slug>/dates/<kind>")
@needs("visit.edit")
def date(kind: str) -> str:
    """A date of the calendar; `new` for one that is not there yet."""
    row = query.deadline(act().session, visit().id, kind)
    form = DateForm(obj=row)
    if row is not None:
        form.at.data = on_clocks(row.at, visit().timezone)
        form.seen.data = fingerprint(_date_now(row))
    elif kind != "new":
        raise NotFound("not-found")
    return small(form, gettext("Date"))


@blueprint.post("/visits/<slug>/dates/<kind>")
@needs("visit.edit")
def save_date(kind: str) -> Page:
    """Set it."""
    doing, form = act(), DateForm()
    row = query.deadline(doing.session, visit().id, kind)
    if row is None and kind != "new":
        raise NotFound("not-found")
    if form.validate_on_submit():
        mine = overtaken(form, row, lambda: _date_now(row)) if row is not None else None
        if mine is not None:
            return small(form, gettext("Date"), mine), 409
        at = aware(form.at.data, visit().timezone)
        assert at is not None  # the field is required
        visit_calendar.change_deadline(doing, visit(), row, texts_of(form.title.data), at)
        return done(gettext("Saved"))
    return small(form, gettext("Date")), 422


@blueprint.post("/visits/<slug>/dates/<kind>/drop")
@needs("visit.edit")
def drop_date(kind: str) -> Response:
    """Take it off the calendar."""
    visit_calendar.drop_deadline(act(), found(query.deadline(act().session, visit().id, kind)))
    return done(gettext("The date is off the calendar"))


@blueprint.get("/visits/<slug>/organisations/new")
@needs("visit.edit")
def new_part() -> str:
    """An organisation takes part."""
    return small(PartForm(_not_here()), gettext("Add an organisation"))


def _not_here() -> list[Any]:
    """The organisations we know that do not take part yet (Any: rows)."""
    session = act().session
    here = {part.organisation_id for part in query.parts(session, visit().id)}
    return [row for row in query.organisations(session) if row.id not in here]


@blueprint.post("/visits/<slug>/organisations/new")
@needs("visit.edit")
def add_part() -> Page:
    """Add it, made when we do not know it yet."""
    doing, form = act(), PartForm(_not_here())
    try:
        if form.validate_on_submit():
            made = service.add_part(
                doing,
                visit(),
                form.organisation.data or None,
                service.NewOrganisation(
                    form.code.data or "", form.kind.data, texts_of(form.name.data)
                ),
                form.part.data,
                duty=texts_of(form.duty.data),
                quota=20 if form.quota.data is None else form.quota.data,
            )
            flash(gettext("Added. Send the link, or add its people here"))
            there = "delegations.organisation"
            return redirect(url_for(there, organisation_id=made.organisation_id))
    except Refusal as refusal:
        doing.session.rollback()
        put_refusal(form, refusal)
    return small(form, gettext("Add an organisation")), 422


@blueprint.get("/visits/<slug>/organisations/<part_id>/part")
@needs("visit.edit")
def part(part_id: str) -> str:
    """The form of an organisation's part."""
    row = found(query.part(act().session, part_id))
    form = ChangePartForm(obj=row, data={"name": row.organisation.name})
    form.seen.data = fingerprint(_part_now(row))
    return small(form, text(row.organisation.name))


@blueprint.post("/visits/<slug>/organisations/<part_id>/part")
@needs("visit.edit")
def save_part(part_id: str) -> Page:
    """Write it."""
    doing, form = act(), ChangePartForm()
    row = found(query.part(doing.session, part_id))
    try:
        if form.validate_on_submit():
            mine = overtaken(form, row, lambda: _part_now(row))
            if mine is not None:
                return small(form, text(row.organisation.name), mine), 409
            service.change_part(
                doing,
                row,
                texts_of(form.name.data),
                form.part.data,
                duty=texts_of(form.duty.data),
                quota=form.quota.data or 0,
            )
            flash(gettext("Saved"))
            there = "delegations.organisation"
            return redirect(url_for(there, organisation_id=row.organisation_id))
    except Refusal as refusal:
        doing.session.rollback()
        put_refusal(form, refusal)
        row = found(query.part(doing.session, part_id))
    return small(form, text(row.organisation.name)), 422


@blueprint.post("/visits/<slug>/organisations/<part_id>/drop")
@needs("visit.edit")
def drop_part(part_id: str) -> Response:
    """Take an organisation out of the visit."""
    doing = act()
    service.drop_part(doing, found(query.part(doing.session, part_id)))
    return done(gettext("The organisation is out of the visit"))


def _category_form(row: Any, **more: Any) -> CategoryForm:  # Any: a row, WTForms arguments
    letters = [zone.letter for zone in query.zones(act().session, visit().id)]
    return CategoryForm(letters, obj=row, **more)


@blueprint.get("/visits/<slug>/categories/<category_id>")
@needs("visit.edit")
def category(category_id: str) -> str:
    """A category's form."""
    row = found(query.category(act().session, category_id))
    form = _category_form(row, exempt=row.quota_exempt)
    form.seen.data = fingerprint(_category_now(row))
    return small(form, gettext("Category"))


@blueprint.post("/visits/<slug>/categories/<category_id>")
@needs("visit.edit")
def save_category(category_id: str) -> Page:
    """Write it."""
    doing = act()
    row = found(query.category(doing.session, category_id))
    form = _category_form(None)
    if form.validate_on_submit():
        mine = overtaken(form, row, lambda: _category_now(row))
        if mine is not None:
            return small(form, gettext("Category"), mine), 409
        service.change_category(
            doing,
            row,
            word=texts_of(form.word.data),
            letter=form.letter.data or "",
            zones=form.zones.data or [],
            exempt=form.exempt.data,
        )
        return done(gettext("Saved"))
    return small(form, gettext("Category")), 422


@blueprint.get("/visits/<slug>/zones/<letter>")
@needs("visit.edit")
def zone(letter: str) -> str:
    """A zone's form; `new` for one that is not there yet."""
    rows = {row.letter: row for row in query.zones(act().session, visit().id)}
    if letter != "new" and letter not in rows:
        raise NotFound("not-found")
    form = _zone_form(letter, obj=rows.get(letter))
    if letter in rows:
        form.seen.data = fingerprint(_zone_now(rows[letter]))
    return small(form, _zone_heading(letter))


def _zone_form(letter: str, **more: Any) -> ZoneForm:
    """The form; a zone keeps its letter, which is printed on badges (Any: WTForms arguments)."""
    form = ZoneForm(**more)
    if letter != "new":
        del form.letter
    return form


def _zone_heading(letter: str) -> str:
    if letter == "new":
        return str(gettext("Zone"))
    return str(gettext("Zone %(letter)s", letter=letter))


@blueprint.post("/visits/<slug>/zones/<letter>")
@needs("visit.edit")
def save_zone(letter: str) -> Page:
    """Name it."""
    doing, form = act(), _zone_form(letter)
    rows = {row.letter: row for row in query.zones(doing.session, visit().id)}
    try:
        if form.validate_on_submit():
            known = rows.get(letter)
            mine = overtaken(form, known, lambda: _zone_now(known)) if known is not None else None
            if mine is not None:
                return small(form, _zone_heading(letter), mine), 409
            chosen = form.letter.data or "" if letter == "new" else letter
            service.set_zone(doing, visit(), chosen, texts_of(form.name.data))
            return done(gettext("Saved"))
    except Refusal as refusal:
        doing.session.rollback()
        put_refusal(form, refusal)
    return small(form, _zone_heading(letter)), 422
