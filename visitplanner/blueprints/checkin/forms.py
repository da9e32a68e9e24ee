"""The form of a door."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]

from visitplanner.web.forms import VersionField, texts_field

KINDS = (
    ("entrance", _("Entrance")),
    ("zone", _("Door of a zone")),
    ("stop", _("Stop of the tour")),
    ("exit", _("Exit")),
)


class DoorForm(FlaskForm):  # type: ignore[misc]
    """Name, kind, zone."""

    name = texts_field(_("Name of the door"), required=True, most=80)
    kind = RadioField(
        _("Kind"), choices=[SelectChoice(*kind) for kind in KINDS], default="entrance"
    )
    zone = SelectField(_("Zone a badge must carry"), default="")
    version = VersionField()
