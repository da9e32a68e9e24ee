"""Scans: judged on the server, stored once whatever is sent again, answered for by id."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from visitplanner.domain import checkin
from visitplanner.domain.badges import (
    PAYLOAD_BYTES,
    Reading,
    TrustedKey,
    Verdict,
    decode,
    judge,
    unpack,
)
from visitplanner.domain.checkin import CLOCK_TOLERANCE, Direction
from visitplanner.domain.serials import numbered, serial_candidates
from visitplanner.models import Badge, Category, Checkpoint, Participant, Scan, Visit, Zone
from visitplanner.queries.admission import DOORS, Found, as_event, badges_read, events_of
from visitplanner.services.act import Act
from visitplanner.services.signing import trust_list

LONGEST_DELAY = timedelta(days=30)
"""A device whose clock is further off than this is not believed."""


@dataclass(frozen=True, slots=True)
class NewScan:
    """What a device read. `id` is its own and random; `text` the code, or a typed serial."""

    id: str
    text: str
    checkpoint: str
    at: datetime
    direction: Direction = "in"
    device: str = ""
    typed: bool = False


@dataclass(frozen=True, slots=True)
class ScanResult:
    """The answer to one scan. `verdict` is None when the id is taken by something else."""

    id: str
    verdict: Verdict | None
    participant_id: str = ""
    badge_number: str = ""
    direction: Direction = "in"
    typed: bool = False
    scanned_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class _House:
    """What all scans of a batch are judged by."""

    visit: Visit
    keys: Mapping[int, TrustedKey]
    bits: Mapping[str, int]
    checkpoints: Mapping[str, Checkpoint]
    badges: Found
    letters: Sequence[str] = ()


def store_scans(act: Act, visit: Visit, scans: Sequence[NewScan]) -> list[ScanResult]:
    """Judge and store a batch; one result for each id, in the order in which they came first.

    An id that is stored already gets the answer it had. Refused scans are kept as evidence,
    never with the text that was read. The first entry through a door sets `arrived_at`.
    """
    first: dict[str, NewScan] = {}
    for scan in scans:
        first.setdefault(scan.id, scan)
    batch = sorted(first.values(), key=lambda scan: (_believed(scan.at, act.at), scan.id))
    house = _house(act, visit, batch)
    concerned = {row.participant_id for row in house.badges.by_number.values()}
    _lock(act, concerned)
    known = {row.id: row for row in act.session.scalars(select(Scan).where(Scan.id.in_(first)))}
    history: dict[str, list[checkin.Scan]] = defaultdict(list)
    for event in events_of(act.session, concerned):
        history[event.participant].append(event)
    rows = {scan.id: known.get(scan.id) or _store(act, house, scan, history) for scan in batch}
    settle_arrivals(act, history)
    results = [_result(rows[key], visit) for key in first]
    act.commit()
    return results


def _house(act: Act, visit: Visit, batch: Sequence[NewScan]) -> _House:
    numbers: set[str] = set()
    serials: set[str] = set()
    letters = _letters(act, visit) if any(scan.typed for scan in batch) else ()
    for scan in batch:
        data = decode(scan.text)
        if data is not None:
            numbers.add(unpack(data[:PAYLOAD_BYTES]).number)
        elif scan.typed:
            serials.update(serial_candidates(scan.text) or numbered(scan.text, letters))
    zones = act.session.scalars(select(Zone).where(Zone.visit_id == visit.id))
    doors = act.session.scalars(select(Checkpoint).where(Checkpoint.visit_id == visit.id))
    return _House(
        visit,
        trust_list(act.session),
        {zone.letter: zone.bit for zone in zones},
        {door.id: door for door in doors},
        badges_read(act.session, visit.id, numbers, serials),
        letters,
    )


def _letters(act: Act, visit: Visit) -> tuple[str, ...]:
    """The letters of the visit's categories, which badges' serials begin with."""
    rows = act.session.scalars(select(Category.letter).where(Category.visit_id == visit.id))
    return tuple(sorted(set(rows)))


def _lock(act: Act, participants: Collection[str]) -> None:
    """Let the scans of a person be judged one after the other (SQLite: writers are alone)."""
    act.session.execute(
        select(Participant.id)
        .where(Participant.id.in_(participants))
        .order_by(Participant.id)
        .with_for_update(key_share=True)
    )


def _store(act: Act, house: _House, scan: NewScan, history: dict[str, list[checkin.Scan]]) -> Scan:
    checkpoint = house.checkpoints.get(scan.checkpoint)
    badge, reading = _judge(house, scan, checkpoint, act.at)
    verdict, participant = reading.verdict, badge.participant_id if badge else None
    at = _believed(scan.at, act.at)
    is_door = checkpoint is not None and checkpoint.kind in DOORS
    if verdict.admits and is_door and participant and scan.direction == "in":
        verdict = Verdict.ALREADY_IN if _inside(history[participant], at) else verdict
    row = Scan(
        id=scan.id,
        visit_id=house.visit.id,
        checkpoint_id=checkpoint.id if checkpoint else None,
        participant_id=participant,
        badge_number=reading.payload.number if reading.payload else "",
        verdict=str(verdict),
        direction=scan.direction,
        typed=scan.typed,
        device=scan.device,
        scanned_at=at,
        received_at=act.at,
        account_id=act.principal.id if act.principal.is_staff and act.principal.id else None,
    )
    stored = _insert(act, row)
    if stored is row and participant:
        history[participant].append(as_event(row, checkpoint.kind if checkpoint else "stop"))
    return stored


def _judge(
    house: _House, scan: NewScan, checkpoint: Checkpoint | None, received: datetime
) -> tuple[Badge | None, Reading]:
    """The badge of this visit that was read, if its signature is good, and the verdict.

    A badge counts as revoked when it is so now, whatever the device's clock says, and when it
    was never issued here.
    """
    text = scan.text
    if scan.typed and decode(text) is None:
        text = _code_of(house, text)
    live = {n for n, badge in house.badges.by_number.items() if badge.revoked_at is None}
    data = decode(text)
    number = unpack(data[:PAYLOAD_BYTES]).number if data else ""
    reading = judge(
        text,
        house.keys,
        visit=house.visit.slug,
        at=min(_believed(scan.at, received), received),
        revoked={number} - live,
        not_before=house.visit.badges_valid_from,
        zone_bit=_zone_bit(house, checkpoint),
    )
    if checkpoint is None and reading.verdict.admits:
        reading = Reading(Verdict.STALE_LIST, reading.payload)
    badge = house.badges.by_number.get(reading.payload.number) if reading.payload else None
    return badge, reading


def _code_of(house: _House, typed: str) -> str:
    """The code of the badge whose serial was typed; of a number alone, where only one has it."""
    known = house.badges.by_serial
    for serial in serial_candidates(typed):
        if serial in known:
            return known[serial].code_text
    alone = [known[serial] for serial in numbered(typed, house.letters) if serial in known]
    return alone[0].code_text if len(alone) == 1 else ""


NO_ZONE_HAS_IT = 8


def _zone_bit(house: _House, checkpoint: Checkpoint | None) -> int | None:
    """The bit a badge must have here; one that no badge has where the zone is gone."""
    if checkpoint is None or not checkpoint.zone:
        return None
    return house.bits.get(checkpoint.zone, NO_ZONE_HAS_IT)


def _believed(at: datetime, received: datetime) -> datetime:
    """The device's time, unless its clock is absurd."""
    try:
        said = at.astimezone(UTC)
        return said if abs(said - received) <= LONGEST_DELAY else received
    except (OverflowError, ValueError):
        return received


def _inside(events: Sequence[checkin.Scan], at: datetime) -> bool:
    """Whether somebody was inside at `at`, as far as clocks of two devices can be compared."""
    until = at + CLOCK_TOLERANCE
    earlier = [event for event in events if event.door and event.scanned_at <= until]
    return any(presence.inside for presence in checkin.fold(earlier).presences.values())


def _insert(act: Act, row: Scan) -> Scan:
    """Write the row, unless another device's request wrote this id at the same moment."""
    said = {"verdict": row.verdict, "direction": row.direction, "checkpoint": row.checkpoint_id}
    key = row.id
    try:
        with act.session.begin_nested():
            act.record("scan.stored", row, before={}, after=said)
    except IntegrityError:
        found = act.session.scalar(select(Scan).where(Scan.id == key))
        if found is None:
            raise
        return found
    return row


def settle_arrivals(act: Act, history: Mapping[str, Sequence[checkin.Scan]]) -> None:
    """Write down when each came first; an earlier scan that arrives late moves it back."""
    for participant, events in history.items():
        came = first_arrival(events)
        row = act.session.get_one(Participant, participant, populate_existing=True)
        if came is None or (row.arrived_at is not None and row.arrived_at <= came):
            continue
        write_arrival(act, row, came)


def first_arrival(events: Sequence[checkin.Scan]) -> datetime | None:
    """The first entry through a door, never later than it was heard of."""
    register = checkin.fold(event for event in events if event.door)
    presence = next(iter(register.presences.values()), None)
    if presence is None:
        return None
    received = {event.id: event.received_at for event in events}
    return min(presence.first_in, received[presence.first_scan])


def write_arrival(act: Act, row: Participant, came: datetime | None) -> None:
    """Set `arrived_at` beside the version, so that no open form of this person goes stale."""
    word = "participant.arrived" if came else "participant.arrival-undone"
    act.record(word, row, before={"arrived_at": row.arrived_at}, after={"arrived_at": came})
    act.session.execute(
        update(Participant)
        .where(Participant.id == row.id)
        .values(arrived_at=came)
        .execution_options(synchronize_session=False)
    )
    act.session.expire(row, ["arrived_at"])


def _result(row: Scan, visit: Visit) -> ScanResult:
    if row.visit_id != visit.id:
        return ScanResult(row.id, None)
    return ScanResult(
        id=row.id,
        verdict=Verdict(row.verdict),
        participant_id=row.participant_id or "",
        badge_number=row.badge_number,
        direction="out" if row.direction == "out" else "in",
        typed=row.typed,
        scanned_at=row.scanned_at,
    )
