"""What the forms of all rooms share: texts per language, local times, versions, refusals."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext, lazy_gettext
from wtforms import DateTimeLocalField, Field, Form, FormField, IntegerField, StringField
from wtforms.fields import SelectChoice as SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.validators import NumberRange as Between
from wtforms.widgets import HiddenInput

from visitplanner.domain.names import clean_line
from visitplanner.domain.refusals import Refusal
from visitplanner.web.languages import OWN_NAMES
from visitplanner.web.refusals import sentence

REQUIRED = lazy_gettext("Fill this in")


def cleaned(value: str | None) -> str:
    """A filter for text fields: one clean line (see `domain.names.clean_line`)."""
    return clean_line(value or "")


def line(label: Any, *, required: Any = False, most: int = 300, **more: Any) -> StringField:
    """A line of text. `required` may be the sentence to say when it is empty.

    `Any`: WTForms is untyped and labels are lazy strings.
    """
    words = required if not isinstance(required, bool) else REQUIRED
    first = [InputRequired(words)] if required else [Optional()]
    return StringField(label, [*first, Length(max=most)], filters=[cleaned], **more)


def texts_field(
    label: Any, languages: Sequence[str] = ("ru", "en"), *, required: bool = False, most: int = 300
) -> "FormField[Any]":
    """A text kept per language; one input each, the first language required if at all."""
    fields = {
        code: line(OWN_NAMES[code], required=required and not number, most=most)
        for number, code in enumerate(languages)
    }
    return FormField(type("TextsForm", (Form,), fields), label)


def texts_of(data: Mapping[str, Any]) -> dict[str, str]:
    """The texts that were filled in (Any: FormField data)."""
    return {code: words for code, words in data.items() if words}


def choices(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """Choices of a select from (value, word) (Any: lazy strings)."""
    return [SelectChoice(value, word) for value, word in pairs]


def offer_kept(form: Any, kept: Mapping[str, Any]) -> None:
    """Let values stay that the record has and these lists do not offer (Any: WTForms, columns)."""
    for name, value in kept.items():
        field = form._fields.get(name)
        if field is not None:
            offered: list[Any] = list(field.choices or ())
            known = {one.value for one in offered}
            values = value if isinstance(value, list) else [value]
            more = [(one, one) for one in values if one not in known]
            field.choices = [*offered, *choices(more)]


class VersionField(Field):
    """The version of the record the form was filled from."""

    widget = HiddenInput()

    def _value(self) -> str:
        return str(self.data or "")

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the number; nonsense counts as never current."""
        text = str(valuelist[0]) if valuelist else ""
        self.data = int(text) if text.isdecimal() and len(text) < 10 else -1


class NumberRange(Between):
    """A number between two bounds, however long the number is that was typed."""

    def __call__(self, form: Any, field: Any) -> None:
        """Refuse what is outside (Any: WTForms)."""
        try:
            super().__call__(form, field)
        except OverflowError as error:
            words = self.message or gettext(
                "A whole number from %(least)s to %(most)s.", least=self.min, most=self.max
            )
            raise ValidationError(words) from error


def number(label: Any, **more: Any) -> IntegerField:
    """A whole number (Any: lazy label, WTForms arguments)."""
    return IntegerField(label, **more)


def _plausible(_form: Any, field: Any) -> None:
    """A year that calendars and databases can hold in any zone (Any: WTForms)."""
    if field.data is not None and not 1900 <= field.data.year <= 2200:
        raise ValidationError(gettext("The year is between 1900 and 2200."))


def moment_field(label: Any, *, required: bool = False) -> DateTimeLocalField:
    """A local day and hour; `aware` gives it the visit's zone (Any: lazy label)."""
    rule = InputRequired(REQUIRED) if required else Optional()
    return DateTimeLocalField(
        label, [rule, _plausible], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
    )


def aware(value: datetime | None, timezone: str) -> datetime | None:
    """A local time of a form as an aware one."""
    return value.replace(tzinfo=ZoneInfo(timezone)) if value is not None else None


def on_clocks(value: datetime | None, timezone: str) -> datetime | None:
    """An aware time as a form shows it: local, without zone."""
    return value.astimezone(ZoneInfo(timezone)).replace(tzinfo=None) if value else None


def put_refusal(form: Any, refusal: Refusal) -> None:
    """Say a refusal on the field it belongs to, else above the form (Any: a WTForms form)."""
    field = form._fields.get(refusal.field) if refusal.field else None
    if field is None:
        form.form_errors.append(sentence(refusal))
    elif isinstance(field, FormField):
        field.form.form_errors.append(sentence(refusal))
    else:
        field.errors = [*field.errors, sentence(refusal)]
