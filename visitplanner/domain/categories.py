"""The eleven categories of guest a new visit starts with: letter, words, ribbon, zones."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CategoryKind:
    """A default category. `number` (0–15) goes into the signed code; `ribbon` names the weave."""

    code: str
    letter: str
    ru: str
    en: str
    ribbon: str
    number: int
    zones: tuple[str, ...]
    quota_exempt: bool = False


CATEGORIES = (
    CategoryKind("head", "E", "Глава миссии", "Head of mission", "head", 0, ("A", "B", "C")),
    CategoryKind("delegate", "D", "Делегат", "Delegate", "delegate", 1, ("A", "B")),
    CategoryKind(
        "accompanying", "A", "Сопровождающий", "Accompanying", "accompanying", 2, ("A", "B")
    ),
    CategoryKind("interpreter", "I", "Переводчик", "Interpreter", "interpreter", 3,
                 ("A", "B", "C"), quota_exempt=True),
    CategoryKind("press", "P", "Пресса", "Press", "press", 4, ("A", "B")),
    CategoryKind("security", "S", "Охрана", "Security", "security", 5, ("A", "B", "C"), True),
    CategoryKind("organiser", "O", "Организатор", "Organiser", "organiser", 6, ("A", "B", "C")),
    CategoryKind("host", "H", "Принимающая сторона", "Host", "host", 7, ("A", "B", "C")),
    CategoryKind("resident", "C", "Компания-резидент", "Resident company", "resident", 8,
                 ("A", "B")),
    CategoryKind("driver", "V", "Водитель", "Driver", "driver", 9, (), quota_exempt=True),
    CategoryKind("technical", "T", "Техническая служба", "Technical", "technical", 10,
                 ("A", "B")),
)  # fmt: skip

ZONES = (
    ("A", 0, {"ru": "Холл и зал", "en": "Hall and auditorium"}),
    ("B", 1, {"ru": "Лаборатории", "en": "Laboratories"}),
    ("C", 2, {"ru": "Комната глав миссий", "en": "Heads of mission room"}),
)
"""Letter, bit in the signed code, name."""
