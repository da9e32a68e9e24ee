"""The words of guests' pages: where somebody stands, what is missing, what we refuse.

Values are lazy strings, which have no type of their own (Any).
"""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext

from visitplanner.web.refusals import add_words

STANDINGS: Mapping[str, tuple[Any, str]] = {
    "being-prepared": (lazy_gettext("not handed in yet"), ""),
    "received": (lazy_gettext("handed in, being considered"), "waiting"),
    "please-correct": (lazy_gettext("please correct"), "trouble"),
    "in-progress": (lazy_gettext("being considered"), "waiting"),
    "please-contact-us": (lazy_gettext("please contact us"), "trouble"),
    "withdrawn": (lazy_gettext("withdrawn"), "away"),
    "confirmed": (lazy_gettext("confirmed"), "done"),
    "badge-ready": (lazy_gettext("confirmed, badge is ready"), "done"),
    "arrived": (lazy_gettext("arrived"), "done"),
}
"""The neutral word of `domain.accreditation.outward_word`, and the kind of mark."""

MISSING_FIELDS: Mapping[str, str] = {"position": "position_en"}
"""The input to lead to, where it is not called like what is missing."""

CLOSED: Mapping[str, Any] = {
    "visit-closed": lazy_gettext("The visit is closed. The list can be read only."),
    "deadline-passed": lazy_gettext(
        "The time for registration has passed. The list can be read; for a change call the "
        "protocol desk."
    ),
}

add_words(
    {
        "off-the-programme": lazy_gettext(
            "You are no longer on the list of this visit. Ask your mission, or call the "
            "protocol desk."
        ),
        "off-the-list": lazy_gettext(
            "This person is no longer on the list. Call the protocol desk to change that."
        ),
        "not-confirmed-yet": lazy_gettext(
            "This person is not confirmed yet. The link to the programme opens after that."
        ),
        "no-such-field": lazy_gettext("This field is not on the form."),
        "photo-missing": lazy_gettext("Choose a picture first."),
        "photo-too-large": lazy_gettext(
            "The file is larger than %(size)s MB. Choose a smaller one."
        ),
        "photo-heic": lazy_gettext(
            "HEIC pictures cannot be read here. Send it from the phone that took it, or save it "
            "there as JPEG and choose that file."
        ),
        "photo-no-image": lazy_gettext(
            "This file is not a picture we can read. Choose a JPEG, PNG or WEBP file."
        ),
        "photo-broken": lazy_gettext(
            "The picture is damaged or cut off. Choose the original file once more."
        ),
        "photo-too-many-dots": lazy_gettext(
            "The picture has more than 25 million dots. Choose a smaller one."
        ),
        "photo-animated": lazy_gettext("A moving picture cannot go on a badge. Choose a still."),
        "photo-too-small": lazy_gettext(
            "The picture is too small: it must be at least 200 dots wide and high."
        ),
    }
)
