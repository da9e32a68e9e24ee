"""The fixed words of the papers, Russian and English."""

WORDS: dict[str, dict[str, str]] = {
    "programme": {"ru": "Программа", "en": "Programme"},
    "speakers": {"ru": "Выступают", "en": "Speakers"},
    "your_delegation": {"ru": "Ваша делегация", "en": "Your delegation"},
    "group": {"ru": "группа", "en": "group"},
    "groups": {"ru": "Группы обхода", "en": "Tour groups"},
    "your_route": {"ru": "Маршрут", "en": "Route"},
    "contact": {"ru": "Контакт в день визита", "en": "Contact on the day"},
    "group_on_badge": {
        "ru": "Букву группы вы найдёте на бейдже.",
        "en": "The letter of your group stands on your badge.",
    },
    "meeting_point": {"ru": "Сбор", "en": "Meet at"},
    "replaces": {"ru": "Заменяет редакцию %d", "en": "Replaces edition %d"},
    "edition": {"ru": "Редакция", "en": "Edition"},
    "running_order": {"ru": "Порядок дня", "en": "Running order"},
    "staff_only": {"ru": "только для сотрудников", "en": "for staff only"},
    "number": {"ru": "№", "en": "No."},
    "plan": {"ru": "План", "en": "Plan"},
    "minutes": {"ru": "Мин", "en": "Min"},
    "fact": {"ru": "Факт", "en": "Actual"},
    "action": {"ru": "Действие", "en": "Action"},
    "who": {"ru": "Кто", "en": "Who"},
    "place": {"ru": "Место", "en": "Place"},
    "interpretation": {"ru": "Перевод", "en": "Interpretation"},
    "cue": {"ru": "Свет, звук, экран", "en": "Light, sound, screen"},
    "responsible": {"ru": "Отвечает, телефон", "en": "Responsible, phone"},
    "consecutive": {"ru": "последовательный", "en": "consecutive"},
    "simultaneous": {"ru": "синхронный", "en": "simultaneous"},
    "whispered": {"ru": "шёпотом", "en": "whispered"},
    "none": {"ru": "", "en": ""},
    "spoken": {"ru": "%d мин речи", "en": "%d min spoken"},
    "plan_b": {"ru": "Запасной вариант", "en": "Plan B"},
    "route": {"ru": "Маршрут группы", "en": "Route of the group"},
    "people": {"ru": "Гостей", "en": "Guests"},
    "escort": {"ru": "Ведёт", "en": "Escort"},
    "interpreter": {"ru": "Переводит", "en": "Interpreter"},
    "delegations": {"ru": "Делегации", "en": "Delegations"},
    "care": {"ru": "Особо", "en": "Note"},
    "step_free": {"ru": "без лестниц: %s", "en": "step-free: %s"},
    "back": {"ru": "Возвращение", "en": "Back"},
    "until": {"ru": "до %s", "en": "until %s"},
    "printed": {"ru": "напечатано", "en": "printed"},
}


def word(key: str, language: str) -> str:
    """The word in Russian, or in English for every other language."""
    return WORDS[key]["ru" if language == "ru" else "en"]
