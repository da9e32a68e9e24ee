"""Organisations of the visit: escorts, interpreters, press, residents, and the links they use."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.delegations import blueprint
from visitplanner.blueprints.delegations.forms import MailLinkForm, PersonForm
from visitplanner.blueprints.delegations.pages import Page, allowed, history_of, put_in_order
from visitplanner.blueprints.delegations.people import form_for, keep_consent
from visitplanner.domain.delegations import OUT_OF_LIST
from visitplanner.domain.refusals import Refusal
from visitplanner.queries import organisations as query
from visitplanner.queries.delegations import earlier_occupants
from visitplanner.queries.lines import person_lines
from visitplanner.queries.links import link_lines
from visitplanner.services import links, organisation_links
from visitplanner.services import participants as service
from visitplanner.web.access import act, needs, visit
from visitplanner.web.bodies import takes_json
from visitplanner.web.forms import put_refusal
from visitplanner.web.languages import language
from visitplanner.web.words import PARTS


@blueprint.get("/visits/<slug>/organisations")
@needs("persons.view")
def organisations() -> str:
    """All of them, and how far their people are."""
    return render_template(
        "delegations/organisations.html",
        lines=query.organisation_lines(act().session, visit()),
        parts=PARTS,
        may_edit=allowed("visit.edit"),
    )


def part(organisation_id: str) -> Any:
    """The organisation's part in this visit; NotFound otherwise (Any: a row)."""
    return query.part_of(act().session, visit().id, organisation_id)


@blueprint.get("/visits/<slug>/organisations/<organisation_id>")
@needs("persons.view")
def organisation(organisation_id: str) -> str:
    """One of them: its people in their order, its link."""
    return show(organisation_id)


def show(
    organisation_id: str,
    form: MailLinkForm | None = None,
    told_link: str = "",
    logo_refused: str = "",
) -> str:
    """Its page, also after its link was told or a form of it refused."""
    doing, row = act(), part(organisation_id)
    people = query.people_of(doing.session, row)
    lines = person_lines(doing.session, visit().id, people, language())
    written = link_lines(doing.session, visit().id, organisation_id=organisation_id)
    if form is None:
        last = next((line.recipient for line in written if line.recipient), "")
        form = MailLinkForm(formdata=None, email=last)
    return render_template(
        "delegations/organisation.html",
        row=row,
        lines=[one for one in lines if one.status not in OUT_OF_LIST],
        out=[one for one in lines if one.status in OUT_OF_LIST],
        links=[one for one in written if not one.revoked],
        now=doing.at,
        form=form,
        told_link=told_link,
        logo_refused=logo_refused,
        parts=PARTS,
        earlier=earlier_occupants(doing.session, [one.id for one in lines], language()),
        history=history_of(query.things_of(doing.session, row)),
        may_edit=allowed("visit.edit"),
        may_people=allowed("persons.edit"),
        may_link=allowed("links.issue"),
    )


@blueprint.post("/visits/<slug>/organisations/<organisation_id>/order")
@needs("persons.edit")
@takes_json
def order_of(organisation_id: str) -> Response:
    """The order of its list (see `pages.put_in_order`)."""
    there = url_for("delegations.organisation", organisation_id=organisation_id)
    return put_in_order(part(organisation_id), there)


@blueprint.get("/visits/<slug>/organisations/<organisation_id>/people/new")
@needs("persons.edit")
def new_person_of(organisation_id: str) -> str:
    """The form of somebody new."""
    row = part(organisation_id)
    form = form_for(heads=False)
    form.function.data = service.suggested_function(act(), row)
    form.category.data = service.category_for(act(), row, form.function.data)
    return _new(form, row)


def _new(form: PersonForm, row: Any) -> str:  # Any: a row
    return render_template(
        "delegations/new_person.html", form=form, row=None, old=None, organisation=row.organisation
    )


@blueprint.post("/visits/<slug>/organisations/<organisation_id>/people/new")
@needs("persons.edit")
def add_person_of(organisation_id: str) -> Page:
    """Put somebody on the list."""
    doing, row = act(), part(organisation_id)
    form = form_for(heads=False)
    try:
        if form.validate_on_submit():
            function, category = form.function.data, form.category.data
            added = service.add_participant(
                doing, row, form.details(), function=function, category=category
            )
            keep_consent(doing, added, form)
            flash(gettext("On the list"))
            return redirect(url_for("delegations.person", participant_id=added.id))
    except Refusal as refusal:
        doing.session.rollback()
        put_refusal(form, refusal)
        row = part(organisation_id)
    return _new(form, row), 422


@blueprint.post("/visits/<slug>/organisations/<organisation_id>/link")
@needs("links.issue")
def issue_link_of(organisation_id: str) -> str:
    """A new link, shown on this answer and never again."""
    doing = act()
    token = organisation_links.tell_link(doing, part(organisation_id))
    return show(organisation_id, told_link=links.link_address(doing, token))


@blueprint.post("/visits/<slug>/organisations/<organisation_id>/link/send")
@needs("links.issue")
def send_link_of(organisation_id: str) -> Page:
    """A new link, mailed to the address that was typed."""
    doing, row, form = act(), part(organisation_id), MailLinkForm()
    try:
        if form.validate_on_submit():
            masked = organisation_links.mail_link(doing, row, form.email.data or "", language())
            flash(gettext("The link is on its way to %(address)s", address=masked))
            return redirect(url_for("delegations.organisation", organisation_id=organisation_id))
    except Refusal as refusal:
        doing.session.rollback()
        put_refusal(form, refusal)
    return show(organisation_id, form), 422


@blueprint.post("/visits/<slug>/organisations/<organisation_id>/links/<link_id>/revoke")
@needs("links.issue")
def revoke_link_of(organisation_id: str, link_id: str) -> Response:
    """End a link and the sessions that came from it."""
    organisation_links.end_link(act(), part(organisation_id), link_id)
    flash(gettext("The link no longer opens"))
    return redirect(url_for("delegations.organisation", organisation_id=organisation_id))
