"""The day as the board macro draws it, and its clashes as sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import gettext

from visitplanner.blueprints.agenda.axis import HOURS, Axis, axis_of
from visitplanner.blueprints.agenda.words import LOOKS
from visitplanner.domain.agenda import Item, whole_minutes
from visitplanner.domain.agenda_clashes import Clash, clashes
from visitplanner.domain.typography import clock
from visitplanner.web.languages import direction, language, text

MOST_MINUTES = 600
MOST_ROOMS = 12
SHORTEST = 5


@dataclass(slots=True)
class Board:
    """Arguments of `boards.day_board` (Any: what the macro's head says)."""

    starts_at: datetime
    axis: Axis
    minutes: int = 0
    hours: list[dict[str, Any]] = field(default_factory=list)
    rooms: list[dict[str, str]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)


def boards_of(
    items: Sequence[Item], rows: Mapping[str, Any], visit: Any, troubled: frozenset[str]
) -> list[Board]:
    """A day's boards, of ten hours and twelve rooms at most each (Any: rows)."""
    found: list[Board] = []
    rest = list(items)
    while rest:
        start = _half_hour(rest[0].starts_at, visit.timezone)
        until = start + timedelta(minutes=MOST_MINUTES)
        now, rest = _split(rest, until)
        lanes = _lanes(now, rows)
        for first in range(0, len(lanes), MOST_ROOMS):
            part = lanes[first : first + MOST_ROOMS]
            found.append(_board(start, part, rows, visit, troubled))
    return found


def _split(items: Sequence[Item], until: datetime) -> tuple[list[Item], list[Item]]:
    now = [item for item in items if item.starts_at + timedelta(minutes=SHORTEST) <= until]
    return now, [item for item in items if item not in now]


def _half_hour(at: datetime, timezone: str) -> datetime:
    local = at.astimezone(ZoneInfo(timezone))
    return at - timedelta(
        minutes=local.minute % 30, seconds=local.second, microseconds=local.microsecond
    )


def _shown_end(item: Item) -> datetime:
    return max(item.ends_at, item.starts_at + timedelta(minutes=SHORTEST))


def _lanes(items: Sequence[Item], rows: Mapping[str, Any]) -> list[tuple[Any, list[Item]]]:
    """(room or None, items that do not overlap): a room with two at once has two columns."""
    by_room: dict[str, list[list[Item]]] = {}
    for item in items:
        columns = by_room.setdefault(item.room, [])
        free = next((one for one in columns if _shown_end(one[-1]) <= item.starts_at), None)
        if free is None:
            columns.append([item])
        else:
            free.append(item)
    lanes = [(rows[column[0].id].room, column) for found in by_room.values() for column in found]
    last = max((room.position for room, _ in lanes if room), default=0) + 1
    return sorted(lanes, key=lambda lane: (lane[0].position, lane[0].id) if lane[0] else (last, ""))


def _board(
    start: datetime,
    lanes: Sequence[tuple[Any, list[Item]]],
    rows: Mapping[str, Any],
    visit: Any,
    troubled: frozenset[str],
) -> Board:
    shown = [item for _, items in lanes for item in items]
    ends = {whole_minutes(_shown_end(item) - start) for item in shown}
    length = min(MOST_MINUTES, -(-max(ends) // HOURS) * HOURS)
    axis = axis_of({0, length} | ends | {whole_minutes(item.starts_at - start) for item in shown})
    board = Board(start, axis, axis.place(length))
    for minute in axis.labels(length):
        label = clock(start + timedelta(minutes=minute), visit.timezone)
        board.hours.append({"at": axis.place(minute), "label": label})
    seen: set[str] = set()
    for number, (room, items) in enumerate(lanes, start=1):
        board.rooms.append(_head(room, again=items[0].room in seen))
        seen.add(items[0].room)
        board.events += [_event(item, number, board, rows, visit, troubled) for item in items]
    return board


def _head(room: Any, *, again: bool) -> dict[str, str]:
    title = text(room.name) if room else gettext("No room")
    if again:
        return {"title": title, "note": gettext("at the same time")}
    places = gettext("%(people)s places", people=room.people) if room and room.people else ""
    return {"title": title, "note": places}


def _event(
    item: Item,
    room: int,
    board: Board,
    rows: Mapping[str, Any],
    visit: Any,
    troubled: frozenset[str],
) -> dict[str, Any]:
    start = whole_minutes(item.starts_at - board.starts_at)
    at = board.axis.place(start)
    end = min(board.axis.place(start + item.planned_minutes), board.minutes)
    return {
        "room": room,
        "at": at,
        "length": max(SHORTEST, end - at),
        "title": text(item.title),
        "time": span(item.starts_at, item.ends_at, visit.timezone),
        "note": ", ".join(speakers_of(rows[item.id])),
        "kind": LOOKS.get(item.kind, ""),
        "state": "clash" if item.id in troubled else "",
        "url": url_for("agenda.item", item_id=item.id),
    }


def span(start: datetime, end: datetime, timezone: str) -> str:
    """«10:05–10:19» on the visit's clocks, kept from left to right on a page in Arabic."""
    if start == end:
        return clock(start, timezone)
    words = f"{clock(start, timezone)}–{clock(end, timezone)}"
    return f"\u2066{words}\u2069" if direction(language()) == "rtl" else words


def speakers_of(row: Any) -> list[str]:
    """The names of those who speak in an item (Any: a row)."""
    return [text(talk.speaker.name) for talk in row.talks if not talk.speaker.absent]


@dataclass(frozen=True, slots=True)
class ClashLine:
    """A clash in words, with the two items it is about (Any: rows)."""

    severity: str
    title: str
    words: str
    first: Any
    second: Any


def clash_lines(items: Sequence[Item], rows: Mapping[str, Any], visit: Any) -> list[ClashLine]:
    """The clashes of the visit, errors first (Any: rows)."""
    return [_line(clash, items, rows, visit) for clash in clashes(items)]


def _line(clash: Clash, items: Sequence[Item], rows: Mapping[str, Any], visit: Any) -> ClashLine:
    known = {item.id: item for item in items}
    first, second = known[clash.first], known[clash.second]
    name = _subject(clash, rows)
    numbers: dict[str, Any] = {"name": name, "minutes": clash.minutes}
    if clash.key == "speaker-without-break":
        title = gettext("%(name)s has no time between two rooms", **numbers)
        words = gettext("%(minutes)s min from one end to the next start.", **numbers)
    else:
        common = span(second.starts_at, min(first.ends_at, second.ends_at), visit.timezone)
        title = {
            "room-taken-twice": gettext("%(name)s: taken twice", **numbers),
            "room-being-prepared": gettext("%(name)s: staff and guests at once", **numbers),
        }.get(clash.key) or gettext("%(name)s is needed in two places", **numbers)
        words = gettext("%(span)s, %(minutes)s min in common.", span=common, **numbers)
    return ClashLine(clash.severity, title, words, rows[clash.first], rows[clash.second])


def _subject(clash: Clash, rows: Mapping[str, Any]) -> str:
    row = rows[clash.first]
    if clash.key.startswith("room"):
        return text(row.room.name) if row.room else ""
    names = {talk.speaker_id: text(talk.speaker.name) for talk in row.talks}
    return names.get(clash.subject, "")
