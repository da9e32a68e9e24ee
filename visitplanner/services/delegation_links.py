"""Links of a delegation as whole use-cases: with the invitation, mailed, told once, ended."""

from collections.abc import Sequence
from dataclasses import dataclass

from visitplanner.domain.refusals import Refusal
from visitplanner.models import AccessLink, Delegation, Invitation, Mission, Visit
from visitplanner.services import invitations
from visitplanner.services.act import Act
from visitplanner.services.invitations import Note
from visitplanner.services.links import (
    issue_delegation_link,
    revoke_link,
    send_delegation_link,
)
from visitplanner.services.reminders import address_of


@dataclass(frozen=True, slots=True)
class Sent:
    """How many links went out by mail, and how many could not for want of an address."""

    sent: int = 0
    without: int = 0


def tell_link(act: Act, delegation: Delegation) -> str:
    """A new link's token, which is not told again."""
    token = issue_delegation_link(act, delegation)
    act.commit()
    return token


def end_link(act: Act, link: AccessLink) -> None:
    """End a link and the sessions that came from it."""
    revoke_link(act, link)
    act.commit()


def mail_link(act: Act, delegation: Delegation, fall_back: str, *, commit: bool = True) -> str:
    """A new link, mailed in the first language the mission keeps, else in `fall_back`.

    Returns the masked address. Raises Refusal: mission-no-address, mail-address, mail-too-many.
    """
    if not address_of(delegation):
        raise Refusal("mission-no-address", field="email")
    language = next((one for one in delegation.mission.languages if one), fall_back)
    return send_delegation_link(act, delegation, language, commit=commit)


def mail_links(act: Act, delegations: Sequence[Delegation], fall_back: str) -> Sent:
    """A new link to each delegation that can be reached by mail; the others are counted. Commits.

    A delegation that is off the list gets none.
    """
    sent = _mail_each(act, delegations, fall_back)
    act.commit()
    return sent


def invite_with_link(
    act: Act, visit: Visit, mission: Mission, note: Note, *, fall_back: str
) -> tuple[Invitation, str]:
    """Invite a mission and mail it its link in one transaction; the masked address.

    Without any address the mission is invited all the same and the address is empty.
    Raises what `invitations.invite` and `mail_link` raise.
    """
    invitation = invitations.invite(act, visit, mission, note, commit=False)
    delegation = invitations.opened_delegation(act, invitation)
    masked = ""
    if address_of(delegation):
        masked = mail_link(act, delegation, fall_back, commit=False)
    act.commit()
    return invitation, masked


def invite_all_with_links(
    act: Act, visit: Visit, missions: Sequence[Mission], note: Note, *, fall_back: str
) -> tuple[list[Invitation], int, Sent]:
    """Invite many missions and mail their links; as `invitations.invite_all`, and what was sent."""
    done, skipped = invitations.invite_all(act, visit, missions, note, commit=False)
    rows = [invitations.opened_delegation(act, row) for row in done]
    sent = _mail_each(act, rows, fall_back)
    act.commit()
    return done, skipped, sent


def _mail_each(act: Act, delegations: Sequence[Delegation], fall_back: str) -> Sent:
    sent = without = 0
    for delegation in delegations:
        try:
            if delegation.withdrawn_at is not None:
                raise Refusal("mission-no-address")
            with act.session.begin_nested():
                mail_link(act, delegation, fall_back, commit=False)
            sent += 1
        except Refusal:
            without += 1
    return Sent(sent, without)
