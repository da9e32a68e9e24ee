"""The signed code of a badge: the shared vectors, and that nothing changed is ever accepted."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitplanner.domain.badges import (
    EPOCH,
    TEXT_LENGTH,
    Payload,
    TrustedKey,
    Verdict,
    judge,
    sign,
    unpack,
    zone_bits,
)

FILE = json.loads((Path(__file__).parents[1] / "vectors/pb1.json").read_text("utf-8"))
AT = datetime.fromisoformat(FILE["at"])
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
KEYS = {
    int(number): TrustedKey(
        bytes.fromhex(key["public"]),
        key["visit"],
        datetime.fromisoformat(FILE["not_before"]),
        datetime.fromisoformat(FILE["not_after"]),
        key["status"],
    )
    for number, key in FILE["keys"].items()
}

payloads = st.builds(
    Payload,
    key_number=st.just(1),
    number=st.binary(min_size=7, max_size=7).map(bytes.hex),
    category=st.integers(0, 15),
    zones=st.integers(0, 255),
    until=st.integers(16200, 65535).map(lambda hours: EPOCH + timedelta(hours=hours)),
    flags=st.integers(0, 15),
)


def verdict(text: str, at: datetime = AT, **more: object) -> Verdict:
    return judge(text, KEYS, visit=FILE["visit"], at=at, revoked=FILE["revoked"], **more).verdict


def test_the_vectors_are_many_and_half_of_them_refuse() -> None:
    refused = [one for one in FILE["vectors"] if not one["verdict"].startswith("OK")]
    assert len(FILE["vectors"]) >= 60
    assert len(refused) * 2 >= len(FILE["vectors"])


@pytest.mark.parametrize("vector", FILE["vectors"], ids=lambda vector: vector["name"])
def test_vector(vector: dict[str, object]) -> None:
    door = {key: vector[key] for key in ("zone_bit", "inside") if key in vector}
    times = {
        key: datetime.fromisoformat(str(vector[key]))
        for key in ("at", "not_before", "lists_until")
        if key in vector
    }
    assert verdict(str(vector["text"]), **door, **times) == vector["verdict"]


def test_every_verdict_has_a_vector() -> None:
    assert {vector["verdict"] for vector in FILE["vectors"]} == set(Verdict)


def test_no_two_vectors_are_the_same() -> None:
    names = [vector["name"] for vector in FILE["vectors"]]
    assert len(names) == len(set(names))


def test_every_single_change_of_one_code_is_refused() -> None:
    text = FILE["vectors"][0]["text"]
    for place in range(TEXT_LENGTH):
        for char in ALPHABET.replace(text[place], ""):
            assert not verdict(text[:place] + char + text[place + 1 :]).admits


@given(payloads)
def test_what_is_packed_is_unpacked(payload: Payload) -> None:
    assert unpack(payload.pack()) == payload


@given(payloads)
def test_a_signed_payload_is_accepted_and_read_back(payload: Payload) -> None:
    text = sign(payload, b"\x01" * 32)
    reading = judge(text, KEYS, visit=FILE["visit"], at=AT)
    assert len(text) == TEXT_LENGTH
    assert reading.verdict.admits
    assert reading.payload == payload


@given(payloads, st.integers(0, TEXT_LENGTH - 1), st.sampled_from(ALPHABET))
def test_any_character_changed_is_refused(payload: Payload, place: int, char: str) -> None:
    text = sign(payload, b"\x01" * 32)
    changed = text[:place] + char + text[place + 1 :]
    if changed != text:
        assert not verdict(changed).admits


@given(st.text(max_size=200))
def test_no_text_is_a_badge_by_chance_and_none_raises(text: str) -> None:
    assert verdict(text) is Verdict.NOT_A_BADGE


def test_a_badge_number_of_wrong_length_is_refused_before_signing() -> None:
    with pytest.raises(ValueError, match="14 hex digits"):
        Payload(1, "00", 1, 1, datetime(2025, 1, 1, tzinfo=UTC)).pack()


def test_zone_letters_become_bits_and_unknown_ones_are_left_out() -> None:
    assert zone_bits(["A", "C", "X"], {"A": 0, "B": 1, "C": 2}) == 0b101
