"""Diplomatic ranks and offices: order, names, and how their holders are addressed."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Sex = Literal["f", "m", ""]


class HeadClass(StrEnum):
    """Classes of heads of mission (Vienna Convention 1961, articles 14 and 19), in order."""

    AMBASSADOR = "ambassador"
    ENVOY = "envoy"
    CHARGE = "charge"
    CHARGE_AI = "charge_ai"

    @property
    def place(self) -> int:
        """1 to 4; a chargé d'affaires en titre stands before one ad interim."""
        return list(HeadClass).index(self) + 1


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank or office; a lower `weight` stands first. `head_class` is what a head of it is.

    `excellency`: addressed so by courtesy; `address_ru` completes «господин …».
    """

    code: str
    weight: int
    en: str
    ru: str
    head_class: HeadClass | None = None
    excellency: bool = False
    address_ru: str = ""


_A, _E, _C, _I = HeadClass
# Levels of visiting officials first (protocol 3.2), then ranks of missions (protocol 2.1). Places
# of vice-presidents, speakers, defence and trade representatives vary: a visit may override.
RANKS: Mapping[str, Rank] = {
    rank.code: rank
    for rank in (
        Rank("head_of_state", 10, "Head of State", "Глава государства", None, True),
        Rank("head_of_government", 20, "Head of Government", "Глава правительства", None, True),
        Rank("vice_president", 30, "Vice-President", "Вице-президент", None, True),
        Rank(
            "deputy_head_of_government",
            40,
            "Deputy Head of Government",
            "Заместитель главы правительства",
            None,
            True,
        ),
        Rank(
            "foreign_minister",
            50,
            "Minister for Foreign Affairs",
            "Министр иностранных дел",
            None,
            True,
            "Министр",
        ),
        Rank("cabinet_minister", 60, "Minister", "Министр", None, True, "Министр"),
        Rank("speaker", 70, "Speaker of Parliament", "Председатель парламента", None, True),
        Rank(
            "special_envoy",
            72,
            "Special Envoy of the Head of State",
            "Специальный представитель главы государства",
        ),
        Rank("deputy_minister", 80, "Deputy Minister", "Заместитель министра"),
        Rank(
            "ambassador",
            90,
            "Ambassador Extraordinary and Plenipotentiary",
            "Чрезвычайный и Полномочный Посол",
            _A,
            True,
            "Посол",
        ),
        Rank("nuncio", 90, "Apostolic Nuncio", "Апостольский нунций", _A, True, "Нунций"),
        Rank(
            "high_commissioner",
            90,
            "High Commissioner",
            "Верховный комиссар",
            _A,
            True,
            "Верховный комиссар",
        ),
        Rank(
            "envoy",
            95,
            "Envoy Extraordinary and Minister Plenipotentiary",
            "Чрезвычайный Посланник и Полномочный Министр",
            _E,
            True,
            "Посланник",
        ),
        Rank("internuncio", 95, "Internuncio", "Интернунций", _E, True, "Интернунций"),
        Rank("representative", 98, "Representative", "Представитель"),
        Rank(
            "charge",
            100,
            "Chargé d’affaires",
            "Поверенный в делах",
            _C,
            True,
            "Поверенный в делах",
        ),
        Rank(
            "charge_ai",
            105,
            "Chargé d’affaires ad interim",
            "Временный поверенный в делах",
            _I,
            False,
            "Временный поверенный в делах",
        ),
        Rank("minister", 108, "Minister", "Посланник", address_ru="Посланник"),
        Rank(
            "minister_counsellor",
            110,
            "Minister-Counsellor",
            "Советник-посланник",
            address_ru="Советник-посланник",
        ),
        Rank("defence_attache", 112, "Defence Attaché", "Военный атташе"),
        Rank("trade_representative", 113, "Trade Representative", "Торговый представитель"),
        Rank("counsellor", 115, "Counsellor", "Советник", address_ru="Советник"),
        Rank("commercial_counsellor", 115, "Commercial Counsellor", "Торговый советник"),
        Rank("consul_general", 116, "Consul General", "Генеральный консул"),
        Rank("first_secretary", 120, "First Secretary", "Первый секретарь"),
        Rank("consul", 125, "Consul", "Консул"),
        Rank("second_secretary", 130, "Second Secretary", "Второй секретарь"),
        Rank("vice_consul", 135, "Vice-Consul", "Вице-консул"),
        Rank("third_secretary", 140, "Third Secretary", "Третий секретарь"),
        Rank("attache", 145, "Attaché", "Атташе"),
        Rank("honorary_consul", 150, "Honorary Consul", "Почётный консул"),
        Rank("expert", 155, "Expert", "Эксперт"),
        Rank(
            "technical",
            160,
            "Administrative and technical staff",
            "Административно-технический персонал",
        ),
    )
}
UNRANKED = Rank("", 170, "", "")
# Offices that carry no photo on the badge (United Nations practice).
PHOTO_EXEMPT = frozenset({"head_of_state", "head_of_government", "vice_president"})
_EXCELLENCY = {"en": "H.E.", "fr": "S.E.", "es": "S.E.", "ru": "Е. П."}


def rank(code: str) -> Rank:
    """Return a rank by its code; an unknown or empty code stands after all ranks."""
    return RANKS.get(code, UNRANKED)


def badge_honorific(code: str, language: str, *, own: str = "") -> str:
    """Return what stands before the name: the person's own title, else the courtesy of the rank.

    Not for a chargé d'affaires ad interim, by strict usage; empty where a language has no form.
    """
    return own or (_EXCELLENCY.get(language, "") if rank(code).excellency else "")


def salutation(code: str, sex: Sex, family_name: str, full_name: str, language: str) -> str:
    """Return the opening of a letter without its final mark, in Russian or English.

    Sex is never inferred: while it is unknown the address is neutral.
    """
    own = rank(code)
    if language == "ru":
        return _salutation_ru(own, sex, family_name, full_name)
    if own.excellency:
        return "Your Excellency"
    return {"m": f"Dear Mr {family_name}", "f": f"Dear Ms {family_name}"}.get(
        sex, f"Dear {full_name}"
    )


def _salutation_ru(own: Rank, sex: Sex, family_name: str, full_name: str) -> str:
    called = own.address_ru or family_name
    if sex == "m":
        return f"Уважаемый господин {called}"
    if sex == "f":
        return f"Уважаемая госпожа {called}"
    return "Ваше Превосходительство" if own.excellency else full_name
