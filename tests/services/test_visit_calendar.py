"""A visit at short notice can be registered for; one that moves takes its dates along."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.support.application import Acting
from tests.support.staged import OFFICER, stage_visit
from visitplanner.models import AgendaItem, Deadline, TourRules, Visit
from visitplanner.services.act import Act
from visitplanner.services.participants import open_for
from visitplanner.services.visit_calendar import change_deadline
from visitplanner.services.visits import VisitDetails, change_visit

pytestmark = pytest.mark.both_databases


def calendar(act: Act, visit: Visit) -> dict[str, datetime]:
    rows = act.session.scalars(select(Deadline).where(Deadline.visit_id == visit.id))
    return {row.kind: row.at for row in rows}


def details(visit: Visit, **more: object) -> VisitDetails:
    names = VisitDetails.__dataclass_fields__
    return replace(VisitDetails(**{name: getattr(visit, name) for name in names}), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("days", "kinds"),
    [
        (30, {"invitations", "replies", "lists", "accreditation", "badges", "venue_lists"}),
        (6, {"lists", "accreditation", "badges", "venue_lists"}),
        (3, {"lists", "badges", "venue_lists"}),
    ],
)
def test_registration_is_open_for_a_visit_at_any_notice(
    acting: Acting, days: int, kinds: set[str]
) -> None:
    with acting(OFFICER) as act:
        starts = act.at + timedelta(days=days)
        visit = stage_visit(act, starts_at=starts, ends_at=starts + timedelta(hours=4))
        found = calendar(act, visit)
        assert set(found) == kinds
        assert min(found.values()) > act.at
        assert found["lists"] == visit.register_by
        guest = replace(act, principal=replace(OFFICER, kind="delegation"))
        open_for(guest, visit)


def test_the_last_evening_stays_open_until_the_visit_begins(acting: Acting) -> None:
    with acting(OFFICER) as act:
        starts = act.at + timedelta(hours=1)
        visit = stage_visit(act, starts_at=starts, ends_at=starts + timedelta(hours=4))
        assert visit.register_by == starts
        assert visit.reply_by is None


def test_a_visit_that_moves_takes_its_day_and_its_dates_along(acting: Acting) -> None:
    with acting(OFFICER) as act:
        starts = datetime(2027, 3, 24, 9, tzinfo=UTC)
        ends = starts + timedelta(hours=4)
        visit = stage_visit(act, starts_at=starts, ends_at=ends, timezone="Europe/Berlin")
        item = AgendaItem(visit_id=visit.id, kind="welcome", title={"en": "Welcome"},
                          starts_at=starts, minutes=10)  # fmt: skip
        act.session.add_all([item, TourRules(visit_id=visit.id, starts_at=starts, horizon=84)])
        act.session.flush()
        before, terms = calendar(act, visit), (visit.reply_by, visit.register_by)
        after = starts + timedelta(days=7) - timedelta(hours=1)  # the clocks change between
        new = details(visit, starts_at=after, ends_at=after + timedelta(hours=4))
        assert change_visit(act, visit, new) == 7
        assert item.starts_at == after
        assert act.session.get_one(TourRules, visit.id).starts_at == after
        assert (visit.reply_by, visit.register_by) == terms
        found = calendar(act, visit)
        assert {kind for kind in found if found[kind] == before[kind]} == {"replies", "lists"}
        assert found["badges"] - before["badges"] == timedelta(days=7) - timedelta(hours=1)
        assert change_visit(act, visit, details(visit, nuncio_first=True)) == 0
        assert calendar(act, visit) == found


def test_the_calendar_and_the_terms_say_the_same(acting: Acting) -> None:
    with acting(OFFICER) as act:
        visit = stage_visit(act)
        assert visit.register_by is not None
        later = visit.register_by + timedelta(days=1)
        change_visit(act, visit, details(visit, register_by=later))
        row = act.session.scalars(select(Deadline).filter_by(visit_id=visit.id, kind="lists")).one()
        assert row.at == later
        change_deadline(act, visit, row, row.title, later + timedelta(hours=1))
        assert visit.register_by == later + timedelta(hours=1)
