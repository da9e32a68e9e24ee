"""Rules for one-time links: when one opens, and for whom."""

from datetime import datetime, timedelta
from enum import StrEnum

GUESTS = frozenset({"delegation", "delegate", "organisation"})
"""Purposes of links that open a guest's pages."""

AFTER_VISIT = timedelta(days=1)


class LinkState(StrEnum):
    """What a link is at a moment, for one browser."""

    FRESH = "fresh"
    OURS = "ours"
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"


def link_state(
    *,
    expires_at: datetime,
    revoked_at: datetime | None,
    first_used_at: datetime | None,
    opened_here: bool,
    at: datetime,
) -> LinkState:
    """The state of a link at `at`; `opened_here`: this browser is the one that opened it."""
    if revoked_at is not None:
        return LinkState.REVOKED
    if expires_at <= at:
        return LinkState.EXPIRED
    if first_used_at is None:
        return LinkState.FRESH
    return LinkState.OURS if opened_here else LinkState.USED


def expiry(visit_ends_at: datetime, at: datetime) -> datetime:
    """When a guest's link ends: a day after the visit, and not within a day from now."""
    return max(visit_ends_at, at) + AFTER_VISIT
