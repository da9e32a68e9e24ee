"""Handing a message to the SMTP server of the setting: smtp:// (STARTTLS) or smtps://."""

import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

SECONDS = 20
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class NotDelivered(Exception):  # noqa: N818 - an answer of the server, tried again by the job
    """The server could not be reached, or did not take the message."""


def deliver(smtp_url: str, message: EmailMessage) -> None:
    """Send `message`. Raises NotDelivered with the server's own words."""
    try:
        with _connect(smtp_url) as server:
            server.send_message(message)
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        raise NotDelivered(f"{type(error).__name__}: {error}"[:900]) from error


def sender_of(smtp_url: str, base_url: str) -> str:
    """The From address: `?from=` of the setting, else the user if it is one, else our host's."""
    parts = urlsplit(smtp_url)
    named = parse_qs(parts.query).get("from", [""])[0]
    user = unquote(parts.username or "")
    host = urlsplit(base_url).hostname or "localhost"
    return named or (user if "@" in user else f"visitplanner@{host}")


def _connect(smtp_url: str) -> smtplib.SMTP:
    parts = urlsplit(smtp_url)
    host, context = parts.hostname or "localhost", ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, parts.port or 465, timeout=SECONDS, context=context
        )
    else:
        server = smtplib.SMTP(host, parts.port or 587, timeout=SECONDS)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        elif parts.username and host not in LOOPBACK:
            server.close()
            raise NotDelivered("the server offers no encryption; the password was not sent")
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server
