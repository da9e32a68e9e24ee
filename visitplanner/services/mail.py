"""Mail: a row and a job in the transaction that causes it; delivered once, or kept for staff."""

import re
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import func, select

from visitplanner.domain.refusals import Refusal
from visitplanner.jobs.queue import enqueue
from visitplanner.jobs.registry import Context, job
from visitplanner.mail.compose import Letter, compose, envelope
from visitplanner.mail.deliver import NotDelivered, deliver, sender_of
from visitplanner.models import MailMessage, new_key
from visitplanner.models.base import now
from visitplanner.services.act import Act
from visitplanner.services.instance import Instance

BODY_BYTES = 14_000
HOURLY = 60
ATTEMPTS = 8
KIND = "mail.deliver"


def send(
    act: Act,
    template: str,
    recipient: str,
    language: str,
    values: dict[str, str],
    *,
    visit_id: str | None = None,
) -> MailMessage:
    """Write a mail and its job into the caller's transaction, which the caller commits.

    `values` fill the template's placeholders and no others; addresses in them come from the
    configured base address. Raises Refusal "mail-address", "mail-line-break", "mail-too-many".
    """
    address = checked_address(recipient)
    letter = compose(template, language, values)
    _refuse_flood(act, address)
    row = MailMessage(
        id=new_key(),
        visit_id=visit_id,
        recipient=address,
        subject=letter.subject[:300],
        language=language,
        template=template,
        created_at=act.at,
    )
    row.body = _sealed(act.instance, row.id, letter.body)
    act.record("mail.written", row, before={}, after={"template": template, "recipient": address})
    _enqueue(act, row)
    return row


def checked_address(recipient: str) -> str:
    """One plain address. Raises Refusal "mail-address" for anything else."""
    try:
        found = validate_email(recipient, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise Refusal("mail-address") from error
    return found.normalized


def body(instance: Instance, row: MailMessage) -> str:
    """The body as it stands; links of a mail that was sent are gone from it."""
    return instance.vault.open_text(row.body, f"mails.body.{row.id}")


def message(instance: Instance, row: MailMessage) -> EmailMessage:
    """The mail as it goes out."""
    settings = instance.settings
    host = urlsplit(settings.base_url).hostname or "localhost"
    return envelope(
        Letter(row.subject, body(instance, row)),
        sender=sender_of(settings.smtp_url, settings.base_url),
        recipient=row.recipient,
        message_id=f"<{row.id}@{host}>",
        at=row.created_at,
        language=row.language,
    )


def without_links(instance: Instance, text: str) -> str:
    """`text` with the secret part of our own addresses left out."""
    base = re.escape(instance.settings.base_url.rstrip("/"))
    return re.sub(rf"({base}/(?:[^\s/]+/)*)[^\s/]+", r"\1…", text)


@dataclass(frozen=True, slots=True)
class Shown:
    """A mail as staff read it."""

    row: MailMessage
    body: str


def read(act: Act, mail_id: str, *, links_too: bool) -> Shown:
    """One mail of this act's visit (or of none); its links only where `links_too`."""
    row = act.get(MailMessage, mail_id, visit_id=act.visit_id)
    words = body(act.instance, row)
    return Shown(row, words if links_too else without_links(act.instance, words))


def as_file(act: Act, mail_id: str) -> bytes:
    """The mail as an .eml file."""
    return message(act.instance, act.get(MailMessage, mail_id, visit_id=act.visit_id)).as_bytes()


def send_again(act: Act, mail_id: str) -> None:
    """Try a failed mail once more. Raises Refusal "mail-not-failed"."""
    row = act.get(MailMessage, mail_id, visit_id=act.visit_id)
    if row.state != "failed":
        raise Refusal("mail-not-failed")
    row.state = "waiting"
    act.record("mail.tried_again", row)
    _enqueue(act, row)
    act.commit()


@job(KIND)
def run(context: Context) -> dict[str, Any]:
    """Deliver one mail; without SMTP keep it as a file. One that is out already is left alone."""
    instance: Instance = context.instance
    with instance.session() as session:
        row = session.get(MailMessage, context.arguments["mail"])
        if row is None or row.state not in ("waiting", "failed"):
            return {"state": row.state if row else "gone"}
        ready = message(instance, row)
        session.rollback()  # no lock is held while the server answers
        error = _hand_over(instance, ready)
        row = session.get_one(MailMessage, context.arguments["mail"])
        _settle(instance, session, row, ready, error)
        session.commit()
        state = row.state
    if error:
        raise NotDelivered(error)
    return {"state": state}


def _hand_over(instance: Instance, ready: EmailMessage) -> str:
    if not instance.settings.smtp_url:
        return ""
    try:
        deliver(instance.settings.smtp_url, ready)
    except NotDelivered as error:
        return str(error)
    return ""


def _settle(
    instance: Instance, session: Any, row: MailMessage, ready: EmailMessage, error: str
) -> None:
    row.error = error
    if error:
        row.state = "failed"
        return
    row.sent_at = now()
    if instance.settings.smtp_url:
        row.state = "sent"
        row.body = _sealed(instance, row.id, without_links(instance, body(instance, row)))
        return
    stored = instance.files.save(
        session,
        ready.as_bytes(),
        kind="mail",
        media_type="message/rfc822",
        name=f"{row.id}.eml",
        visit_id=row.visit_id,
        encrypted=True,
    )
    session.flush()
    row.file_id = stored.id
    row.state = "written"


def _enqueue(act: Act, row: MailMessage) -> None:
    queued = enqueue(act.session, KIND, {"mail": row.id}, visit_id=row.visit_id)
    queued.attempts_most = ATTEMPTS


def _sealed(instance: Instance, key: str, text: str) -> str:
    if len(text.encode()) > BODY_BYTES:
        raise Refusal("mail-long")
    return instance.vault.seal_text(text, f"mails.body.{key}")


def _refuse_flood(act: Act, address: str) -> None:
    recent = act.session.scalar(
        select(func.count()).where(
            MailMessage.recipient == address, MailMessage.created_at > act.at - timedelta(hours=1)
        )
    )
    if (recent or 0) >= HOURLY:
        raise Refusal("mail-too-many")
