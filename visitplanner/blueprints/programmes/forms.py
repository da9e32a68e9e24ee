"""The form that asks for a paper."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

LANGUAGES = [
    SelectChoice("ru", lazy_gettext("Russian")),
    SelectChoice("en", lazy_gettext("English")),
    SelectChoice("ru-en", lazy_gettext("Russian and English side by side")),
]


class PaperForm(FlaskForm):  # type: ignore[misc]
    """Kind, language and, for a programme, whose."""

    kind = SelectField(
        lazy_gettext("Paper"),
        choices=[
            SelectChoice("programme", lazy_gettext("Programme")),
            SelectChoice("running-order", lazy_gettext("Running order")),
            SelectChoice("route-cards", lazy_gettext("Route cards")),
        ],
    )
    language = SelectField(lazy_gettext("Language"), choices=LANGUAGES)
    subject = SelectField(lazy_gettext("For"), validate_choice=True)
