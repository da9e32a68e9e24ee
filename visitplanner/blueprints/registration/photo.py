"""A person's photograph: sent by the browser or by an ordinary form, shown to its own list only."""

from flask import flash, jsonify, redirect, url_for
from flask_babel import gettext
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from visitplanner.blueprints.registration import blueprint
from visitplanner.blueprints.registration.person import filled, render_person
from visitplanner.blueprints.registration.workspace import Page
from visitplanner.domain.refusals import Refusal
from visitplanner.services import registration
from visitplanner.services.persons import photo_of
from visitplanner.services.photos import put_photo
from visitplanner.web import photos
from visitplanner.web.access import act, guest
from visitplanner.web.errors import wants_json
from visitplanner.web.photos import picture, received, refused_json
from visitplanner.web.refusals import sentence


@blueprint.get("/r/person/<participant_id>/photo")
@guest("delegation", "organisation")
def photo(participant_id: str) -> Response:
    """The photograph."""
    return picture(*photo_of(act(), registration.own_participant(act(), participant_id)))


@blueprint.post("/r/person/<participant_id>/photo")
@guest("delegation", "organisation")
def send_photo(participant_id: str) -> Page:
    """Take a picture: JSON {url, version} for the script, back to the form without it."""
    doing = act()
    row = registration.own_participant(doing, participant_id)
    try:
        put_photo(doing, row, received())
    except Refusal as refusal:
        doing.session.rollback()
        return refused(participant_id, sentence(refusal), max(refusal.status, 409))
    row = registration.own_participant(doing, participant_id)
    address = url_for("registration.photo", participant_id=row.id, v=row.person.photo_id)
    if wants_json():
        return jsonify({"url": address, "version": row.person.version})
    flash(gettext("The picture is in place"))
    return redirect(url_for("registration.person", participant_id=row.id) + "#photo")


def refused(participant_id: str, words: str, status: int) -> Page:
    """Why the picture was not taken, at the field."""
    if wants_json():
        return refused_json(words, status)
    row = registration.own_participant(act(), participant_id)
    return render_person(row, filled(row), photo_errors=[words]), status


@blueprint.errorhandler(413)
def too_large(_error: RequestEntityTooLarge) -> Response:
    """A file that the server did not even read: the same words, on the same page."""
    return photos.too_large("registration.person")
