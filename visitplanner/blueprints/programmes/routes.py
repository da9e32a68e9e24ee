"""Routes of papers, their jobs and files."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext, ngettext
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from visitplanner.blueprints.programmes import blueprint
from visitplanner.blueprints.programmes.forms import PaperForm
from visitplanner.domain.access import may
from visitplanner.domain.refusals import Forbidden, NotFound
from visitplanner.queries.badges import jobs_of
from visitplanner.queries.paper_subjects import paper_subjects
from visitplanner.services import job_control, papers, printed_papers, printing
from visitplanner.web.access import act, needs, principal, visit
from visitplanner.web.jobs import job_view, may_steer
from visitplanner.web.languages import language
from visitplanner.web.redirects import inside
from visitplanner.web.refusals import add_words

Page = str | Response | tuple[str, int]

KIND_NAMES = {
    "programme": lazy_gettext("Programme"),
    "running-order": lazy_gettext("Running order"),
    "route-cards": lazy_gettext("Route cards"),
    "badge": lazy_gettext("Badge"),
}
WHOLE_VISIT = {
    "programme": lazy_gettext("All guests"),
    "running-order": lazy_gettext("Staff"),
    "route-cards": lazy_gettext("All groups"),
}
"""Whom a paper of the whole visit is for."""
VIEW_NAMES = {"": lazy_gettext("All"), "stale": lazy_gettext("Stale since they were printed")}

add_words(
    {
        "no-agenda": lazy_gettext("There is nothing in the agenda for guests yet."),
        "no-tour-plan": lazy_gettext("The tour has no plan yet."),
        "no-such-delegation": lazy_gettext("There is no delegation %(code)s."),
        "nobody-comes": lazy_gettext("None of these delegations has anybody on its list."),
        "nothing-stale": lazy_gettext("No paper is stale: there is nothing to print again."),
        "unknown-paper": lazy_gettext("There is no such paper."),
    }
)


def _form() -> PaperForm:
    form = PaperForm()
    subjects = paper_subjects(act().session, visit().id, language())
    form.subject.choices = [
        SelectChoice("", gettext("All guests")),
        *(SelectChoice(code, name) for code, name in subjects),
    ]
    return form


@blueprint.get("/visits/<slug>/programmes")
@needs("papers.view")
def index() -> Page:
    """Ask for a paper; the work under way."""
    return _index(_form(), 200)


def _index(form: PaperForm, status: int) -> tuple[str, int]:
    here = visit()
    page = render_template(
        "programmes/index.html",
        form=form,
        may_print=may(principal(), "programmes.print", here.id),
        **_printed(),
        jobs=[job_view(job) for job in jobs_of(act().session, here.id)],
    )
    return page, status


def _printed() -> dict[str, Any]:
    """What has been printed, and how many of it this person may print again."""
    here = visit()
    lines = printed_papers.printed_papers(act(), here, language())
    rights = {"badge": may(principal(), "badges.print", here.id)}
    again = [line for line in lines if line.again and rights.get(line.paper.kind, True)]
    return {
        "lines": lines,
        "again": len(again) if may(principal(), "programmes.print", here.id) else 0,
        "kinds": KIND_NAMES,
        "whole": WHOLE_VISIT,
        "senders": dict(paper_subjects(act().session, here.id, language())),
    }


@blueprint.get("/visits/<slug>/papers")
@needs("papers.view")
def printed() -> Page:
    """What has been printed, and what is stale since."""
    values = _printed()
    lines = values["lines"]
    shown = request.args.get("show", "")
    views = {"": lines, "stale": [line for line in lines if line.again]}
    views |= {kind: [line for line in lines if line.paper.kind == kind] for kind in KIND_NAMES}
    return render_template(
        "programmes/papers.html",
        **(values | {"lines": views.get(shown, lines)}),
        printed=len(lines),
        views=[
            {
                "url": url_for("programmes.printed", show=key or None),
                "label": KIND_NAMES.get(key) or VIEW_NAMES[key],
                "count": len(found),
                "current": key == shown,
            }
            for key, found in views.items()
            if found or key in ("", shown)
        ],
    )


@blueprint.post("/visits/<slug>/programmes")
@needs("programmes.print")
def print_paper() -> Page:
    """Queue a paper."""
    form = _form()
    if not form.validate():
        return _index(form, 422)
    subject = form.subject.data if form.kind.data == "programme" else ""
    chosen = form.language.data
    if form.kind.data != "programme":
        chosen = chosen.partition("-")[0]
    papers.prepare(act(), visit(), form.kind.data, language=chosen, subject=subject)
    printing.ask_for_paper(
        act(),
        visit(),
        form.kind.data,
        language=chosen,
        subject=subject,
        booklet=bool(form.booklet.data) and form.kind.data == "programme",
    )
    flash(gettext("The paper is being printed."), "done")
    return redirect(url_for("programmes.index"))


@blueprint.post("/visits/<slug>/papers/again")
@needs("programmes.print")
def print_again() -> Page:
    """Queue all that is stale since it was printed."""
    badges = may(principal(), "badges.print", visit().id)
    count = printing.ask_for_stale(act(), visit(), badges=badges)
    flash(
        ngettext("%(num)d paper is being printed.", "%(num)d papers are being printed.", count),
        "done",
    )
    return redirect(url_for("programmes.index"))


def _back() -> str:
    """Where the job was asked for: only pages of this visit's console are taken."""
    return inside(request.args.get("back", ""), visit().slug)


@blueprint.get("/visits/<slug>/jobs/<job_id>")
@needs("papers.view")
def job(job_id: str) -> Page:
    """A job as a fragment, for watching."""
    found = job_control.found_job(act(), job_id)
    return render_template("programmes/_job.html", job=job_view(found, _back()))


def _demand_steering(job_id: str) -> None:
    """Only who may ask for such work stops it or asks for it again."""
    if not may_steer(job_control.found_job(act(), job_id)):
        raise Forbidden("not-permitted")


@blueprint.post("/visits/<slug>/jobs/<job_id>/cancel")
@needs("papers.view")
def cancel_job(job_id: str) -> Page:
    """Ask a job to stop."""
    _demand_steering(job_id)
    job_control.cancel_job(act(), job_id)
    flash(gettext("The work stops."), "done")
    return redirect(_back() or url_for("programmes.index"))


@blueprint.post("/visits/<slug>/jobs/<job_id>/retry")
@needs("papers.view")
def retry_job(job_id: str) -> Page:
    """Queue a failed job again."""
    _demand_steering(job_id)
    job_control.retry_job(act(), job_id)
    flash(gettext("The work is tried again."), "done")
    return redirect(_back() or url_for("programmes.index"))


@blueprint.get("/visits/<slug>/papers/<file_id>")
@needs("papers.view")
def file(file_id: str) -> Page:
    """A printed paper; one with badges asks for the right to see badges."""
    if job_control.holds_badges(act(), file_id) and not may(principal(), "badges.view", visit().id):
        raise NotFound("not-found")
    name, content = job_control.read_paper(act(), file_id)
    return Response(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )
