"""Reminders: who is asked for an answer, who for the list, who cannot be reached."""

import pytest
from sqlalchemy import select

from tests.support.application import Acting
from tests.support.staged import OFFICER, stage_delegation, stage_visit
from visitplanner.models import AuditEntry, Invitation, MailMessage
from visitplanner.services.reminders import remind


@pytest.mark.both_databases
def test_each_is_reminded_of_what_is_missing(acting: Acting) -> None:
    with acting(OFFICER) as act:
        visit = stage_visit(act)
        silent = stage_delegation(act, visit, "algeria")
        coming = stage_delegation(act, visit, "armenia")
        mute = stage_delegation(act, visit, "viet-nam")
        broken = stage_delegation(act, visit, "japan")
        silent.focal_email, coming.focal_email = "a@mission.example", "b@mission.example"
        broken.focal_email = "not an address"
        coming.mission.languages = ["ru"]
        act.session.get_one(Invitation, coming.invitation_id).reply = "accepted"
        act.session.commit()
        assert remind(act, visit, [silent, coming, mute, broken]) == (2, 2)
        rows = act.session.scalars(select(MailMessage).order_by(MailMessage.recipient)).all()
        assert [(row.recipient, row.template, row.language) for row in rows] == [
            ("a@mission.example", "reply_reminder", "en"),
            ("b@mission.example", "list_reminder", "ru"),
        ]
        assert rows[1].subject == "Ваш состав ещё не полон: Визит arctic"
        reminded = act.session.scalars(
            select(AuditEntry.object_id).where(AuditEntry.action == "delegation.reminded")
        )
        assert set(reminded) == {silent.id, coming.id}
