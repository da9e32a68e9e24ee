"""Languages of pages: catalogues read from .po files, direction, texts kept per language."""

from collections.abc import Mapping
from typing import Any

from babel.support import NullTranslations
from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, Domain, get_locale, refresh

from visitplanner.catalogues import translations

OWN_NAMES = {
    "ru": "Русский",
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "ar": "العربية",
    "zh": "中文",
}
RIGHT_TO_LEFT = frozenset({"ar"})
FALL_BACK = ("en", "ru")


class PoDomain(Domain):  # type: ignore[misc]
    """Flask-Babel's domain over our own catalogues."""

    def get_translations(self) -> NullTranslations:
        """The catalogue of the page's language."""
        locale = get_locale()
        return translations(locale.language if locale else "en")


class PoBabel(Babel):  # type: ignore[misc]
    """Babel whose words come from our own catalogues."""

    domain_instance = PoDomain()


def language() -> str:
    """The language code of this page."""
    if not has_request_context():
        return "en"
    found: str | None = g.get("language")
    if found is None:
        found = g.language = _choose()
    return found


def _choose() -> str:
    offered = g.languages
    for wanted in (request.args.get("language"), session.get("language"), g.get("own_language")):
        if wanted in offered:
            return str(wanted)
    return request.accept_languages.best_match(offered) or offered[0]


def use_language(code: str) -> None:
    """Make this request speak `code` from here on."""
    g.language = code
    refresh()


def direction(code: str) -> str:
    """`rtl` or `ltr`."""
    return "rtl" if code in RIGHT_TO_LEFT else "ltr"


def text(texts: Mapping[str, str] | str | None, code: str | None = None) -> str:
    """A text kept per language in the page's language, else English, Russian, or any there is."""
    if isinstance(texts, str):
        return texts
    if not texts:
        return ""
    wanted = code or language()
    for key in (wanted, *FALL_BACK):
        if texts.get(key):
            return texts[key]
    return next((words for words in texts.values() if words), "")


def language_choices() -> list[tuple[str, str, str]]:
    """(code, own name, address of this page in that language) for the language menu."""
    path = request.full_path if has_request_context() else "/"
    base, _, query = path.partition("?")
    kept = "&".join(part for part in query.split("&") if part and not part.startswith("language="))
    joined = f"&{kept}" if kept else ""
    return [(code, OWN_NAMES[code], f"{base}?language={code}{joined}") for code in g.languages]


def init_languages(app: Flask, languages: list[str]) -> None:
    """Wire Flask-Babel, remember a chosen language in the session, give templates the words."""
    PoBabel().init_app(app, locale_selector=language)

    @app.before_request
    def remember_language() -> None:
        g.languages = languages
        wanted = request.args.get("language")
        if wanted in languages and session.get("language") != wanted:
            session["language"] = wanted

    app.jinja_env.filters["text"] = text

    @app.context_processor
    def words() -> dict[str, Any]:
        code = language()
        return {
            "language": code,
            "direction": direction(code),
            "languages": language_choices(),
        }
