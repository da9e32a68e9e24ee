"""Links of delegations: told once, sent by mail to one or many, revoked."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.delegations import blueprint
from visitplanner.blueprints.delegations.pages import Page, allowed, show
from visitplanner.domain.refusals import Forbidden, NotFound, Refusal
from visitplanner.queries.delegations import delegation_by_code, links_of
from visitplanner.services import delegation_links, links
from visitplanner.web.access import act, needs, visit
from visitplanner.web.languages import language
from visitplanner.web.refusals import sentence


@blueprint.post("/visits/<slug>/delegations/<code>/link")
@needs("links.issue")
def issue_link(code: str) -> Page:
    """A new link, shown on this answer and never again."""
    doing = act()
    row = delegation_by_code(doing.session, visit().id, code)
    token = delegation_links.tell_link(doing, row)
    return show(code, told_link=links.link_address(doing, token))


@blueprint.post("/visits/<slug>/delegations/<code>/link/send")
@needs("links.issue")
def send_link(code: str) -> Response:
    """A new link, mailed to the focal point or the mission."""
    doing = act()
    row = delegation_by_code(doing.session, visit().id, code)
    try:
        masked = delegation_links.mail_link(doing, row, language())
        flash(gettext("The link is on its way to %(address)s", address=masked))
    except Refusal as refusal:
        doing.session.rollback()
        flash(sentence(refusal), "trouble")
    return redirect(url_for("delegations.page", code=code))


@blueprint.post("/visits/<slug>/delegations/<code>/links/<link_id>/revoke")
@needs("links.issue")
def revoke_link(code: str, link_id: str) -> Response:
    """End a link and the sessions that came from it."""
    doing = act()
    row = delegation_by_code(doing.session, visit().id, code)
    link = next((one for one in links_of(doing.session, row) if one.id == link_id), None)
    if link is None:
        raise NotFound("not-found")
    delegation_links.end_link(doing, link)
    flash(gettext("The link no longer opens"))
    return redirect(url_for("delegations.page", code=code))


def mail_links(rows: Sequence[Any]) -> None:
    """Mail each of these delegations a new link, for those who may (Any: delegations' rows)."""
    if not allowed("links.issue"):
        raise Forbidden("not-permitted")
    say_sent(delegation_links.mail_links(act(), rows, language()))


def say_sent(done: delegation_links.Sent) -> None:
    """Tell how many links went out and how many missions have no address."""
    flash(ngettext("%(num)d link is on its way", "%(num)d links are on their way", done.sent))
    if done.without:
        words = ngettext(
            "%(num)d mission has no usable address: its link was not sent",
            "%(num)d missions have no usable address: their links were not sent",
            done.without,
        )
        flash(words, "attention")
