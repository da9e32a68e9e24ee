"""A speaker's photograph: sent by the script or by an ordinary form, shown to staff."""

from flask import flash, jsonify, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.speakers import blueprint
from visitplanner.blueprints.speakers.routes import Page, form_of, show, speaker_row
from visitplanner.domain.refusals import Refusal
from visitplanner.services.speakers import photo_of, put_photo
from visitplanner.web.access import act, needs
from visitplanner.web.errors import wants_json
from visitplanner.web.photos import picture, received, refused_json
from visitplanner.web.refusals import sentence


@blueprint.get("/visits/<slug>/speakers/<speaker_id>/photo")
@needs("speakers.view")
def photo(speaker_id: str) -> Response:
    """The photograph."""
    return picture(*photo_of(act(), speaker_row(speaker_id)))


@blueprint.post("/visits/<slug>/speakers/<speaker_id>/photo")
@needs("speakers.edit")
def send_photo(speaker_id: str) -> Page:
    """Take a picture: JSON {url, version} for the script, back to the profile without it."""
    try:
        put_photo(act(), speaker_row(speaker_id), received())
    except Refusal as refusal:
        act().session.rollback()
        return _refused(speaker_id, sentence(refusal), max(refusal.status, 409))
    row = speaker_row(speaker_id)
    address = url_for("speakers.photo", speaker_id=row.id, v=row.photo_id)
    if wants_json():
        return jsonify({"url": address, "version": row.version})
    flash(gettext("The picture is in place"))
    return redirect(url_for("speakers.speaker", speaker_id=row.id))


def _refused(speaker_id: str, words: str, status: int) -> Page:
    if wants_json():
        return refused_json(words, status)
    row = speaker_row(speaker_id)
    form = form_of(row)
    form.process(obj=row)
    return show(row, form, photo_errors=[words]), status
