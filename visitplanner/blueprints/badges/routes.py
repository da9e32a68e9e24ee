"""Routes of badges."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.badges import blueprint
from visitplanner.blueprints.badges.forms import PrintForm, ReasonForm
from visitplanner.domain.access import may
from visitplanner.queries.badges import BadgeLine, badge_lines, jobs_of
from visitplanner.services import badges, printing
from visitplanner.services.job_control import found_participant
from visitplanner.services.printed_papers import stale_badges
from visitplanner.web.access import act, needs, principal, visit
from visitplanner.web.jobs import job_view
from visitplanner.web.languages import language
from visitplanner.web.refusals import add_words

Page = str | Response | tuple[str, int]

add_words(
    {
        "badge-before-approval": lazy_gettext("No badge before protocol has approved."),
        "badge-before-clearance": lazy_gettext("No badge before security has cleared."),
        "badge-already-issued": lazy_gettext("There is a badge already; print it anew."),
        "badge-term": lazy_gettext(
            "A badge can be valid from %(first)s to June %(last)s. Look at the days of the visit."
        ),
        "no-badge": lazy_gettext("There is no valid badge."),
        "nobody-ready": lazy_gettext("None of them may have a badge yet."),
        "unknown-layout": lazy_gettext("There is no such layout."),
        "unknown-sheet": lazy_gettext("There is no such sheet."),
        "badge-too-full": lazy_gettext(
            "%(person)s: the texts are too long for a badge; shorten the position."
        ),
        "glyph-missing": lazy_gettext(
            "%(person)s: no font draws the character “%(character)s” (%(codepoint)s)."
        ),
        "print-failed": lazy_gettext("The paper could not be printed (%(reason)s)."),
        "job-ended": lazy_gettext("This work has ended already."),
        "job-not-ended": lazy_gettext("This work is still under way."),
        "file-gone": lazy_gettext("The file is no longer there; print the paper again."),
    }
)


@blueprint.get("/visits/<slug>/badges")
@needs("badges.view")
def index() -> Page:
    """Everybody who comes, and their badges."""
    return _index(PrintForm(), 200)


def _index(form: PrintForm, status: int) -> tuple[str, int]:
    here, shown = visit(), request.args.get("show", "")
    stale = stale_badges(act(), here)
    views = _views(stale)
    page = render_template(
        "badges/index.html",
        form=form,
        lines=views.get(shown, views[""]),
        views={key: len(found) for key, found in views.items()},
        shown=shown,
        stale=stale,
        may_print=may(principal(), "badges.print", here.id),
        jobs=[job_view(job) for job in jobs_of(act().session, here.id)],
    )
    return page, status


def _views(stale: set[str]) -> dict[str, list[BadgeLine]]:
    """The lines of each view; "" is everybody."""
    lines = badge_lines(act().session, visit(), language(), sender=request.args.get("sender", ""))
    return {
        "": lines,
        "to-print": [line for line in lines if line.ready and not line.printed],
        "stale": [line for line in lines if line.ready and line.participant_id in stale],
        "printed": [line for line in lines if line.printed],
        "waiting": [line for line in lines if not line.ready],
    }


@blueprint.post("/visits/<slug>/badges")
@needs("badges.print")
def print_many() -> Page:
    """Print the selected badges as a job, or all of the view that may be printed."""
    form = PrintForm()
    if not form.validate():
        return _index(form, 422)
    layout, _, sheet = form.layout.data.partition(":")
    here = visit()
    if request.form.get("everything") == "1":
        views = _views(stale_badges(act(), here))
        shown = views.get(request.args.get("show", ""), views[""])
        chosen = [line.participant_id for line in shown]
    else:
        chosen = request.form.getlist("row")
    job = printing.ask_for_badges(act(), here, chosen, layout=layout, sheet=sheet)
    flash(gettext("Printing %(count)s badges.", count=job.total), "done")
    return redirect(url_for("badges.index", show=request.args.get("show") or None))


@blueprint.post("/visits/<slug>/badges/<participant_id>/print")
@needs("badges.print")
def print_one(participant_id: str) -> Page:
    """Print one badge now; the answer is the PDF."""
    who = found_participant(act(), participant_id)
    pdf = printing.print_one(act(), visit(), who)
    return Response(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": 'inline; filename="badge.pdf"'},
    )


@blueprint.route("/visits/<slug>/badges/<participant_id>", methods=["GET", "POST"])
@needs("badges.print")
def one(participant_id: str) -> Page:
    """One person's badge: print it anew with a reason, or make it invalid."""
    who = found_participant(act(), participant_id)
    form = ReasonForm()
    if not form.validate_on_submit():
        page = render_template(
            "badges/one.html",
            form=form,
            line=next(
                line
                for line in badge_lines(act().session, visit(), language())
                if line.participant_id == who.id
            ),
        )
        return page, 422 if form.errors else 200
    if request.form.get("action") == "revoke":
        badges.revoke_badge(act(), who, form.reason.data or "")
        flash(gettext("The badge is no longer valid."), "done")
    else:
        badges.reprint_badge(act(), visit(), who, form.reason.data or "")
        flash(gettext("A new badge replaces the old one; print it."), "done")
    return redirect(url_for("badges.index"))
