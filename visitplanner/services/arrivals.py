"""Arrivals noted by name at the desk, and arrivals taken back."""

from sqlalchemy import select, update

from visitplanner.domain.access import permissions
from visitplanner.domain.accreditation import Action, Rules, decide
from visitplanner.domain.badges import Verdict
from visitplanner.models import Checkpoint, Participant, Scan, Visit, new_key
from visitplanner.queries.admission import PASSED
from visitplanner.services.act import Act
from visitplanner.services.admission import write_arrival
from visitplanner.services.steps import live_badge, rules_of, standing_of

DESK = "desk"


def check_in_by_name(act: Act, visit: Visit, participant_id: str) -> Participant:
    """Note an arrival without a scan: heads who are never scanned, a badge left at the embassy.

    Raises Refusal: already-arrived, badge-before-approval, badge-before-clearance.
    """
    row = _locked(act, visit, participant_id)
    _require(act, visit, row, Action.ARRIVE)
    badge = live_badge(act, row)
    scan = Scan(
        id=new_key(),
        visit_id=visit.id,
        checkpoint_id=_entrance(act, visit),
        participant_id=row.id,
        badge_number=badge.number if badge else "",
        verdict=str(Verdict.OK),
        typed=True,
        device=DESK,
        scanned_at=act.at,
        received_at=act.at,
        account_id=act.principal.id if act.principal.is_staff and act.principal.id else None,
    )
    act.record("scan.by-name", scan, before={}, after={"participant": row.id})
    write_arrival(act, row, act.at)
    act.commit()
    return row


def undo_arrival(act: Act, visit: Visit, participant_id: str) -> Participant:
    """Take an arrival back: every scan that let this person pass is marked, none is deleted.

    Raises Refusal: not-arrived.
    """
    row = _locked(act, visit, participant_id)
    _require(act, visit, row, Action.UNDO_ARRIVAL)
    act.session.execute(
        update(Scan)
        .where(Scan.participant_id == row.id, Scan.undone_at.is_(None), Scan.verdict.in_(PASSED))
        .values(undone_at=act.at)
    )
    write_arrival(act, row, None)
    act.commit()
    return row


def _locked(act: Act, visit: Visit, participant_id: str) -> Participant:
    """The participant of this visit, held until the end; raises NotFound."""
    act.session.execute(
        select(Participant.id)
        .where(Participant.id == participant_id)
        .with_for_update(key_share=True)
    )
    row = act.get(Participant, participant_id, visit_id=visit.id)
    act.session.refresh(row)
    return row


def _require(act: Act, visit: Visit, row: Participant, action: Action) -> None:
    """Ask the domain; at the desk a badge is not asked for, approval is."""
    decide(
        standing_of(act, row),
        action,
        rules=Rules(rules_of(visit).clearance_required, badge_exempt=True),
        held=permissions(act.principal, visit.id),
    )


def _entrance(act: Act, visit: Visit) -> str | None:
    return act.session.scalar(
        select(Checkpoint.id)
        .where(Checkpoint.visit_id == visit.id, Checkpoint.kind == "entrance")
        .order_by(Checkpoint.position, Checkpoint.id)
        .limit(1)
    )
