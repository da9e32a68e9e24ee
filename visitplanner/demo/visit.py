"""The visit itself: organisers, venue, categories, zones, rooms, deadlines, doors."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from visitplanner.models import (
    Category,
    Checkpoint,
    Deadline,
    Organisation,
    Room,
    Texts,
    Visit,
    VisitOrganisation,
)
from visitplanner.services.visit_defaults import usual_categories, usual_zones

ZONE = ZoneInfo("Europe/Moscow")
SLUG = "lomonosov"

ORGANISATIONS: tuple[tuple[str, str, str, int, Texts, Texts, Texts], ...] = (
    ("PROTOCOL", "ministry", "co_organiser", 20,
     {"ru": "Департамент государственного протокола МИД России",
      "en": "Department of State Protocol, Ministry of Foreign Affairs of Russia"},
     {"ru": "ДГП МИД России", "en": "State Protocol"},
     {"ru": "Приглашения и старшинство", "en": "Invitations and precedence"}),
    ("MEC", "company", "co_organiser", 20,
     {"ru": "Московский экспортный центр", "en": "Moscow Export Centre"},
     {"ru": "МЭЦ", "en": "MEC"},
     {"ru": "Деловые встречи и итоги", "en": "Business meetings and results"}),
    ("MIC", "cluster", "host", 40,
     {"ru": "Московский инновационный кластер", "en": "Moscow Innovation Cluster"},
     {"ru": "МИК", "en": "MIC"},
     {"ru": "Площадка, остановки, пропуска", "en": "Venue, stops and passes"}),
    ("INTERPRET", "supplier", "service", 20,
     {"ru": "Бюро переводов (вымышленное)", "en": "Interpreters’ bureau (invented)"},
     {"ru": "Переводчики", "en": "Interpreters"}, {"ru": "Перевод", "en": "Interpretation"}),
    ("PRESS", "press", "press", 12,
     {"ru": "Пресса (вымышленная)", "en": "Press (invented)"},
     {"ru": "Пресса", "en": "Press"}, {"ru": "Освещение", "en": "Coverage"}),
    ("TRANSPORT", "supplier", "service", 10,
     {"ru": "Автохозяйство (вымышленное)", "en": "Transport (invented)"},
     {"ru": "Транспорт", "en": "Transport"}, {"ru": "Автобусы", "en": "Buses"}),
    ("QUBIT", "company", "resident", 4,
     {"ru": "«Кубит-Лаб» (вымышленная)", "en": "Qubit Lab (invented)"},
     {"ru": "Кубит-Лаб", "en": "Qubit Lab"}, {}),
    ("NEUROTACT", "company", "resident", 4,
     {"ru": "«Нейротакт» (вымышленная)", "en": "Neurotact (invented)"},
     {"ru": "Нейротакт", "en": "Neurotact"}, {}),
    ("BIOSINTEZ", "company", "resident", 4,
     {"ru": "«Биосинтез-М» (вымышленная)", "en": "Biosintez-M (invented)"},
     {"ru": "Биосинтез-М", "en": "Biosintez-M"}, {}),
    ("ORBITA", "company", "resident", 4,
     {"ru": "«Орбита-Оптика» (вымышленная)", "en": "Orbita Optics (invented)"},
     {"ru": "Орбита-Оптика", "en": "Orbita Optics"}, {}),
    ("ROBOSAD", "company", "resident", 4,
     {"ru": "«Робосад» (вымышленная)", "en": "Robosad (invented)"},
     {"ru": "Робосад", "en": "Robosad"}, {}),
    ("MATERIA", "company", "resident", 4,
     {"ru": "«Новая материя» (вымышленная)", "en": "New Matter (invented)"},
     {"ru": "Новая материя", "en": "New Matter"}, {}),
)  # fmt: skip

ROOMS = (
    ("lobby", {"ru": "Атриум", "en": "Atrium"}, 300),
    ("hall", {"ru": "Большой зал", "en": "Great Hall"}, 220),
    ("vip", {"ru": "Комната глав миссий", "en": "Heads of mission room"}, 40),
    ("labs", {"ru": "Лаборатории кластера", "en": "Cluster laboratories"}, 200),
    ("buffet", {"ru": "Буфет, второй этаж", "en": "Buffet, second floor"}, 180),
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the other parts of the demo need: the visit and its rows by their codes."""

    visit: Visit
    organisations: dict[str, Organisation]
    categories: dict[str, Category]
    rooms: dict[str, Room]

    def at(self, hour: int, minute: int = 0) -> datetime:
        """A time of the day of the visit, in the visit's zone."""
        return datetime.combine(self.visit.day, time(hour, minute), ZONE)


WORDS: dict[str, dict[str, str]] = {
    "title": {
        "ru": "Визит дипломатического корпуса в кластер «Ломоносов»",
        "en": "Visit of the diplomatic corps to the Lomonosov cluster",
        "fr": "Visite du corps diplomatique au cluster « Lomonossov »",
        "es": "Visita del cuerpo diplomático al clúster «Lomonósov»",
        "ar": "زيارة السلك الدبلوماسي إلى مجمع «لومونوسوف»",
        "zh": "外交使团访问“罗蒙诺索夫”创新园",
    },
    "short_title": {"ru": "Визит в «Ломоносов»", "en": "Lomonosov visit"},
    "purpose": {
        "ru": "Знакомство представителей 50 государств с разработками московских "
        "инновационных компаний",
        "en": "Introducing representatives of 50 countries to the work of Moscow’s "
        "innovation companies",
    },
    "venue": {
        "ru": "Кластер «Ломоносов», ИНТЦ МГУ «Воробьёвы горы»",
        "en": "Lomonosov cluster, MSU science park “Vorobyovy Gory”",
    },
    "address": {
        "ru": "Москва, Раменский бульвар, 1",
        "en": "1 Ramensky Boulevard, Moscow",
    },
    "contact": {
        "ru": "Координатор (вымышленный): +7 495 000-00-00",
        "en": "Coordinator (invented): +7 495 000-00-00",
    },
}
"""Texts of the visit by column."""


def make_visit(session: Session, day: date, made_at: datetime) -> Setting:
    """Write the visit of `day` with everything that hangs on it directly."""

    def moment(days: int, hour: int) -> datetime:
        return datetime.combine(day - timedelta(days=days), time(hour), ZONE)

    visit = Visit(
        slug=SLUG,
        **WORDS,
        day=day,
        starts_at=datetime.combine(day, time(9), ZONE),
        ends_at=datetime.combine(day, time(13, 30), ZONE),
        timezone="Europe/Moscow",
        state="open",
        public=True,
        languages=["ru", "en", "fr", "es", "ar"],
        default_quota=3,
        reply_by=moment(10, 18),
        register_by=datetime.combine(day, time(8), ZONE),
        badges_valid_from=made_at - timedelta(days=1),  # made_at may lie some hours ahead
        badges_valid_until=datetime.combine(day, time(20), ZONE),
    )
    session.add(visit)
    session.flush()
    setting = Setting(
        visit,
        _organisations(session, visit),
        _categories(session, visit),
        _rooms(session, visit),
    )
    _dates(session, visit, day)
    for position, (code, name, kind, zone) in enumerate(DOORS):
        session.add(
            Checkpoint(
                visit_id=visit.id, code=code, name=name, kind=kind, zone=zone, position=position
            )
        )
    session.flush()
    return setting


DOORS = (
    ("main", {"ru": "Главный вход", "en": "Main entrance"}, "entrance", "A"),
    ("labs", {"ru": "Вход в лаборатории", "en": "Laboratories"}, "zone", "B"),
    ("vip", {"ru": "Комната глав миссий", "en": "Heads of mission room"}, "zone", "C"),
)


def _organisations(session: Session, visit: Visit) -> dict[str, Organisation]:
    found: dict[str, Organisation] = {}
    for position, (code, kind, part, quota, name, short, duty) in enumerate(ORGANISATIONS):
        row = Organisation(code=code, kind=kind, name=name, short_name=short, website="")
        session.add(row)
        session.flush()
        session.add(
            VisitOrganisation(
                visit_id=visit.id,
                organisation_id=row.id,
                part=part,
                duty=duty,
                position=position,
                quota=quota,
            )
        )
        found[code] = row
    session.flush()
    return found


def _categories(session: Session, visit: Visit) -> dict[str, Category]:
    found = usual_categories(visit)
    session.add_all([*found.values(), *usual_zones(visit)])
    session.flush()
    return found


def _rooms(session: Session, visit: Visit) -> dict[str, Room]:
    found = {
        code: Room(visit_id=visit.id, name=name, people=people, position=position)
        for position, (code, name, people) in enumerate(ROOMS)
    }
    session.add_all(found.values())
    session.flush()
    return found


def _dates(session: Session, visit: Visit, day: date) -> None:
    for kind, title, days, hour in (
        ("notes", {"ru": "Ноты разосланы", "en": "Notes sent"}, 28, 12),
        ("replies", {"ru": "Ответы посольств", "en": "Replies"}, 10, 18),
        ("lists", {"ru": "Составы и фото", "en": "Lists and photographs"}, 5, 18),
        ("accreditation", {"ru": "Аккредитация", "en": "Accreditation"}, 2, 18),
        ("badges", {"ru": "Печать бейджей", "en": "Badges printed"}, 1, 18),
        ("visit", {"ru": "Визит", "en": "Visit"}, 0, 9),
    ):
        at = datetime.combine(day - timedelta(days=days), time(hour), ZONE)
        session.add(Deadline(visit_id=visit.id, kind=kind, title=title, at=at))
    session.flush()
