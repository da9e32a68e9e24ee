"""From the rows of the day to the values of programmes, running order and route cards."""

from zoneinfo import ZoneInfo

from visitplanner.documents.programmes import (
    Cover,
    Logo,
    ProgrammeRow,
    ProgrammeValues,
)
from visitplanner.documents.running_order import OrderRow, OrderValues
from visitplanner.documents.words import word
from visitplanner.domain.agenda import Audience
from visitplanner.domain.agenda_views import guests_view, running_order
from visitplanner.domain.refusals import Refusal
from visitplanner.domain.typography import clock
from visitplanner.models import (
    AgendaItem,
    Delegation,
    Visit,
)
from visitplanner.queries.day import (
    as_item,
)
from visitplanner.services.act import Act
from visitplanner.services.badge_values import Tongues, long_date
from visitplanner.services.day_rows import DayRows
from visitplanner.services.delegation_blocks import delegation_blocks, mission_title

LOWERED = ("ru", "fr", "es")
"""Languages in which a position after a name begins with a small letter."""


def edition_line(act: Act, visit: Visit, edition: int, language: str) -> str:
    """Edition, day and time of printing on the visit's clocks, as it stands at a paper's foot."""
    at = act.at.astimezone(ZoneInfo(visit.timezone))
    return f"{word('edition', language)} {edition}, {at:%d.%m.%Y %H:%M}"


def replaced(edition: int, language: str) -> str:
    """Which edition this one takes the place of, "" for the first."""
    return word("replaces", language) % (edition - 1) if edition > 1 else ""


def foot_line(act: Act, visit: Visit, edition: int, language: str) -> str:
    """The edition, and the one it replaces, in one line."""
    line, other = edition_line(act, visit, edition, language), replaced(edition, language)
    return f"{line}. {other}" if other else line


def programme_values(
    act: Act,
    visit: Visit,
    *,
    language: str,
    second: str = "",
    delegation: Delegation | None = None,
    edition: int = 1,
    day: DayRows | None = None,
) -> ProgrammeValues:
    """The guests' programme; for a delegation with its people, groups and routes.

    `day` holds rows that were read already. Raises Refusal("no-agenda") while there is nothing
    for guests.
    """
    day = day or DayRows(act.session, visit)
    rows = day.agenda
    audiences: tuple[Audience, ...] = ("guests",)
    if delegation and _has_head(delegation):
        audiences = ("guests", "heads")
    lines = guests_view([as_item(row) for row in rows.values()], audiences)
    if not lines:
        raise Refusal("no-agenda")
    speak = Tongues(language, second or language)
    date = long_date(visit.day, language)
    return ProgrammeValues(
        language=language,
        second=second,
        cover=Cover(
            title=speak.text(visit.title),
            second_title=_other_title(visit, language, second),
            organisers=tuple(speak.text(row.organisation.name) for row in day.organisers),
            logos=_logos(day, speak),
            day=date,
            venue=speak.text(visit.venue),
            mission=mission_title(day, delegation, language) if delegation else "",
        ),
        subtitle=f"{date}, {speak.text(visit.venue)}",
        second_subtitle=f"{long_date(visit.day, second)}, {speak.text(visit.venue, second=True)}"
        if second
        else "",
        rows=tuple(_row(visit, rows[line.id], speak, second) for line in lines),
        edition=foot_line(act, visit, edition, language),
        blocks=delegation_blocks(day, delegation, speak, both=bool(second)) if delegation else (),
        notes=_notes(visit, language),
        second_notes=_notes(visit, second) if second else (),
    )


def _logos(day: DayRows, speak: Tongues) -> tuple[Logo, ...]:
    """The arms and logos of those organisers who have any."""
    rows = [row.organisation for row in day.organisers]
    return tuple(Logo(row.logo_id, speak.text(row.name)) for row in rows if row.logo_id)


def _has_head(delegation: Delegation) -> bool:
    return any(who.category.code == "head" for who in delegation.participants)


def _other_title(visit: Visit, language: str, second: str) -> str:
    other = second or ("en" if language != "en" else "ru")
    return visit.title.get(other, "") if other in visit.languages else ""


def _row(visit: Visit, row: AgendaItem, speak: Tongues, second: str) -> ProgrammeRow:
    return ProgrammeRow(
        time=clock(row.starts_at, visit.timezone),
        title=speak.text(row.title),
        notes=_notes_below(row, speak, second=False),
        second_title=speak.text(row.title, second=True) if second else "",
        second_notes=_notes_below(row, speak, second=True) if second else (),
    )


def _notes_below(row: AgendaItem, speak: Tongues, *, second: bool) -> tuple[str, ...]:
    """What stands below a title: what guests read there, who speaks on what, else the room."""
    notes = _talk_notes(row, speak, second=second)
    if not notes and row.room:
        notes = [speak.text(row.room.name, second=second)]
    summary = speak.text(row.summary, second=second)
    return (summary, *notes) if summary else tuple(notes)


def _talk_notes(row: AgendaItem, speak: Tongues, *, second: bool) -> list[str]:
    notes = []
    for talk in row.talks:
        if talk.speaker.absent:
            continue
        name = speak.text(talk.speaker.name, second=second)
        held = speak.text(talk.speaker.position_held, second=second)
        spoken = speak.second if second else speak.first
        notes.append(f"{name}, {position_after_name(held, spoken)}" if held else name)
        if talk.title:
            notes.append(speak.text(talk.title, second=second))
    return notes


def position_after_name(text: str, language: str) -> str:
    """Small first letter in Russian, French and Spanish, unless it is an abbreviation.

    English writes such titles with capitals throughout, so they stay as they were entered.
    """
    if language not in LOWERED or text[:2].isupper():
        return text
    return text[:1].lower() + text[1:]


def _notes(visit: Visit, language: str) -> tuple[str, ...]:
    found = [word("group_on_badge", language)]
    if visit.contact:
        contact = Tongues(language, language).text(visit.contact)
        found.append(f"{word('contact', language)}: {contact}")
    return tuple(found)


def order_values(act: Act, visit: Visit, *, language: str, edition: int = 1) -> OrderValues:
    """The staff's running order from the same rows as the programme."""
    speak = Tongues(language, language)
    rows = DayRows(act.session, visit).agenda
    lines = running_order([as_item(row) for row in rows.values()], visit.starts_at)
    if not lines:
        raise Refusal("no-agenda")
    return OrderValues(
        language=language,
        title=speak.text(visit.short_title or visit.title),
        day=long_date(visit.day, language),
        edition=edition_line(act, visit, edition, language),
        replaces=replaced(edition, language),
        totals=(),
        rows=tuple(
            _order_row(visit, rows[line.item.id], line.item.planned_minutes, speak)
            for line in lines
        ),
    )


def _order_row(visit: Visit, row: AgendaItem, minutes: int, speak: Tongues) -> OrderRow:
    language = speak.first
    mode = word(row.interpretation, language)
    tongues_used = "–".join(code.upper() for code in row.languages)
    spoken = (word("spoken", language) % row.minutes,) if minutes != row.minutes else ()
    who = [speak.text(talk.speaker.name) for talk in row.talks if not talk.speaker.absent]
    return OrderRow(
        time=clock(row.starts_at, visit.timezone),
        minutes=minutes,
        action=speak.text(row.title),
        who=", ".join(who),
        place=speak.text(row.room.name) if row.room else "",
        interpretation=f"{mode} {tongues_used}".strip(),
        cue=row.cue,
        responsible=", ".join(part for part in (row.responsible, row.phone) if part),
        notes=spoken + ((row.remarks,) if row.remarks else ()),
        plan_b=row.plan_b,
        staff=row.audience == "staff",
    )
