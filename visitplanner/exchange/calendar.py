"""iCalendar files (RFC 5545): one person's day, with the zone it happens in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

PRODUCT = "-//Visit Planner//EN"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One entry; `uid` stays the same as long as it is the same thing, whatever its time."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str = ""
    note: str = ""


def calendar_file(
    name: str, appointments: Iterable[Appointment], *, timezone: str, made_at: datetime
) -> bytes:
    """The file: times on the clocks of `timezone`, which it describes for calendars without it."""
    zone = ZoneInfo(timezone)
    whole = Calendar()
    whole.add("prodid", PRODUCT)
    whole.add("version", "2.0")
    whole.add("method", "PUBLISH")
    whole.add("x-wr-calname", name)
    for one in appointments:
        whole.add_component(_event(one, zone, made_at))
    whole.add_missing_timezones()
    return bytes(whole.to_ical())


def _event(one: Appointment, zone: ZoneInfo, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", made_at)
    event.add("dtstart", one.starts_at.astimezone(zone))
    event.add("dtend", one.ends_at.astimezone(zone))
    event.add("summary", one.title)
    if one.place:
        event.add("location", one.place)
    if one.note:
        event.add("description", one.note)
    event.add("transp", "OPAQUE")
    return event
