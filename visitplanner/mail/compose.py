"""Mails from templates: one language, a closed dictionary of placeholders, plain text."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from functools import lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from visitplanner.catalogues import translations
from visitplanner.domain.refusals import Refusal
from visitplanner.paths import TEMPLATES

GUEST = frozenset({"name", "visit", "day", "address"})
REMINDER = frozenset({"name", "visit", "day", "term"})
STAFF = frozenset({"name", "address", "hours"})
PLACEHOLDERS: dict[str, frozenset[str]] = {
    "delegation_link": GUEST,
    "delegate_link": GUEST,
    "organisation_link": GUEST,
    "reply_reminder": REMINDER,
    "list_reminder": REMINDER,
    "invite": STAFF,
    "reset": STAFF,
    "returned": frozenset({"name", "note"}),
}
"""Every mail there is, and the only values its template may name."""

OF_SEVERAL_LINES = frozenset({"note"})
"""Values that stand in the body alone, never in a header."""

VALUE_LONGEST = 1000
CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject of one line, and a body of plain text."""

    subject: str
    body: str


def compose(template: str, language: str, values: dict[str, str]) -> Letter:
    """The letter of this template in `language`.

    Raises KeyError for another set of placeholders than the template's own, and Refusal
    "mail-line-break" for a value with a control character.
    """
    if set(values) != PLACEHOLDERS[template]:
        raise KeyError(f"{template} takes {sorted(PLACEHOLDERS[template])}")
    clean = {name: _safe(name, value) for name, value in values.items()}
    environment = _environment(language)
    subject, body = (
        environment.get_template(f"{template}/{part}.txt").render(clean)
        for part in ("subject", "body")
    )
    return Letter(" ".join(subject.split()), body.strip() + "\n")


def envelope(
    letter: Letter, *, sender: str, recipient: str, message_id: str, at: datetime, language: str
) -> EmailMessage:
    """The message; the same row always gives the same message, so that a repeat is one mail."""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address("Visit Planner", addr_spec=sender)
    message["To"] = Address(addr_spec=recipient)
    message["Subject"] = letter.subject
    message["Date"] = at
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    message["Content-Language"] = language
    return message


def _safe(name: str, value: str) -> str:
    """A value that breaks no line; only the address may look like one to a mail reader.

    A note of ours to the mission may have lines of its own.
    """
    if name in OF_SEVERAL_LINES:
        return "\n".join(_safe("", part.replace("\t", " ")) for part in value.splitlines())
    if CONTROL.search(value):
        raise Refusal("mail-line-break")
    if name == "address":
        return value
    return value[:VALUE_LONGEST].replace("://", ": / /").replace("www.", "www ")


@lru_cache(maxsize=8)
def _environment(language: str) -> Environment:
    environment = Environment(  # noqa: S701 - plain text, nothing to escape
        loader=FileSystemLoader(TEMPLATES / "mail"),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        keep_trailing_newline=False,
    )
    words: Any = environment  # the i18n extension adds a method the type does not know
    words.install_gettext_translations(translations(language), newstyle=True)
    return environment
