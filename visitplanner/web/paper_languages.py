"""The languages of papers, in words (lazy strings have no type: Any)."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext

PAPER_LANGUAGES: Mapping[str, Any] = {
    "ru": lazy_gettext("Russian"),
    "en": lazy_gettext("English"),
    "ru-en": lazy_gettext("Russian and English side by side"),
}
"""The languages a paper is printed in."""
