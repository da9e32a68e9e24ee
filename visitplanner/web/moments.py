"""Days and hours as a page says them: in the visit's zone and the page's language."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, get_timezone_location
from flask import Flask, g, has_request_context

from visitplanner.web.languages import language

NBSP = "\u00a0"


def zone() -> ZoneInfo:
    """The zone of the visit of this page; UTC outside a visit."""
    visit = g.get("visit") if has_request_context() else None
    return ZoneInfo(visit.timezone if visit is not None else "UTC")


def local(value: datetime, timezone: str = "") -> datetime:
    """An aware time on the clocks of the visit (or of `timezone`)."""
    return value.astimezone(ZoneInfo(timezone) if timezone else zone())


def _date(value: date | datetime, timezone: str) -> date:
    return local(value, timezone).date() if isinstance(value, datetime) else value


def day(value: date | datetime | None, timezone: str = "") -> str:
    """«14 октября 2027, четверг»."""
    if value is None:
        return ""
    code, on = language(), _date(value, timezone)
    pattern = {"zh": "y年M月d日EEEE", "ar": "EEEE، d MMMM y"}.get(code, "d MMMM y, EEEE")
    return format_date(on, pattern, locale=code).replace(" ", NBSP, 1)


def short_day(value: date | datetime | None, timezone: str = "") -> str:
    """«14 окт»."""
    if value is None:
        return ""
    code = language()
    pattern = "M月d日" if code == "zh" else "d MMM"
    words = format_date(_date(value, timezone), pattern, locale=code)
    return words.rstrip(".").replace(" ", NBSP)


def clock(value: datetime | None, timezone: str = "") -> str:
    """«09:41»."""
    if value is None:
        return ""
    return format_time(local(value, timezone).time(), "HH:mm", locale="en")


def moment(value: datetime | None, timezone: str = "") -> str:
    """«14 окт, 09:41»."""
    if value is None:
        return ""
    return f"{short_day(value, timezone)}, {clock(value, timezone)}"


def place(timezone: str) -> str:
    """The city a zone is named after, in the page's language: «Москва»."""
    return str(get_timezone_location(timezone, locale=language(), return_city=True))


def init_moments(app: Flask) -> None:
    """Give templates the filters `day`, `short_day`, `clock`, `moment`, `place`."""
    app.jinja_env.filters.update(
        place=place, day=day, short_day=short_day, clock=clock, moment=moment
    )
