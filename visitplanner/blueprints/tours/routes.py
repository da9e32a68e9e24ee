"""The board of the tour and its plan."""

from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.tours import blueprint
from visitplanner.blueprints.tours.board import board_of
from visitplanner.domain.access import may
from visitplanner.domain.refusals import Refusal
from visitplanner.queries.badges import jobs_of
from visitplanner.queries.day import group_members, tour_beside, tour_groups, tour_start
from visitplanner.queries.paper_subjects import paper_subjects
from visitplanner.services import tour_editions, tour_plans, tours
from visitplanner.web.access import act, needs, principal, visit
from visitplanner.web.jobs import job_view
from visitplanner.web.languages import language
from visitplanner.web.refusals import add_words, sentence

Page = str | Response | tuple[str, int]

SHOWN = 6
"""Editions of the plan on the board's page."""
RULES = {
    "H1": lazy_gettext("A delegation is in no group, or in more than one."),
    "H2": lazy_gettext("A group has too few or too many guests."),
    "H3": lazy_gettext("A delegation does not speak a working language of its group."),
    "H4": lazy_gettext("An escort or interpreter is missing, or serves twice."),
    "H5": lazy_gettext("Two delegations that must be kept apart share a group."),
    "H6": lazy_gettext("A stop is closed, full, or taken by another group."),
    "H7": lazy_gettext("A presenter would speak at two stops at once."),
    "H8": lazy_gettext("There is not enough time to walk."),
    "H9": lazy_gettext("A group sees too few or too many stops, or one twice."),
    "H10": lazy_gettext("A guest cannot or may not enter a stop."),
    "H11": lazy_gettext("The order of precedence at the first stop is not kept."),
    "H12": lazy_gettext("Something fixed by hand is not kept."),
}

add_words(
    {
        "no-tour-rules": lazy_gettext("Say first when the tour starts and how long it lasts."),
        "tour-without-stops": lazy_gettext("The tour needs a hall and at least one stop."),
        "tour-without-guests": lazy_gettext("Nobody is on a list yet who could go on the tour."),
        "tour-plan-faulty": lazy_gettext("The plan broke a rule (%(rule)s: %(text)s); not used."),
        "tour-plan-outdated": lazy_gettext(
            "Edition %(edition)s names a stop, a delegation or a leader that is no longer there; "
            "plan again."
        ),
        "least-above-most": lazy_gettext("The least is above the most."),
        "stop-code-taken": lazy_gettext("There is a stop with the code %(code)s already."),
        "stop-in-plan": lazy_gettext(
            "A group’s route uses this stop: close it and plan again first."
        ),
        "groups-many": lazy_gettext("There are no letters left for another group."),
        "group-holds-more": lazy_gettext("%(taken)s guests are in the group already."),
        "staff-busy": lazy_gettext("This escort or interpreter leads another group."),
    }
)


@blueprint.get("/visits/<slug>/tours")
@needs("tours.view")
def board() -> Page:
    """Groups and time as a picture, what breaks a rule, and the plan."""
    here, doing = visit(), act()
    rules = tour_start(doing.session, here.id)
    groups = tour_groups(doing.session, here.id)
    faults, unready, standing = _standing(rules)
    plan, editions = tours.latest_plan(doing, here), _editions(standing)
    here_now = url_for("tours.board")
    jobs = [job for job in jobs_of(doing.session, here.id) if job.kind == "tours.plan"]
    return render_template(
        "tours/board.html",
        rules=rules,
        beside=tour_beside(doing.session, rules) if rules else None,
        ends_at=rules.starts_at + timedelta(minutes=rules.horizon) if rules else None,
        board=board_of(here, rules, groups, language()) if rules else None,
        groups=groups,
        members=group_members(doing.session, here.id),
        faults=faults,
        senders=dict(paper_subjects(doing.session, here.id, language())) if faults else {},
        stops={stop.code: stop.name for stop in tours.stops(doing, here)} if faults else {},
        unready=unready,
        RULES=RULES,
        editions=editions,
        reasons=_reasons(plan, editions),
        may_edit=may(principal(), "tours.edit", here.id),
        jobs=[job_view(job, here_now) for job in jobs[:2]],
    )


def _standing(rules: Any) -> tuple[list[Any], str, dict[str, Any] | None]:
    """What the tour breaks as it stands, or why that cannot be said yet; the tour as a plan.

    (Any: a row, faults of the checker, JSON values.)
    """
    if rules is None:
        return [], "", None
    try:
        standing = tours.standing_plan(act(), visit())
        return tours.broken_rules(act(), visit(), standing), "", standing[1]
    except Refusal as refusal:
        return [], sentence(refusal), None


def _reasons(plan: Any, editions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Why there is no plan, until one is laid over the tour (Any: a row, JSON values)."""
    if plan is None or plan.plan["groups"]:
        return []
    since = (one["row"].applied_at for one in editions if one["row"].applied_at)
    return [] if any(at > plan.created_at for at in since) else plan.plan["reasons"]


def _editions(standing: dict[str, Any] | None) -> list[dict[str, Any]]:
    """The latest editions of the plan, and which of them stands (Any: JSON values, rows)."""
    if standing is None:
        return []
    shape = tour_editions.shape_of(standing)
    return [
        {
            "row": row,
            "score": row.plan["score"],
            "by_hand": row.status == tour_editions.BY_HAND,
            "stands": tour_editions.shape_of(row.plan) == shape,
        }
        for row in tour_editions.editions(act(), visit(), SHOWN)
    ]


@blueprint.post("/visits/<slug>/tours/plan")
@needs("tours.edit")
def plan() -> Page:
    """Queue the planning; it replaces groups, staff and routes when it finds a plan."""
    tour_plans.ask_for_plan(act(), visit(), language=language())
    flash(gettext("The tour is being planned."), "done")
    return redirect(url_for("tours.board"))


@blueprint.post("/visits/<slug>/tours/plans/<plan_id>/use")
@needs("tours.edit")
def use_plan(plan_id: str) -> Page:
    """Lay an earlier edition over the tour again."""
    row = tour_editions.bring_back(act(), visit(), plan_id)
    flash(gettext("The tour is as in edition %(edition)s again.", edition=row.edition), "done")
    return redirect(url_for("tours.board"))
