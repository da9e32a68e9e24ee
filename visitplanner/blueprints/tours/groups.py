"""Routes of tour groups: who is in one, who leads it, moving delegations."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.tours import blueprint
from visitplanner.blueprints.tours.forms import GroupForm
from visitplanner.blueprints.tours.setting import conflict
from visitplanner.domain.access import may
from visitplanner.domain.refusals import NotFound, Refusal, Stale
from visitplanner.queries.day import tour_groups, tour_start
from visitplanner.queries.lines import person_lines
from visitplanner.queries.paper_subjects import paper_subjects
from visitplanner.queries.tour_people import guests_of_codes, leaders, members
from visitplanner.services import tours
from visitplanner.services.participants import assign_group
from visitplanner.web.access import act, needs, principal, visit
from visitplanner.web.forms import choices, put_refusal, texts_of
from visitplanner.web.languages import OWN_NAMES, language
from visitplanner.web.refusals import sentence

Page = str | Response | tuple[str, int]


def _group(letter: str) -> Any:  # Any: a group's row
    rows = tour_groups(act().session, visit().id)
    found = next((row for row in rows if row.letter == letter), None)
    if found is None:
        raise NotFound("not-found")
    return found


def _named(who: Any) -> str:  # Any: a participant's row
    person = who.person
    latin = f"{person.given_name} {person.family_name}".strip()
    return person.russian_name if language() == "ru" and person.russian_name else latin


def _form(row: Any) -> GroupForm:  # Any: a group's row
    form = GroupForm(obj=row)
    escorts = leaders(act().session, visit().id, "escort")
    form.escort.choices = choices([("", "–"), *((who.id, _named(who)) for who in escorts)])
    if request.method == "GET":
        form.escort.data = _escort_of(row)
    return form


def _escort_of(row: Any) -> str:  # Any: a group's row
    return next((one.participant_id for one in row.staff if one.role == "escort"), "")


@blueprint.route("/visits/<slug>/tours/groups/<letter>", methods=["GET", "POST"])
@needs("tours.view")
def group(letter: str) -> Page:
    """A group: route, guests, staff; the form for those who may change it."""
    row = _group(letter)
    editing = may(principal(), "tours.edit", visit().id)
    if request.method == "POST" and not editing:
        raise NotFound("not-found")
    form = _form(row)
    if editing and form.validate_on_submit():
        try:
            _save(row, form)
        except Stale:
            act().session.rollback()
            row = _group(letter)
            saved = {name: getattr(row, name) for name in ("people", "languages", "meeting_point")}
            mine = conflict(form, row, saved | {"escort": _escort_of(row)})
            return _page(row, form, editing, mine), 409
        except Refusal as refusal:
            act().session.rollback()
            put_refusal(form, refusal)
            row = _group(letter)
        else:
            flash(gettext("Saved."), "done")
            return redirect(url_for("tours.group", letter=letter))
    return _page(row, form, editing), 422 if form.errors else 200


def _save(row: Any, form: GroupForm) -> None:  # Any: a group's row
    staff = [(form.escort.data, "escort", "")] if form.escort.data else []
    for code in OWN_NAMES:
        who = request.form.get(f"interpreter-{code}", "")
        if who and code in (form.languages.data or []):
            staff.append((who, "interpreter", code))
    values = {
        "people": form.people.data,
        "languages": form.languages.data,
        "meeting_point": texts_of(form.meeting_point.data),
    }
    tours.save_group(act(), row, values, staff, version=form.version.data)


def _route(row: Any) -> list[tuple[datetime, datetime, Any]]:  # Any: a group's row, a stop's
    """Begin, end and stop of each visit."""
    rules = tour_start(act().session, visit().id)
    start = rules.starts_at if rules else visit().starts_at
    return [
        (
            start + timedelta(minutes=one.starts_minute),
            start + timedelta(minutes=one.ends_minute),
            one.stop,
        )
        for one in row.visits
    ]


def _page(row: Any, form: GroupForm, editing: bool, mine: Any = None) -> str:
    """The page (Any: a group's row, conflict rows)."""
    session, here = act().session, visit()
    interpreters = leaders(session, here.id, "interpreter")
    return render_template(
        "tours/group.html",
        row=row,
        form=form,
        mine=mine,
        editing=editing,
        route=_route(row),
        guests=person_lines(session, here.id, members(session, row), language()),
        interpreters=[
            (code, [(who.id, _named(who)) for who in interpreters if code in who.person.languages])
            for code in OWN_NAMES
        ],
        chosen={one.language: one.participant_id for one in row.staff if one.role == "interpreter"},
        delegations=paper_subjects(session, here.id, language()),
    )


@blueprint.post("/visits/<slug>/tours/groups")
@needs("tours.edit")
def add_group() -> Page:
    """A further group."""
    row = tours.add_group(act(), visit())
    return redirect(url_for("tours.group", letter=row.letter))


@blueprint.post("/visits/<slug>/tours/groups/<letter>/move")
@needs("tours.edit")
def move(letter: str) -> Page:
    """Put a whole delegation into this group."""
    row = _group(letter)
    guests = guests_of_codes(act().session, visit().id, [request.form.get("delegation", "")])
    if not guests:
        raise NotFound("not-found")
    try:
        _room_for(row, guests)
        assign_group(act(), guests, row)
    except Refusal as refusal:
        act().session.rollback()
        flash(sentence(refusal), "trouble")
    else:
        flash(gettext("Moved to group %(letter)s.", letter=letter), "done")
    return redirect(url_for("tours.group", letter=letter))


def _room_for(row: Any, guests: Sequence[Any]) -> None:  # Any: rows of a group, of its guests
    if row.people - row.taken < sum(1 for who in guests if who.group_id != row.id):
        raise Refusal("group-full", letter=row.letter, people=row.people)
