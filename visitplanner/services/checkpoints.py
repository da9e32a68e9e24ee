"""Doors and stops where badges are scanned: add, change."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from visitplanner.domain.refusals import Refusal
from visitplanner.models import Checkpoint, Visit, Zone, new_key
from visitplanner.services.act import Act, check_version
from visitplanner.services.texts import put

KINDS = ("entrance", "zone", "stop", "exit")


@dataclass(frozen=True, slots=True)
class Door:
    """What a checkpoint says of itself; `zone` is a letter of the visit, or empty."""

    name: dict[str, str]
    kind: str
    zone: str = ""


def add_checkpoint(act: Act, visit: Visit, door: Door) -> Checkpoint:
    """A new checkpoint, last in the list. Raises Refusal: zone-needed, no-such-zone."""
    _check(act, visit, door)
    last = act.session.scalar(
        select(func.max(Checkpoint.position)).where(Checkpoint.visit_id == visit.id)
    )
    row = Checkpoint(
        visit_id=visit.id, code=new_key(), position=0 if last is None else last + 1, **_values(door)
    )
    act.record("checkpoint.added", row)
    act.commit()
    return row


def edit_checkpoint(
    act: Act, visit: Visit, checkpoint_id: str, door: Door, version: int | None
) -> Checkpoint:
    """Change a checkpoint. Raises NotFound, Stale, Refusal: zone-needed, no-such-zone."""
    row = act.get(Checkpoint, checkpoint_id, visit_id=visit.id)
    check_version(row, version)
    _check(act, visit, door)
    for name, value in _values(door).items():
        put(row, name, value)
    act.record("checkpoint.changed", row)
    act.commit()
    return row


def _values(door: Door) -> dict[str, Any]:
    return {"name": door.name, "kind": door.kind, "zone": door.zone}


def _check(act: Act, visit: Visit, door: Door) -> None:
    if door.kind not in KINDS:
        raise Refusal("no-such-door-kind", field="kind")
    if door.kind == "zone" and not door.zone:
        raise Refusal("zone-needed", field="zone")
    known = select(Zone.id).where(Zone.visit_id == visit.id, Zone.letter == door.zone)
    if door.zone and act.session.scalar(known) is None:
        raise Refusal("no-such-zone", field="zone", letter=door.zone)
