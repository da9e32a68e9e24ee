"""The tour as the board macro draws it: lanes of groups, blocks of visits, loads of stops."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import url_for

from visitplanner.domain.typography import clock
from visitplanner.web.languages import text

TICK = 10


@dataclass(slots=True)
class Board:
    """Arguments of `boards.tour_board`."""

    minutes: int
    axis: list[dict[str, Any]] = field(default_factory=list)
    lanes: list[dict[str, Any]] = field(default_factory=list)
    loads: list[dict[str, Any]] = field(default_factory=list)


def board_of(visit: Any, rules: Any, groups: Sequence[Any], language: str) -> Board:
    """The board of a tour (Any: rows of visits, rules and groups)."""
    longest = max((one.ends_minute for group in groups for one in group.visits), default=0)
    board = Board(max(rules.horizon, longest + 1))

    def at(minute: int) -> str:
        return clock(rules.starts_at + timedelta(minutes=minute), visit.timezone)

    board.axis = [{"at": tick, "label": at(tick)} for tick in range(0, board.minutes, TICK)]
    kinds: dict[str, int] = {}
    for group in groups:
        visits = []
        for one in group.visits:
            kind = kinds.setdefault(one.stop_id, len(kinds) % 8 + 1)
            visits.append(
                {
                    "at": one.starts_minute,
                    "length": one.ends_minute - one.starts_minute,
                    "title": text(one.stop.name),
                    "time": f"{at(one.starts_minute)}–{at(one.ends_minute)}",
                    "kind": kind,
                    "state": "",
                    "url": url_for("tours.group", letter=group.letter),
                }
            )
        board.lanes.append(
            {
                "letter": group.letter,
                "name": ", ".join(code.upper() for code in group.languages),
                "note": _note(group, language),
                "visits": visits,
                "walks": _walks(group),
            }
        )
    board.loads = _loads(groups)
    return board


def _note(group: Any, language: str) -> str:
    names = [
        one.participant.person.russian_name
        if language == "ru" and one.participant.person.russian_name
        else f"{one.participant.person.given_name} {one.participant.person.family_name}".strip()
        for one in group.staff
    ]
    return " · ".join([f"{group.taken}/{group.people}", *names])


def _walks(group: Any) -> list[dict[str, int]]:
    found, since = [], 0
    for one in group.visits:
        if one.starts_minute > since:
            found.append({"at": since, "length": one.starts_minute - since})
        since = one.ends_minute
    return found


def _loads(groups: Sequence[Any]) -> list[dict[str, Any]]:
    stops: dict[str, Any] = {}
    bars: dict[str, list[tuple[int, int, int]]] = {}
    for group in groups:
        for one in group.visits:
            stops[one.stop_id] = one.stop
            length = one.ends_minute - one.starts_minute
            bars.setdefault(one.stop_id, []).append((one.starts_minute, length, group.taken))
    found = []
    for key, stop in sorted(stops.items(), key=lambda pair: pair[1].position):
        most = max(people for _, _, people in bars[key])
        found.append(
            {
                "title": text(stop.name),
                "note": str(stop.people),
                "limit": stop.people,
                "label": f"{text(stop.name)}: {most}/{stop.people}",
                "bars": sorted(bars[key]),
            }
        )
    return found
