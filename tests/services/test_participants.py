"""Places of a quota and a group, heads, replacement, order: what the rows look like afterwards."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support.application import Acting
from tests.support.staged import (
    OFFICER,
    named,
    stage_delegation,
    stage_group,
    stage_person,
    stage_visit,
)
from visitplanner.domain.refusals import Refusal, Stale
from visitplanner.models import (
    AuditEntry,
    Badge,
    Delegation,
    Occupancy,
    Participant,
    Person,
    TourGroup,
)
from visitplanner.services import delegations, participants
from visitplanner.services.act import Act
from visitplanner.services.places import move_to_group

pytestmark = pytest.mark.both_databases


def test_the_quota_is_taken_and_given_back(acting: Acting) -> None:
    with acting(OFFICER) as act:
        visit = stage_visit(act)
        delegation = stage_delegation(act, visit, quota=1)
        first = stage_person(act, delegation, "Benali")
        with pytest.raises(Refusal) as refused:
            stage_person(act, delegation, "Haddad")
        assert (refused.value.code, refused.value.details) == (
            "quota-full",
            {"quota": 1, "taken": 1},
        )
    with acting(OFFICER, visit) as act:
        delegation = act.get(Delegation, delegation.id)
        first = act.get(Participant, first.id)
        assert act.session.query(Person).count() == 1
        participants.withdraw_participant(act, first)
        assert delegation.taken == 0
        second = stage_person(act, delegation, "Haddad")
        with pytest.raises(Refusal, match="quota-full"):
            participants.reinstate_participant(act, first)
        act.session.rollback()
        assert {row.id: row.status for row in act.session.query(Participant)} == {
            first.id: "withdrawn",
            second.id: "draft",
        }


def test_interpreters_and_drivers_do_not_use_the_quota(acting: Acting) -> None:
    with acting(OFFICER) as act:
        delegation = stage_delegation(act, stage_visit(act), quota=0)
        stage_person(act, delegation, "Karimi", function="interpreter")
        stage_person(act, delegation, "Sari", function="driver")
        assert delegation.taken == 0
        with pytest.raises(Refusal, match="quota-full"):
            stage_person(act, delegation, "Benali")


def test_the_last_place_wanted_by_many_goes_to_exactly_one(acting: Acting, app: Flask) -> None:
    with acting(OFFICER) as act:
        visit = stage_visit(act)
        delegation = stage_delegation(act, visit, quota=1)

    def want(number: int) -> str:
        with acting(OFFICER, visit) as own:
            try:
                mine = own.session.get_one(Delegation, delegation.id)
                stage_person(own, mine, f"Guest {number}")
            except Refusal as refusal:
                return refusal.code
        return "taken"

    with ThreadPoolExecutor(6) as pool:
        answers = sorted(pool.map(want, range(6)))
    assert answers == ["quota-full"] * 5 + ["taken"]
    with acting(OFFICER, visit) as act:
        assert act.session.get_one(Delegation, delegation.id).taken == 1
        assert act.session.query(Participant).count() == 1


def test_the_last_place_of_a_group_goes_to_exactly_one(acting: Acting) -> None:
    with acting(OFFICER) as act:
        visit = stage_visit(act)
        delegation = stage_delegation(act, visit, quota=6)
        ids = [stage_person(act, delegation, f"Guest {number}").id for number in range(6)]
        group = stage_group(act, visit, people=1)

    def want(key: str) -> str:
        with acting(OFFICER, visit) as own:
            try:
                row = own.get(Participant, key)
                participants.assign_group(own, [row], own.get(TourGroup, group.id))
            except Refusal as refusal:
                return refusal.code
        return "in"

    with ThreadPoolExecutor(6) as pool:
        answers = sorted(pool.map(want, ids))
    assert answers == ["group-full"] * 5 + ["in"]
    with acting(OFFICER, visit) as act:
        assert act.get(TourGroup, group.id).taken == 1


def test_the_quota_cannot_fall_below_the_places_taken(acting: Acting) -> None:
    with acting(OFFICER) as act:
        visit = stage_visit(act)
        delegation = stage_delegation(act, visit, quota=3)
        stage_person(act, delegation, "Benali")
        stage_person(act, delegation, "Haddad")
        with pytest.raises(Refusal) as refused:
            delegations.change_quota(act, delegation, 1)
        assert (refused.value.code, refused.value.field) == ("quota-below-taken", "quota")
        delegations.change_quota(act, delegation, 2)
        assert delegation.invitation is not None
        assert (delegation.quota, delegation.invitation.quota) == (2, 2)


def test_a_delegation_has_one_head(acting: Acting) -> None:
    with acting(OFFICER) as act:
        delegation = stage_delegation(act, stage_visit(act))
        head = stage_person(act, delegation, "Benali", function="head")
        assert head.category.code == "head"
        with pytest.raises(Refusal, match="head-taken"):
            stage_person(act, delegation, "Haddad", function="head")
        other = stage_person(act, delegation, "Haddad")
        with pytest.raises(Refusal, match="head-taken"):
            participants.change_person(act, other, named("Haddad"), function="head")
        act.session.rollback()
        participants.withdraw_participant(act, act.get(Participant, head.id))
        participants.change_person(
            act, act.get(Participant, other.id), named("Haddad"), function="head"
        )
        with pytest.raises(Refusal, match="head-taken"):
            participants.reinstate_participant(act, act.get(Participant, head.id))


def test_replacing_keeps_the_place_and_ends_the_badge(acting: Acting) -> None:
    with acting(OFFICER) as act:
        visit = stage_visit(act)
        delegation = stage_delegation(act, visit)
        row = stage_person(act, delegation, "Benali", function="head")
        group = stage_group(act, visit, "C")
        move_to_group(act, row, group)
        row.seat, row.status = "A1", "approved"
        badge = Badge(
            visit_id=visit.id,
            participant_id=row.id,
            person_id=row.person_id,
            key_number=1,
            number="0" * 14,
            serial="E-0001",
            code_text="PB1:",
            valid_until=datetime(2030, 1, 1, tzinfo=UTC),
        )
        act.session.add(badge)
        act.session.commit()
        old = row.person_id
        new = participants.replace_person(act, row, named("Haddad"), reason="called away")
        assert (row.person_id, row.status, row.seat, row.position) == (new.id, "draft", "A1", 1)
        assert (row.function, row.category.code, row.group_id) == ("head", "head", group.id)
        assert (delegation.taken, group.taken) == (1, 1)
        assert badge.revoked_at is not None
        found = act.session.scalars(select(Occupancy).order_by(Occupancy.since)).all()
        assert [(one.person_id, one.until is None, one.reason) for one in found] == [
            (old, False, "called away"),
            (new.id, True, ""),
        ]
        actions = set(act.session.scalars(select(AuditEntry.action)))
        assert {"participant.replaced", "badge.revoked", "person.written"} <= actions


def test_who_has_arrived_is_not_replaced(acting: Acting) -> None:
    with acting(OFFICER) as act:
        row = stage_person(act, stage_delegation(act, stage_visit(act)), "Benali")
        row.status, row.arrived_at = "approved", act.at
        act.session.commit()
        with pytest.raises(Refusal, match="already-arrived"):
            participants.replace_person(act, row, named("Haddad"))


def test_a_change_of_name_after_approval_asks_for_the_decision_again(acting: Acting) -> None:
    with acting(OFFICER) as act:
        row = stage_person(act, stage_delegation(act, stage_visit(act)), "Benali")
        row.status = "approved"
        act.session.commit()
        assert not participants.change_person(act, row, named("Benali", phone="+7 000"))
        assert row.status == "approved"
        assert participants.change_person(act, row, named("Ben Ali", phone="+7 000"))
        assert row.status == "submitted"


def test_two_people_saving_one_person(acting: Acting) -> None:
    with acting(OFFICER) as act:
        row = stage_person(act, stage_delegation(act, stage_visit(act)), "Benali")
        seen = row.person.version
        participants.change_person(act, row, named("Ben Ali"), version=seen)
        with pytest.raises(Stale):
            participants.change_person(act, row, named("Bin Ali"), version=seen)


def test_the_order_the_mission_gives(acting: Acting) -> None:
    with acting(OFFICER) as act:
        delegation = stage_delegation(act, stage_visit(act), quota=9)
        ids = [stage_person(act, delegation, name).id for name in ("A", "B", "C")]
        participants.reorder(act, delegation, [ids[2], "somebody-else", ids[0]])
        rows = act.session.scalars(select(Participant).order_by(Participant.position)).all()
        assert [row.id for row in rows] == [ids[2], ids[0], ids[1]]
        participants.move(act, rows[2], 1)
        rows = act.session.scalars(select(Participant).order_by(Participant.position)).all()
        assert [row.id for row in rows] == [ids[1], ids[2], ids[0]]


def test_a_group_full_half_way_takes_whom_it_can(acting: Acting) -> None:
    with acting(OFFICER) as act:
        visit = stage_visit(act)
        delegation = stage_delegation(act, visit, quota=3)
        rows = [stage_person(act, delegation, name) for name in ("A", "B", "C")]
        group = stage_group(act, visit, people=2)
        assert participants.assign_group(act, rows, group) == (2, 1)
        assert [row.group_id for row in rows] == [group.id, group.id, None]
        participants.withdraw_participant(act, rows[0])
        assert (group.taken, rows[0].group_id) == (1, None)


def test_a_form_that_lacks_something_is_not_handed_in(acting: Acting) -> None:
    with acting(OFFICER) as act:
        row = stage_person(act, stage_delegation(act, stage_visit(act)), "Benali")
        with pytest.raises(Refusal) as refused:
            participants.submit_participant(act, row)
        assert refused.value.details["fields"] == ("position", "photo", "consent")


def entries(act: Act, action: str) -> list[tuple[dict[str, object], dict[str, object]]]:
    """What the trail says of an action, before and after."""
    rows = act.session.scalars(select(AuditEntry).where(AuditEntry.action == action))
    return [(dict(row.before), dict(row.after)) for row in rows]


def test_the_trail_says_what_a_withdrawal_changed_though_it_was_flushed(acting: Acting) -> None:
    with acting(OFFICER) as act:
        visit = stage_visit(act)
        delegation = stage_delegation(act, visit)
        group = stage_group(act, visit)
        person = stage_person(act, delegation, "Benali")
        move_to_group(act, person, group)
        act.commit()
    with acting(OFFICER, visit) as act:
        person = act.get(Participant, person.id)
        participants.withdraw_participant(act, person)
        (told,) = entries(act, "participant.withdrawn")
        assert told[0]["status"] == "draft"
        assert told[0]["group_id"] == group.id
        assert told[1]["status"] == "withdrawn"
        assert told[1]["group_id"] is None
        participants.reinstate_participant(act, person)
        assert [
            (before["status"], after["status"])
            for before, after in entries(act, "participant.reinstated")
        ] == [("withdrawn", "draft")]


def test_the_trail_tells_each_change_once_and_nothing_that_was_undone(acting: Acting) -> None:
    with acting(OFFICER) as act:
        group = stage_group(act, stage_visit(act), people=10)
        act.commit()
        group.people = 11
        act.session.flush()
        group.people = 12
        act.record("group.first", group)
        act.session.flush()
        act.record("group.second", group)
        group.people = 13
        act.session.flush()
        act.record("group.third", group)
        group.people = 14
        act.session.flush()
        group.people = 13
        act.session.flush()
        act.record("group.fourth", group)
        act.session.flush()
        told = {
            row.action: (row.before, row.after)
            for row in act.session.scalars(
                select(AuditEntry).where(AuditEntry.object_id == group.id)
            )
            if row.action in ("group.first", "group.second", "group.third", "group.fourth")
        }
        assert told == {
            "group.first": ({"people": 10}, {"people": 12}),
            "group.second": ({}, {}),
            "group.third": ({"people": 12}, {"people": 13}),
            "group.fourth": ({}, {}),
        }
        group.people = 15
        act.session.flush()
        act.session.rollback()
        act.record("group.fifth", group)
        act.commit()
        assert entries(act, "group.fifth") == [({}, {})]
