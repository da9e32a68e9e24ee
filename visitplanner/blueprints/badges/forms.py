"""Forms of the badges page."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Length


class PrintForm(FlaskForm):  # type: ignore[misc]
    """How badges are printed."""

    layout = SelectField(
        lazy_gettext("Layout"),
        choices=[
            SelectChoice("a6:a4", lazy_gettext("A6, four on A4")),
            SelectChoice("a6:", lazy_gettext("A6, one a page")),
            SelectChoice("cr80:", lazy_gettext("Card printer, CR80")),
            SelectChoice("4x3:a4", lazy_gettext("4 × 3 inches, six on A4")),
            SelectChoice("a7:a4", lazy_gettext("A7, eight on A4")),
            SelectChoice("a5:", lazy_gettext("A5, one a page")),
        ],
        default="a6:a4",
    )


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """Why a badge is printed anew or made invalid."""

    reason = StringField(
        lazy_gettext("Reason"),
        validators=[
            DataRequired(lazy_gettext("Say why: lost, damaged, changed.")),
            Length(max=300, message=lazy_gettext("At most 300 characters.")),
        ],
    )
