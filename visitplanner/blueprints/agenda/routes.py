"""The agenda's first page: the board, the guests' view, the staff's running order."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.agenda import blueprint
from visitplanner.blueprints.agenda.board import boards_of, clash_lines, span, speakers_of
from visitplanner.blueprints.agenda.words import AUDIENCES, MODES
from visitplanner.domain.access import may
from visitplanner.domain.agenda import Audience, Item, by_day
from visitplanner.domain.agenda_clashes import clashes
from visitplanner.domain.agenda_views import guests_view, running_order
from visitplanner.queries.day import agenda_rows, as_item
from visitplanner.web.access import act, needs, principal, visit

Page = str | Response | tuple[str, int]
VIEWS = ("board", "guests", "order")


@blueprint.get("/visits/<slug>/agenda")
@needs("agenda.view")
def index() -> str:
    """One day of the visit in one of three views; all days' clashes."""
    here = visit()
    rows = {row.id: row for row in agenda_rows(act().session, here.id)}
    items = [as_item(row) for row in rows.values()]
    days = by_day(items, here.timezone)
    on = _day(days)
    view = request.args.get("view", "board")
    view = view if view in VIEWS else "board"
    return render_template(
        "agenda/index.html",
        items=items,
        clashes=clash_lines(items, rows, here),
        days=_days(days, on, view),
        on=on,
        view=view,
        views=_views(view, on),
        may_edit=may(principal(), "agenda.edit", here.id),
        **_shown(view, items, days.get(on, ()) if on else (), rows),
    )


def _day(days: Mapping[date, Any]) -> date | None:
    """The day asked for, else the visit's own, else the first there is."""
    asked = request.args.get("day", "")
    known = {day.isoformat(): day for day in days}
    own = visit().day if visit().day in days else next(iter(days), None)
    return known.get(asked, own)


def _address(view: str, on: date | None) -> str:
    more: dict[str, str] = {} if view == "board" else {"view": view}
    if on is not None and on != visit().day:
        more["day"] = on.isoformat()
    return url_for("agenda.index", **more)  # type: ignore[arg-type]


def _days(days: Mapping[date, Any], on: date | None, view: str) -> list[dict[str, Any]]:
    return [
        {"day": day, "url": _address(view, day), "current": day == on, "count": len(of_day)}
        for day, of_day in days.items()
    ]


def _views(view: str, on: date | None) -> list[dict[str, Any]]:
    words = {
        "board": gettext("By room"),
        "guests": gettext("What guests see"),
        "order": gettext("Running order"),
    }
    return [
        {"url": _address(key, on), "label": word, "current": key == view}
        for key, word in words.items()
    ]


def _shown(
    view: str, items: Sequence[Item], of_day: Sequence[Item], rows: Mapping[str, Any]
) -> dict[str, Any]:
    troubled = frozenset(key for one in clashes(items) for key in (one.first, one.second))
    here = visit()
    if view == "board":
        return {"boards": boards_of(of_day, rows, here, troubled)}
    if view == "guests":
        heads = request.args.get("heads") == "1"
        audiences: tuple[Audience, ...] = ("guests", "heads") if heads else ("guests",)
        lines = [(line, rows[line.id]) for line in guests_view(of_day, audiences)]
        return {"lines": lines, "heads": heads, "span": span, "MODES": MODES}
    wanted = {item.id for item in of_day}
    lines_of_day = [
        (line, rows[line.item.id])
        for line in running_order(items, here.starts_at)
        if line.item.id in wanted
    ]
    return {
        "order": lines_of_day,
        "troubled": troubled,
        "speakers_of": speakers_of,
        "MODES": MODES,
        "AUDIENCES": AUDIENCES,
    }
