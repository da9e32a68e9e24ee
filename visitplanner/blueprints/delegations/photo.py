"""A person's photograph: shown to staff, and taken from staff when it came by mail."""

from flask import flash, jsonify, redirect, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from visitplanner.blueprints.delegations import blueprint
from visitplanner.blueprints.delegations.pages import Page
from visitplanner.blueprints.delegations.people import find, form_for, render_person
from visitplanner.domain.refusals import Refusal
from visitplanner.services.persons import photo_of
from visitplanner.services.photos import put_photo
from visitplanner.web import photos
from visitplanner.web.access import act, needs
from visitplanner.web.errors import wants_json
from visitplanner.web.photos import picture, received, refused_json
from visitplanner.web.refusals import sentence


@blueprint.get("/visits/<slug>/people/<participant_id>/photo")
@needs("persons.view")
def photo(participant_id: str) -> Response:
    """The photograph."""
    return picture(*photo_of(act(), find(participant_id)))


@blueprint.post("/visits/<slug>/people/<participant_id>/photo")
@needs("persons.edit")
def send_photo(participant_id: str) -> Page:
    """Take a picture: JSON {url, version, message} for the script, the page without it."""
    doing, row = act(), find(participant_id)
    try:
        again = put_photo(doing, row, received())
    except Refusal as refusal:
        doing.session.rollback()
        return _refused(participant_id, sentence(refusal), max(refusal.status, 409))
    row = find(participant_id)
    words = gettext("The picture is in place")
    if again:
        words = gettext("The picture is in place; the person awaits a decision again")
    if wants_json():
        address = url_for("delegations.photo", participant_id=row.id, v=row.person.photo_id)
        return jsonify({"url": address, "version": row.person.version, "message": words})
    flash(words)
    return redirect(url_for("delegations.person", participant_id=row.id))


def _refused(participant_id: str, words: str, status: int) -> Page:
    """Why the picture was not taken, at the field; the form stands as it is saved."""
    if wants_json():
        return refused_json(words, status)
    row = find(participant_id)
    return render_person(row, form_for(row, saved=True), photo_errors=[words]), status


@blueprint.errorhandler(413)
def too_large(_error: RequestEntityTooLarge) -> Response:
    """A file that the server did not even read: the same words, on the same page."""
    if "organisation_id" in (request.view_args or {}):
        return photos.too_large("delegations.organisation", "organisation_id")
    return photos.too_large("delegations.person")
