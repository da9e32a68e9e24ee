"""Catalogues of words, read from .po files; pages, mails and papers share them."""

import io
from functools import lru_cache

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from visitplanner.paths import LOCALE
from visitplanner.settings import LANGUAGES


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(language: str) -> Translations:
    """All catalogues `locale/<language>/*.po` (one a room) as one; English is the source."""
    whole = Catalog(locale=language)
    for path in sorted((LOCALE / language).glob("*.po")):
        with path.open("rb") as source:
            for message in read_po(source, locale=language):
                if message.id and not message.fuzzy:
                    whole[message.id] = message
    compiled = io.BytesIO()
    write_mo(compiled, whole)
    compiled.seek(0)
    return Translations(compiled)


def translations(language: str) -> NullTranslations:
    """The catalogue of `language`; the source itself for English."""
    return NullTranslations() if language == "en" else catalogue(language)
