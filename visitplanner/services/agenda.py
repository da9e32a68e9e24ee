"""Keeping the agenda: items and rooms; what follows is shifted only when that was agreed to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from visitplanner.domain.agenda import Interpretation, whole_minutes
from visitplanner.domain.agenda_changes import retimed
from visitplanner.domain.refusals import Refusal
from visitplanner.models import AgendaItem, Room, Visit
from visitplanner.queries.day import agenda_rows, as_item, rooms
from visitplanner.services.act import Act, check_version
from visitplanner.services.texts import put

ITEM_FIELDS = (
    "kind", "title", "summary", "room_id", "starts_at", "minutes", "interpretation", "languages",
    "audience", "responsible", "phone", "cue", "remarks", "plan_b",
)  # fmt: skip
ALONE = "alone"
"""Answer to the question of what follows: shift nothing."""


@dataclass(frozen=True, slots=True)
class Shift:
    """An item that would move, from when to when."""

    item: AgendaItem
    starts_at: datetime
    moves_to: datetime

    @property
    def minutes(self) -> int:
        """By how much it moves; negative when it starts earlier."""
        return whole_minutes(self.moves_to - self.starts_at)


def shifts(act: Act, visit: Visit, row: AgendaItem, values: Mapping[str, Any]) -> tuple[Shift, ...]:
    """What would move if `row` got these values and all that follows kept its distance."""
    rows = {one.id: one for one in agenda_rows(act.session, visit.id)}
    before = as_item(row)
    after = retimed(
        [as_item(one) for one in rows.values()],
        before.id,
        minutes=values["minutes"],
        interpretation=Interpretation(values["interpretation"]),
        late_by=whole_minutes(values["starts_at"] - before.starts_at),
    )
    return tuple(
        Shift(rows[one.id], rows[one.id].starts_at, one.starts_at)
        for one in after.items
        if one.id in after.moved and one.id != row.id
    )


def agreement(moves: Sequence[Shift]) -> str:
    """The list of moves as the form sends it back, to see that it is still the same list."""
    return ",".join(f"{one.item.id}{one.minutes:+d}" for one in moves)


def save_item(
    act: Act,
    visit: Visit,
    row: AgendaItem | None,
    values: Mapping[str, Any],
    *,
    version: int | None = None,
    follow: str = "",
) -> tuple[Shift, ...]:
    """Add or change an item; nothing is saved when the moves returned are not yet agreed to.

    `follow` is `ALONE`, or the `agreement` of the moves that were shown. Raises Stale,
    Refusal("negative-minutes", field="minutes"), NotFound for a room of another visit.
    """
    if values["room_id"]:
        act.get(Room, values["room_id"], visit_id=visit.id)
    if row is None:
        row = AgendaItem(visit_id=visit.id)
        _write(act, row, values, "agenda.item_added")
        act.commit()
        return ()
    check_version(row, version)
    moves = shifts(act, visit, row, values)
    agreed = agreement(moves)
    if moves and follow not in (ALONE, agreed):
        return moves
    _write(act, row, values, "agenda.item_changed")
    for one in moves if follow == agreed else ():
        one.item.starts_at = one.moves_to
        act.record("agenda.item_moved", one.item)
    act.commit()
    return ()


def _write(act: Act, row: AgendaItem, values: Mapping[str, Any], action: str) -> None:
    for name in ITEM_FIELDS:
        put(row, name, values[name])
    act.record(action, row)


def move_item(act: Act, row: AgendaItem, minutes: int, *, version: int | None = None) -> None:
    """Move one item by so many minutes and nothing else. Raises Stale."""
    check_version(row, version)
    row.starts_at += timedelta(minutes=minutes)
    act.record("agenda.item_moved", row)
    act.commit()


def remove_item(act: Act, row: AgendaItem, *, version: int | None = None) -> None:
    """Take an item out, with its talks. Raises Stale."""
    check_version(row, version)
    act.record("agenda.item_removed", row, before={"title": row.title}, after={})
    act.session.delete(row)
    act.commit()


def save_room(
    act: Act,
    visit: Visit,
    row: Room | None,
    values: Mapping[str, Any],
    *,
    version: int | None = None,
) -> Room:
    """Add or change a room. Raises Stale, Refusal("room-small", field="people")."""
    if values["people"] is not None and values["people"] < 1:
        raise Refusal("room-small", field="people")
    if row is None:
        row = Room(visit_id=visit.id, position=len(rooms(act.session, visit.id)))
    else:
        check_version(row, version)
    row.name, row.people = values["name"], values["people"]
    act.record("agenda.room_saved", row)
    act.commit()
    return row


def remove_room(act: Act, visit: Visit, row: Room, *, version: int | None = None) -> None:
    """Take a room away. Raises Stale, Refusal("room-used") while an item is there."""
    check_version(row, version)
    if any(item.room_id == row.id for item in agenda_rows(act.session, visit.id)):
        raise Refusal("room-used")
    act.record("agenda.room_removed", row, before={"name": row.name}, after={})
    act.session.delete(row)
    act.commit()
