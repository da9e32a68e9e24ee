"""The day plan: opening and two presentations as reported, the rest as such days go."""

from sqlalchemy.orm import Session

from visitplanner.demo.visit import Setting
from visitplanner.models import AgendaItem, Speaker, Talk

SPEAKERS = (
    ("kuznetsov", "PROTOCOL", "ru",
     {"ru": "Георгий Кузнецов", "en": "Georgy Kuznetsov"},
     {"ru": "Заместитель директора Департамента государственного протокола МИД России",
      "en": "Deputy Director, Department of State Protocol, Foreign Ministry of Russia"}),
    ("parabuchev", "MIC", "ru",
     {"ru": "Алексей Парабучев", "en": "Alexey Parabuchev"},
     {"ru": "Генеральный директор фонда «Московский инновационный кластер»",
      "en": "Director General, Moscow Innovation Cluster Foundation"}),
    ("stepanov", "MEC", "ru",
     {"ru": "Виталий Степанов", "en": "Vitaly Stepanov"},
     {"ru": "Генеральный директор Московского экспортного центра",
      "en": "Director General, Moscow Export Centre"}),
)  # fmt: skip

TALKS = {
    "opening": ("kuznetsov", {
        "ru": "О значении сотрудничества в сфере высоких технологий",
        "en": "On the importance of co-operation in high technology",
    }),
    "cluster": ("parabuchev", {
        "ru": "Кластер «Ломоносов», его резиденты и возможности",
        "en": "The Lomonosov cluster, its residents and what it offers",
    }),
    "export": ("stepanov", {
        "ru": "Экосистема поддержки экспортно ориентированного бизнеса Москвы",
        "en": "How Moscow supports companies that export",
    }),
}  # fmt: skip

# kind, hour, minute, minutes, room ("": none of its own), audience, interpretation, ru, en,
# responsible, cue
ITEMS = (
    ("staff", 7, 0, 120, "lobby", "staff", "none",
     "Сбор персонала, проверка печати, зарядка гарнитур",
     "Venue staff, print check, headset charging", "МИК: площадка", "Свет: дежурный"),
    ("arrival", 9, 0, 45, "lobby", "guests", "none",
     "Прибытие гостей, регистрация, кофе", "Arrival, registration, coffee",
     "МИК: стойка регистрации", "Экран: заставка"),
    ("greeting", 9, 40, 15, "vip", "heads", "none",
     "Встреча глав миссий", "Greeting of heads of mission", "ДГП: протокол", ""),
    ("opening", 10, 0, 5, "hall", "guests", "simultaneous",
     "Приветствие ведущего", "Welcome", "МЭЦ: ведущий", "Звук: фанфара; свет: зал"),
    ("speech", 10, 5, 7, "hall", "guests", "consecutive",
     "Открытие встречи", "Opening address", "ДГП", "Звук: кафедра"),
    ("presentation", 10, 19, 15, "hall", "guests", "simultaneous",
     "Кластер «Ломоносов» и его резиденты", "The Lomonosov cluster and its residents",
     "МИК", "Экран: презентация 1; гарнитуры"),
    ("presentation", 10, 34, 15, "hall", "guests", "simultaneous",
     "Поддержка экспорта: экосистема Москвы", "Export support: Moscow’s ecosystem",
     "МЭЦ", "Экран: презентация 2"),
    ("questions", 10, 49, 5, "hall", "guests", "simultaneous",
     "Вопросы, объявление групп", "Questions, groups announced", "МЭЦ: ведущий",
     "Экран: буквы и цвета групп"),
    ("photo", 10, 54, 6, "lobby", "guests", "none",
     "Общая фотография", "Group photograph", "МЭЦ: пресс-служба", "Разметка пола"),
    ("tour", 11, 0, 84, "labs", "guests", "none",
     "Знакомство с компаниями-резидентами по группам", "Tour of resident companies in groups",
     "МИК: координатор обхода", ""),
    ("press", 11, 4, 24, "", "press", "none",
     "Пресса с группами A и B на первых двух остановках",
     "Press joins groups A and B at their first two stops", "МЭЦ: пресс-служба", ""),
    ("coffee", 12, 24, 36, "buffet", "guests", "none",
     "Кофе-буфет и деловые беседы", "Coffee buffet and business talks", "МЭЦ: B2B", ""),
    ("farewell", 13, 0, 10, "lobby", "guests", "none",
     "Памятные подарки, проводы", "Gifts and farewell", "ДГП: протокол",
     "Подача машин по старшинству"),
    ("staff", 13, 10, 20, "lobby", "staff", "none",
     "Сверка, возврат просроченных бейджей, итоги", "Muster, stale badges returned, figures",
     "МИК, МЭЦ", ""),
)  # fmt: skip


def make_programme(session: Session, setting: Setting) -> None:
    """Write the speakers, the items of the day and the three talks."""
    speakers: dict[str, Speaker] = {}
    for position, (code, organisation, language, name, held) in enumerate(SPEAKERS):
        speakers[code] = Speaker(
            visit_id=setting.visit.id,
            organisation_id=setting.organisations[organisation].id,
            name=name,
            position_held=held,
            language=language,
            position=position,
        )
    session.add_all(speakers.values())
    session.flush()
    talks = iter(TALKS.values())
    for kind, hour, minute, minutes, room, audience, mode, ru, en, duty, cue in ITEMS:
        item = AgendaItem(
            visit_id=setting.visit.id,
            kind=kind,
            title={"ru": ru, "en": en},
            room_id=setting.rooms[room].id if room else None,
            starts_at=setting.at(hour, minute),
            minutes=minutes,
            interpretation=mode,
            languages=["ru", "en"] if mode != "none" else [],
            audience=audience,
            responsible=duty,
            cue=cue,
        )
        session.add(item)
        session.flush()
        if kind in ("speech", "presentation"):
            code, title = next(talks)
            session.add(
                Talk(
                    visit_id=setting.visit.id,
                    item_id=item.id,
                    speaker_id=speakers[code].id,
                    title=title,
                    language="ru",
                    minutes=minutes,
                )
            )
    session.flush()
