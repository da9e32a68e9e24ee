"""Forms of the agenda."""

from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from visitplanner.blueprints.agenda.words import AUDIENCES, KINDS, MODES
from visitplanner.domain.refusals import Refusal
from visitplanner.services.agenda import ITEM_FIELDS
from visitplanner.web.forms import (
    REQUIRED,
    NumberRange,
    VersionField,
    aware,
    choices,
    line,
    moment_field,
    number,
    on_clocks,
    texts_field,
    texts_of,
)
from visitplanner.web.languages import OWN_NAMES

FAR_OFF = timedelta(days=30)
LONGEST = 1440


def long_text(label: Any) -> TextAreaField:
    """Several lines (Any: lazy label)."""
    trimmed = [lambda value: (value or "").replace("\x00", "").strip()]
    return TextAreaField(label, [Optional(), Length(max=1000)], filters=trimmed)


class LanguagesField(SelectMultipleField):
    """Languages as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ItemForm(FlaskForm):  # type: ignore[misc]
    """A line of the day."""

    version = VersionField()
    title = texts_field(lazy_gettext("Title"), required=True)
    summary = texts_field(lazy_gettext("What guests read below the title"))
    kind = SelectField(lazy_gettext("Kind"), choices=choices(KINDS.items()))
    audience = SelectField(lazy_gettext("For whom"), choices=choices(AUDIENCES.items()))
    starts_at = moment_field(lazy_gettext("Begins"), required=True)
    minutes = number(
        lazy_gettext("Minutes of speech"),
        validators=[
            InputRequired(REQUIRED),
            NumberRange(0, LONGEST, message=lazy_gettext("A whole number from 0 to 1440.")),
        ],
    )
    room_id = SelectField(lazy_gettext("Room"))
    interpretation = SelectField(lazy_gettext("Interpretation"), choices=choices(MODES.items()))
    languages = LanguagesField(lazy_gettext("Languages"), choices=choices(OWN_NAMES.items()))
    responsible = line(lazy_gettext("Responsible"))
    phone = line(lazy_gettext("Telephone"), most=40)
    cue = long_text(lazy_gettext("Light, sound, screen"))
    remarks = long_text(lazy_gettext("Remarks"))
    plan_b = long_text(lazy_gettext("Plan B"))

    def values(self, day: Any, timezone: str) -> dict[str, Any]:
        """The columns of an item. Refusal("item-far-off") for a day far from the visit's."""
        typed = self.starts_at.data
        if typed is None or abs(typed.date() - day) > FAR_OFF:
            raise Refusal("item-far-off", field="starts_at")
        return {name: self[name].data for name in ITEM_FIELDS} | {
            "title": texts_of(self.title.data),
            "summary": texts_of(self.summary.data),
            "room_id": self.room_id.data or None,
            "starts_at": aware(typed, timezone),
        }


def saved_values(row: Any, timezone: str) -> dict[str, Any]:
    """An item's columns as its form shows them (Any: a row)."""
    return {name: getattr(row, name) for name in ITEM_FIELDS} | {
        "room_id": row.room_id or "",
        "starts_at": on_clocks(row.starts_at, timezone),
    }


class RoomForm(FlaskForm):  # type: ignore[misc]
    """A room."""

    version = VersionField()
    name = texts_field(lazy_gettext("Name"), required=True)
    people = number(
        lazy_gettext("Places"),
        validators=[
            Optional(),
            NumberRange(1, 100000, message=lazy_gettext("A whole number from 1 to 100000.")),
        ],
    )
