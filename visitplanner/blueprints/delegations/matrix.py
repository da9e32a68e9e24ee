"""The readiness matrix, the first screen of a visit, and what is done to many rows at once."""

from typing import Any

from flask import current_app, render_template, url_for
from flask_babel import gettext

from visitplanner.blueprints.delegations import blueprint
from visitplanner.blueprints.delegations.matrix_cells import cells_of
from visitplanner.blueprints.delegations.matrix_view import (
    STAGE_LACKS,
    STAGE_WORDS,
    VIEW_WORDS,
    Choice,
    choice,
    chosen,
)
from visitplanner.blueprints.delegations.pages import allowed
from visitplanner.blueprints.delegations.printing import work
from visitplanner.queries.groups import group_letters
from visitplanner.queries.lines import person_lines
from visitplanner.queries.people import waiting
from visitplanner.queries.readiness import Matrix, matrix
from visitplanner.queries.search import delegations_matching
from visitplanner.services import delegations as service
from visitplanner.web.access import act, needs, principal, visit
from visitplanner.web.calendar import deadline_steps
from visitplanner.web.languages import language
from visitplanner.web.paper_languages import PAPER_LANGUAGES
from visitplanner.web.words import rank_word


@blueprint.get("/visits/<slug>/delegations")
@needs("delegations.view")
def index() -> str:
    """The matrix: a view, filters and an order from the address."""
    doing, wanted = act(), choice()
    whole = matrix(doing.session, visit(), language(), doing.at)
    found = None
    if wanted.text:
        found = delegations_matching(doing.session, visit().id, wanted.text)
    stages = {stage: str(label) for stage, label in STAGE_WORDS.items()}
    waiting_rows, waiting_count = waiting(doing.session, visit())
    return render_template(
        "delegations/index.html",
        matrix=whole,
        rows=chosen(whole, wanted, principal().id, found),
        wanted=wanted,
        cells=cells_of(url_for("delegations.people"), stages, gettext("none due")),
        rank_words={
            row.head.rank_code: rank_word(row.head.rank_code) for row in whole.rows if row.head
        },
        views=_views(whole, wanted),
        stages=stages,
        lacks=STAGE_LACKS,
        letters=group_letters(doing.session, visit().id),
        steps=deadline_steps(whole.deadlines, visit().day, visit().ends_at, doing.at),
        waiting=person_lines(doing.session, visit().id, waiting_rows, language()),
        waiting_count=waiting_count,
        queue_url=_queue_url(),
        jobs=work(wanted.url()),
        may_select=any(map(allowed, ("delegations.edit", "badges.print", "programmes.print"))),
        may_edit=allowed("delegations.edit"),
        may_link=allowed("links.issue"),
        may_persons=allowed("persons.view"),
        may_badges=allowed("badges.print"),
        paper_languages=PAPER_LANGUAGES.items(),
        may_programmes=allowed("programmes.print"),
        curators=service.staff(doing),
    )


def _queue_url() -> str:
    """Where decisions are taken, for those who may look there."""
    there = "accreditation.queue" in current_app.view_functions
    return url_for("accreditation.queue") if there and allowed("accreditation.view") else ""


def _views(whole: Matrix, wanted: Choice) -> list[dict[str, Any]]:
    counts = whole.counts(principal().id)
    shown = [name for name in VIEW_WORDS if counts[name] or name in ("all", wanted.view)]
    return [
        {
            "url": Choice(view=name, sort=wanted.sort, down=wanted.down).url(),
            "label": VIEW_WORDS[name],
            "count": counts[name],
            "current": name == wanted.view and not wanted.filtered,
        }
        for name in shown
    ]
