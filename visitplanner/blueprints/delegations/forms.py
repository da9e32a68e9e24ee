"""The forms of delegations, their people and the ledger."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.validators import Email, InputRequired, Length, Optional

from visitplanner.domain.functions import functions_of
from visitplanner.domain.mission_words import MISSION_KINDS
from visitplanner.domain.names import clean_text
from visitplanner.domain.ranks import RANKS
from visitplanner.services.persons import PersonDetails
from visitplanner.web import words
from visitplanner.web.forms import (
    NumberRange,
    SelectChoice,
    VersionField,
    choices,
    line,
    moment_field,
)
from visitplanner.web.languages import text

EMAIL = Email(lazy_gettext("This is not an e-mail address."))


def many_lines(value: str | None) -> str:
    """A filter for areas of text."""
    return clean_text(value or "")


def choices_of(table: Mapping[str, Any]) -> list[SelectChoice]:
    """Choices from a table of words (Any: lazy strings, or pairs of word and mark)."""
    return choices(
        (code, found[0] if isinstance(found, tuple) else found) for code, found in table.items()
    )


def rank_choices() -> list[SelectChoice]:
    """Every rank in the page's language, the first empty."""
    return choices([("", "–"), *((code, words.rank_name(code)) for code in RANKS)])


class PersonForm(FlaskForm):  # type: ignore[misc]
    """Everything staff may write about a person and the slot."""

    version = VersionField()
    function = SelectField(lazy_gettext("Function in the delegation"))
    category = SelectField(lazy_gettext("Category of badge"))
    family_name = line(lazy_gettext("Family name in Latin letters"))
    given_name = line(lazy_gettext("Given names in Latin letters"))
    name_order = SelectField(lazy_gettext("Order of the name"))
    passport_name = line(lazy_gettext("Name as in the travel document"))
    native_name = line(lazy_gettext("Name in the person’s own script"))
    native_language = SelectField(lazy_gettext("Language of that name"))
    russian_name = line(lazy_gettext("Name in Russian"))
    honorific = line(lazy_gettext("Honorific"), most=40)
    address_as = line(lazy_gettext("How to address this person"))
    rank_code = SelectField(lazy_gettext("Diplomatic rank"))
    position_en = line(lazy_gettext("Position in English"))
    position_ru = line(lazy_gettext("Position in Russian"))
    languages = SelectMultipleField(lazy_gettext("Languages spoken"))
    email = line(lazy_gettext("E-mail"), most=254)
    phone = line(lazy_gettext("Telephone"), most=40)
    meal_code = SelectField(lazy_gettext("Meals"), choices=choices_of(words.MEALS))
    step_free = BooleanField(lazy_gettext("Needs a way without stairs"))
    do_not_photograph = BooleanField(lazy_gettext("Must not be photographed"))
    document_kind = SelectField(lazy_gettext("Document"), choices=choices_of(words.DOCUMENTS))
    document_number = line(lazy_gettext("Document number"), most=60)
    consent = BooleanField(lazy_gettext("Consent to processing was received on paper"))
    reason = line(lazy_gettext("Why the person changes"))

    def __init__(
        self, categories: Iterable[Any], *, heads: bool, sensitive: bool, **more: Any
    ) -> None:
        """Offer the visit's `categories` and the functions of a delegation (`heads`) or of an

        organisation; without `sensitive` the document is left out.
        Any: category rows and WTForms arguments.
        """
        super().__init__(**more)
        self.category.choices = choices((row.code, text(row.word)) for row in categories)
        codes = functions_of(heads=heads)
        self.function.choices = choices((code, words.FUNCTIONS[code]) for code in codes)
        self.name_order.choices = choices_of(words.NAME_ORDERS)
        self.rank_code.choices = rank_choices()
        self.languages.choices = choices(words.SPOKEN.items())
        self.native_language.choices = choices([("", "–"), *words.SPOKEN.items()])
        if not sensitive:
            del self.document_kind, self.document_number

    def details(self) -> PersonDetails:
        """What was typed; documents stay as they are when the form does not show them."""
        names = [name for name in PersonDetails.__dataclass_fields__ if name in self._fields]
        values = {name: self._fields[name].data for name in names}
        values["languages"] = tuple(values["languages"] or ())
        return PersonDetails(**values)


class MailLinkForm(FlaskForm):  # type: ignore[misc]
    """Where an organisation's link goes."""

    email = line(lazy_gettext("E-mail"), required=True, most=254)

    def validate_email(self, field: Any) -> None:
        """An address (Any: the field)."""
        EMAIL(self, field)


class FactsForm(FlaskForm):  # type: ignore[misc]
    """What staff keep about a delegation."""

    version = VersionField()
    quota = IntegerField(lazy_gettext("Quota"), [InputRequired(), NumberRange(0, 200)])
    focal_name = line(lazy_gettext("Focal point"))
    focal_email = line(lazy_gettext("E-mail of the focal point"), most=254)
    focal_phone = line(lazy_gettext("Telephone of the focal point"))
    curator = SelectField(lazy_gettext("Curator"))
    note = TextAreaField(
        lazy_gettext("Note for staff"), [Optional(), Length(max=2000)], filters=[many_lines]
    )

    def validate_focal_email(self, field: Any) -> None:
        """An address where there is one (Any: the field)."""
        if field.data:
            EMAIL(self, field)


class NoteForm(FlaskForm):  # type: ignore[misc]
    """The note verbale of an invitation."""

    version = VersionField()
    number = line(lazy_gettext("Number of the note"), most=60)
    date = DateField(lazy_gettext("Date of the note"), [Optional()])
    channel = SelectField(lazy_gettext("Channel"), choices=choices_of(words.CHANNELS))
    quota = IntegerField(lazy_gettext("Quota"), [Optional(), NumberRange(0, 200)])
    reply_by = moment_field(lazy_gettext("Reply by"))
    sent = BooleanField(lazy_gettext("The note has been sent"))
    remarks = TextAreaField(
        lazy_gettext("Remarks"), [Optional(), Length(max=2000)], filters=[many_lines]
    )


class InviteForm(NoteForm):
    """One mission and its note."""

    state = SelectField(
        lazy_gettext("State or organisation"),
        [InputRequired(lazy_gettext("Choose whom to invite"))],
    )
    kind = SelectField(lazy_gettext("Kind of mission"))
    email = line(lazy_gettext("E-mail of the mission"), most=254)
    send_link = BooleanField(lazy_gettext("Send the link now"), default=True)

    def __init__(self, states: list[SelectChoice], **more: Any) -> None:
        """Offer these senders (Any: WTForms arguments)."""
        super().__init__(**more)
        self.state.choices = [SelectChoice("", ""), *states]
        kinds = [(kind, words.MISSION_KINDS[kind]) for kind in MISSION_KINDS]
        self.kind.choices = choices([("", lazy_gettext("as usual for this sender")), *kinds])

    def validate_email(self, field: Any) -> None:
        """An address where there is one (Any: the field)."""
        if field.data:
            EMAIL(self, field)


class InviteManyForm(NoteForm):
    """Several missions and the note they all get; its number counts on."""

    states = SelectMultipleField(
        lazy_gettext("States and organisations"),
        [InputRequired(lazy_gettext("Choose whom to invite"))],
    )
    send_link = BooleanField(lazy_gettext("Send every mission its link now"), default=True)

    def __init__(self, states: list[SelectChoice], **more: Any) -> None:
        """Offer these senders (Any: WTForms arguments)."""
        super().__init__(**more)
        self.states.choices = states


class ReplyForm(FlaskForm):  # type: ignore[misc]
    """What a mission answered."""

    version = VersionField()
    reply = SelectField(lazy_gettext("Reply"), choices=choices_of(words.REPLIES))
    number = line(lazy_gettext("Number of the reply"), most=60)
    date = DateField(lazy_gettext("Date of the reply"), [Optional()])
    remarks = TextAreaField(
        lazy_gettext("Remarks"), [Optional(), Length(max=2000)], filters=[many_lines]
    )
