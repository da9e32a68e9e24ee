"""The words of our refusals: one table from code to a translated sentence."""

from flask_babel import gettext, lazy_gettext

from visitplanner.domain.refusals import Refusal

WORDS: dict[str, object] = {
    "not-found": lazy_gettext("There is nothing here, or it is not yours to see."),
    "link-needed": lazy_gettext(
        "This page opens with the link from your invitation. Open the link once more."
    ),
    "not-permitted": lazy_gettext("Your role in this visit does not include this."),
    "sign-in-needed": lazy_gettext("Sign in first."),
    "saved-meanwhile": lazy_gettext(
        "Somebody else saved this meanwhile. Compare, then save again."
    ),
}
"""Rooms add their own words with `add_words`."""


def add_words(words: dict[str, object]) -> None:
    """Add sentences of a room; a code said twice is a mistake (ValueError)."""
    for code, sentence in words.items():
        if code in WORDS:
            raise ValueError(f"the refusal {code} has its words already")
        WORDS[code] = sentence


def sentence(refusal: Refusal) -> str:
    """What to tell the user, in the language of the page."""
    words = WORDS.get(refusal.code)
    if words is None:
        return str(gettext("This cannot be done (%(code)s).", code=refusal.code))
    return str(words) % refusal.details if refusal.details else str(words)
