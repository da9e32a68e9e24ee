"""Write pb1.json: the vectors that the Python and the JavaScript reader of badges must agree on."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import base45
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from visitplanner.domain.badges import EPOCH, PREFIX, Payload, decode, sign

KEYS = {1: b"\x01" * 32, 2: b"\x02" * 32, 3: b"\x03" * 32}
AT = datetime(2025, 10, 31, 8, 0, tzinfo=UTC)
UNTIL = datetime(2025, 10, 31, 17, 0, tzinfo=UTC)
ORDER = 2**252 + 27742317777372353535851937790883648493


def public(private: bytes) -> str:
    key = Ed25519PrivateKey.from_private_bytes(private).public_key()
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def good(number: int, **changes: object) -> Payload:
    fields = {
        "key_number": 1,
        "number": f"{number:014x}",
        "category": number % 11,
        "zones": 3,
        "until": UNTIL,
        "flags": 0,
    }
    return Payload(**(fields | changes))


def raw(data: bytes) -> str:
    return PREFIX + base45.b45encode(data).decode()


def vectors() -> list[dict[str, object]]:
    found = []

    def add(name: str, text: str, verdict: str, **more: object) -> None:
        found.append({"name": name, "text": text, "verdict": verdict} | more)

    for number in range(1, 21):
        add(f"good {number}", sign(good(number), KEYS[1]), "OK")
    for number in range(21, 26):
        add(f"photo {number}", sign(good(number, flags=2), KEYS[1]), "OK_CHECK_PHOTO")
    text = sign(good(1), KEYS[1])
    for place in (0, 3, 4, 10, 40, 80, 119, 120):
        changed = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
        verdict = "NOT_A_BADGE" if place < 4 or decode(changed) is None else None
        if verdict is None:
            first = decode(changed)
            key = int.from_bytes(first[1:3]) if first else 0
            verdict = (
                "NOT_A_BADGE"
                if first[0] != 1
                else "UNKNOWN_KEY"
                if key not in (1, 2)
                else "BAD_SIGNATURE"
            )
        add(f"character {place} changed", changed, verdict)
    data = decode(text)
    for place in (1, 3, 9, 10, 11, 13, 14, 50, 77):
        broken = bytearray(data)
        broken[place] ^= 1
        key = int.from_bytes(bytes(broken[1:3]))
        add(
            f"byte {place} changed",
            raw(bytes(broken)),
            "UNKNOWN_KEY" if key not in (1, 2) else "BAD_SIGNATURE",
        )
    s = int.from_bytes(data[46:], "little") + ORDER
    add("signature with S + L", raw(data[:46] + s.to_bytes(32, "little")), "BAD_SIGNATURE")
    add("signature of zeros", raw(data[:14] + bytes(64)), "BAD_SIGNATURE")
    add("vehicle pass", raw(b"\x02" + data[1:]), "NOT_A_BADGE")
    add("empty", "", "NOT_A_BADGE")
    add("prefix alone", PREFIX, "NOT_A_BADGE")
    add("lower case", text.lower(), "NOT_A_BADGE")
    add("trailing space", text + " ", "NOT_A_BADGE")
    add("leading space", " " + text, "NOT_A_BADGE")
    add("one character short", text[:-1], "NOT_A_BADGE")
    add("another prefix", "HC1:" + text[4:], "NOT_A_BADGE")
    add("an address", "https://example.org/PB1:" + text[4:], "NOT_A_BADGE")
    add("letters outside Base45", text[:60] + "é" + text[61:], "NOT_A_BADGE")
    add("a triplet above 65535", text[:4] + ":::" + text[7:], "NOT_A_BADGE")
    add("unknown key", sign(good(2, key_number=9), KEYS[1]), "UNKNOWN_KEY")
    add("revoked key", sign(good(2, key_number=3), KEYS[3]), "UNKNOWN_KEY")
    add("another visit's key", sign(good(2, key_number=2), KEYS[2]), "WRONG_EVENT")
    add("key 1 said, key 2 signed", sign(good(2), KEYS[2]), "BAD_SIGNATURE")
    past = AT - timedelta(hours=2)
    add("expired", sign(good(3, until=past), KEYS[1]), "EXPIRED")
    add("revoked", sign(good(99), KEYS[1]), "REVOKED")
    add("wrong zone", sign(good(4, zones=2), KEYS[1]), "WRONG_ZONE", zone_bit=0)
    add("right zone", sign(good(4, zones=2), KEYS[1]), "OK", zone_bit=1)
    add("too early", sign(good(5), KEYS[1]), "NOT_YET", not_before="2025-10-31T09:00:00Z")
    add("just within tolerance", sign(good(6, until=AT - timedelta(minutes=5)), KEYS[1]), "OK")
    found += tampered(text, data) + in_time() + at_the_door()
    return found


def one(name: str, text: str, verdict: str, **more: object) -> dict[str, object]:
    return {"name": name, "text": text, "verdict": verdict} | more


def signed(message: bytes, private: bytes = KEYS[1]) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(private).sign(message)


def tampered(text: str, data: bytes) -> list[dict[str, object]]:
    """Every way to make a text look like a badge without the key."""
    payload, signature = data[:14], data[14:]
    other = decode(sign(good(2), KEYS[1]))
    longer = payload[:12] + (65535).to_bytes(2)
    zones = payload[:11] + b"\xff" + payload[12:]
    field = 2**255 - 19
    return [
        one("signature of another badge", raw(payload + other[14:]), "BAD_SIGNATURE"),
        one("zones widened", raw(zones + signature), "BAD_SIGNATURE"),
        one("validity prolonged", raw(longer + signature), "BAD_SIGNATURE"),
        one("signed without the domain", raw(payload + signed(payload)), "BAD_SIGNATURE"),
        one(
            "signed for another domain",
            raw(payload + signed(b"protocol-badge-v2\x00" + payload)),
            "BAD_SIGNATURE",
        ),
        one(
            "signature halves swapped",
            raw(payload + signature[32:] + signature[:32]),
            "BAD_SIGNATURE",
        ),
        one("signature reversed", raw(payload + signature[::-1]), "BAD_SIGNATURE"),
        one(
            "R not reduced",
            raw(payload + (field + 1).to_bytes(32, "little") + signature[32:]),
            "BAD_SIGNATURE",
        ),
        one("signature all ones", raw(payload + b"\xff" * 64), "BAD_SIGNATURE"),
        one("R and S neutral", raw(payload + b"\x01" + bytes(63)), "BAD_SIGNATURE"),
        one("type 0", raw(b"\x00" + data[1:]), "NOT_A_BADGE"),
        one("type 255", raw(b"\xff" + data[1:]), "NOT_A_BADGE"),
        one("all bytes zero", raw(bytes(78)), "NOT_A_BADGE"),
        one("key 0", raw(b"\x01\x00\x00" + data[3:]), "UNKNOWN_KEY"),
        one("key 65535", raw(b"\x01\xff\xff" + data[3:]), "UNKNOWN_KEY"),
        one("a payload of 13 bytes", raw(payload[:13] + signature), "NOT_A_BADGE"),
        one("a payload of 15 bytes", raw(payload + b"\x00" + signature), "NOT_A_BADGE"),
        one("two codes in a row", text + text, "NOT_A_BADGE"),
        one("prefix in lower case", "pb1:" + text[4:], "NOT_A_BADGE"),
        one("next format", "PB2:" + text[4:], "NOT_A_BADGE"),
        one("line end", text + "\n", "NOT_A_BADGE"),
        one("zero byte inside", text[:30] + "\x00" + text[31:], "NOT_A_BADGE"),
        one("Cyrillic В in the prefix", "P\u04121:" + text[4:], "NOT_A_BADGE"),
        one(
            "full-width letters",
            "".join(chr(ord(c) + 0xFEE0) if c.isalpha() else c for c in text),
            "NOT_A_BADGE",
        ),
        one("the same in hex", "PB1:" + data.hex().upper(), "NOT_A_BADGE"),
    ]


def in_time() -> list[dict[str, object]]:
    """The edges of time, each with its own `at`."""
    text = sign(good(30), KEYS[1])
    return [
        one("ten minutes after its end", text, "OK", at="2025-10-31T17:10:00Z"),
        one("a second later", text, "EXPIRED", at="2025-10-31T17:10:01Z"),
        one("ten minutes before the doors", text, "OK", not_before="2025-10-31T08:10:00Z"),
        one("a second earlier", text, "NOT_YET", not_before="2025-10-31T08:10:01Z"),
        one("key not yet valid", text, "UNKNOWN_KEY", at="2025-09-30T23:49:59Z"),
        one("key no longer valid", text, "UNKNOWN_KEY", at="2025-11-01T00:10:01Z"),
        one("expired and revoked", sign(good(99), KEYS[1]), "EXPIRED", at="2025-10-31T20:00:00Z"),
        one(
            "the last hour there is",
            sign(good(31, until=EPOCH + timedelta(hours=65535)), KEYS[1]),
            "OK",
        ),
    ]


def at_the_door() -> list[dict[str, object]]:
    """What the door knows besides the code."""
    mine, number = sign(good(32), KEYS[1]), f"{32:014x}"
    photo = sign(good(33, flags=2), KEYS[1])
    return [
        one("already in", mine, "ALREADY_IN", inside=[number]),
        one("somebody else is in", mine, "OK", inside=[f"{34:014x}"]),
        one("revoked and in", sign(good(99), KEYS[1]), "REVOKED", inside=[f"{99:014x}"]),
        one("lists too old", mine, "STALE_LIST", lists_until="2025-10-31T07:59:59Z"),
        one("lists just in time", mine, "OK", lists_until="2025-10-31T08:00:00Z"),
        one(
            "lists too old for a photo check",
            photo,
            "STALE_LIST",
            lists_until="2025-10-31T07:00:00Z",
        ),
        one(
            "lists too old, but revoked",
            sign(good(99), KEYS[1]),
            "REVOKED",
            lists_until="2025-10-31T07:00:00Z",
        ),
        one(
            "lists too old, but in",
            mine,
            "ALREADY_IN",
            inside=[number],
            lists_until="2025-10-31T07:00:00Z",
        ),
        one("no zone at all", sign(good(35, zones=0), KEYS[1]), "WRONG_ZONE", zone_bit=0),
        one("every zone", sign(good(36, zones=255), KEYS[1]), "OK", zone_bit=7),
        one("escort and test badge", sign(good(37, flags=5), KEYS[1]), "OK"),
    ]


def main() -> None:
    content = {
        "format": "PB1",
        "visit": "lomonosov",
        "at": "2025-10-31T08:00:00Z",
        "keys": {
            "1": {"public": public(KEYS[1]), "visit": "lomonosov", "status": "active"},
            "2": {"public": public(KEYS[2]), "visit": "another", "status": "active"},
            "3": {"public": public(KEYS[3]), "visit": "lomonosov", "status": "revoked"},
        },
        "not_before": "2025-10-01T00:00:00Z",
        "not_after": "2025-11-01T00:00:00Z",
        "revoked": [f"{99:014x}"],
        "vectors": vectors(),
    }
    target = Path(__file__).with_name("pb1.json")
    target.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
