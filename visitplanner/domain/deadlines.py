"""Deadlines: the host's clock decides, wherever it is read."""

from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from visitplanner.domain.refusals import Refusal

DUE_SOON = timedelta(days=2)
DeadlineState = Literal["open", "soon", "passed"]


def deadline_at(day: date, at: time, timezone: str) -> datetime:
    """Return the instant of a local deadline; 18:00 is the host's 18:00 wherever it is read.

    An hour that the clock skips counts from before the change.
    """
    return datetime.combine(day, at, tzinfo=ZoneInfo(timezone)).astimezone(ZoneInfo("UTC"))


def deadline_state(at: datetime, now: datetime, *, soon: timedelta = DUE_SOON) -> DeadlineState:
    """Say whether a deadline is open, near (within `soon`) or passed; its own minute counts."""
    if now > at:
        return "passed"
    return "soon" if at - now <= soon else "open"


def require_open(at: datetime | None, now: datetime, *, staff: bool = False) -> None:
    """Refuse("registration-closed") a guest's change after the deadline; staff may go on."""
    if at is not None and now > at and not staff:
        raise Refusal("registration-closed", closed_at=at)
