"""Doors and stops where badges are scanned: list, add, change."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]

from visitplanner.blueprints.checkin import blueprint
from visitplanner.blueprints.checkin.forms import KINDS, DoorForm
from visitplanner.domain.refusals import NotFound, Refusal
from visitplanner.queries import arrivals as queries
from visitplanner.services import checkpoints as services
from visitplanner.web.access import act, needs, visit
from visitplanner.web.forms import put_refusal, texts_of
from visitplanner.web.languages import text
from visitplanner.web.refusals import add_words

add_words(
    {
        "zone-needed": lazy_gettext("Say which zone lies behind this door."),
        "no-such-zone": lazy_gettext("The visit has no zone %(letter)s."),
        "no-such-door-kind": lazy_gettext("Choose one of the kinds."),
    }
)


@blueprint.get("/visits/<slug>/checkin/doors")
@needs("visit.edit")
def door_list() -> str:
    """All doors of the visit."""
    return render_template(
        "checkin/door_list.html",
        rows=queries.checkpoints(act().session, visit()),
        zones=queries.zone_names(visit()),
        kinds=dict(KINDS),
    )


@blueprint.route("/visits/<slug>/checkin/doors/new", methods=["GET", "POST"])
@needs("visit.edit")
def new_door() -> Response | str | tuple[str, int]:
    """Add a door."""
    form = _form()
    if not form.validate_on_submit():
        return _page(form), 422 if form.errors else 200
    try:
        services.add_checkpoint(act(), visit(), _door(form))
    except Refusal as refusal:
        put_refusal(form, refusal)
        return _page(form), 422
    flash(gettext("The door is added. It can be scanned at once."), "done")
    return redirect(url_for("checkin.door_list"))


@blueprint.route("/visits/<slug>/checkin/doors/<checkpoint_id>", methods=["GET", "POST"])
@needs("visit.edit")
def edit_door(checkpoint_id: str) -> Response | str | tuple[str, int]:
    """Change a door."""
    row = queries.checkpoint_of(act().session, visit(), checkpoint_id)
    if row is None:
        raise NotFound("not-found")
    form = _form(obj=row)
    if not form.validate_on_submit():
        return _page(form, row), 422 if form.errors else 200
    try:
        version = form.version.data
        services.edit_checkpoint(act(), visit(), checkpoint_id, _door(form), version)
    except Refusal as refusal:
        put_refusal(form, refusal)
        return _page(form, row), 422
    flash(gettext("Saved. It counts from the next scan on."), "done")
    return redirect(url_for("checkin.door_list"))


def _form(**more: Any) -> DoorForm:
    """The form with the visit's zones (Any: arguments of WTForms)."""
    form = DoorForm(**more)
    named = queries.zone_names(visit()).items()
    own = [SelectChoice(letter, f"{letter} · {text(name)}") for letter, name in named]
    form.zone.choices = [SelectChoice("", gettext("Any valid badge")), *own]
    return form


def _door(form: DoorForm) -> services.Door:
    return services.Door(texts_of(form.name.data), form.kind.data, form.zone.data or "")


def _page(form: DoorForm, row: Any = None) -> str:
    return render_template("checkin/door.html", form=form, door=row)
