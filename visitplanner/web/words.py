"""The words of the trade that several rooms show: codes of the domain, translated.

Values are lazy strings, which have no type of their own (Any).
"""

from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask_babel import lazy_gettext

from visitplanner.domain.rank_names import rank_name_in
from visitplanner.domain.ranks import RANKS
from visitplanner.web.languages import OWN_NAMES, language

STATUSES: Mapping[str, tuple[object, str]] = {
    "draft": (lazy_gettext("draft"), ""),
    "submitted": (lazy_gettext("awaits decision"), "waiting"),
    "returned": (lazy_gettext("returned"), "trouble"),
    "approved": (lazy_gettext("approved"), "done"),
    "cleared": (lazy_gettext("cleared"), "done"),
    "refused": (lazy_gettext("refused"), "trouble"),
    "withdrawn": (lazy_gettext("withdrawn"), "away"),
    "badge-issued": (lazy_gettext("badge issued"), "done"),
    "arrived": (lazy_gettext("arrived"), "done"),
}
"""Where a person stands, for staff: the word and the kind of mark."""

FUNCTIONS: Mapping[str, Any] = {
    "head": lazy_gettext("head of delegation"),
    "deputy": lazy_gettext("deputy head"),
    "member": lazy_gettext("member"),
    "adviser": lazy_gettext("adviser"),
    "interpreter": lazy_gettext("interpreter"),
    "security": lazy_gettext("security"),
    "driver": lazy_gettext("driver"),
    "spouse": lazy_gettext("spouse"),
    "press": lazy_gettext("press"),
    "organiser": lazy_gettext("organiser"),
    "escort": lazy_gettext("group escort"),
    "presenter": lazy_gettext("presenter of a stop"),
}

PARTS: Mapping[str, Any] = {
    "host": lazy_gettext("host"),
    "co_organiser": lazy_gettext("co-organiser"),
    "resident": lazy_gettext("resident company"),
    "press": lazy_gettext("press"),
    "service": lazy_gettext("service"),
}
"""An organisation's part in a visit."""

REPLIES: Mapping[str, tuple[object, str]] = {
    "none": (lazy_gettext("no reply"), ""),
    "accepted": (lazy_gettext("accepted"), "done"),
    "tentative": (lazy_gettext("tentative"), "waiting"),
    "declined": (lazy_gettext("declined"), "away"),
}

CHANNELS: Mapping[str, Any] = {
    "note": lazy_gettext("note verbale"),
    "letter": lazy_gettext("letter"),
    "email": lazy_gettext("e-mail"),
    "phone": lazy_gettext("telephone"),
}

MISSION_KINDS: Mapping[str, Any] = {
    "embassy": lazy_gettext("embassy"),
    "high_commission": lazy_gettext("high commission"),
    "nunciature": lazy_gettext("apostolic nunciature"),
    "legation": lazy_gettext("legation"),
    "eu_delegation": lazy_gettext("delegation"),
    "organisation_office": lazy_gettext("office"),
    "representation": lazy_gettext("representation"),
    "trade_mission": lazy_gettext("trade mission"),
    "consulate_general": lazy_gettext("consulate general"),
}

NAME_ORDERS: Mapping[str, Any] = {
    "given_first": lazy_gettext("given name first"),
    "family_first": lazy_gettext("family name first"),
    "mononym": lazy_gettext("one name only"),
}

MEALS: Mapping[str, Any] = {
    "": lazy_gettext("no wishes"),
    "vegetarian": lazy_gettext("vegetarian"),
    "vegan": lazy_gettext("vegan"),
    "halal": lazy_gettext("halal"),
    "kosher": lazy_gettext("kosher"),
    "gluten_free": lazy_gettext("gluten-free"),
    "lactose_free": lazy_gettext("lactose-free"),
    "fasting": lazy_gettext("fasting"),
}

DOCUMENTS: Mapping[str, Any] = {
    "": lazy_gettext("none"),
    "diplomatic_card": lazy_gettext("diplomatic card"),
    "passport": lazy_gettext("passport"),
    "service_passport": lazy_gettext("service passport"),
}

SPOKEN: Mapping[str, str] = {
    **OWN_NAMES,
    "am": "አማርኛ",
    "be": "Беларуская",
    "de": "Deutsch",
    "fa": "فارسی",
    "hi": "हिन्दी",
    "hu": "Magyar",
    "hy": "Հայերեն",
    "ja": "日本語",
    "ka": "ქართული",
    "kk": "Қазақша",
    "ko": "한국어",
    "pt": "Português",
    "sr": "Српски",
    "th": "ไทย",
    "tr": "Türkçe",
    "vi": "Tiếng Việt",
}
"""The languages a person may speak or write their name in, each by its own name."""

SHORT_RANKS: Mapping[str, Any] = {
    "ambassador": lazy_gettext("ambassador"),
    "high_commissioner": lazy_gettext("high commissioner"),
    "nuncio": lazy_gettext("nuncio"),
    "envoy": lazy_gettext("envoy"),
    "charge": lazy_gettext("chargé d’affaires"),
    "charge_ai": lazy_gettext("chargé a.i."),
    "minister": lazy_gettext("minister (deputy head)"),
    "trade_representative": lazy_gettext("trade representative"),
}
"""Ranks whose full name is too long for a column."""

MISSING: Mapping[str, Any] = {
    "family_name": lazy_gettext("family name"),
    "given_name": lazy_gettext("given names"),
    "position": lazy_gettext("position"),
    "category": lazy_gettext("category"),
    "photo": lazy_gettext("photograph"),
    "document_number": lazy_gettext("document number"),
    "consent": lazy_gettext("consent"),
}
"""What a form may still lack (`domain.person_form.missing_fields`)."""


def rank_name(code: str) -> str:
    """A rank in the page's language; empty for an unknown code."""
    rank = RANKS.get(code)
    if rank is None:
        return ""
    return rank_name_in(code, language(), ru=rank.ru, en=rank.en)


def rank_word(code: str) -> str:
    """A rank as a narrow column has it: «посол», "counsellor"."""
    short = SHORT_RANKS.get(code)
    name = str(short) if short is not None else rank_name(code)
    return name.lower()


def word(table: Mapping[str, object], code: str) -> str:
    """The word of a code; an unknown code stands for itself."""
    return str(table.get(code, code))


def init_words(app: Flask) -> None:
    """Give templates the tables and `rank_name`."""
    app.jinja_env.globals.update(
        STATUSES=STATUSES,
        FUNCTIONS=FUNCTIONS,
        REPLIES=REPLIES,
        CHANNELS=CHANNELS,
        MISSION_KINDS=MISSION_KINDS,
        MISSING=MISSING,
        rank_name=rank_name,
        rank_word=rank_word,
    )
