"""Routes of one item: add, change with what follows, move, take out."""

from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.agenda import blueprint
from visitplanner.blueprints.agenda.board import clash_lines, span
from visitplanner.blueprints.agenda.forms import ItemForm, saved_values
from visitplanner.blueprints.agenda.words import AUDIENCES, KINDS, MODES
from visitplanner.domain.access import may
from visitplanner.domain.agenda import Interpretation, planned_minutes
from visitplanner.domain.refusals import NotFound, Refusal, Stale
from visitplanner.domain.speakers import Talk, overrun, speaking_order
from visitplanner.queries.day import agenda_rows, as_item, rooms
from visitplanner.services import agenda
from visitplanner.web.access import act, needs, principal, visit
from visitplanner.web.conflicts import conflict_rows
from visitplanner.web.forms import choices, on_clocks, put_refusal
from visitplanner.web.languages import text

Page = str | Response | tuple[str, int]
STEP = 5


@blueprint.route("/visits/<slug>/agenda/new", methods=["GET", "POST"])
@needs("agenda.edit")
def new_item() -> Page:
    """Add an item; it begins where the last one ends."""
    form = _form(None)
    if request.method == "GET":
        last = max((as_item(row).ends_at for row in _rows().values()), default=visit().starts_at)
        form.starts_at.data = on_clocks(last, visit().timezone)
        form.minutes.data = 15
    return _save(None, form)


@blueprint.route("/visits/<slug>/agenda/<item_id>", methods=["GET", "POST"])
@needs("agenda.view")
def item(item_id: str) -> Page:
    """An item: the form for those who may change it, else its facts."""
    row = _row(item_id)
    if not may(principal(), "agenda.edit", visit().id):
        if request.method == "POST":
            raise NotFound("not-found")
        return _facts(row)
    return _save(row, _form(row))


def _rows() -> dict[str, Any]:  # Any: rows of items
    return {row.id: row for row in agenda_rows(act().session, visit().id)}


def _row(item_id: str) -> Any:  # Any: an item's row
    found = _rows().get(item_id)
    if found is None:
        raise NotFound("not-found")
    return found


def _form(row: Any) -> ItemForm:  # Any: an item's row
    form = ItemForm(obj=row)
    known = rooms(act().session, visit().id)
    form.room_id.choices = choices([("", "–"), *((one.id, text(one.name)) for one in known)])
    if row is not None and row.kind not in KINDS:
        form.kind.choices = choices([*KINDS.items(), (row.kind, row.kind)])
    if row is not None and request.method == "GET":
        for name, value in saved_values(row, visit().timezone).items():
            form[name].process_data(value) if name not in ("title", "summary") else None
    return form


def _save(row: Any, form: ItemForm) -> Page:  # Any: an item's row
    here, doing = visit(), act()
    if not form.validate_on_submit():
        return _page(row, form), 422 if form.errors else 200
    try:
        moves = agenda.save_item(
            doing,
            here,
            row,
            form.values(here.day, here.timezone),
            version=form.version.data if row else None,
            follow=request.form.get("follow", ""),
        )
        if moves:
            return _page(row, form, moves=moves)
    except Stale:
        doing.session.rollback()
        row = _row(row.id)
        mine = conflict_rows(form, saved_values(row, here.timezone))
        form.version.data = row.version
        return _page(row, form, mine=mine), 409
    except Refusal as refusal:
        doing.session.rollback()
        put_refusal(form, refusal)
        return _page(row, form), 422
    flash(gettext("Saved."), "done")
    return redirect(url_for("agenda.index"))


def _page(row: Any, form: ItemForm, *, mine: Any = None, moves: Any = ()) -> str:
    """The item's form (Any: a row, conflict rows, shifts)."""
    return render_template(
        "agenda/item.html",
        row=row,
        form=form,
        mine=mine,
        moves=moves,
        agreed=agenda.agreement(moves),
        ALONE=agenda.ALONE,
        planned=_planned(form),
        **(_around(row) if row is not None else {}),
    )


def _planned(form: ItemForm) -> int | None:
    """The minutes the item takes, where that is not what was typed."""
    mode, minutes = form.interpretation.data, form.minutes.data
    if mode not in MODES or minutes is None:
        return None
    planned = planned_minutes(minutes, Interpretation(mode))
    return planned if planned != minutes else None


def _around(row: Any) -> dict[str, Any]:
    """Clashes and talks of an item (Any: a row)."""
    rows = _rows()
    items = [as_item(one) for one in rows.values()]
    lines = clash_lines(items, rows, visit())
    mode = Interpretation(row.interpretation)
    talks = [
        Talk(one.speaker_id, one.position, one.minutes or 0, None, one.speaker.absent)
        for one in row.talks
    ]
    turns = {turn.speaker: turn for turn in speaking_order(talks, mode)}
    starts = {
        key: row.starts_at + timedelta(minutes=turn.starts_after) for key, turn in turns.items()
    }
    return {
        "clashes": [line for line in lines if row in (line.first, line.second)],
        "turns": turns,
        "turn_starts": starts,
        "overrun": overrun(talks, planned_minutes(row.minutes, mode), mode),
        "times": span(row.starts_at, as_item(row).ends_at, visit().timezone),
        "may_speak": may(principal(), "speakers.edit", visit().id),
    }


def _facts(row: Any) -> str:  # Any: an item's row
    return render_template(
        "agenda/facts.html",
        row=row,
        KINDS=KINDS,
        MODES=MODES,
        AUDIENCES=AUDIENCES,
        planned=as_item(row).planned_minutes,
        **_around(row),
    )


def _version() -> int:
    typed = request.form.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else -1


@blueprint.post("/visits/<slug>/agenda/<item_id>/move")
@needs("agenda.edit")
def move(item_id: str) -> Page:
    """Move one item by five minutes, later or (`to` = earlier) earlier."""
    minutes = -STEP if request.form.get("to") == "earlier" else STEP
    agenda.move_item(act(), _row(item_id), minutes, version=_version())
    return redirect(url_for("agenda.item", item_id=item_id))


@blueprint.post("/visits/<slug>/agenda/<item_id>/remove")
@needs("agenda.edit")
def remove_item(item_id: str) -> Page:
    """Take an item out."""
    agenda.remove_item(act(), _row(item_id), version=_version())
    flash(gettext("The item was taken out."), "done")
    return redirect(url_for("agenda.index"))
