"""Names of States and missions in running text, with article and case, in six languages."""

import re

from visitplanner.domain.mission_words import (
    CASES,
    RUSSIAN,
    WORDS,
    Case,
)
from visitplanner.domain.refusals import NotFound
from visitplanner.domain.states import StateRow, has_brackets

# Their missions do not carry the full formal name.
_KNOWN_BY_SHORT_NAME = frozenset({"sovereign-order-of-malta", "taiwan"})
_FR_COMMON_NOUNS = re.compile(r"(République|Fédération|Union|Principauté|Grand-Duché|Royaume)\b")
# The first word of a Spanish name tells its article; names of countries take none.
_ES_ARTICLES = (
    (
        re.compile(
            r"(República|Organización|Unión|Federación|Sultanía|Confederación|Soberana|Santa Sede"
            r"|Provincia|Asociación|Conferencia|Comunidad|Comisión|Liga|Oficina|ONU|UNESCO)\b"
        ),
        "de la",
    ),
    (
        re.compile(
            r"(Reino|Estado|Principado|Comité|Commonwealth|Consejo|Banco|Fondo|Programa"
            r"|Gran Ducado|Foro|Organismo|Instituto|Nuevo Banco)\b"
        ),
        "del",
    ),
    (re.compile(r"(Estados|Emiratos)\b"), "de los"),
    (re.compile(r"(Islas|Naciones)\b"), "de las"),
)


def with_article(row: StateRow, language: str, *, formal: bool = False) -> str:
    """Return the name for running text with its article: the Netherlands, l’Albanie.

    Languages other than English and French take none from us.
    """
    name, article = _named(row, language, formal=formal)
    return _glued(article, name)


def of_state(row: StateRow, language: str, *, formal: bool = True) -> str:
    """Return what follows «Embassy» or «Ambassador»: of the Kingdom …, Королевства …, du Congo.

    English, French, Spanish, Russian; Arabic and Chinese put the bare name beside the word. A
    bracketed list name always gives way to the formal one.
    """
    if language == "ru":
        asked = formal or has_brackets(row.short["ru"])
        return row.genitive_formal_ru if asked else row.genitive_ru
    name, article = _named(row, language, formal=formal)
    if language == "en":
        return f"of {_glued(article, name)}"
    if language == "fr":
        return _of_french(name, article, full=formal or row.is_organisation)
    return f"{_of_spanish(name)} {name}" if language == "es" else name


def mission_name(
    kind: str,
    row: StateRow,
    language: str,
    *,
    case: Case = "nominative",
    formal: bool = True,
) -> str:
    """Return the name of a mission: «Посольству Республики Корея», Embassy of the Republic …

    `case` is for Russian; kinds are `mission_words.MISSION_KINDS`. The Union's delegation is
    called «Представительство» in Russian; the nunciature needs no name after it.
    NotFound("no-such-mission-kind").
    """
    if kind not in WORDS:
        raise NotFound("no-such-mission-kind", kind=kind)
    russian = language == "ru"
    head = RUSSIAN[kind][CASES.index(case)] if russian else WORDS[kind][language]
    if kind == "nunciature":
        return head
    own = formal and not row.is_organisation and row.key not in _KNOWN_BY_SHORT_NAME
    sender = of_state(row, language, formal=own)
    if language == "zh":
        return sender + head
    if language == "ar" and head.endswith(" ل"):
        return head + _after_li(sender)
    return f"{head} {sender}"


def _after_li(name: str) -> str:
    """Join the Arabic preposition ل to a name: its article loses the alef (لل)."""
    return "ل" + name[2:] if name.startswith("ال") else name


def _named(row: StateRow, language: str, *, formal: bool) -> tuple[str, str]:
    """Return name and article; formal where asked or where the short name has a bracket."""
    if formal or has_brackets(row.short[language]):
        return row.formal[language], row.articles_formal.get(language, "")
    return row.short[language], row.articles.get(language, "")


def _glued(article: str, name: str) -> str:
    if not article:
        return name
    return article + name if article.endswith("’") else f"{article} {name}"


def _of_french(name: str, article: str, *, full: bool) -> str:
    """Contract de + le, de + les; a short feminine name loses its article: de France, d’Algérie."""
    if article in {"le", "les"}:
        return f"{'du' if article == 'le' else 'des'} {name}"
    if article and (full or _FR_COMMON_NOUNS.match(name)):
        return f"de {_glued(article, name)}"
    elided = article == "l’" or name[0] in "AEIOUÉÈÊÎÔÂ" or name == "Haïti"
    return f"d’{name}" if elided else f"de {name}"


def _of_spanish(name: str) -> str:
    return next((of for pattern, of in _ES_ARTICLES if pattern.match(name)), "de")
