"""Handing a message to the SMTP server of the setting: smtp:// (STARTTLS) or smtps://."""

import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

SECONDS = 20
LONGEST = 900
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class NotDelivered(Exception):  # noqa: N818 - an answer of the server, tried again by the job
    """The server could not be reached, or did not take the message.

    `final`: it refused this message for good (5xx, RFC 5321 4.2.1), and would again.
    """

    def __init__(self, words: str, *, final: bool = False) -> None:
        super().__init__(words)
        self.final = final


def deliver(smtp_url: str, message: EmailMessage) -> None:
    """Send `message`. Raises NotDelivered with the server's own words."""
    try:
        with _connect(smtp_url) as server:
            server.send_message(message)
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        code, words = _answer(error)
        raise NotDelivered(words[:LONGEST], final=500 <= code < 600) from error


def _answer(error: Exception) -> tuple[int, str]:
    """The server's code and words about this message; 0 where another try may find it otherwise.

    A refused password is no word about the message: somebody will put the setting right.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        return code, f"{code} {_decoded(said)}"
    if isinstance(error, smtplib.SMTPResponseException):
        about_it = isinstance(error, smtplib.SMTPDataError | smtplib.SMTPSenderRefused)
        words = f"{error.smtp_code} {_decoded(error.smtp_error)}"
        return (error.smtp_code if about_it else 0), words
    return 0, f"{type(error).__name__}: {error}"


def _decoded(said: bytes | str) -> str:
    return said if isinstance(said, str) else said.decode("utf-8", "replace")


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
