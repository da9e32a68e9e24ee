"""What is done to the ticked lines of the matrix and of the list of people."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.delegations import blueprint
from visitplanner.blueprints.delegations.linking import mail_links
from visitplanner.domain.refusals import NotFound, Refusal
from visitplanner.queries.delegations import delegations_of, participants_of, people_of
from visitplanner.queries.groups import group_of_letter
from visitplanner.services import delegations as service
from visitplanner.services import participants, reminders
from visitplanner.web.access import act, needs, visit
from visitplanner.web.redirects import inside
from visitplanner.web.refusals import sentence


def back(default: str) -> Response:
    """To the page the form stood on; only addresses of this visit's console are taken."""
    return redirect(inside(request.form.get("back", ""), visit().slug) or url_for(default))


@blueprint.post("/visits/<slug>/delegations/actions")
@needs("delegations.edit")
def act_on_many() -> Response:
    """Group, curator, reminder or link for the ticked delegations."""
    doing = act()
    rows = delegations_of(doing.session, visit().id, request.form.getlist("row"))
    if not rows:
        flash(gettext("Select at least one row first."), "attention")
        return back("delegations.index")
    action = request.form.get("action", "")
    if action == "link":
        mail_links(rows)
    elif action == "group":
        _say_moved(participants.assign_group(doing, people_of(doing.session, rows), _group()))
    elif action == "curator":
        count = service.assign_curator(doing, rows, request.form.get("curator") or None)
        flash(ngettext("%(num)d delegation changed", "%(num)d delegations changed", count))
    elif action == "remind":
        say_reminded(reminders.remind(doing, visit(), rows))
    else:
        raise Refusal("step-not-open")
    return back("delegations.index")


@blueprint.post("/visits/<slug>/people/actions")
@needs("persons.edit")
def act_on_people() -> Response:
    """Group for the ticked people."""
    doing = act()
    rows = participants_of(doing.session, visit().id, request.form.getlist("row"))
    if not rows:
        flash(gettext("Select at least one row first."), "attention")
        return back("delegations.people")
    try:
        _say_moved(participants.assign_group(doing, rows, _group()))
    except Refusal as refusal:
        flash(sentence(refusal), "trouble")
    return back("delegations.people")


def _group() -> Any:  # Any: a tour group, whose table blueprints do not import
    letter = request.form.get("group", "")
    if not letter:
        return None
    found = group_of_letter(act().session, visit().id, letter)
    if found is None:
        raise NotFound("not-found")
    return found


def _say_moved(result: tuple[int, int]) -> None:
    moved, full = result
    flash(ngettext("%(num)d person moved", "%(num)d people moved", moved))
    if full:
        flash(
            ngettext(
                "%(num)d person stayed out: the group is full",
                "%(num)d people stayed out: the group is full",
                full,
            ),
            "attention",
        )


def say_reminded(result: tuple[int, int]) -> None:
    """Tell how many reminders went out and how many could not."""
    sent, without = result
    flash(ngettext("%(num)d reminder is on its way", "%(num)d reminders are on their way", sent))
    if without:
        words = ngettext(
            "%(num)d mission could not be reached by mail",
            "%(num)d missions could not be reached by mail",
            without,
        )
        flash(words, "attention")
