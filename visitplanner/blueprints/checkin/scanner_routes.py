"""The scanner: choose visit and door, then the page with the camera."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from visitplanner.blueprints.checkin import blueprint
from visitplanner.domain.access import may, visible_visits
from visitplanner.domain.refusals import NotFound
from visitplanner.queries import arrival_counts
from visitplanner.queries import arrivals as queries
from visitplanner.queries.visits import visits
from visitplanner.web.access import act, needs, principal, signed_in, visit
from visitplanner.web.security import allow_scanner


@blueprint.get("/scan")
@signed_in
def choose() -> Response | str:
    """The visits this member of staff may scan for; where there is one, its doors at once."""
    who, session = principal(), act().session
    found = [
        row for row in visits(session, visible_visits(who)) if may(who, "checkin.scan", row.id)
    ]
    if len(found) == 1:
        return redirect(url_for("checkin.doors", slug=found[0].slug))
    return render_template("checkin/choose.html", visits=found)


@blueprint.get("/visits/<slug>/checkin/scan")
@needs("checkin.scan")
def doors() -> Response | str:
    """The doors of the visit; a single one is opened at once."""
    found = queries.checkpoints(act().session, visit())
    if len(found) == 1:
        return redirect(url_for("checkin.scanner", checkpoint_id=found[0].id))
    may_edit = may(principal(), "visit.edit", visit().id)
    return render_template("checkin/doors.html", doors=found, may_edit=may_edit)


@blueprint.get("/visits/<slug>/checkin/scan/<checkpoint_id>")
@needs("checkin.scan")
def scanner(checkpoint_id: str) -> str:
    """The scanner at one door, inward or outward."""
    session = act().session
    door = queries.checkpoint_of(session, visit(), checkpoint_id)
    if door is None:
        raise NotFound("not-found")
    outward = request.args.get("direction", "out" if door.kind == "exit" else "in") == "out"
    allow_scanner()
    return render_template(
        "checkin/scanner.html",
        door=door,
        way="out" if outward else "in",
        counted=arrival_counts.counted(session, visit()),
    )


@blueprint.get("/visits/<slug>/checkin/counted")
@needs("checkin.scan")
def counted() -> str:
    """The line of numbers on the scanner, which renews itself."""
    return render_template(
        "checkin/_counted.html", counted=arrival_counts.counted(act().session, visit())
    )
