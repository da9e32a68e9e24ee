"""Forms of the speakers' room."""

from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField
from wtforms.validators import InputRequired, Optional

from visitplanner.services.speakers import FIELDS, TALK_FIELDS
from visitplanner.web.forms import (
    REQUIRED,
    NumberRange,
    VersionField,
    choices,
    line,
    number,
    texts_field,
    texts_of,
)
from visitplanner.web.languages import OWN_NAMES

LANGUAGES = choices([("", "–"), *OWN_NAMES.items()])


class SpeakerForm(FlaskForm):  # type: ignore[misc]
    """Somebody who speaks."""

    version = VersionField()
    name = texts_field(lazy_gettext("Name"), required=True)
    honorific = line(lazy_gettext("Honorific"), most=40)
    position_held = texts_field(lazy_gettext("Position held"))
    organisation_id = SelectField(lazy_gettext("Organisation"))
    language = SelectField(lazy_gettext("Speaks in"), choices=LANGUAGES)
    about = texts_field(lazy_gettext("About the speaker"), most=1000)
    email = line(lazy_gettext("E-mail"))
    phone = line(lazy_gettext("Telephone"), most=40)
    absent = BooleanField(lazy_gettext("Does not come: the others close up"))

    def values(self) -> dict[str, Any]:
        """The columns of a speaker."""
        return {name: self[name].data for name in FIELDS} | {
            "name": texts_of(self.name.data),
            "position_held": texts_of(self.position_held.data),
            "about": texts_of(self.about.data),
            "organisation_id": self.organisation_id.data or None,
        }


class TalkForm(FlaskForm):  # type: ignore[misc]
    """A talk in an item."""

    version = VersionField()
    item_id = SelectField(lazy_gettext("Item"), validators=[InputRequired(REQUIRED)])
    speaker_id = SelectField(lazy_gettext("Speaker"), validators=[InputRequired(REQUIRED)])
    title = texts_field(lazy_gettext("Title of the talk"))
    language = SelectField(lazy_gettext("Spoken in"), choices=LANGUAGES)
    minutes = number(
        lazy_gettext("Minutes of speech"),
        validators=[
            Optional(),
            NumberRange(0, 1440, message=lazy_gettext("A whole number from 0 to 1440.")),
        ],
    )
    position = number(
        lazy_gettext("Place in the order"),
        validators=[
            Optional(),
            NumberRange(1, 100, message=lazy_gettext("A whole number from 1 to 100.")),
        ],
    )

    def values(self) -> dict[str, Any]:
        """The columns of a talk."""
        return {name: self[name].data for name in TALK_FIELDS} | {
            "title": texts_of(self.title.data)
        }
