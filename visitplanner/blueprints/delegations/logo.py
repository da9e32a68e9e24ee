"""The arms or logo of an organisation: shown to staff, put in, replaced, taken away."""

from flask import flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.delegations import blueprint
from visitplanner.blueprints.delegations.organisations import part, show
from visitplanner.blueprints.delegations.pages import Page
from visitplanner.domain.refusals import Refusal
from visitplanner.services import logos
from visitplanner.web.access import act, needs
from visitplanner.web.photos import picture, received
from visitplanner.web.refusals import sentence


@blueprint.get("/visits/<slug>/organisations/<organisation_id>/logo")
@needs("visit.view")
def logo(organisation_id: str) -> Response:
    """The picture."""
    return picture(*logos.logo_of(act(), part(organisation_id).organisation))


@blueprint.post("/visits/<slug>/organisations/<organisation_id>/logo")
@needs("visit.edit")
def send_logo(organisation_id: str) -> Page:
    """Take a picture in the place of the one that is there."""
    doing, row = act(), part(organisation_id)
    try:
        logos.put_logo(doing, row.organisation, received("logo"))
    except Refusal as refusal:
        doing.session.rollback()
        status = max(refusal.status, 422)
        return show(organisation_id, logo_refused=sentence(refusal)), status
    flash(gettext("The picture is in place"))
    return redirect(url_for("delegations.organisation", organisation_id=organisation_id))


@blueprint.post("/visits/<slug>/organisations/<organisation_id>/logo/drop")
@needs("visit.edit")
def drop_logo(organisation_id: str) -> Response:
    """Take it away."""
    logos.drop_logo(act(), part(organisation_id).organisation)
    flash(gettext("The picture is gone"))
    return redirect(url_for("delegations.organisation", organisation_id=organisation_id))
