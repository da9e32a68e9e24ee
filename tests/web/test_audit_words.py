"""The audit trail speaks: every action a service writes has its words, and codes are read out."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale

from visitplanner.services.accreditation import ACTIONS as DECISIONS
from visitplanner.web.audit_words import ACTIONS, changes_of

PACKAGE = Path(__file__).parents[2] / "visitplanner"
WRITTEN = re.compile(r'\.record\(\s*"([a-z_]+\.[a-z_]+)"')
ELSEWHERE = ("account.", "passkey.")
"""What belongs to no visit is on no page of a visit."""


def written() -> set[str]:
    found = {
        action
        for path in PACKAGE.rglob("*.py")
        for action in WRITTEN.findall(path.read_text(encoding="utf-8"))
    }
    assert len(found) > 40
    arrivals = {"participant.arrived", "participant.arrival-undone"}
    return found | arrivals | {f"participant.{action}" for action in DECISIONS}


def test_every_action_has_its_words(app: Flask) -> None:
    named = {action for action in written() if not action.startswith(ELSEWHERE)}
    assert sorted(named - set(ACTIONS)) == []


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("status", "approved", "утверждён"),
        ("channel", "note", "вербальная нота"),
        ("reply", "accepted", "согласие"),
        ("function", "head", "глава делегации"),
        ("note_number", "4999/дгп", "4999/дгп"),
        ("status", "unknown-one", "unknown-one"),
    ],
)
def test_codes_are_read_out(app: Flask, name: str, value: str, read: str) -> None:
    with app.test_request_context("/", headers={"Accept-Language": "ru"}), force_locale("ru"):
        ((_, old, new),) = changes_of({}, {name: value})
    assert (old, new) == ("", read)
