"""The form of a decision."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.validators import Length

from visitplanner.web.forms import VersionField


class DecisionForm(FlaskForm):  # type: ignore[misc]
    """A decision on one person: what the mission reads and what stays inside."""

    version = VersionField()
    stage = HiddenField()
    outward = TextAreaField(
        lazy_gettext("Note to the mission"),
        validators=[Length(max=1000, message=lazy_gettext("At most 1000 characters."))],
    )
    reason = TextAreaField(
        lazy_gettext("Reason, for staff only"),
        validators=[Length(max=2000, message=lazy_gettext("At most 2000 characters."))],
    )
