"""Names of States and missions in running text, with article and case."""

import re
from collections.abc import Mapping
from typing import Literal

from visitplanner.domain.refusals import NotFound
from visitplanner.domain.states import StateRow, has_brackets

Case = Literal["nominative", "genitive", "dative", "accusative", "instrumental", "prepositional"]
CASES: tuple[Case, ...] = (
    "nominative",
    "genitive",
    "dative",
    "accusative",
    "instrumental",
    "prepositional",
)

_MISSION_RU: Mapping[str, tuple[str, str, str, str, str, str]] = {
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
    "representation": (
        "Представительство",
        "Представительства",
        "Представительству",
        "Представительство",
        "Представительством",
        "Представительстве",
    ),
}
_MISSION_EN = {
    "embassy": "Embassy",
    "high_commission": "High Commission",
    "nunciature": "Apostolic Nunciature",
    "legation": "Legation",
    "consulate_general": "Consulate General",
    "trade_mission": "Trade Mission",
    "eu_delegation": "Delegation",
    "representation": "Representation",
}
_MISSION_FR = {
    "embassy": "Ambassade",
    "high_commission": "Haut-Commissariat",
    "nunciature": "Nonciature apostolique",
    "legation": "Légation",
    "consulate_general": "Consulat général",
    "trade_mission": "Représentation commerciale",
    "eu_delegation": "Délégation",
    "representation": "Représentation",
}
# Their missions do not carry the full formal name.
_KNOWN_BY_SHORT_NAME = frozenset({"sovereign-order-of-malta", "taiwan"})
MISSION_KINDS = tuple(_MISSION_EN)
_FR_COMMON_NOUNS = re.compile(r"(République|Fédération|Union|Principauté|Grand-Duché|Royaume)\b")


def with_article(row: StateRow, language: str, *, formal: bool = False) -> str:
    """Return the name for running text with its article: the Netherlands, l’Albanie.

    Languages other than English and French take none from us.
    """
    name, article = _named(row, language, formal=formal)
    return _glued(article, name)


def of_state(row: StateRow, language: str, *, formal: bool = True) -> str:
    """Return what follows «Embassy» or «Ambassador»: of the Kingdom …, Королевства …, du Congo.

    Russian, English, French. A bracketed list name always gives way to the formal one.
    """
    if language == "ru":
        return (
            row.genitive_formal_ru if formal or has_brackets(row.short["ru"]) else row.genitive_ru
        )
    name, article = _named(row, language, formal=formal)
    if language == "fr":
        return _of_french(name, article, formal=formal)
    return f"of {_glued(article, name)}"


def mission_name(
    kind: str,
    row: StateRow,
    language: str,
    *,
    case: Case = "nominative",
    formal: bool = True,
) -> str:
    """Return the name of a mission: «Посольству Республики Корея», Embassy of the Republic …

    `case` is for Russian; kinds are `MISSION_KINDS`. The Union's delegation is called
    «Представительство» in Russian; the nunciature needs no name after it.
    NotFound("no-such-mission-kind").
    """
    if kind not in _MISSION_EN:
        raise NotFound("no-such-mission-kind", kind=kind)
    if language == "ru":
        heads = _MISSION_RU["representation" if kind == "eu_delegation" else kind]
        head = heads[CASES.index(case)]
    else:
        head = (_MISSION_FR if language == "fr" else _MISSION_EN)[kind]
    if kind == "nunciature":
        return head
    own = formal and not row.is_organisation and row.key not in _KNOWN_BY_SHORT_NAME
    return f"{head} {of_state(row, language if language in {'ru', 'fr'} else 'en', formal=own)}"


def _named(row: StateRow, language: str, *, formal: bool) -> tuple[str, str]:
    """Return name and article; formal where asked or where the short name has a bracket."""
    if formal or has_brackets(row.short[language]):
        return row.formal[language], row.articles_formal.get(language, "")
    return row.short[language], row.articles.get(language, "")


def _glued(article: str, name: str) -> str:
    if not article:
        return name
    return article + name if article.endswith("’") else f"{article} {name}"


def _of_french(name: str, article: str, *, formal: bool) -> str:
    """Contract de + le, de + les; a short feminine name loses its article: de France, d’Algérie."""
    if article in {"le", "les"}:
        return f"{'du' if article == 'le' else 'des'} {name}"
    if formal or _FR_COMMON_NOUNS.match(name):
        return f"de {_glued(article, name)}"
    elided = article == "l’" or name[0] in "AEIOUÉÈÊÎÔÂ"
    return f"d’{name}" if elided else f"de {name}"
