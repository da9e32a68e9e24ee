"""Mail: a row and a job in the transaction that causes it; delivered once, or kept for staff."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import func, select

from visitplanner.domain.refusals import Refusal
from visitplanner.jobs import queue
from visitplanner.jobs.backoff import Backoff
from visitplanner.jobs.registry import Context, job
from visitplanner.mail.compose import Letter, compose, envelope
from visitplanner.mail.deliver import NotDelivered, deliver, sender_of
from visitplanner.models import Job, MailMessage, new_key
from visitplanner.models.base import now
from visitplanner.services.act import Act
from visitplanner.services.instance import Instance

BODY_BYTES = 14_000
ERROR = 1000
HOURLY = 60
KIND = "mail.deliver"
BACKOFF = Backoff(first=timedelta(minutes=1), longest=timedelta(hours=1), tries=12)
"""The waits: 1, 2, 4, 8, 16, 32 minutes, then an hour five times; six hours in all."""


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
    """A mail as staff read it; `tries` made so far, and when the next one is due."""

    row: MailMessage
    body: str
    tries: int = 0
    next_try: datetime | None = None

    @property
    def may_send_again(self) -> bool:
        """Whether it has failed, or has been tried in vain so far."""
        return may_send_again(self.row)


def read(act: Act, mail_id: str, *, links_too: bool) -> Shown:
    """One mail of this act's visit (or of none); its links only where `links_too`."""
    row = act.get(MailMessage, mail_id, visit_id=act.visit_id)
    words = body(act.instance, row)
    shown = words if links_too else without_links(act.instance, words)
    work = _job_of(act, row)
    if work is None:
        return Shown(row, shown)
    waits = row.state == "waiting" and work.state == "queued" and work.attempts > 0
    return Shown(row, shown, work.attempts, work.run_after if waits else None)


def as_file(act: Act, mail_id: str) -> bytes:
    """The mail as an .eml file."""
    return message(act.instance, act.get(MailMessage, mail_id, visit_id=act.visit_id)).as_bytes()


def may_send_again(row: MailMessage) -> bool:
    """Whether a mail has failed, or has been tried in vain so far."""
    return row.state == "failed" or (row.state == "waiting" and bool(row.error))


def send_again(act: Act, mail_id: str) -> None:
    """Try a mail that did not go out at once, and anew. Raises Refusal "mail-not-failed"."""
    row = act.get(MailMessage, mail_id, visit_id=act.visit_id)
    if not may_send_again(row):
        raise Refusal("mail-not-failed")
    row.state = "waiting"
    act.record("mail.tried_again", row)
    work = _job_of(act, row)
    if work is None:
        _enqueue(act, row)
    else:
        queue.again(act.session, work)
    act.commit()


def _give_up(context: Context, reason: str) -> None:
    """Tell staff that a mail will not go out by itself any more, and why."""
    with context.instance.session() as session:
        row = session.get(MailMessage, context.arguments["mail"])
        if row is not None and row.state == "waiting":
            row.state = "failed"
            row.error = row.error or reason[:ERROR]
            session.commit()


@job(KIND, backoff=BACKOFF, gave_up=_give_up)
def run(context: Context) -> dict[str, Any]:
    """Deliver one mail; without SMTP keep it as a file. One that is out already is left alone."""
    instance: Instance = context.instance
    with instance.session() as session:
        row = session.get(MailMessage, context.arguments["mail"])
        if row is None or row.state not in ("waiting", "failed"):
            return {"state": row.state if row else "gone"}
        ready = message(instance, row)
        session.rollback()  # no lock is held while the server answers
        failure = _hand_over(instance, ready)
        row = session.get_one(MailMessage, context.arguments["mail"])
        _settle(instance, session, row, ready, str(failure or ""))
        session.commit()
        state = row.state
    if failure is not None and failure.final:
        raise Refusal("mail-refused", answer=str(failure))
    if failure is not None:
        raise failure
    return {"state": state}


def _hand_over(instance: Instance, ready: EmailMessage) -> NotDelivered | None:
    if not instance.settings.smtp_url:
        return None
    try:
        deliver(instance.settings.smtp_url, ready)
    except NotDelivered as failure:
        return failure
    return None


def _settle(
    instance: Instance, session: Any, row: MailMessage, ready: EmailMessage, error: str
) -> None:
    row.error = error[:ERROR]
    if error:
        return  # it waits for the next try, or `_give_up` ends it
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
    """One job for each mail, found by its key, so that two never send it at once."""
    queue.enqueue(
        act.session, KIND, {"mail": row.id}, visit_id=row.visit_id, dedupe=f"{KIND}:{row.id}"
    )


def _job_of(act: Act, row: MailMessage) -> Job | None:
    return act.session.scalar(select(Job).where(Job.dedupe == f"{KIND}:{row.id}"))


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
