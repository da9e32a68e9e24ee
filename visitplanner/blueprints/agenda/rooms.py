"""Routes of rooms."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.agenda import blueprint
from visitplanner.blueprints.agenda.forms import RoomForm
from visitplanner.domain.access import may
from visitplanner.domain.refusals import NotFound, Refusal, Stale
from visitplanner.queries import day
from visitplanner.services import agenda
from visitplanner.web.access import act, needs, principal, visit
from visitplanner.web.conflicts import conflict_rows
from visitplanner.web.forms import put_refusal, texts_of

Page = str | Response | tuple[str, int]


@blueprint.get("/visits/<slug>/agenda/rooms")
@needs("agenda.view")
def rooms() -> str:
    """The rooms with their places."""
    return render_template(
        "agenda/rooms.html",
        rooms=day.rooms(act().session, visit().id),
        may_edit=may(principal(), "agenda.edit", visit().id),
    )


@blueprint.route("/visits/<slug>/agenda/rooms/new", methods=["GET", "POST"])
@needs("agenda.edit")
def new_room() -> Page:
    """Add a room."""
    return _save(None, RoomForm())


@blueprint.route("/visits/<slug>/agenda/rooms/<room_id>", methods=["GET", "POST"])
@needs("agenda.edit")
def room(room_id: str) -> Page:
    """Change a room."""
    row = _room(room_id)
    return _save(row, RoomForm(obj=row))


def _room(room_id: str) -> Any:  # Any: a room's row
    known = day.rooms(act().session, visit().id)
    found = next((row for row in known if row.id == room_id), None)
    if found is None:
        raise NotFound("not-found")
    return found


def _save(row: Any, form: RoomForm) -> Page:  # Any: a room's row
    mine = None
    if form.validate_on_submit():
        values = {"name": texts_of(form.name.data), "people": form.people.data}
        version = form.version.data if row else None
        try:
            agenda.save_room(act(), visit(), row, values, version=version)
        except Stale:
            act().session.rollback()
            row = _room(row.id)
            mine = conflict_rows(form, {"name": row.name, "people": row.people})
            form.version.data = row.version
            return render_template("agenda/room.html", form=form, row=row, mine=mine), 409
        except Refusal as refusal:
            act().session.rollback()
            put_refusal(form, refusal)
        else:
            flash(gettext("Saved."), "done")
            return redirect(url_for("agenda.rooms"))
    page = render_template("agenda/room.html", form=form, row=row, mine=mine)
    return page, 422 if form.errors else 200


@blueprint.post("/visits/<slug>/agenda/rooms/<room_id>/remove")
@needs("agenda.edit")
def remove_room(room_id: str) -> Page:
    """Take a room away."""
    typed = request.form.get("version", "")
    version = int(typed) if typed.isdecimal() and len(typed) < 10 else -1
    agenda.remove_room(act(), visit(), _room(room_id), version=version)
    flash(gettext("The room was taken away."), "done")
    return redirect(url_for("agenda.rooms"))
