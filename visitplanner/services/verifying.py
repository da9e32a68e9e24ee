"""A scanned code judged from the instance's keys and lists, without a door."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitplanner.domain.badges import Payload, Verdict, judge, read
from visitplanner.models import Badge, Visit
from visitplanner.services.signing import trust_list


@dataclass(frozen=True, slots=True)
class Verified:
    """The verdict; what the code says once its signature is good; the badge's serial, if known."""

    verdict: Verdict
    visit: str = ""
    serial: str = ""
    payload: Payload | None = None


def verify_text(session: Session, text: str, at: datetime) -> Verified:
    """The verdict on `text` at the moment `at` (aware), for the visit whose key signed it.

    A badge that was never issued here counts as revoked. Nothing is stored.
    """
    keys = trust_list(session)
    first = read(text, keys, at)
    if first.payload is None:
        return Verified(first.verdict)
    slug = keys[first.payload.key_number].visit
    visit = session.scalars(select(Visit).where(Visit.slug == slug)).one()
    badge = session.scalar(
        select(Badge).where(Badge.number == first.payload.number, Badge.visit_id == visit.id)
    )
    gone = badge is None or badge.revoked_at is not None
    reading = judge(
        text,
        keys,
        visit=slug,
        at=at,
        revoked={first.payload.number} if gone else set(),
        not_before=visit.badges_valid_from,
    )
    return Verified(reading.verdict, slug, badge.serial if badge else "", reading.payload)
