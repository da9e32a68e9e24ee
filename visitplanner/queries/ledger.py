"""The ledger of invitations: every mission of a visit with its note and its reply."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitplanner.domain.collation import sort_key
from visitplanner.models import Delegation, Invitation, Mission
from visitplanner.queries.links import LinkLine, latest_links
from visitplanner.queries.names import StateLabel, state_labels


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One mission's line. `late`: no reply and the term has passed; `link`: the latest live one."""

    id: str
    code: str
    state: StateLabel
    mission_kind: str
    note_number: str
    note_date: date | None
    channel: str
    quota: int
    taken: int
    reply_by: datetime | None
    sent_at: datetime | None
    reply: str
    reply_number: str
    reply_date: date | None
    remarks: str
    late: bool
    reachable: bool
    withdrawn: bool
    link: LinkLine | None

    @property
    def due_link(self) -> bool:
        """Whether the mission ought to have a link: all but those that do not come."""
        return not self.withdrawn and self.reply != "declined"


def ledger(session: Session, visit_id: str, language: str, now: datetime) -> list[LedgerLine]:
    """All lines in the order of the alphabet of the page."""
    rows = session.execute(
        select(Invitation, Mission, Delegation)
        .join(Mission, Mission.id == Invitation.mission_id)
        .outerjoin(Delegation, Delegation.invitation_id == Invitation.id)
        .where(Invitation.visit_id == visit_id)
    )
    found = list(rows)
    labels = state_labels(
        session, visit_id, language, {mission.state_key for _, mission, _ in found}
    )
    links = latest_links(session, visit_id)
    lines = [_line(*row, labels=labels, links=links, now=now) for row in found]
    lines.sort(key=lambda line: (sort_key(line.state.filing, language), line.mission_kind))
    return lines


def _line(
    invitation: Invitation,
    mission: Mission,
    delegation: Delegation | None,
    *,
    labels: Mapping[str, StateLabel],
    links: Mapping[str, LinkLine],
    now: datetime,
) -> LedgerLine:
    overdue = invitation.reply_by is not None and invitation.reply_by < now
    return LedgerLine(
        id=invitation.id,
        code=delegation.code if delegation else "",
        state=labels[mission.state_key],
        mission_kind=mission.kind,
        note_number=invitation.note_number,
        note_date=invitation.note_date,
        channel=invitation.channel,
        quota=invitation.quota,
        taken=delegation.taken if delegation else 0,
        reply_by=invitation.reply_by,
        sent_at=invitation.sent_at,
        reply=invitation.reply,
        reply_number=invitation.reply_number,
        reply_date=invitation.reply_date,
        remarks=invitation.remarks,
        late=overdue and invitation.reply == "none",
        reachable=bool((delegation and delegation.focal_email) or mission.emails),
        withdrawn=delegation is not None and delegation.withdrawn_at is not None,
        link=links.get(delegation.id) if delegation else None,
    )


def invited_states(session: Session, visit_id: str) -> frozenset[str]:
    """Keys of the senders that have an invitation already."""
    return frozenset(
        session.scalars(
            select(Mission.state_key)
            .join(Invitation, Invitation.mission_id == Mission.id)
            .where(Invitation.visit_id == visit_id)
        )
    )
