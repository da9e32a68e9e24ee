"""The form of a person: what the visit asks and what is still missing."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FormRules:
    """What the visit asks of each person beyond the fixed fields."""

    photo_required: bool = False
    document_required: bool = False


@dataclass(frozen=True, slots=True)
class PersonForm:
    """The answers that decide whether a form is complete; empty means unanswered."""

    family_name: str = ""
    given_name: str = ""
    name_order: str = "given_first"
    position_en: str = ""
    position_ru: str = ""
    category: str = ""
    consent_given: bool = False
    photo: bool = False
    document_number: str = ""
    photo_exempt: bool = False


def missing_fields(form: PersonForm, rules: FormRules) -> tuple[str, ...]:
    """Return the names of the fields a form still lacks, in the order of the form.

    A name needs one part only if it is a mononym; a position in one language is enough; heads
    of state and government need no photo (`photo_exempt`).
    """
    mononym = form.name_order == "mononym"
    answered: Mapping[str, bool] = {
        "family_name": bool(form.family_name.strip() or (mononym and form.given_name.strip())),
        "given_name": mononym or bool(form.given_name.strip()),
        "position": bool(form.position_en.strip() or form.position_ru.strip()),
        "category": bool(form.category),
        "photo": form.photo or form.photo_exempt or not rules.photo_required,
        "document_number": bool(form.document_number.strip()) or not rules.document_required,
        "consent": form.consent_given,
    }
    return tuple(name for name, given in answered.items() if not given)
