"""One invented person of the demo: names, rank, needs, portrait, consent."""

from datetime import timedelta
from typing import Protocol

from sqlalchemy.orm import Session

from visitplanner.demo.portraits import portrait
from visitplanner.demo.visit import Setting
from visitplanner.domain.consent import EDITION
from visitplanner.domain.person_search import search_index
from visitplanner.models import Consent, Person
from visitplanner.services.instance import Instance

HEAD_RANKS = frozenset({"ambassador", "charge_ai"})
ORDERS = {"g": "given_first", "f": "family_first", "m": "mononym"}
POSITIONS = {
    "ambassador": ("Ambassador Extraordinary and Plenipotentiary",
                   "Чрезвычайный и Полномочный Посол"),
    "charge_ai": ("Chargé d’affaires ad interim", "Временный поверенный в делах"),
    "minister_counsellor": ("Minister-Counsellor", "Советник-посланник"),
    "counsellor": ("Counsellor", "Советник"),
    "commercial_counsellor": ("Commercial Counsellor", "Торговый советник"),
    "trade_representative": ("Trade Representative", "Торговый представитель"),
    "first_secretary": ("First Secretary", "Первый секретарь"),
    "second_secretary": ("Second Secretary", "Второй секретарь"),
    "third_secretary": ("Third Secretary", "Третий секретарь"),
    "attache": ("Attaché", "Атташе"),
    "defence_attache": ("Defence Attaché", "Военный атташе"),
    "representative": ("Head of the Representation", "Руководитель представительства"),
    "expert": ("Expert", "Эксперт"),
}  # fmt: skip
LONG_TITLE = (
    "Counsellor for Science, Technology, Innovation, Higher Education, Space Research and "
    "Co-operation in the Peaceful Uses of Artificial Intelligence, Biotechnology and New "
    "Materials, Embassy in Moscow"
)


class Line(Protocol):
    """What is read from the data file about a person."""

    @property
    def given(self) -> str: ...
    @property
    def family(self) -> str: ...
    @property
    def order(self) -> str: ...
    @property
    def native(self) -> str: ...
    @property
    def native_language(self) -> str: ...
    @property
    def russian(self) -> str: ...
    @property
    def rank(self) -> str: ...
    @property
    def marks(self) -> frozenset[str]: ...


def make_person(
    instance: Instance,
    session: Session,
    setting: Setting,
    seed: str,
    line: Line,
    status: str,
    languages: list[str],
) -> Person:
    """Write the person; drafts have neither photo nor consent yet."""
    english, russian = POSITIONS.get(line.rank, ("", ""))
    person = Person(
        visit_id=setting.visit.id,
        given_name=line.given,
        family_name=line.family,
        name_order=ORDERS[line.order],
        passport_name=" ".join(part for part in (line.given, line.family) if part),
        native_name=line.native,
        native_language=line.native_language,
        russian_name=line.russian,
        honorific="H.E." if line.rank == "ambassador" else "",
        address_as="",
        rank_code=line.rank,
        position_en=LONG_TITLE if "long-title" in line.marks else english,
        position_ru=russian,
        languages=languages,
        email="",
        step_free="step-free" in line.marks,
        do_not_photograph="no-photo" in line.marks,
        search_key=search_index(line.given, line.family, line.native, line.russian),
    )
    if seed == "NGA-EMB-2":
        person.position_en = person.position_ru = ""
    session.add(person)
    session.flush()
    if status != "draft" and seed != "VNM-TRD-2":
        _add_photo(instance, session, person, seed)
    if status != "draft":
        session.add(
            Consent(
                person_id=person.id,
                edition=EDITION,
                language="en",
                given_at=setting.at(14) - timedelta(days=6),
                given_by=person.passport_name,
            )
        )
    return person


def _add_photo(instance: Instance, session: Session, person: Person, seed: str) -> None:
    photo = instance.files.save_photo(session, portrait(seed), person.visit_id)
    person.photo_id = photo.id
