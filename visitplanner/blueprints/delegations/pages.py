"""A delegation's page: facts, people in the embassy's order, history; what staff change."""

from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.delegations import blueprint
from visitplanner.blueprints.delegations.forms import FactsForm
from visitplanner.blueprints.delegations.history import history_lines
from visitplanner.domain.access import may
from visitplanner.domain.refusals import Refusal, Stale
from visitplanner.queries import audit
from visitplanner.queries.delegations import (
    account_name,
    delegation_by_code,
    earlier_occupants,
    members,
    official_names,
)
from visitplanner.queries.lines import person_lines
from visitplanner.queries.links import link_lines
from visitplanner.queries.names import state_labels
from visitplanner.services import delegations as service
from visitplanner.services import participants
from visitplanner.web.access import act, needs, principal, visit
from visitplanner.web.bodies import takes_json
from visitplanner.web.conflicts import conflict_rows
from visitplanner.web.forms import choices, put_refusal
from visitplanner.web.languages import language

Page = str | Response | tuple[str, int]
FACTS = ("quota", "focal_name", "focal_email", "focal_phone", "note")


def allowed(permission: str) -> bool:
    """Whether who asks has this permission in this visit."""
    return may(principal(), permission, visit().id)


@blueprint.get("/visits/<slug>/delegations/<code>")
@needs("delegations.view")
def page(code: str) -> str:
    """Everything about one delegation."""
    return show(code)


def show(code: str, **more: Any) -> str:
    """The page, with further values such as a link that is told once (Any: template values)."""
    doing = act()
    row = delegation_by_code(doing.session, visit().id, code)
    people = members(doing.session, row)
    lines = person_lines(doing.session, visit().id, people, language())
    labels = state_labels(doing.session, visit().id, language(), {row.mission.state_key})
    return render_template(
        "delegations/page.html",
        row=row,
        state=labels[row.mission.state_key],
        names=official_names(doing.session, visit().id, row.mission),
        lines=[one for one in lines if one.status not in ("withdrawn", "refused")],
        out=[one for one in lines if one.status in ("withdrawn", "refused")],
        earlier=earlier_occupants(doing.session, [one.id for one in lines], language()),
        curator=account_name(doing.session, row.curator_id),
        links=link_lines(doing.session, visit().id, row.id),
        now=doing.at,
        history=history_of(audit.things_of_delegation(doing.session, row)),
        may_edit=allowed("delegations.edit"),
        may_people=allowed("persons.edit"),
        may_link=allowed("links.issue"),
        **more,
    )


def history_of(things: set[str]) -> Any:
    """The newest lines of the history of these things, for those who may read it (Any: lines)."""
    if not allowed("audit.view"):
        return None
    session = act().session
    return history_lines(session, visit().id, audit.of_things(session, visit().id, things))


@blueprint.get("/visits/<slug>/delegations/<code>/edit")
@needs("delegations.edit")
def edit(code: str) -> str:
    """The form of the facts."""
    row = delegation_by_code(act().session, visit().id, code)
    form = _form(obj=row)
    form.curator.data = row.curator_id or ""
    return render_template("delegations/edit.html", form=form, row=row, mine=None)


@blueprint.post("/visits/<slug>/delegations/<code>/edit")
@needs("delegations.edit")
def save(code: str) -> Page:
    """Write the facts; when somebody saved meanwhile, show both values."""
    doing = act()
    row = delegation_by_code(doing.session, visit().id, code)
    form = _form()
    try:
        if form.validate_on_submit():
            _write(doing, row, form)
            flash(gettext("Saved"))
            return redirect(url_for("delegations.page", code=code))
    except Stale:
        return _conflict(code, form)
    except Refusal as refusal:
        put_refusal(form, refusal)
    return render_template("delegations/edit.html", form=form, row=row, mine=None), 422


def _form(**more: Any) -> FactsForm:
    form = FactsForm(**more)
    people = service.staff(act())
    form.curator.choices = choices(
        [("", "–"), *((one.id, one.name or one.email) for one in people)]
    )
    return form


def _write(doing: Any, row: Any, form: FactsForm) -> None:  # Any: an act, a row
    facts = service.Facts(
        focal_name=form.focal_name.data,
        focal_email=form.focal_email.data,
        focal_phone=form.focal_phone.data,
        note=form.note.data,
    )
    service.change_delegation(
        doing,
        row,
        facts,
        quota=form.quota.data,
        curator_id=form.curator.data or None,
        version=form.version.data,
    )


def _conflict(code: str, form: FactsForm) -> tuple[str, int]:
    doing = act()
    doing.session.rollback()
    row = delegation_by_code(doing.session, visit().id, code)
    rows = conflict_rows(form, {name: getattr(row, name) for name in FACTS})
    form.version.data = row.version
    return render_template("delegations/edit.html", form=form, row=row, mine=rows), 409


@blueprint.post("/visits/<slug>/delegations/<code>/order")
@needs("persons.edit")
@takes_json
def order(code: str) -> Response:
    """The order of the list, as ids: JSON {"order": [...]} (dragging) or one form field."""
    row = delegation_by_code(act().session, visit().id, code)
    return put_in_order(row, url_for("delegations.page", code=code))


def put_in_order(body: Any, page: str) -> Response:
    """Give a sender's list the order that was asked for, then back to its page (Any: a row)."""
    asked: Any = request.get_json(silent=True) if request.is_json else None
    ids = asked.get("order", []) if isinstance(asked, dict) else request.form.getlist("order")
    wanted = [one for one in ids if isinstance(one, str)][:500] if isinstance(ids, list) else []
    participants.reorder(act(), body, wanted)
    if request.is_json:
        return jsonify({"order": wanted})
    return redirect(page)


@blueprint.post("/visits/<slug>/delegations/<code>/withdraw")
@needs("delegations.edit")
def withdraw(code: str) -> Response:
    """The mission does not come after all."""
    doing = act()
    service.withdraw_delegation(doing, delegation_by_code(doing.session, visit().id, code))
    flash(gettext("The delegation is off the list"))
    return redirect(url_for("delegations.page", code=code))


@blueprint.post("/visits/<slug>/delegations/<code>/reinstate")
@needs("delegations.edit")
def reinstate(code: str) -> Response:
    """It comes after all."""
    doing = act()
    service.reinstate_delegation(doing, delegation_by_code(doing.session, visit().id, code))
    flash(gettext("The delegation is on the list again"))
    return redirect(url_for("delegations.page", code=code))
