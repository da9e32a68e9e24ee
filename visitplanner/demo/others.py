"""Everybody else at the venue, invented: hosts, escorts, interpreters, press, drivers."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitplanner.demo.portraits import portrait
from visitplanner.demo.visit import Setting
from visitplanner.domain.consent import EDITION
from visitplanner.domain.person_search import search_index
from visitplanner.models import Consent, Participant, Person, VisitOrganisation
from visitplanner.services.instance import Instance

# organisation, category, function, position ru, position en, languages, (Russian, Latin)…
PEOPLE: tuple[tuple[str, str, str, str, str, str, tuple[tuple[str, str, str], ...]], ...] = (
    ("MIC", "organiser", "escort", "Сопровождающий группы", "Group escort", "ru en", (
        ("Аксёнова Вера", "Vera", "Aksenova"), ("Баранов Илья", "Ilya", "Baranov"),
        ("Воробьёва Дарья", "Daria", "Vorobeva"), ("Гусев Тимофей", "Timofei", "Gusev"),
        ("Дронова Алина", "Alina", "Dronova"), ("Ежов Пётр", "Petr", "Ezhov"),
        ("Журавлёва Нина", "Nina", "Zhuravleva"), ("Зимин Олег", "Oleg", "Zimin"),
        ("Ильина Софья", "Sofia", "Ilina"),
    )),
    ("INTERPRET", "interpreter", "interpreter", "Переводчик, английский язык",
     "Interpreter, English", "ru en", (
        ("Калинина Мария", "Maria", "Kalinina"), ("Лебедев Роман", "Roman", "Lebedev"),
        ("Морозова Ева", "Eva", "Morozova"), ("Назаров Глеб", "Gleb", "Nazarov"),
    )),
    ("INTERPRET", "interpreter", "interpreter", "Переводчик, французский язык",
     "Interpreter, French", "ru fr", (("Орлова Жанна", "Zhanna", "Orlova"),)),
    ("INTERPRET", "interpreter", "interpreter", "Переводчик, испанский язык",
     "Interpreter, Spanish", "ru es", (("Панин Денис", "Denis", "Panin"),)),
    ("INTERPRET", "interpreter", "interpreter", "Переводчик, арабский язык",
     "Interpreter, Arabic", "ru ar", (("Рахматуллин Камиль", "Kamil", "Rakhmatullin"),)),
    ("PROTOCOL", "host", "organiser", "Сотрудник протокола", "Protocol officer", "ru en", (
        ("Соколова Елена", "Elena", "Sokolova"), ("Тихонов Андрей", "Andrei", "Tikhonov"),
        ("Уварова Ксения", "Ksenia", "Uvarova"),
    )),
    ("MEC", "organiser", "organiser", "Организатор", "Organiser", "ru en", (
        ("Фёдорова Юлия", "Iuliia", "Fedorova"), ("Хромов Артём", "Artem", "Khromov"),
    )),
    ("QUBIT", "resident", "presenter", "Ведущий остановки", "Stop presenter", "ru en", (
        ("Цветков Никита", "Nikita", "Tsvetkov"),)),
    ("NEUROTACT", "resident", "presenter", "Ведущий остановки", "Stop presenter", "ru en", (
        ("Чернова Полина", "Polina", "Chernova"),)),
    ("BIOSINTEZ", "resident", "presenter", "Ведущий остановки", "Stop presenter", "ru en", (
        ("Шубин Матвей", "Matvei", "Shubin"),)),
    ("ORBITA", "resident", "presenter", "Ведущий остановки", "Stop presenter", "ru en", (
        ("Щёголева Юлия", "Iuliia", "Shchegoleva"),)),
    ("ROBOSAD", "resident", "presenter", "Ведущий остановки", "Stop presenter", "ru en", (
        ("Подъячев Геннадий", "Gennadii", "Podieiachev"),)),
    ("MATERIA", "resident", "presenter", "Ведущий остановки", "Stop presenter", "ru en", (
        ("Якушева Варвара", "Varvara", "Iakusheva"),)),
    ("PRESS", "press", "press", "Корреспондент", "Correspondent", "ru", (
        ("Эйдельман Марк", "Mark", "Eidelman"), ("Юдина Лада", "Lada", "Iudina"),
        ("Цой Станислав", "Stanislav", "Tsoi"),
    )),
    ("TRANSPORT", "driver", "driver", "Водитель автобуса", "Coach driver", "ru", (
        ("Хрущёв Павел", "Pavel", "Khrushchev"), ("Чайковский Пётр", "Petr", "Chaikovskii"),
    )),
)  # fmt: skip
NOT_YET = {"Lada Iudina": "submitted", "Stanislav Tsoi": "returned"}


def make_others(instance: Instance, session: Session, setting: Setting) -> None:
    """Write the people of the organisations; they are approved and badged like everybody."""
    for organisation, category, function, ru, en, languages, names in PEOPLE:
        for position, (russian, given, family) in enumerate(names, start=1):
            person = _person(instance, session, setting, russian, given, family)
            person.position_ru, person.position_en = ru, en
            person.languages = languages.split()
            session.add(
                Participant(
                    visit_id=setting.visit.id,
                    organisation_id=setting.organisations[organisation].id,
                    category_id=setting.categories[category].id,
                    person_id=person.id,
                    function=function,
                    position=position,
                    status=NOT_YET.get(f"{given} {family}", "approved"),
                    submitted_at=setting.at(15) - timedelta(days=6),
                )
            )
    session.flush()
    for part in session.scalars(
        select(VisitOrganisation).where(VisitOrganisation.visit_id == setting.visit.id)
    ):
        part.taken = sum(
            len(names) for code, *_, names in PEOPLE
            if setting.organisations[code].id == part.organisation_id
        )  # fmt: skip
    session.flush()


def _person(
    instance: Instance, session: Session, setting: Setting, russian: str, given: str, family: str
) -> Person:
    person = Person(
        visit_id=setting.visit.id,
        given_name=given,
        family_name=family,
        passport_name=f"{given} {family}",
        russian_name=russian,
        search_key=search_index(given, family, russian),
    )
    session.add(person)
    session.flush()
    photo = instance.files.save_photo(session, portrait(russian), setting.visit.id)
    person.photo_id = photo.id
    session.add(
        Consent(
            person_id=person.id,
            edition=EDITION,
            language="ru",
            given_at=setting.at(15) - timedelta(days=6),
            given_by=person.passport_name,
        )
    )
    return person


def _of_function(session: Session, setting: Setting, function: str) -> list[Participant]:
    return list(
        session.scalars(
            select(Participant)
            .join(Participant.person)
            .where(Participant.visit_id == setting.visit.id, Participant.function == function)
            .order_by(Participant.position, Person.russian_name)
        )
    )


def escorts(session: Session, setting: Setting) -> list[Participant]:
    """The escorts in order."""
    return _of_function(session, setting, "escort")


def interpreters(session: Session, setting: Setting) -> dict[str, list[Participant]]:
    """The interpreters by the language they interpret."""
    found: dict[str, list[Participant]] = {}
    for who in _of_function(session, setting, "interpreter"):
        person = session.get_one(Person, who.person_id)
        found.setdefault(person.languages[-1], []).append(who)
    return found
