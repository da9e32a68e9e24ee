"""The forms of guests: a person, somebody new, a replacement."""

import secrets
from functools import lru_cache
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, ValidationError
from wtforms.validators import Email, InputRequired

from visitplanner.domain.functions import functions_of
from visitplanner.domain.homoglyphs import words_not_in
from visitplanner.domain.ranks import RANKS
from visitplanner.services.persons import PersonDetails
from visitplanner.web import words
from visitplanner.web.forms import VersionField, choices, line
from visitplanner.web.languages import OWN_NAMES, language

EMAIL = Email(lazy_gettext("This is not an e-mail address. It looks like name@mission.org."))


def latin(_form: Any, field: Any) -> None:
    """Refuse letters of other alphabets in a Latin field (Any: WTForms is untyped)."""
    strange = words_not_in(field.data or "", "LATIN")
    if strange:
        raise ValidationError(
            gettext(
                "Latin letters only, as in the travel document. “%(word)s” belongs into the "
                "field of the own script.",
                word=strange[0],
            )
        )


SPOKEN = choices(words.SPOKEN.items())
NOTHING = choices([("", "–")])


@lru_cache(maxsize=len(OWN_NAMES))
def ranks(_language: str) -> list[Any]:
    """Every rank in the page's language, the first empty; made once a language."""
    return [*NOTHING, *choices((code, words.rank_name(code)) for code in RANKS)]


def function_choices(*, heads: bool) -> list[Any]:
    """The functions somebody may have on a mission's list, or an organisation's."""
    return choices((code, words.FUNCTIONS[code]) for code in functions_of(heads=heads))


def name_orders() -> list[Any]:
    """How a name is written."""
    return choices(words.NAME_ORDERS.items())


class NewPersonForm(FlaskForm):  # type: ignore[misc]
    """Enough to put somebody on the list; the rest is asked on the person's page."""

    form_key = HiddenField()
    function = SelectField(lazy_gettext("Function in the delegation"))
    family_name = line(lazy_gettext("Family name in Latin letters"))
    given_name = line(lazy_gettext("Given names in Latin letters"))
    name_order = SelectField(lazy_gettext("Order of the name"))

    def __init__(self, *, heads: bool, **more: Any) -> None:
        """Offer functions; a new form gets a key, so that a double click is one write."""
        super().__init__(**more)
        self.function.choices = function_choices(heads=heads)
        self.name_order.choices = name_orders()
        if not self.is_submitted():
            self.form_key.data = secrets.token_urlsafe(12)

    def validate(self, extra_validators: Any = None) -> bool:
        """A name in at least one of the two fields (Any: WTForms is untyped)."""
        right = bool(super().validate(extra_validators))
        if self.family_name.data or self.given_name.data:
            return right
        words = gettext("Write the name as in the travel document.")
        self.family_name.errors = [*self.family_name.errors, words]
        return False

    def validate_family_name(self, field: Any) -> None:
        """Latin letters (Any: the field)."""
        latin(self, field)

    def validate_given_name(self, field: Any) -> None:
        """Latin letters (Any: the field)."""
        latin(self, field)

    def details(self) -> PersonDetails:
        """What was typed."""
        return PersonDetails(
            family_name=self.family_name.data or "",
            given_name=self.given_name.data or "",
            name_order=self.name_order.data,
        )


class ReplaceForm(NewPersonForm):
    """Who goes, and the name of who comes instead."""

    # the id of the place and the version of it that was seen: "id.3"
    who = HiddenField(validators=[InputRequired(lazy_gettext("Choose who is replaced"))])

    def __init__(self, **more: Any) -> None:
        """The function stays with the place (Any: WTForms arguments)."""
        super().__init__(heads=True, **more)
        del self.function

    def place(self) -> tuple[str, int | None]:
        """The id of the place and the version that was seen, where one was said."""
        key, _, version = (self.who.data or "").partition(".")
        return key, int(version) if version.isdecimal() and len(version) < 10 else None


class PersonForm(FlaskForm):  # type: ignore[misc]
    """Everything a guest may write about a person; each field is saved as it is left."""

    version = VersionField()
    function = SelectField(lazy_gettext("Function in the delegation"))
    family_name = line(lazy_gettext("Family name in Latin letters"))
    given_name = line(lazy_gettext("Given names in Latin letters"))
    name_order = SelectField(lazy_gettext("Order of the name"))
    passport_name = line(lazy_gettext("Name as in the travel document"))
    native_name = line(lazy_gettext("Name in the own script"))
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
    meal_code = SelectField(lazy_gettext("Meals"), choices=choices(words.MEALS.items()))
    step_free = BooleanField(lazy_gettext("Needs a way without stairs"))
    do_not_photograph = BooleanField(lazy_gettext("Must not be photographed"))
    document_kind = SelectField(lazy_gettext("Document"), choices=choices(words.DOCUMENTS.items()))
    document_number = line(lazy_gettext("Document number"), most=60)
    consent = BooleanField(
        lazy_gettext("I have read this and agree; or: the person I register has agreed")
    )

    def __init__(self, *, heads: bool, document: bool, **more: Any) -> None:
        """Offer the lists; `document` when this visit asks for one (Any: WTForms arguments)."""
        super().__init__(**more)
        self.function.choices = function_choices(heads=heads)
        self.name_order.choices = name_orders()
        self.rank_code.choices = ranks(language())
        self.languages.choices = SPOKEN
        self.native_language.choices = [*NOTHING, *SPOKEN]
        if not document:
            del self.document_kind, self.document_number

    def validate_family_name(self, field: Any) -> None:
        """Latin letters (Any: the field)."""
        latin(self, field)

    validate_given_name = validate_family_name
    validate_passport_name = validate_family_name

    def validate_email(self, field: Any) -> None:
        """An address where there is one (Any: the field)."""
        if field.data:
            EMAIL(self, field)

    def details(self, kept: PersonDetails) -> PersonDetails:
        """What was typed, over what is kept of fields this form does not have."""
        names = [name for name in PersonDetails.__dataclass_fields__ if name in self._fields]
        values: dict[str, Any] = {name: self._fields[name].data for name in names}
        values["languages"] = tuple(values["languages"] or ())
        if not values.get("document_number"):
            values["document_number"] = None
        return PersonDetails(
            **{name: values.get(name, getattr(kept, name)) for name in kept.__dataclass_fields__}
        )
