"""The signed code of a badge, "PB1": packing, signing, and the verdict on what was scanned.

Text: `PB1:` and Base45 (RFC 9285) of 14 bytes of payload and a 64-byte Ed25519 signature over
`protocol-badge-v1`, a zero byte and the payload. Payload, big-endian: type 1 · key number 2 ·
badge number 7 · category (high four bits) and flags (low four) 1 · zones 1 · valid until 2, in
hours since 2024-01-01T00:00Z. Nothing in it names a person. Base45 alone lets several texts mean
the same bytes, so only the canonical text is accepted; a badge is revoked by its number.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import base45
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PREFIX = "PB1:"
DOMAIN = b"protocol-badge-v1\x00"
PERSON = 1
PAYLOAD_BYTES = 14
SIGNATURE_BYTES = 64
TEXT_LENGTH = len(PREFIX) + (PAYLOAD_BYTES + SIGNATURE_BYTES) * 3 // 2
EPOCH = datetime(2024, 1, 1, tzinfo=UTC)
LATEST = EPOCH + timedelta(hours=2**16 - 1)
"""The last hour the two bytes of `until` can say, in June 2031."""
TOLERANCE = timedelta(minutes=10)
ESCORT_NEEDED, CHECK_PHOTO, TEST_BADGE = 1, 2, 4


class Verdict(StrEnum):
    """What a scan comes to; only OK and OK_CHECK_PHOTO let somebody in."""

    OK = "OK"
    OK_CHECK_PHOTO = "OK_CHECK_PHOTO"
    ALREADY_IN = "ALREADY_IN"
    REVOKED = "REVOKED"
    EXPIRED = "EXPIRED"
    NOT_YET = "NOT_YET"
    WRONG_EVENT = "WRONG_EVENT"
    WRONG_ZONE = "WRONG_ZONE"
    UNKNOWN_KEY = "UNKNOWN_KEY"
    BAD_SIGNATURE = "BAD_SIGNATURE"
    NOT_A_BADGE = "NOT_A_BADGE"
    STALE_LIST = "STALE_LIST"

    @property
    def admits(self) -> bool:
        """Whether the door opens."""
        return self in (Verdict.OK, Verdict.OK_CHECK_PHOTO)


@dataclass(frozen=True, slots=True)
class Payload:
    """What a code says. `number` is 7 bytes in hex, `zones` a bit a zone, `until` aware UTC."""

    key_number: int
    number: str
    category: int
    zones: int
    until: datetime
    flags: int = 0
    kind: int = PERSON

    def pack(self) -> bytes:
        """The 14 bytes. Raises ValueError or OverflowError when a field does not fit."""
        if len(self.number) != 14 or not 0 <= self.category <= 15 or not 0 <= self.flags <= 15:
            raise ValueError("a badge number of 14 hex digits, category and flags of 4 bits")
        hours = math.ceil((self.until - EPOCH) / timedelta(hours=1))
        return b"".join(
            (
                self.kind.to_bytes(1),
                self.key_number.to_bytes(2),
                bytes.fromhex(self.number),
                ((self.category << 4) | self.flags).to_bytes(1),
                self.zones.to_bytes(1),
                hours.to_bytes(2),
            )
        )


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A line of the trust list: an Ed25519 public key (32 bytes), its visit and its time."""

    public_key: bytes
    visit: str
    not_before: datetime
    not_after: datetime
    status: str = "active"  # active retired revoked


@dataclass(frozen=True, slots=True)
class Reading:
    """The verdict on a text, and the payload once its signature has been found good."""

    verdict: Verdict
    payload: Payload | None = None


def unpack(data: bytes) -> Payload:
    """The payload of 14 bytes; `unpack(p.pack()) == p` up to the full hour of `until`."""
    return Payload(
        kind=data[0],
        key_number=int.from_bytes(data[1:3]),
        number=data[3:10].hex(),
        category=data[10] >> 4,
        flags=data[10] & 15,
        zones=data[11],
        until=EPOCH + timedelta(hours=int.from_bytes(data[12:14])),
    )


def sign(payload: Payload, private_key: bytes) -> str:
    """The text for the QR code, signed with a 32-byte Ed25519 private key."""
    data = payload.pack()
    signature = Ed25519PrivateKey.from_private_bytes(private_key).sign(DOMAIN + data)
    return PREFIX + str(base45.b45encode(data + signature).decode())


def decode(text: str) -> bytes | None:
    """The 78 bytes of a canonical text; None for everything else."""
    if len(text) != TEXT_LENGTH or not text.startswith(PREFIX):
        return None
    try:
        data = base45.b45decode(text[len(PREFIX) :])
    except ValueError:
        return None
    if len(data) != PAYLOAD_BYTES + SIGNATURE_BYTES:
        return None
    return data if base45.b45encode(data).decode() == text[len(PREFIX) :] else None


def read(text: str, keys: Mapping[int, TrustedKey], at: datetime) -> Reading:
    """Check form, key and signature, in that order; nothing else is believed before that."""
    data = decode(text)
    if data is None or data[0] != PERSON:
        return Reading(Verdict.NOT_A_BADGE)
    payload = unpack(data[:PAYLOAD_BYTES])
    key = keys.get(payload.key_number)
    if key is None or key.status == "revoked":
        return Reading(Verdict.UNKNOWN_KEY)
    if not key.not_before - TOLERANCE <= at <= key.not_after + TOLERANCE:
        return Reading(Verdict.UNKNOWN_KEY)
    try:
        public = Ed25519PublicKey.from_public_bytes(key.public_key)
        public.verify(data[PAYLOAD_BYTES:], DOMAIN + data[:PAYLOAD_BYTES])
    except (InvalidSignature, ValueError):
        return Reading(Verdict.BAD_SIGNATURE)
    return Reading(Verdict.OK, payload)


def judge(
    text: str,
    keys: Mapping[int, TrustedKey],
    *,
    visit: str,
    at: datetime,
    revoked: Collection[str] = (),
    not_before: datetime | None = None,
    zone_bit: int | None = None,
    inside: Collection[str] = (),
    lists_until: datetime | None = None,
) -> Reading:
    """The verdict at a door of `visit` at the moment `at` (aware).

    `revoked` holds badge numbers in hex; `not_before` is when badges of the visit begin to count;
    `zone_bit` is the place of the door's zone, None for a door that asks for no zone; `inside`
    holds the numbers of those who are in; `lists_until` is how long the lists may be relied on:
    after it a good badge is STALE_LIST and a person decides.
    """
    reading = read(text, keys, at)
    payload = reading.payload
    if payload is None:
        return reading
    refusal = _refusal(
        payload,
        keys[payload.key_number].visit == visit,
        at,
        not_before=not_before,
        revoked=revoked,
        zone_bit=zone_bit,
    )
    if refusal is not None:
        return Reading(refusal, payload)
    if payload.number in inside:
        return Reading(Verdict.ALREADY_IN, payload)
    if lists_until is not None and at > lists_until:
        return Reading(Verdict.STALE_LIST, payload)
    photo = payload.flags & CHECK_PHOTO
    return Reading(Verdict.OK_CHECK_PHOTO if photo else Verdict.OK, payload)


def _refusal(
    payload: Payload,
    of_visit: bool,
    at: datetime,
    *,
    not_before: datetime | None,
    revoked: Collection[str],
    zone_bit: int | None,
) -> Verdict | None:
    """Why a genuine badge does not open this door, in the fixed order."""
    if not of_visit:
        return Verdict.WRONG_EVENT
    if not_before is not None and at < not_before - TOLERANCE:
        return Verdict.NOT_YET
    if at > payload.until + TOLERANCE:
        return Verdict.EXPIRED
    if payload.number in revoked:
        return Verdict.REVOKED
    if zone_bit is not None and not payload.zones & (1 << zone_bit):
        return Verdict.WRONG_ZONE
    return None


def zone_bits(letters: Collection[str], bits: Mapping[str, int]) -> int:
    """The zones byte for zone letters; letters the visit does not know are left out."""
    return sum(1 << bits[letter] for letter in set(letters) if letter in bits)
