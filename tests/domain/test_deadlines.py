"""Deadlines are the host's, wherever they are read."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from visitplanner.domain.deadlines import deadline_at, deadline_state, require_open
from visitplanner.domain.refusals import Refusal

REPLY_BY = deadline_at(date(2026, 11, 20), time(18), "Europe/Moscow")


def test_six_in_moscow_is_three_in_utc_and_ten_in_lima():
    assert datetime(2026, 11, 20, 15, tzinfo=UTC) == REPLY_BY
    lima = datetime(2026, 11, 20, 10, 1, tzinfo=timezone(timedelta(hours=-5)))
    assert deadline_state(REPLY_BY, lima) == "passed"
    assert deadline_state(REPLY_BY, lima - timedelta(minutes=1)) == "soon"


def test_open_soon_passed():
    assert deadline_state(REPLY_BY, REPLY_BY - timedelta(days=3)) == "open"
    assert deadline_state(REPLY_BY, REPLY_BY - timedelta(days=2)) == "soon"
    assert deadline_state(REPLY_BY, REPLY_BY) == "soon"
    assert deadline_state(REPLY_BY, REPLY_BY + timedelta(seconds=1)) == "passed"


def test_a_skipped_hour_counts_from_before_the_change():
    assert deadline_at(date(2026, 3, 29), time(2, 30), "Europe/Berlin") == datetime(
        2026, 3, 29, 1, 30, tzinfo=UTC
    )
    assert deadline_at(date(2028, 2, 29), time(9), "Europe/Moscow").day == 29


def test_guests_are_stopped_and_staff_go_on():
    late = REPLY_BY + timedelta(minutes=1)
    with pytest.raises(Refusal) as refusal:
        require_open(REPLY_BY, late)
    assert refusal.value.code == "registration-closed"
    assert refusal.value.details == {"closed_at": REPLY_BY}
    require_open(REPLY_BY, late, staff=True)
    require_open(REPLY_BY, REPLY_BY)
    require_open(None, late)
