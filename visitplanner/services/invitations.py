"""The ledger of notes verbales: invite, change, record replies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from visitplanner.domain.refusals import Refusal
from visitplanner.models import Delegation, Invitation, Mission, Visit
from visitplanner.services.act import Act, check_version
from visitplanner.services.delegations import MOST_QUOTA, new_delegation

CHANNELS = ("note", "letter", "email", "phone")
REPLIES = ("none", "accepted", "tentative", "declined")


@dataclass(frozen=True, slots=True)
class Note:
    """How a mission is invited: number and date of the note verbale, channel, answer by when."""

    number: str = ""
    dated: date | None = None
    channel: str = "note"
    quota: int | None = None
    reply_by: datetime | None = None
    sent_at: datetime | None = None
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a mission answered, and by which paper or call."""

    reply: str
    number: str = ""
    dated: date | None = None
    remarks: str = ""


def invite(
    act: Act, visit: Visit, mission: Mission, note: Note | None = None, *, commit: bool = True
) -> Invitation:
    """Invite a mission: its line in the ledger and its empty delegation, in one transaction.

    Without a quota or reply-by the visit's own hold, the latter while it is to come. Refusals:
    already-invited, quota-out-of-range, no-such-channel, note-number-used.
    """
    note = note or Note()
    quota = visit.default_quota if note.quota is None else note.quota
    if not 0 <= quota <= MOST_QUOTA:
        raise Refusal("quota-out-of-range", field="quota", most=MOST_QUOTA)
    if note.channel not in CHANNELS:
        raise Refusal("no-such-channel", field="channel")
    if _invitation_of(act, visit, mission) is not None:
        raise Refusal("already-invited", field="mission")
    invitation = Invitation(
        visit_id=visit.id,
        mission_id=mission.id,
        note_number=note.number,
        note_date=note.dated,
        channel=note.channel,
        quota=quota,
        reply_by=note.reply_by or _term(act, visit),
        sent_at=note.sent_at,
        remarks=note.remarks,
    )
    act.record("invitation.added", invitation)
    new_delegation(act, visit, mission, quota=quota, invitation=invitation)
    if commit:
        act.commit()
    return invitation


def _term(act: Act, visit: Visit) -> datetime | None:
    """The visit's own term for replies, unless it is past: nobody is invited to be late."""
    return visit.reply_by if visit.reply_by and visit.reply_by > act.at else None


def invite_all(
    act: Act, visit: Visit, missions: Sequence[Mission], note: Note, *, commit: bool = True
) -> tuple[list[Invitation], int]:
    """Invite many missions at once, all or none; who is invited already is left as it is.

    Notes with a number that ends in digits count on: 1207, 1208, … Returns the new
    invitations and how many were left out.
    """
    done: list[Invitation] = []
    skipped = 0
    for mission in missions:
        if _invitation_of(act, visit, mission) is not None:
            skipped += 1
            continue
        numbered = Note(
            number=counted_on(note.number, len(done)),
            dated=note.dated,
            channel=note.channel,
            quota=note.quota,
            reply_by=note.reply_by,
            sent_at=note.sent_at,
            remarks=note.remarks,
        )
        done.append(invite(act, visit, mission, numbered, commit=False))
    if commit:
        act.commit()
    return done, skipped


def counted_on(number: str, by: int) -> str:
    """The note number `by` further on: "45/н-09" + 3 = "45/н-12"; without digits unchanged."""
    digits = ""
    while number and number[-1].isdigit() and number[-1].isascii():
        digits, number = number[-1] + digits, number[:-1]
    if not digits:
        return number
    return f"{number}{int(digits) + by:0{len(digits)}d}"


def _invitation_of(act: Act, visit: Visit, mission: Mission) -> Invitation | None:
    return act.session.scalar(
        select(Invitation).where(
            Invitation.visit_id == visit.id, Invitation.mission_id == mission.id
        )
    )


def change_invitation(
    act: Act, invitation: Invitation, note: Note, *, version: int | None = None
) -> None:
    """Correct number, date, channel, term and remarks of a note. Stale when saved meanwhile."""
    check_version(invitation, version)
    if note.channel not in CHANNELS:
        raise Refusal("no-such-channel", field="channel")
    values = {
        "note_number": note.number,
        "note_date": note.dated,
        "channel": note.channel,
        "reply_by": note.reply_by,
        "sent_at": note.sent_at,
        "remarks": note.remarks,
    }
    _write(act, invitation, values, "invitation.changed")
    act.commit()


def record_reply(
    act: Act, invitation: Invitation, reply: Reply, *, version: int | None = None
) -> None:
    """Enter what the mission answered. A mission that declined has its delegation withdrawn.

    Refusal("no-such-reply"); Refusal("reply-has-people") when it declines while people stand
    on its list: they are withdrawn first.
    """
    check_version(invitation, version)
    _enter(act, invitation, reply)
    act.commit()


def _enter(act: Act, invitation: Invitation, reply: Reply) -> None:
    if reply.reply not in REPLIES:
        raise Refusal("no-such-reply", field="reply")
    delegation = act.session.scalar(
        select(Delegation).where(Delegation.invitation_id == invitation.id)
    )
    if reply.reply == "declined" and delegation is not None and delegation.taken:
        raise Refusal("reply-has-people", field="reply", taken=delegation.taken)
    if delegation is None and reply.reply in ("accepted", "tentative"):
        delegation = opened_delegation(act, invitation)
    values = {
        "reply": reply.reply,
        "reply_number": reply.number,
        "reply_date": reply.dated,
        "remarks": reply.remarks,
    }
    if delegation is not None:
        declined = reply.reply == "declined"
        if declined != (delegation.withdrawn_at is not None):
            delegation.withdrawn_at = act.at if declined else None
    _write(act, invitation, values, "invitation.answered")


def record_replies(act: Act, invitations: Sequence[Invitation], reply: str) -> tuple[int, int]:
    """Enter the same answer for several missions: how many it was, how many were left out

    because people stand on their lists. Numbers, dates and remarks that are known stay. Commits.
    """
    done = 0
    for row in invitations:
        try:
            _enter(act, row, Reply(reply, row.reply_number, row.reply_date, row.remarks))
        except Refusal as refusal:
            if refusal.code != "reply-has-people":
                raise
            continue
        done += 1
    act.commit()
    return done, len(invitations) - done


def mark_sent(act: Act, invitations: Sequence[Invitation]) -> int:
    """Note that these notes have left the house; how many had not before."""
    fresh = [row for row in invitations if row.sent_at is None]
    for row in fresh:
        row.sent_at = act.at
        act.record("invitation.sent", row)
    act.commit()
    return len(fresh)


def _write(act: Act, invitation: Invitation, values: Mapping[str, object], action: str) -> None:
    for name, value in values.items():
        if getattr(invitation, name) != value:
            setattr(invitation, name, value)
    before, after = act.changes(invitation)
    if after:
        act.record(action, invitation, before=before, after=after)


def invitations_of(act: Act, visit: Visit, ids: Sequence[str]) -> list[Invitation]:
    """Those of these ids that belong to the visit."""
    query = select(Invitation).where(Invitation.visit_id == visit.id, Invitation.id.in_(list(ids)))
    return list(act.session.scalars(query))


def delegation_code(act: Act, invitation: Invitation) -> str:
    """The code of the invitation's delegation."""
    query = select(Delegation.code).where(Delegation.invitation_id == invitation.id)
    return act.session.scalar(query) or ""


def opened_delegation(act: Act, invitation: Invitation) -> Delegation:
    """The invitation's delegation, made when it has none yet (the caller commits)."""
    query = select(Delegation).where(Delegation.invitation_id == invitation.id)
    found = act.session.scalar(query)
    if found is not None:
        return found
    visit = act.session.get_one(Visit, invitation.visit_id)
    mission = act.session.get_one(Mission, invitation.mission_id)
    return new_delegation(act, visit, mission, quota=invitation.quota, invitation=invitation)


def open_delegations(act: Act, invitations: Sequence[Invitation]) -> None:
    """Make the delegations that are missing. Commits."""
    for invitation in invitations:
        opened_delegation(act, invitation)
    act.commit()
