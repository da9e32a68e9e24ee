"""The words for missions in six languages, and the cases of the Russian ones."""

from collections.abc import Mapping
from typing import Literal

Case = Literal["nominative", "genitive", "dative", "accusative", "instrumental", "prepositional"]
CASES: tuple[Case, ...] = (
    "nominative",
    "genitive",
    "dative",
    "accusative",
    "instrumental",
    "prepositional",
)
_OFFICE_RU = (
    "Представительство",
    "Представительства",
    "Представительству",
    "Представительство",
    "Представительством",
    "Представительстве",
)
# Head words in Russian, in the order of `CASES`.
RUSSIAN: Mapping[str, tuple[str, str, str, str, str, str]] = {
    "embassy": (
        "Посольство",
        "Посольства",
        "Посольству",
        "Посольство",
        "Посольством",
        "Посольстве",
    ),
    "high_commission": (
        "Высокая комиссия",
        "Высокой комиссии",
        "Высокой комиссии",
        "Высокую комиссию",
        "Высокой комиссией",
        "Высокой комиссии",
    ),
    "nunciature": (
        "Апостольская нунциатура",
        "Апостольской нунциатуры",
        "Апостольской нунциатуре",
        "Апостольскую нунциатуру",
        "Апостольской нунциатурой",
        "Апостольской нунциатуре",
    ),
    "legation": ("Миссия", "Миссии", "Миссии", "Миссию", "Миссией", "Миссии"),
    "consulate_general": (
        "Генеральное консульство",
        "Генерального консульства",
        "Генеральному консульству",
        "Генеральное консульство",
        "Генеральным консульством",
        "Генеральном консульстве",
    ),
    "trade_mission": (
        "Торговое представительство",
        "Торгового представительства",
        "Торговому представительству",
        "Торговое представительство",
        "Торговым представительством",
        "Торговом представительстве",
    ),
    "eu_delegation": _OFFICE_RU,
    "organisation_office": _OFFICE_RU,
    "representation": _OFFICE_RU,
}
_OFFICE = {
    "en": "Representation",
    "fr": "Représentation",
    "es": "Representación",
    "ar": "ممثلية",
    "zh": "代表处",
}
# Head words; in Arabic with the preposition where the word is definite, in Chinese the ending.
WORDS: Mapping[str, Mapping[str, str]] = {
    "embassy": {
        "en": "Embassy",
        "fr": "Ambassade",
        "es": "Embajada",
        "ar": "سفارة",
        "zh": "大使馆",
    },
    "high_commission": {
        "en": "High Commission",
        "fr": "Haut-Commissariat",
        "es": "Alta Comisión",
        "ar": "المفوضية العليا ل",
        "zh": "高级专员公署",
    },
    "nunciature": {
        "en": "Apostolic Nunciature",
        "fr": "Nonciature apostolique",
        "es": "Nunciatura Apostólica",
        "ar": "السفارة البابوية",
        "zh": "宗座大使馆",
    },
    "legation": {
        "en": "Legation",
        "fr": "Légation",
        "es": "Legación",
        "ar": "مفوضية",
        "zh": "公使馆",
    },
    "consulate_general": {
        "en": "Consulate General",
        "fr": "Consulat général",
        "es": "Consulado General",
        "ar": "القنصلية العامة ل",
        "zh": "总领事馆",
    },
    "trade_mission": {
        "en": "Trade Mission",
        "fr": "Représentation commerciale",
        "es": "Representación Comercial",
        "ar": "الممثلية التجارية ل",
        "zh": "商务代表处",
    },
    "eu_delegation": {
        "en": "Delegation",
        "fr": "Délégation",
        "es": "Delegación",
        "ar": "بعثة",
        "zh": "代表团",
    },
    "organisation_office": _OFFICE,
    "representation": _OFFICE,
}
MISSION_KINDS = tuple(WORDS)
