"""A delegate's own page: my name, my group and route, the day, the code, a calendar file."""

from datetime import datetime
from typing import Any

from flask import make_response, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.registration import blueprint
from visitplanner.blueprints.registration.workspace import phone
from visitplanner.documents.press_pictures import modules, runs
from visitplanner.domain.agenda import whole_minutes
from visitplanner.domain.delegations import OUT_OF_LIST
from visitplanner.domain.refusals import NotFound, Refusal
from visitplanner.exchange.calendar import Appointment, calendar_file
from visitplanner.queries import my_programme as query
from visitplanner.queries.links import mission_name
from visitplanner.queries.names import shown_name
from visitplanner.queries.states import shown_row
from visitplanner.web.access import act, guest, principal, visit
from visitplanner.web.languages import language, text


def own_row() -> Any:
    """The delegate of this link; whoever left the list has no programme (Any: a row)."""
    row = query.delegate(act().session, visit().id, principal().participant_id)
    if row is None:
        raise NotFound("not-found")
    if row.status in OUT_OF_LIST:
        raise Refusal("off-the-programme")
    return row


def own_agenda(row: Any) -> list[query.Line]:
    """The agenda this delegate may see (Any: a row)."""
    code = row.category.code
    head = row.function == "head" or code == "head"
    return query.agenda(act().session, visit().id, head=head, press=code == "press")


@blueprint.get("/r/mine")
@guest("delegate")
def mine() -> str:
    """My programme."""
    row, session = own_row(), act().session
    badge = query.badge_of(session, row.id)
    group = query.group_of(session, visit().id, row.group_id)
    entries = timeline(own_agenda(row), group)
    state = None
    if row.delegation:
        state = shown_row(session, visit().id, row.delegation.mission.state_key)
    return render_template(
        "registration/mine.html",
        row=row,
        name=shown_name(row.person, language()),
        sender_name=mission_name(row.delegation.mission, state)
        if row.delegation
        else row.organisation.name,
        flag_state=state,
        group=group,
        entries=entries,
        now_next=now_next(entries, act().at),
        badge=badge,
        code=qr_path(badge.code_text) if badge else None,
        phone=phone(),
        now=act().at,
    )


def timeline(lines: list[query.Line], group: query.Group | None) -> list[dict[str, Any]]:
    """Agenda and route as one list in time (Any: values of a template)."""
    at = act().at
    entries: list[dict[str, Any]] = [
        {
            "starts_at": one.line.starts_at,
            "ends_at": one.line.ends_at,
            "title": text(one.line.title),
            "note": ", ".join(filter(None, [text(one.room), *map(text, one.speakers)])),
            "uid": f"{one.line.id}@visitplanner",
            "stop": False,
        }
        for one in lines
    ]
    route: list[dict[str, Any]] = [
        {
            "starts_at": leg.starts_at,
            "ends_at": leg.ends_at,
            "title": text(leg.name),
            "note": text(leg.summary),
            "uid": f"{leg.id}@visitplanner",
            "stop": True,
        }
        for leg in (group.route if group else ())
    ]
    whole = sorted([*entries, *route], key=lambda one: (one["starts_at"], one["stop"]))
    for one in whole:
        going = one["starts_at"] <= at < one["ends_at"]
        one["state"] = "now" if going else "past" if one["ends_at"] <= at else ""
    return whole


def now_next(entries: list[dict[str, Any]], at: datetime) -> dict[str, Any] | None:
    """What is going on (a stop rather than the whole tour) and what comes next, on the day."""
    going = [one for one in entries if one["state"] == "now"]
    coming = [one for one in entries if one["starts_at"] > at]
    if not going and (not coming or whole_minutes(coming[0]["starts_at"] - at) > 12 * 60):
        return None
    return {"now": going[-1] if going else None, "next": coming[0] if coming else None}


def qr_path(code: str) -> dict[str, Any]:
    """The code as one SVG path: its side with four modules of quiet zone, and the drawing."""
    rows = modules(code)
    drawn = "".join(f"M{x + 4} {y + 4}h{length}v1h-{length}z" for x, y, length in runs(rows))
    return {"side": len(rows) + 8, "path": drawn}


@blueprint.get("/r/mine/calendar.ics")
@guest("delegate")
def calendar() -> Response:
    """The day for a calendar; the ids stay, so that a newer file replaces the older."""
    row = own_row()
    group = query.group_of(act().session, visit().id, row.group_id)
    place = ", ".join(filter(None, [text(visit().venue), text(visit().address)]))
    appointments = [
        Appointment(
            one["uid"],
            one["starts_at"],
            one["ends_at"],
            one["title"],
            place=place,
            note=one["note"]
            if not one["stop"]
            else gettext("Group %(letter)s", letter=group.letter if group else ""),
        )
        for one in timeline(own_agenda(row), group)
    ]
    content = calendar_file(
        text(visit().title), appointments, timezone=visit().timezone, made_at=act().at
    )
    answer = make_response(content)
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="{visit().slug}.ics"'
    return answer
