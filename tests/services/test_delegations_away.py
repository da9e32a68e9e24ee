"""A mission that does not come after all: its people are expected nowhere."""

from datetime import UTC, datetime

import pytest

from tests.support.application import Acting
from tests.support.staged import (
    OFFICER,
    stage_delegation,
    stage_group,
    stage_person,
    stage_visit,
)
from visitplanner.models import AuditEntry, TourGroup
from visitplanner.queries.arrivals import overview
from visitplanner.queries.badges import badge_lines
from visitplanner.queries.people import Wanted, people, waiting
from visitplanner.services.badges import ready_for_badge
from visitplanner.services.delegations import reinstate_delegation, withdraw_delegation
from visitplanner.services.participants import assign_group

pytestmark = pytest.mark.both_databases


def test_the_people_of_a_mission_that_does_not_come_are_expected_nowhere(acting: Acting) -> None:
    with acting(OFFICER) as act:
        visit = stage_visit(act)
        gone, stays = stage_delegation(act, visit), stage_delegation(act, visit, "viet-nam")
        group = stage_group(act, visit)
        for delegation in (gone, stays):
            for family, status in (("Approved", "approved"), ("Waiting", "submitted")):
                row = stage_person(act, delegation, family)
                row.status, row.submitted_at = status, datetime.now(UTC)
                assign_group(act, [row], group)
        counts = [_seen(act, visit)]
        withdraw_delegation(act, gone)
        counts.append(_seen(act, visit))
        moved = act.session.query(AuditEntry).filter_by(action="participant.grouped").count()
        assert moved == 6
        reinstate_delegation(act, gone)
        counts.append(_seen(act, visit))
    assert counts == [(2, 2, 2, 4, 2, 4), (1, 1, 1, 2, 1, 2), (2, 2, 2, 4, 2, 2)]


def _seen(act, visit) -> tuple[int, ...]:
    """Waiting, in the queue, ready for a badge, on the badges' page, expected, in the group."""
    session = act.session
    return (
        waiting(session, visit)[1],
        people(session, visit, Wanted(status="submitted", coming=True))[1],
        len(ready_for_badge(act, visit)),
        len(badge_lines(session, visit, "en")),
        len(overview(session, visit, "en").people),
        session.query(TourGroup).one().taken,
    )
