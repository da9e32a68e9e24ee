"""The eleven categories of guest a new visit starts with: letter, words, ribbon, zones."""

from collections.abc import Mapping
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

WORDS: Mapping[str, dict[str, str]] = {
    "head": {"fr": "Chef de mission", "es": "Jefe de misión", "ar": "رئيس البعثة", "zh": "馆长"},
    "delegate": {"fr": "Délégué", "es": "Delegado", "ar": "عضو الوفد", "zh": "代表"},
    "accompanying": {"fr": "Accompagnant", "es": "Acompañante", "ar": "مرافق", "zh": "随行人员"},
    "interpreter": {"fr": "Interprète", "es": "Intérprete", "ar": "مترجم فوري", "zh": "口译员"},
    "press": {"fr": "Presse", "es": "Prensa", "ar": "الصحافة", "zh": "媒体"},
    "security": {"fr": "Sécurité", "es": "Seguridad", "ar": "الأمن", "zh": "安保"},
    "organiser": {"fr": "Organisateur", "es": "Organizador", "ar": "منظِّم", "zh": "组织方"},
    "host": {"fr": "Hôte", "es": "Anfitrión", "ar": "الجهة المضيفة", "zh": "接待方"},
    "resident": {"fr": "Entreprise résidente", "es": "Empresa residente", "ar": "شركة مقيمة",
                 "zh": "入驻企业"},
    "driver": {"fr": "Chauffeur", "es": "Conductor", "ar": "سائق", "zh": "司机"},
    "technical": {"fr": "Service technique", "es": "Servicio técnico", "ar": "الخدمة الفنية",
                  "zh": "技术人员"},
}  # fmt: skip
"""What guests read on their pages in their own language, until staff change the word."""

ZONES = (
    ("A", 0, {"ru": "Холл и зал", "en": "Hall and auditorium"}),
    ("B", 1, {"ru": "Лаборатории", "en": "Laboratories"}),
    ("C", 2, {"ru": "Комната глав миссий", "en": "Heads of mission room"}),
)
"""Letter, bit in the signed code, name."""
