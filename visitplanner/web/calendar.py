"""The deadline rail: the dates of a visit as steps with their state and what is left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from flask_babel import gettext, ngettext

from visitplanner.domain.deadlines import deadline_state
from visitplanner.web.languages import text
from visitplanner.web.moments import local, short_day


class Dated(Protocol):
    """A date of the calendar."""

    title: Any  # texts per language
    at: Any  # aware datetime


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the rail as the macro `deadline_rail` draws it."""

    when: str
    what: str
    note: str
    state: str
    iso: str


def deadline_steps(
    deadlines: Iterable[Dated], day: date, ends_at: datetime, now: datetime
) -> list[Step]:
    """Steps in order of time, the day of the visit last; the next one due is current."""
    today = local(now).date()
    steps: list[Step] = []
    found = False
    deadlines = [one for one in deadlines if local(one.at).date() != day]
    for deadline in sorted(deadlines, key=lambda one: one.at):
        passed = deadline_state(deadline.at, now) == "passed"
        current = not passed and not found
        found = found or current
        on = local(deadline.at).date()
        note = gettext("closed") if passed else left(on, today) if current else ""
        state = "past" if passed else "current" if current else ""
        steps.append(Step(short_day(on), text(deadline.title), note, state, on.isoformat()))
    state = "past" if now > ends_at else "" if found else "current"
    note = gettext("over") if now > ends_at else left(day, today)
    steps.append(Step(short_day(day), gettext("Visit"), note, state, day.isoformat()))
    return steps


def left(on: date, today: date) -> str:
    """How far off a day is, in words."""
    days = (on - today).days
    if days <= 0:
        return str(gettext("today"))
    if days == 1:
        return str(gettext("tomorrow"))
    return str(ngettext("in %(num)d day", "in %(num)d days", days))
