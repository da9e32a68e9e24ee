"""The audit trail speaks: every action a service writes has its words, and codes are read out."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale

from visitplanner import models
from visitplanner.services.accreditation import ACTIONS as DECISIONS
from visitplanner.services.act import UNSAID
from visitplanner.web.audit_columns import SILENT
from visitplanner.web.audit_words import ACTIONS, COLUMNS, changes_of

PACKAGE = Path(__file__).parents[2] / "visitplanner"
WRITTEN = re.compile(r'\.record\(\s*"([a-z_]+\.[a-z_]+)"')
WRITTEN_TABLES = (
    models.Visit, models.Organisation, models.VisitOrganisation, models.Category, models.Zone,
    models.Deadline, models.Mission, models.Invitation, models.Delegation, models.Person,
    models.Participant, models.Room, models.AgendaItem, models.Speaker, models.Talk, models.Site,
    models.Stop, models.TourGroup, models.TourRules, models.Badge, models.Checkpoint,
    models.StateOverride, models.Consent, models.RoleGrant,
)  # fmt: skip
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


def test_every_column_that_is_written_has_its_words_or_is_bookkeeping() -> None:
    told = set(COLUMNS) | SILENT | UNSAID
    lacking = {
        f"{model.__tablename__}.{column.key}"
        for model in WRITTEN_TABLES
        for column in model.__table__.columns
        if column.key not in told and not column.key.endswith("_id")
    }
    assert lacking == set()


def test_before_and_after_of_what_has_no_page_of_its_own(app: Flask) -> None:
    with app.test_request_context("/"), force_locale("en"):
        found = changes_of(
            {"minutes": 20, "room_id": "a", "title": {"ru": "Обед", "en": "Lunch"}},
            {"minutes": 30, "room_id": "b", "title": {"ru": "Ужин", "en": "Lunch"}, "version": 4},
            {"a": "Hall"},
        )
    assert found == [
        ("minutes", "20", "30"),
        ("room", "Hall", "…"),
        ("title", "Обед / Lunch", "Ужин / Lunch"),
    ]


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
