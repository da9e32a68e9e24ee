"""`badge verify` through the command line's own parser."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy.orm import Session

from tests.support.doors import CHIEF, House, at_once
from visitplanner import badge_commands
from visitplanner.badge_commands import badge
from visitplanner.models import Participant, Scan
from visitplanner.services.act import Act
from visitplanner.services.badges import revoke_badge
from visitplanner.services.instance import Instance


@pytest.fixture
def verify(instance: Instance, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(badge_commands, "open_for_command", lambda _folder: instance)
    return lambda *words: CliRunner().invoke(badge, ["verify", *words])


def test_a_good_badge(house: House, verify, db: Session):
    made = house.guest()
    said = verify(made.code_text)
    assert (said.exit_code, said.output) == (0, f"OK {made.serial} arctic\n")
    facts = json.loads(verify(made.code_text, "--json").output)
    assert facts["verdict"] == "OK"
    assert (facts["number"], facts["serial"], facts["visit"]) == (
        made.number, made.serial, "arctic",
    )  # fmt: skip
    assert db.query(Scan).count() == 0


def test_every_changed_character_is_refused(house: House, verify):
    text = house.guest().code_text
    for position in range(len(text)):
        other = "A" if text[position] != "A" else "B"
        said = verify(text[:position] + other + text[position + 1 :])
        assert said.exit_code == 1
        assert said.output.strip() in {"NOT_A_BADGE", "BAD_SIGNATURE", "UNKNOWN_KEY"}


def test_a_revoked_badge(house: House, verify, db: Session):
    made = house.guest()
    slot = db.get_one(Participant, made.participant_id)
    revoke_badge(Act(house.instance, db, CHIEF, house.visit.id), slot, "lost")
    said = verify(made.code_text)
    assert (said.exit_code, said.output.split()[0]) == (1, "REVOKED")


@pytest.mark.parametrize(("hours", "verdict"), [(-60, "NOT_YET"), (1, "OK"), (60, "EXPIRED")])
def test_at_another_time(house: House, verify, db: Session, hours: int, verdict: str):
    house.visit.badges_valid_from = at_once()
    made = house.guest()
    at = (at_once() + timedelta(hours=hours)).replace(tzinfo=None).isoformat()
    said = verify(made.code_text, "--at", at)
    assert said.output.split()[0] == verdict
    assert said.exit_code == (0 if verdict == "OK" else 1)


@pytest.mark.parametrize("text", ["", "PB1:", "hello", "\u0000", "PB1:" + "Z" * 117])
def test_no_badge(verify, text: str):
    said = verify(text)
    assert (said.exit_code, said.output) == (1, "NOT_A_BADGE\n")


@pytest.mark.parametrize("words", [[], ["x", "--at", "soon"], ["x", "--more"]])
def test_wrong_usage(verify, words: list[str]):
    assert verify(*words).exit_code == 2
