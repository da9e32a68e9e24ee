"""The form that asks for a paper."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from visitplanner.web.paper_languages import PAPER_LANGUAGES

LANGUAGES = [SelectChoice(code, word) for code, word in PAPER_LANGUAGES.items()]


class PaperForm(FlaskForm):  # type: ignore[misc]
    """Kind, language and, for a programme, whose and whether to fold."""

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
    booklet = BooleanField(lazy_gettext("As a booklet: two pages a side of A4, to fold"))
