"""What a new visit begins with: categories and ribbons, zones, a door, dates, a calendar."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from visitplanner.domain.categories import CATEGORIES, WORDS, ZONES
from visitplanner.models import Category, Checkpoint, Deadline, Texts, Visit, Zone
from visitplanner.services.act import Act

# kind, days before the visit, hour, English, Russian
DEADLINES: tuple[tuple[str, int, int, str, str], ...] = (
    ("invitations", 21, 18, "Notes sent", "Ноты разосланы"),
    ("replies", 14, 18, "Missions reply", "Ответы миссий"),
    ("lists", 7, 18, "Lists and photographs", "Составы и фото"),
    ("accreditation", 4, 18, "Accreditation", "Аккредитация"),
    ("badges", 2, 18, "Badges printed", "Печать бейджей"),
    ("venue_lists", 1, 18, "Lists to the venue", "Списки на проходную"),
)


def texts(english: str, russian: str) -> Texts:
    """Both words of a default."""
    return {"en": english, "ru": russian}


def local(day: date, hour: int, timezone: str) -> datetime:
    """An hour of a day as the visit's clocks show it."""
    return datetime.combine(day, time(hour), tzinfo=ZoneInfo(timezone))


def usual_categories(visit: Visit) -> dict[str, Category]:
    """The categories a visit begins with, by their codes."""
    return {
        kind.code: Category(
            visit_id=visit.id,
            code=kind.code,
            letter=kind.letter,
            word=texts(kind.en, kind.ru) | WORDS[kind.code],
            ribbon=kind.ribbon,
            number=kind.number,
            zones=list(kind.zones),
            quota_exempt=kind.quota_exempt,
            position=kind.number,
        )
        for kind in CATEGORIES
    }


def usual_zones(visit: Visit) -> list[Zone]:
    """The zones a visit begins with."""
    return [
        Zone(visit_id=visit.id, letter=letter, name=dict(name), bit=bit, position=bit)
        for letter, bit, name in ZONES
    ]


def add_defaults(act: Act, visit: Visit) -> None:
    """Give a new visit its categories, zones, door and calendar (the caller commits)."""
    session = act.session
    session.add_all([*usual_categories(visit).values(), *usual_zones(visit)])
    entrance = texts("Entrance", "Вход")
    session.add(Checkpoint(visit_id=visit.id, code="entrance", name=entrance, zone=""))
    add_calendar(act, visit)


def add_calendar(act: Act, visit: Visit) -> None:
    """The usual deadlines before the day of the visit.

    At short notice those that have passed already are left out, and lists are due by the evening
    before, or when the visit begins: a visit of next week can be registered for.
    """
    usual = {
        kind: local(visit.day - timedelta(days=days), hour, visit.timezone)
        for kind, days, hour, _english, _russian in DEADLINES
    }
    visit.reply_by = visit.reply_by or _to_come(act, usual["replies"])
    visit.register_by = visit.register_by or next(
        (at for at in (usual["lists"], usual["venue_lists"]) if at > act.at), visit.starts_at
    )
    given = {"replies": visit.reply_by, "lists": visit.register_by}
    for kind, _days, _hour, english, russian in DEADLINES:
        at = given.get(kind) or _to_come(act, usual[kind])
        if at is not None:
            title = texts(english, russian)
            act.session.add(Deadline(visit_id=visit.id, kind=kind, title=title, at=at))


def _to_come(act: Act, at: datetime) -> datetime | None:
    return at if at > act.at else None
