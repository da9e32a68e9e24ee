"""The ledger: inviting, counting notes on, replies."""

from datetime import date

import pytest

from tests.support.application import Acting
from tests.support.staged import OFFICER, stage_delegation, stage_person, stage_visit
from visitplanner.domain.refusals import NotFound, Refusal
from visitplanner.models import Delegation, Invitation, Mission
from visitplanner.services import invitations, missions
from visitplanner.services.invitations import Note, Reply, counted_on
from visitplanner.services.participants import withdraw_participant


@pytest.mark.parametrize(
    ("number", "by", "found"),
    [
        ("1207", 1, "1208"),
        ("45/н-09", 3, "45/н-12"),
        ("0999", 1, "1000"),
        ("дгп", 5, "дгп"),
        ("", 5, ""),
        ("12-a", 1, "12-a"),
    ],
)
def test_note_numbers_count_on(number: str, by: int, found: str) -> None:
    assert counted_on(number, by) == found


@pytest.mark.both_databases
def test_many_missions_get_notes_of_their_own(acting: Acting) -> None:
    with acting(OFFICER) as act:
        visit = stage_visit(act)
        rows = [missions.mission_for(act, key) for key in ("algeria", "viet-nam", "holy-see")]
        invitations.invite(act, visit, rows[0])
        done, skipped = invitations.invite_all(act, visit, rows, Note(number="7/9", quota=2))
        assert skipped == 1
        assert [row.note_number for row in done] == ["7/9", "7/10"]
        assert {row.code: row.quota for row in act.session.query(Delegation)} == {
            "dz": 3,
            "vn": 2,
            "va": 2,
        }
        assert [row.kind for row in rows] == ["embassy", "embassy", "nunciature"]


def test_two_missions_of_one_state_are_two(acting: Acting) -> None:
    with acting(OFFICER) as act:
        one = missions.mission_for(act, "viet-nam")
        other = missions.mission_for(act, "viet-nam", "trade_mission")
        assert missions.mission_for(act, "viet-nam").id == one.id
        assert (one.code, other.code) == ("vn", "vn-trade-mission")
        assert act.session.query(Mission).count() == 2
        with pytest.raises(NotFound, match="no-such-state"):
            missions.mission_for(act, "atlantis")


@pytest.mark.both_databases
def test_an_invitation_stands_once(acting: Acting) -> None:
    with acting(OFFICER) as act:
        visit = stage_visit(act)
        delegation = stage_delegation(act, visit)
        with pytest.raises(Refusal, match="already-invited"):
            invitations.invite(act, visit, delegation.mission)


@pytest.mark.both_databases
def test_replies(acting: Acting) -> None:
    with acting(OFFICER) as act:
        visit = stage_visit(act)
        delegation = stage_delegation(act, visit)
        row = act.session.query(Invitation).one()
        invitations.record_reply(act, row, Reply("accepted", "118", None, "by telephone"))
        assert (row.reply, row.reply_number, row.remarks) == ("accepted", "118", "by telephone")
        person = stage_person(act, delegation, "Benali")
        with pytest.raises(Refusal, match="reply-has-people"):
            invitations.record_reply(act, row, Reply("declined"))
        act.session.rollback()
        withdraw_participant(act, person)
        invitations.record_reply(act, row, Reply("declined"))
        assert delegation.withdrawn_at is not None
        invitations.record_reply(act, row, Reply("accepted"))
        assert delegation.withdrawn_at is None
        with pytest.raises(Refusal, match="no-such-reply"):
            invitations.record_reply(act, row, Reply("perhaps"))


@pytest.mark.both_databases
def test_one_reply_for_several_keeps_what_is_known_of_each(acting: Acting) -> None:
    with acting(OFFICER) as act:
        visit = stage_visit(act)
        full, empty = stage_delegation(act, visit), stage_delegation(act, visit, "viet-nam")
        stage_person(act, full, "Benali")
        day = date(2026, 11, 17)
        rows = [act.session.get_one(Invitation, one.invitation_id) for one in (full, empty)]
        for row in rows:
            invitations.record_reply(act, row, Reply("tentative", "118", day, "called"))
        assert invitations.record_replies(act, rows, "declined") == (1, 1)
        assert [(row.reply, row.reply_number, row.reply_date, row.remarks) for row in rows] == [
            ("tentative", "118", day, "called"),
            ("declined", "118", day, "called"),
        ]
        assert (full.withdrawn_at, empty.withdrawn_at is None) == (None, False)
        assert invitations.record_replies(act, rows, "accepted") == (2, 0)
        assert empty.withdrawn_at is None
