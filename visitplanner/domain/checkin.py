"""Who is in: the fold of scans to a state that no order or repetition of delivery changes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

CLOCK_TOLERANCE = timedelta(minutes=10)
Direction = Literal["in", "out"]


@dataclass(frozen=True, slots=True)
class Scan:
    """One event at a checkpoint. `id` is made by the device; `admitted` is its verdict.

    `door` is false at zones and stops inside. `undone` marks a scan taken back by the desk.
    """

    id: str
    participant: str
    badge: str
    checkpoint: str
    device: str
    scanned_at: datetime
    received_at: datetime
    direction: Direction = "in"
    admitted: bool = True
    door: bool = True
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Presence:
    """A person's state: came at `first_in`, inside or not, how many times through a door."""

    participant: str
    first_in: datetime
    first_scan: str
    last_seen: datetime
    last_checkpoint: str
    inside: bool
    entries: int


@dataclass(frozen=True, slots=True, order=True)
class Anomaly:
    """Something to look at: `code`, the participant ("" if unknown), the scans concerned.

    Codes: conflicting-copies, clock-ahead, entered-twice, two-badges, out-without-in,
    no-entrance.
    """

    code: str
    participant: str
    scans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """The outcome of a fold."""

    presences: Mapping[str, Presence] = field(default_factory=dict)
    anomalies: tuple[Anomaly, ...] = ()

    @property
    def arrived(self) -> int:
        """How many persons have come."""
        return len(self.presences)

    @property
    def inside(self) -> int:
        """How many persons are inside now."""
        return sum(presence.inside for presence in self.presences.values())


def _content(scan: Scan) -> tuple[object, ...]:
    """Return what the device said, in an order that settles which of two copies is kept."""
    return (
        scan.scanned_at,
        scan.participant,
        scan.badge,
        scan.checkpoint,
        scan.device,
        scan.direction,
        scan.admitted,
        scan.door,
    )


def merged(scans: Iterable[Scan]) -> tuple[tuple[Scan, ...], tuple[Anomaly, ...]]:
    """Return each scan once, in order of time, and the ids that came with different contents.

    Commutative, associative and idempotent: copies agree on the first receipt, an undoing
    holds, and of contradicting copies the earliest counts.
    """
    copies: dict[str, list[Scan]] = defaultdict(list)
    for scan in scans:
        copies[scan.id].append(scan)
    kept, anomalies = [], []
    for id_, same in copies.items():
        first = min(same, key=_content)
        received = min(scan.received_at for scan in same)
        kept.append(replace(first, received_at=received, undone=any(s.undone for s in same)))
        if len({_content(scan) for scan in same}) > 1:
            anomalies.append(Anomaly("conflicting-copies", first.participant, (id_,)))
    return tuple(sorted(kept, key=lambda scan: (scan.scanned_at, scan.id))), tuple(anomalies)


def fold(scans: Iterable[Scan]) -> Register:
    """Fold scans, in any order and with any repetition, to who came and who is inside.

    The first admitted entry wins; refused and undone scans count for nothing but stay on
    record; a second entry without an exit is an anomaly, not a second arrival.
    """
    ordered, found = merged(scans)
    anomalies = [*found, *_clock_ahead(ordered)]
    by_person: dict[str, list[Scan]] = defaultdict(list)
    for scan in ordered:
        if scan.admitted and not scan.undone and scan.participant:
            by_person[scan.participant].append(scan)
    presences = {}
    for participant, own in sorted(by_person.items()):
        presence, odd = _fold_person(participant, own)
        anomalies += odd
        if presence:
            presences[participant] = presence
    return Register(presences, tuple(sorted(anomalies)))


def _clock_ahead(scans: Iterable[Scan]) -> Iterable[Anomaly]:
    for scan in scans:
        if scan.scanned_at - scan.received_at > CLOCK_TOLERANCE:
            yield Anomaly("clock-ahead", scan.participant, (scan.id,))


def _fold_person(
    participant: str, scans: list[Scan]
) -> tuple[Presence | None, tuple[Anomaly, ...]]:
    """Fold the admitted scans of one person, ordered by time."""
    entries = [scan for scan in scans if scan.direction == "in"]
    odd = list(_door_anomalies(participant, scans))
    badges = {scan.badge for scan in entries if scan.badge}
    if len(badges) > 1:
        odd.append(Anomaly("two-badges", participant, tuple(scan.id for scan in entries)))
    if not entries:
        return None, tuple(odd)
    first, last = entries[0], scans[-1]
    if not first.door:
        odd.append(Anomaly("no-entrance", participant, (first.id,)))
    through_doors = [scan for scan in scans if scan.door]
    leaving = bool(through_doors) and through_doors[-1].direction == "out"
    seen_after = not last.door and last.direction == "in"
    presence = Presence(
        participant=participant,
        first_in=first.scanned_at,
        first_scan=first.id,
        last_seen=last.scanned_at,
        last_checkpoint=last.checkpoint,
        inside=not leaving or seen_after,
        entries=sum(scan.door for scan in entries),
    )
    return presence, tuple(odd)


def _door_anomalies(participant: str, scans: Iterable[Scan]) -> Iterable[Anomaly]:
    inside: Scan | None = None
    for scan in scans:
        if not scan.door:
            continue
        if scan.direction == "out" and inside is None:
            yield Anomaly("out-without-in", participant, (scan.id,))
        if scan.direction == "in" and inside is not None:
            yield Anomaly("entered-twice", participant, (inside.id, scan.id))
        inside = scan if scan.direction == "in" else None
