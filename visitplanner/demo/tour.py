"""The tour: one site, six stops, nine groups with their escorts and interpreters."""

from sqlalchemy.orm import Session

from visitplanner.demo.others import escorts, interpreters
from visitplanner.demo.visit import Setting
from visitplanner.models import (
    Participant,
    Site,
    Stop,
    TourGroup,
    TourRules,
    TourStaff,
    WalkingTime,
)

HORIZON = 84
GROUP_PEOPLE = 14  # with 118 guests this makes nine groups
STEP = 4  # minutes on foot between any two places

STOPS = (
    ("quantum", "QUBIT", "Квантовая связь", "Quantum communication",
     "Ключ, который нельзя подслушать", "A key nobody can overhear"),
    ("neuro", "NEUROTACT", "Нейроинтерфейсы", "Neural interfaces",
     "Протез, который чувствует", "A prosthesis that feels"),
    ("bio", "BIOSINTEZ", "Биотехнологии", "Biotechnology",
     "Белки из биореактора", "Proteins from a bioreactor"),
    ("optics", "ORBITA", "Космическая оптика", "Space optics",
     "Зеркало спутника", "The mirror of a satellite"),
    ("robots", "ROBOSAD", "Городская робототехника", "City robotics",
     "Робот-садовник", "A robot gardener"),
    ("matter", "MATERIA", "Новые материалы", "New materials",
     "Лёгкие композиты", "Light composites"),
)  # fmt: skip

# letter, colour, working languages (Russian is the hosts' own)
GROUPS = (
    ("A", "malachite", ["ru"]), ("B", "lapis", ["ru"]), ("C", "garnet", ["ru"]),
    ("D", "brass", ["ru"]), ("E", "violet", ["en"]), ("F", "malachite", ["en"]),
    ("G", "lapis", ["en"]), ("H", "garnet", ["fr"]), ("J", "brass", ["es", "ar"]),
)  # fmt: skip


def make_tour(session: Session, setting: Setting) -> None:
    """Write the site, its stops, the walking times, the rules and the groups with their staff."""
    visit = setting.visit
    site = Site(
        visit_id=visit.id,
        name={"ru": "Корпус «Ломоносов»", "en": "Lomonosov building"},
    )
    session.add(site)
    session.flush()
    places = [_hall(visit.id, site.id)]
    for position, (code, company, ru, en, about_ru, about_en) in enumerate(STOPS, start=1):
        places.append(
            Stop(
                visit_id=visit.id,
                site_id=site.id,
                organisation_id=setting.organisations[company].id,
                code=code,
                name={"ru": ru, "en": en},
                summary={"ru": about_ru, "en": about_en},
                minutes=10,
                people=16,
                position=position,
            )
        )
    session.add_all(places)
    session.flush()
    session.add_all(
        WalkingTime(visit_id=visit.id, from_id=one.id, to_id=other.id, minutes=STEP)
        for one in places
        for other in places
        if one is not other
    )
    session.add(
        TourRules(
            visit_id=visit.id,
            starts_at=setting.at(11),
            horizon=HORIZON,
            group_people_min=6,
            group_people_max=GROUP_PEOPLE,
            stops_min=4,
            stops_max=4,
        )
    )
    session.flush()
    _groups(session, setting)


def _hall(visit_id: str, site_id: str) -> Stop:
    return Stop(
        visit_id=visit_id,
        site_id=site_id,
        code="hall",
        name={"ru": "Большой зал", "en": "Great Hall"},
        is_hall=True,
        minutes=1,
        people=300,
        groups_at_once=9,
    )


def _groups(session: Session, setting: Setting) -> None:
    free_escorts = escorts(session, setting)
    free_interpreters = interpreters(session, setting)
    for letter, colour, languages in GROUPS:
        group = TourGroup(
            visit_id=setting.visit.id,
            letter=letter,
            colour=colour,
            languages=languages,
            people=GROUP_PEOPLE,
            meeting_point={
                "ru": f"Большой зал, табличка {letter}",
                "en": f"Great Hall, sign {letter}",
            },
        )
        session.add(group)
        session.flush()
        _staff(session, group, free_escorts.pop(0), "escort", "")
        for language in languages:
            if language != "ru":
                _staff(session, group, free_interpreters[language].pop(0), "interpreter", language)
    session.flush()


def _staff(session: Session, group: TourGroup, who: Participant, role: str, language: str) -> None:
    session.add(
        TourStaff(
            visit_id=group.visit_id,
            group_id=group.id,
            participant_id=who.id,
            role=role,
            language=language,
        )
    )
