"""Mails of one visit, or of the instance (accounts), as a list."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, load_only

from visitplanner.models import MailMessage


def count_mails(session: Session, visit_id: str | None, state: str = "") -> int:
    """How many mails there are, in one state or in all ("")."""
    query = select(func.count()).where(MailMessage.visit_id == visit_id)
    if state:
        query = query.where(MailMessage.state == state)
    return session.scalar(query) or 0


def list_mails(
    session: Session, visit_id: str | None, state: str = "", *, first: int = 0, most: int = 50
) -> list[MailMessage]:
    """Mails without their bodies, the newest first."""
    query = (
        select(MailMessage)
        .where(MailMessage.visit_id == visit_id)
        .options(load_only(*COLUMNS))
        .order_by(MailMessage.created_at.desc(), MailMessage.id)
        .offset(first)
        .limit(most)
    )
    return list(session.scalars(query.where(MailMessage.state == state) if state else query))


COLUMNS = (
    MailMessage.id,
    MailMessage.recipient,
    MailMessage.subject,
    MailMessage.state,
    MailMessage.created_at,
    MailMessage.sent_at,
    MailMessage.error,
)
