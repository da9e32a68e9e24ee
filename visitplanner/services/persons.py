"""Writing what a form says about a person into its row."""

from dataclasses import dataclass, fields
from typing import Any

from visitplanner.domain.names import clean_line
from visitplanner.domain.person_search import search_index
from visitplanner.domain.refusals import Refusal
from visitplanner.models import Participant, Person, new_key
from visitplanner.services.act import Act
from visitplanner.services.instance import Instance

FORMS_OF_NAME = ("family_name", "given_name", "native_name", "russian_name")


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """Everything a form may say about a person; the columns of `models.Person` by name.

    `document_number` is plain text here and ciphertext in the table; None leaves it as it is.
    """

    family_name: str = ""
    given_name: str = ""
    name_order: str = "given_first"
    passport_name: str = ""
    native_name: str = ""
    native_language: str = ""
    russian_name: str = ""
    honorific: str = ""
    address_as: str = ""
    rank_code: str = ""
    position_en: str = ""
    position_ru: str = ""
    languages: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""
    meal_code: str = ""
    step_free: bool = False
    do_not_photograph: bool = False
    document_kind: str = ""
    document_number: str | None = None


def details_of(person: Person) -> PersonDetails:
    """What stands in the row, to change a part of it; the document number stays as it is."""
    names = [field.name for field in fields(PersonDetails) if field.name != "document_number"]
    return PersonDetails(**{name: getattr(person, name) for name in names})


def new_person(instance: Instance, visit_id: str, details: PersonDetails) -> Person:
    """A row for somebody new (the caller adds it to the session)."""
    person = Person(id=new_key(), visit_id=visit_id, document_number="", search_key="")
    for field in fields(details):
        if field.name != "document_number":
            value = getattr(PersonDetails(), field.name)
            setattr(person, field.name, list(value) if isinstance(value, tuple) else value)
    fill(instance, person, details)
    return person


def fill(instance: Instance, person: Person, details: PersonDetails) -> None:
    """Write `details` into the row (the row must have its id). Refusal("no-name")."""
    if not any(clean_line(getattr(details, form)) for form in FORMS_OF_NAME):
        raise Refusal("no-name", field="family_name")
    for field in fields(details):
        if field.name != "document_number":
            put(person, field.name, getattr(details, field.name))
    if details.document_number is not None:
        seal_document(instance, person, details.document_number)
    index(person)


def put(person: Person, name: str, value: Any) -> None:
    """Write one column, cleaned; a value that is already there is no change (Any: column type)."""
    if isinstance(value, str):
        value = clean_line(value)
    if isinstance(value, tuple):
        value = list(value)
    if getattr(person, name) != value:
        setattr(person, name, value)


def index(person: Person) -> None:
    """Make the search key anew from every form of the name."""
    key = search_index(
        person.family_name or "",
        person.given_name or "",
        person.native_name or "",
        person.russian_name or "",
        person.passport_name or "",
    )[:1000]
    if person.search_key != key:
        person.search_key = key


def _bound(person: Person) -> str:
    return f"persons.document_number.{person.id}"


def seal_document(instance: Instance, person: Person, number: str) -> None:
    """Keep a document number as ciphertext tied to this row."""
    number = clean_line(number)
    if open_document(instance, person) != number:
        person.document_number = instance.vault.seal_text(number, _bound(person))


def open_document(instance: Instance, person: Person) -> str:
    """The document number in plain text, for those who may see it."""
    return instance.vault.open_text(person.document_number or "", _bound(person))


def photo_of(act: Act, participant: Participant) -> tuple[bytes, str]:
    """The occupant's photograph and its media type; NotFound when there is none."""
    person = act.session.get_one(Person, participant.person_id)
    return act.instance.files.picture(act.session, person.photo_id)
