"""Forms of the tour."""

from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from visitplanner.web.forms import (
    REQUIRED,
    NumberRange,
    VersionField,
    choices,
    line,
    moment_field,
    number,
    texts_field,
)
from visitplanner.web.languages import OWN_NAMES


def whole(label: Any, least: int, most: int) -> Any:
    """A whole number from `least` to `most` (Any: lazy label, WTForms field)."""
    words = lazy_gettext("A whole number from %(least)s to %(most)s.", least=least, most=most)
    return number(
        label,
        validators=[InputRequired(REQUIRED), NumberRange(least, most, message=words)],
    )


class LanguagesField(SelectMultipleField):
    """Languages as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def languages(label: Any) -> LanguagesField:
    """A choice of several languages (Any: lazy label)."""
    return LanguagesField(label, choices=choices(OWN_NAMES.items()))


class RulesForm(FlaskForm):  # type: ignore[misc]
    """How the tour is planned."""

    version = VersionField()
    starts_at = moment_field(lazy_gettext("The tour starts"), required=True)
    horizon = whole(lazy_gettext("Minutes until everybody is back in the hall"), 1, 600)
    group_people_min = whole(lazy_gettext("Guests in a group, at least"), 1, 500)
    group_people_max = whole(lazy_gettext("Guests in a group, at most"), 1, 500)
    stops_min = whole(lazy_gettext("Stops a group sees, at least"), 1, 24)
    stops_max = whole(lazy_gettext("Stops a group sees, at most"), 1, 24)
    languages_per_group = whole(lazy_gettext("Working languages in a group, at most"), 1, 3)
    host_languages = languages(lazy_gettext("Languages the hosts speak"))


class StopForm(FlaskForm):  # type: ignore[misc]
    """A stop."""

    version = VersionField()
    code = line(
        lazy_gettext("Code"),
        required=True,
        most=30,
    )
    name = texts_field(lazy_gettext("Name"), required=True)
    summary = texts_field(lazy_gettext("What is shown"))
    is_hall = BooleanField(lazy_gettext("The hall: groups start and end here"))
    minutes = whole(lazy_gettext("Minutes a visit takes"), 1, 240)
    reset_minutes = whole(lazy_gettext("Minutes between two groups"), 0, 120)
    groups_at_once = whole(lazy_gettext("Groups at once"), 1, 20)
    people = whole(lazy_gettext("Places"), 1, 1000)
    step_free = BooleanField(lazy_gettext("Can be reached without steps"))
    closed = BooleanField(lazy_gettext("Closed: no group is sent there"))
    presenter = line(lazy_gettext("Presenter, where one presents at several stops"))
    organisation_id = SelectField(lazy_gettext("Resident company"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rule = Regexp(r"^[a-z0-9-]+$", message=lazy_gettext("Small letters, digits and hyphens."))
        self.code.validators = [*self.code.validators, rule]


class GroupForm(FlaskForm):  # type: ignore[misc]
    """A group and who leads it."""

    version = VersionField()
    people = whole(lazy_gettext("Places in the group"), 1, 500)
    languages = languages(lazy_gettext("Working languages"))
    meeting_point = texts_field(lazy_gettext("Meeting point"))
    escort = SelectField(lazy_gettext("Escort"))
