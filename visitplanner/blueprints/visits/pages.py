"""The public page, the list of staff, and the way into a visit."""

from typing import Any

from flask import current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from visitplanner.blueprints.visits import blueprint
from visitplanner.blueprints.visits.forms import STATE_WORDS
from visitplanner.domain.access import may, visible_visits
from visitplanner.domain.agenda_views import guests_view
from visitplanner.queries import day
from visitplanner.queries.visits import public_stops, public_visits
from visitplanner.queries.visits import visits as all_visits
from visitplanner.services import logos
from visitplanner.web.access import act, needs, principal, public, signed_in
from visitplanner.web.navigation import navigation
from visitplanner.web.photos import picture
from visitplanner.web.words import PARTS as PART_WORDS


@blueprint.get("/")
@public
def home() -> str:
    """The public visits of this instance; the next one in full."""
    rows = public_visits(act().session)
    wanted = request.args.get("visit")
    shown = next((row for row in rows if row.slug == wanted), rows[0] if rows else None)
    return render_template(
        "visits/home.html",
        shown=shown,
        others=[row for row in rows if row is not shown],
        programme=_programme(shown) if shown else (),
        stops=public_stops(act().session, shown.id) if shown else (),
        staff=principal().is_staff,
        sign_in=url_for("accounts.sign_in") if "accounts.sign_in" in _endpoints() else "",
    )


def _endpoints() -> Any:  # Any: Flask's mapping
    return current_app.view_functions


def _programme(shown: Any) -> list[dict[str, Any]]:
    """The guests' lines with room and speakers (Any: a row of a table)."""
    rows = {row.id: row for row in day.agenda_rows(act().session, shown.id)}
    lines = guests_view(map(day.as_item, rows.values()))
    return [{"line": line, "row": rows[line.id]} for line in lines]


@blueprint.get("/organisers/<organisation_id>/logo")
@public
def organiser_logo(organisation_id: str) -> Response:
    """The arms or logo of who organises a visit that is on the public page."""
    return picture(*logos.announced_logo(act(), organisation_id))


@blueprint.get("/visits")
@signed_in
def index() -> str:
    """The visits who asks has a role in."""
    rows = all_visits(act().session, visible_visits(principal()))
    may_create = may(principal(), "visit.create", None)
    return render_template(
        "visits/index.html", rows=rows, states=STATE_WORDS, may_create=may_create
    )


@blueprint.get("/visits/<slug>/")
@needs("visit.view")
def enter() -> Response:
    """To the first page of the visit that who asks may open."""
    pages = navigation()
    if not pages:
        return redirect(url_for("visits.facts"))
    return redirect(pages[0].url)


@blueprint.get("/visits/<slug>/facts")
@needs("visit.view")
def facts() -> str:
    """The visit for those who may only look: when, where, who organises."""
    return render_template("visits/facts.html", parts=PART_WORDS)
