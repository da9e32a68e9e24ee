"""The forms of a visit and its parts."""

from typing import Any
from zoneinfo import available_timezones

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional

from visitplanner.services.visits import KINDS, PARTS, STATES
from visitplanner.web.forms import (
    NumberRange,
    VersionField,
    aware,
    choices,
    line,
    moment_field,
    on_clocks,
    texts_field,
    texts_of,
)
from visitplanner.web.languages import OWN_NAMES, text
from visitplanner.web.words import PARTS as PART_WORDS

STATE_WORDS = {
    "draft": lazy_gettext("in preparation"),
    "open": lazy_gettext("open"),
    "closed": lazy_gettext("closed"),
    "archived": lazy_gettext("archived"),
}
KIND_WORDS = {
    "ministry": lazy_gettext("ministry"),
    "company": lazy_gettext("company"),
    "cluster": lazy_gettext("cluster"),
    "press": lazy_gettext("press"),
    "venue": lazy_gettext("venue"),
    "supplier": lazy_gettext("supplier"),
}
TEXTS = ("title", "short_title", "purpose", "venue", "address", "contact")
MOMENTS = (
    "starts_at",
    "ends_at",
    "reply_by",
    "register_by",
    "badges_valid_from",
    "badges_valid_until",
)
PLAIN = (
    "state",
    "public",
    "timezone",
    "languages",
    "alphabet",
    "default_quota",
    "photo_required",
    "clearance_required",
    "nuncio_first",
)


class VisitForm(FlaskForm):  # type: ignore[misc]
    """Everything about a visit that is written in one form."""

    version = VersionField()
    title = texts_field(lazy_gettext("Title"), required=True)
    short_title = texts_field(lazy_gettext("Short title"), most=60)
    purpose = texts_field(lazy_gettext("Purpose"), most=1000)
    venue = texts_field(lazy_gettext("Venue"))
    address = texts_field(lazy_gettext("Address"))
    contact = texts_field(lazy_gettext("Contact desk"))
    timezone = SelectField(lazy_gettext("Time zone"))
    starts_at = moment_field(lazy_gettext("Begins"), required=True)
    ends_at = moment_field(lazy_gettext("Ends"), required=True)
    reply_by = moment_field(lazy_gettext("Missions reply by"))
    register_by = moment_field(lazy_gettext("Lists and photographs by"))
    badges_valid_from = moment_field(lazy_gettext("Badges are valid from"))
    badges_valid_until = moment_field(lazy_gettext("Badges are valid until"))
    state = SelectField(lazy_gettext("State of the work"))
    public = BooleanField(lazy_gettext("Show the visit on the public page"))
    languages = SelectMultipleField(
        lazy_gettext("Languages of the visit"),
        [InputRequired(lazy_gettext("Choose at least one language"))],
    )
    alphabet = SelectField(lazy_gettext("Alphabet that orders the lists"))
    default_quota = IntegerField(
        lazy_gettext("People a mission may name"), [InputRequired(), NumberRange(0, 200)]
    )
    photo_required = BooleanField(lazy_gettext("A photograph is required"))
    clearance_required = BooleanField(lazy_gettext("Security clears people after the protocol"))
    nuncio_first = BooleanField(lazy_gettext("The nuncio stands first"))

    def __init__(self, **more: Any) -> None:
        """Fill the lists of choice (Any: WTForms arguments)."""
        super().__init__(**more)
        self.timezone.choices = choices((name, name) for name in sorted(available_timezones()))
        self.state.choices = choices((code, STATE_WORDS[code]) for code in STATES)
        self.languages.choices = choices(OWN_NAMES.items())
        self.alphabet.choices = choices(OWN_NAMES.items())

    def values(self) -> dict[str, Any]:
        """What was written, as `services.visits.VisitDetails` takes it (Any: its fields)."""
        found: dict[str, Any] = {name: texts_of(getattr(self, name).data) for name in TEXTS}
        found |= {name: getattr(self, name).data for name in PLAIN}
        zone = self.timezone.data
        found |= {name: aware(getattr(self, name).data, zone) for name in MOMENTS}
        return found


class NewVisitForm(VisitForm):
    """A visit that is made: it needs its part of the address."""

    slug = line(lazy_gettext("Name in addresses"), required=True, most=60)


def moments_of(visit: Any) -> dict[str, Any]:
    """The visit's times on its own clocks (Any: a row of a table)."""
    return {name: on_clocks(getattr(visit, name), visit.timezone) for name in MOMENTS}


class PartForm(FlaskForm):  # type: ignore[misc]
    """An organisation's part: one we know, or a new one."""

    organisation = SelectField(lazy_gettext("Organisation"))
    code = line(lazy_gettext("Code of a new organisation"), most=60)
    name = texts_field(lazy_gettext("Name of a new organisation"))
    kind = SelectField(lazy_gettext("Kind of a new organisation"))
    part = SelectField(lazy_gettext("Part in the visit"))
    duty = texts_field(lazy_gettext("Duty"))
    quota = IntegerField(
        lazy_gettext("People it may register"), [Optional(), NumberRange(0, 1000)], default=20
    )

    def __init__(self, known: list[Any], **more: Any) -> None:
        """Offer the organisations we know (Any: rows of a table, WTForms arguments)."""
        super().__init__(**more)
        rows = [(row.id, text(row.name)) for row in known]
        self.organisation.choices = choices([("", lazy_gettext("a new one")), *rows])
        self.kind.choices = choices((code, KIND_WORDS[code]) for code in KINDS)
        self.part.choices = choices((code, PART_WORDS[code]) for code in PARTS)


class ChangePartForm(FlaskForm):  # type: ignore[misc]
    """How an organisation is called, what it does, and how many people it may register."""

    seen = HiddenField()
    name = texts_field(lazy_gettext("Name of the organisation"), required=True)
    part = SelectField(lazy_gettext("Part in the visit"))
    duty = texts_field(lazy_gettext("Duty"))
    quota = IntegerField(
        lazy_gettext("People it may register"), [InputRequired(), NumberRange(0, 1000)]
    )

    def __init__(self, **more: Any) -> None:
        """Offer the parts (Any: WTForms arguments)."""
        super().__init__(**more)
        self.part.choices = choices((code, PART_WORDS[code]) for code in PARTS)


class DateForm(FlaskForm):  # type: ignore[misc]
    """A date of the calendar."""

    seen = HiddenField()
    title = texts_field(lazy_gettext("What is due"), required=True)
    at = moment_field(lazy_gettext("When"), required=True)


class CategoryForm(FlaskForm):  # type: ignore[misc]
    """Word, letter, zones of a category, and whether its people use the quota."""

    seen = HiddenField()
    word = texts_field(lazy_gettext("Word on the badge"), required=True, most=40)
    letter = line(lazy_gettext("Letter"), required=True, most=2)
    zones = SelectMultipleField(lazy_gettext("Zones"))
    exempt = BooleanField(lazy_gettext("Does not use the mission’s quota"))

    def __init__(self, letters: list[str], **more: Any) -> None:
        """Offer the visit's zones (Any: WTForms arguments)."""
        super().__init__(**more)
        self.zones.choices = choices((letter, letter) for letter in letters)


class ZoneForm(FlaskForm):  # type: ignore[misc]
    """A zone: its letter and its name."""

    seen = HiddenField()
    letter = line(lazy_gettext("Letter"), required=True, most=2)
    name = texts_field(lazy_gettext("Name"), required=True)
