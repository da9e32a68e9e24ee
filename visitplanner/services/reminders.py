"""Reminders to missions: who has not answered is asked to, who has is asked for the list."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from visitplanner.domain.refusals import Refusal
from visitplanner.models import Delegation, Visit
from visitplanner.queries.links import mission_name
from visitplanner.queries.states import shown_row
from visitplanner.services import mail
from visitplanner.services.act import Act

FALL_BACK = "en"


def address_of(delegation: Delegation) -> str:
    """The focal point's address, else the mission's first; empty without either."""
    return next((one for one in (delegation.focal_email, *delegation.mission.emails) if one), "")


def remind(act: Act, visit: Visit, delegations: Sequence[Delegation]) -> tuple[int, int]:
    """Write a reminder to each (mission and invitation loaded); how many, and how many could not.

    A mission without a usable address, or with too many letters this hour, is left out. Commits.
    """
    sent = 0
    for delegation in delegations:
        address = address_of(delegation)
        try:
            if not address:
                continue
            _write(act, visit, delegation, address)
        except Refusal:
            continue
        act.record("delegation.reminded", delegation, before={}, after={"recipient": address})
        sent += 1
    act.commit()
    return sent, len(delegations) - sent


def _write(act: Act, visit: Visit, delegation: Delegation, address: str) -> None:
    invitation = delegation.invitation
    answered = invitation is None or invitation.reply in ("accepted", "tentative")
    spoken = [one for one in delegation.mission.languages if one in visit.languages]
    code = (spoken or [FALL_BACK])[0]
    term = visit.register_by if answered else (invitation and invitation.reply_by) or visit.reply_by
    shown = shown_row(act.session, visit.id, delegation.mission.state_key)
    values = {
        "name": _said(mission_name(delegation.mission, shown), code),
        "visit": _said(visit.title, code),
        "day": visit.day.strftime("%d.%m.%Y"),
        "term": _local(term or visit.starts_at, visit.timezone),
    }
    template = "list_reminder" if answered else "reply_reminder"
    mail.send(act, template, address, code, values, visit_id=visit.id)


def _local(at: datetime, timezone: str) -> str:
    return at.astimezone(ZoneInfo(timezone)).strftime("%d.%m.%Y %H:%M")


def _said(texts: dict[str, str], language: str) -> str:
    found = (texts.get(code) for code in (language, "en", "ru"))
    return next((words for words in found if words), next(iter(texts.values()), ""))
