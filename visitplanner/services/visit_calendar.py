"""The dates of a visit: its calendar, the two terms guests feel, and a visit that moves."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from visitplanner.models import AgendaItem, Deadline, Texts, TourRules, Visit, new_key
from visitplanner.services.act import Act
from visitplanner.services.texts import put

TERMS = {"replies": "reply_by", "lists": "register_by"}
"""Dates of the calendar that are the visit's own terms: one cannot say other than the other."""


def change_deadline(
    act: Act, visit: Visit, row: Deadline | None, title: Texts, at: datetime
) -> Deadline:
    """Set a date of the visit's calendar, a new one when `row` is None. Commits."""
    if row is None:
        row = Deadline(visit_id=visit.id, kind=f"own-{new_key()[:8]}")
    put(row, "title", title)
    row.at = at
    act.record("deadline.set", row)
    term = TERMS.get(row.kind)
    if term is not None and getattr(visit, term) != at:
        setattr(visit, term, at)
        act.record("visit.changed", visit)
    act.commit()
    return row


def drop_deadline(act: Act, deadline: Deadline) -> None:
    """Take a date off the calendar. Commits."""
    act.record("deadline.dropped", deadline, before={"at": deadline.at}, after={})
    act.session.delete(deadline)
    act.commit()


def keep_terms(act: Act, visit: Visit) -> None:
    """Let the calendar say the visit's own terms (the caller commits)."""
    rows = select(Deadline).where(Deadline.visit_id == visit.id, Deadline.kind.in_(TERMS))
    for row in act.session.scalars(rows):
        at = getattr(visit, TERMS[row.kind])
        if at is not None and at != row.at:
            row.at = at
            act.record("deadline.set", row)


def move_day(act: Act, visit: Visit, days: int) -> None:
    """Move agenda, tour and the dates still to come by so many days, on the same hours.

    The terms for replies and lists stay as the form says them. The caller commits.
    """
    here = ZoneInfo(visit.timezone)

    def moved(at: datetime) -> datetime:
        local = at.astimezone(here)
        return (local.replace(tzinfo=None) + timedelta(days=days)).replace(tzinfo=here)

    for item in act.session.scalars(select(AgendaItem).where(AgendaItem.visit_id == visit.id)):
        item.starts_at = moved(item.starts_at)
        act.record("agenda.item_moved", item)
    rules = act.session.get(TourRules, visit.id)
    if rules is not None:
        rules.starts_at = moved(rules.starts_at)
        act.record("tour.rules_saved", rules)
    coming = select(Deadline).where(
        Deadline.visit_id == visit.id, Deadline.at > act.at, Deadline.kind.not_in(TERMS)
    )
    for row in act.session.scalars(coming):
        row.at = moved(row.at)
        act.record("deadline.set", row)
