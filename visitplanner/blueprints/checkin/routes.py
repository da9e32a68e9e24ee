"""Arrivals: numbers, lists, search; an arrival noted by name, and taken back."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.checkin import blueprint
from visitplanner.domain.access import may
from visitplanner.domain.badges import Verdict
from visitplanner.domain.refusals import Refusal
from visitplanner.queries import arrivals as queries
from visitplanner.services import arrivals as services
from visitplanner.services.act import Act
from visitplanner.web.access import act, needs, principal, visit
from visitplanner.web.languages import language
from visitplanner.web.refusals import sentence
from visitplanner.web.verdicts import VERDICTS

SHOWN = ("all", "missing", "here")
SAID: dict[str, Any] = {  # lazy strings
    "already-arrived": lazy_gettext("This arrival has been noted already."),
    "not-arrived": lazy_gettext("This person has not arrived, so there is nothing to take back."),
    "badge-before-approval": lazy_gettext(
        "Protocol has not approved this person: ask at the accreditation desk."
    ),
    "badge-before-clearance": lazy_gettext(
        "Security has not cleared this person: ask at the accreditation desk."
    ),
}


@blueprint.get("/visits/<slug>/checkin")
@needs("checkin.view")
def index() -> str:
    """Arrivals live, with a search by name."""
    query, person = request.args.get("q", "")[:100], request.args.get("person", "")[:20]
    asked = act()
    found = queries.find(asked.session, visit(), query, language(), person)
    return render_template(
        "checkin/index.html", found=found, query=query, searched=bool(query or person), **_live()
    )


@blueprint.get("/visits/<slug>/checkin/live")
@needs("checkin.view")
def live() -> str:
    """The part of the page that renews itself."""
    return render_template("checkin/_live.html", **_live())


@blueprint.get("/visits/<slug>/checkin/refused")
@needs("checkin.view")
def refused() -> str:
    """Scans at which a door stayed shut."""
    rows = queries.refused_scans(act().session, visit(), language())
    words = {str(verdict): said for verdict, said in VERDICTS.items()}
    return render_template("checkin/refused.html", rows=rows, words=words, Verdict=Verdict)


@blueprint.post("/visits/<slug>/checkin/<participant_id>/arrived")
@needs("checkin.scan")
def arrived(participant_id: str) -> Response:
    """Note an arrival by name."""
    undo = url_for("checkin.undo", participant_id=participant_id)
    message = {"text": gettext("The arrival is noted."), "undo": undo}
    return _do(services.check_in_by_name, participant_id, message)


@blueprint.post("/visits/<slug>/checkin/<participant_id>/undo")
@needs("checkin.scan")
def undo(participant_id: str) -> Response:
    """Take an arrival back."""
    return _do(services.undo_arrival, participant_id, gettext("The arrival is taken back."))


def _do(deed: Callable[[Act, Any, str], object], participant_id: str, message: Any) -> Response:
    """Do it and say so, or say why not (Any: `flash` takes texts and mappings)."""
    try:
        deed(act(), visit(), participant_id)
        flash(message, "done")
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        flash(str(SAID.get(refusal.code) or sentence(refusal)), "attention")
    return redirect(url_for("checkin.index"))


def _live() -> dict[str, Any]:
    """What the live part shows (Any: values of a template)."""
    shown = request.args.get("show", "all")
    show = shown if shown in SHOWN else "all"
    seen = queries.overview(act().session, visit(), language())
    return {
        "seen": seen,
        "show": show,
        "delegations": [body for body in seen.delegations if _fits(body, show)],
        "others": [body for body in seen.others if _fits(body, show)],
        "may_scan": may(principal(), "checkin.scan", visit().id),
        "may_edit": may(principal(), "visit.edit", visit().id),
    }


def _fits(body: queries.Body, show: str) -> bool:
    """Whether a delegation belongs to the chosen view."""
    if show == "missing":
        return bool(body.missing)
    return show == "all" or body.arrived > 0
