"""Papers for the ticked lines of the matrix and of the list of people, printed as jobs."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from flask import flash, request
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.delegations import blueprint
from visitplanner.blueprints.delegations.bulk import back
from visitplanner.domain.refusals import Refusal
from visitplanner.queries.badges import own_jobs
from visitplanner.queries.delegations import delegations_of, participants_of, people_of
from visitplanner.services import printing as service
from visitplanner.web.access import act, needs, principal, visit
from visitplanner.web.jobs import JobView, job_view
from visitplanner.web.paper_languages import PAPER_LANGUAGES
from visitplanner.web.refusals import sentence
from visitplanner.web.words import STATUSES

KEPT = timedelta(minutes=30)
"""How long a page goes on showing what somebody asked it to print."""


def work(here: str) -> list[JobView]:
    """What who asks has had printed lately, for the page `here`."""
    doing = act()
    if not principal().is_staff:
        return []
    jobs = own_jobs(doing.session, visit().id, principal().id, doing.at - KEPT)
    return [job_view(job, here) for job in jobs]


@blueprint.post("/visits/<slug>/delegations/badges")
@needs("badges.print")
def print_badges() -> Response:
    """Print the badges of everybody in the ticked delegations who may have one."""
    doing = act()
    rows = delegations_of(doing.session, visit().id, request.form.getlist("row"))
    _badges([row.id for row in people_of(doing.session, rows)], chosen=bool(rows))
    return back("delegations.index")


@blueprint.post("/visits/<slug>/people/badges")
@needs("badges.print")
def print_badges_of_people() -> Response:
    """Print the badges of the ticked people who may have one."""
    rows = participants_of(act().session, visit().id, request.form.getlist("row"))
    _badges([row.id for row in rows], chosen=bool(rows))
    return back("delegations.people")


@blueprint.post("/visits/<slug>/delegations/programmes")
@needs("programmes.print")
def print_programmes() -> Response:
    """Print the programmes of the ticked delegations into one file."""
    doing, asked = act(), request.form.get("language", "")
    rows = delegations_of(doing.session, visit().id, request.form.getlist("row"))

    def ask() -> None:
        language = asked if asked in PAPER_LANGUAGES else next(iter(PAPER_LANGUAGES))
        job = service.ask_for_programmes(doing, visit(), rows, language=language)
        flash(ngettext("Printing %(num)d programme", "Printing %(num)d programmes", job.total))
        if job.total < len(rows):
            words = ngettext(
                "%(num)d delegation stayed out: nobody of it comes",
                "%(num)d delegations stayed out: nobody of them comes",
                len(rows) - job.total,
            )
            flash(words, "attention")

    _or_say_why(ask, chosen=bool(rows))
    return back("delegations.index")


def _badges(ids: list[str], *, chosen: bool) -> None:
    doing = act()
    out = service.left_out(doing, visit(), ids)

    def ask() -> None:
        job = service.ask_for_badges(doing, visit(), ids, layout="a6", sheet="a4")
        flash(ngettext("Printing %(num)d badge", "Printing %(num)d badges", job.total))

    _or_say_why(ask, chosen=chosen)
    if out:
        flash(_left_out(out), "attention")


def _or_say_why(ask: Callable[[], None], *, chosen: bool) -> None:
    if not chosen:
        flash(gettext("Select at least one row first."), "attention")
        return
    try:
        ask()
    except Refusal as refusal:
        act().session.rollback()
        flash(sentence(refusal), "trouble")


def _left_out(out: dict[str, int]) -> str:
    """How many got no badge, and where they stand."""
    many = sum(out.values())
    said = ngettext(
        "%(num)d person gets no badge yet: %(why)s",
        "%(num)d people get no badge yet: %(why)s",
        many,
        why=_by_standing(out.items()),
    )
    return str(said)


def _by_standing(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{STATUSES[status][0]} – {count}" for status, count in sorted(counts))
