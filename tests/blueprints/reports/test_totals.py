"""Totals over HTTP: what they count, and that they name nobody."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from tests.support.application import Acting
from tests.support.database import Tables
from tests.support.signing_in import make_account, sign_in
from tests.support.staged import OFFICER, stage_delegation, stage_person, stage_visit
from tests.support.visitor import Visitor
from visitplanner.models import Participant, Person
from visitplanner.services import invitations
from visitplanner.services.delegations import withdraw_delegation
from visitplanner.services.missions import mission_for
from visitplanner.services.participants import withdraw_participant

pytestmark = pytest.mark.both_databases


@pytest.fixture
def observer(app: Flask, acting: Acting, client: Visitor) -> Visitor:
    """Of a visit with an embassy and a trade mission, an organisation, and a mission that stays."""
    with acting(OFFICER) as act:
        visit = stage_visit(act)
        embassy = stage_delegation(act, visit, "viet-nam")
        trade = invitations.invite(act, visit, mission_for(act, "viet-nam", "trade_mission"))
        other = invitations.opened_delegation(act, trade)
        league = stage_delegation(act, visit, "league-of-arab-states")
        away = stage_delegation(act, visit, "algeria")
        head = stage_person(act, embassy, "Canaryhead", function="head", category="head")
        head.person.rank_code, head.status = "ambassador", "approved"
        head.arrived_at = datetime.now(UTC)
        stage_person(act, embassy, "Canary")
        withdraw_participant(act, stage_person(act, embassy, "Gone"))
        stage_person(act, other, "Canary").status = "submitted"
        stage_person(act, league, "Canary")
        stage_person(act, away, "Canary")
        withdraw_delegation(act, away)
        account = make_account(app, "observer", visit)
    return sign_in(client, account)  # type: ignore[return-value]


def test_everything_is_counted_by_the_fixed_rules(observer: Visitor) -> None:
    page = observer.read("/visits/arctic/?language=en")
    assert page.address.startswith("/visits/arctic/reports")
    assert page.texts("h1") == ["1 country, 3 missions, 4 people"]
    assert page.texts(".sentence-numbers") == [
        "Missions of international organisations among them: 1. Arrived so far: 1 , countries: 1 ."
    ]
    assert page.texts("tbody tr") == [
        "Head of mission 1 1 1 0 1",
        "Delegate 3 1 0 0 0",
        "In all 4 2 1 0 1",
    ]
    assert page.texts("aside dd") == ["0", "0", "0", "4", "1"]


def test_nobody_is_named(observer: Visitor, rows: Tables) -> None:
    assert rows.count(Person) == rows.count(Participant) == 6
    page = observer.read("/visits/arctic/reports")
    assert "anary" not in page.html
    for closed in ("delegations", "people", "organisations", "checkin", "badges"):
        observer.read(f"/visits/arctic/{closed}", status=403)


def test_a_new_visit_says_that_there_is_nobody(app: Flask, acting: Acting, client: Visitor) -> None:
    with acting(OFFICER) as act:
        account = make_account(app, "press", stage_visit(act))
    page = sign_in(client, account).read("/visits/arctic/reports?language=en")  # type: ignore[attr-defined]
    assert page.texts("h1") == ["0 countries, 0 missions, 0 people"]
    assert page.texts(".empty-state h3") == ["Nobody is on the lists yet"]
