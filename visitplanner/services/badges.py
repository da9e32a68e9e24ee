"""Badges: issue, reprint (which revokes the old one), revoke. Nothing before approval."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, select, update

from visitplanner.domain.accreditation import Action
from visitplanner.domain.badges import EPOCH, LATEST, Payload, sign, zone_bits
from visitplanner.domain.refusals import Refusal
from visitplanner.models import Badge, Delegation, Organisation, Participant, Visit, Zone, new_key
from visitplanner.queries.standing import let_in, sender_comes
from visitplanner.services.act import Act
from visitplanner.services.signing import active_key, private_bytes
from visitplanner.services.steps import live_badge, take_step

GRACE = timedelta(hours=6)


def lock_visit(act: Act, visit: Visit) -> None:
    """Let serial numbers be given one at a time (PostgreSQL; SQLite writes are alone anyway)."""
    act.session.execute(select(Visit.id).where(Visit.id == visit.id).with_for_update())


def _write_badge(
    act: Act, visit: Visit, participant: Participant, *, old: Badge | None, reason: str
) -> Badge:
    key = active_key(act, visit)
    bits = {
        zone.letter: zone.bit
        for zone in act.session.scalars(select(Zone).where(Zone.visit_id == visit.id))
    }
    count = act.session.scalar(select(func.count(Badge.id)).where(Badge.visit_id == visit.id)) or 0
    number = hashlib.sha256(new_key().encode() + act.instance.vault.derive("badge")).hexdigest()
    until = visit.badges_valid_until or visit.ends_at + GRACE
    if not EPOCH < until <= LATEST:
        raise Refusal("badge-term", first=EPOCH.year, last=LATEST.year)
    category = participant.category
    payload = Payload(
        key_number=key.number,
        number=number[:14],
        category=category.number,
        zones=zone_bits(category.zones, bits),
        until=until,
    )
    row = Badge(
        visit_id=visit.id,
        participant_id=participant.id,
        person_id=participant.person_id,
        key_number=key.number,
        number=payload.number,
        serial=f"{category.letter}-{count + 1:04}",
        code_text=sign(payload, private_bytes(act.instance.vault, key)),
        issued_at=act.at,
        issued_by=act.principal.id if act.principal.is_staff and act.principal.id else None,
        valid_until=until,
        reprint_of=old.id if old else None,
        reprint_reason=reason,
    )
    act.record("badge.reprinted" if old else "badge.issued", row, after={"serial": row.serial})
    act.session.flush()
    return row


def issue(act: Act, visit: Visit, participant: Participant) -> Badge:
    """Issue the participant's badge within the caller's transaction.

    Raises Refusal: badge-before-approval, badge-before-clearance, badge-already-issued.
    """
    take_step(act, participant, Action.ISSUE_BADGE)
    return _write_badge(act, visit, participant, old=None, reason="")


def issue_badge(act: Act, visit: Visit, participant: Participant) -> Badge:
    """Issue one badge; see `issue`."""
    lock_visit(act, visit)
    badge = issue(act, visit, participant)
    act.commit()
    return badge


def reprint_badge(act: Act, visit: Visit, participant: Participant, reason: str) -> Badge:
    """A new badge under a new number; the old one is refused from now on. `reason` is kept."""
    lock_visit(act, visit)
    old = live_badge(act, participant)
    take_step(act, participant, Action.REPRINT_BADGE, reason=reason)
    act.session.flush()
    badge = _write_badge(act, visit, participant, old=old, reason=reason)
    act.commit()
    return badge


def revoke_badge(act: Act, participant: Participant, reason: str) -> None:
    """Make the live badge invalid without a new one (lost, taken away)."""
    take_step(act, participant, Action.REVOKE_BADGE, reason=reason)
    act.commit()


def ready_for_badge(act: Act, visit: Visit, ids: Sequence[str] | None = None) -> list[Participant]:
    """Participants whose badge may be printed, with or without one yet, in the lists' order.

    Without `ids` all of them but those of delegations that do not come.
    """
    query = (
        select(Participant)
        .outerjoin(Delegation, Delegation.id == Participant.delegation_id)
        .outerjoin(Organisation, Organisation.id == Participant.organisation_id)
        .where(Participant.visit_id == visit.id, Participant.status.in_(let_in(visit)))
        .order_by(
            Delegation.code.nulls_first(),  # on every database
            Organisation.code.nulls_first(),
            Participant.position,
            Participant.id,
        )
    )
    chosen = sender_comes() if ids is None else Participant.id.in_(ids)
    return list(act.session.scalars(query.where(chosen)))


def mark_printed(act: Act, badge_ids: Sequence[str]) -> None:
    """Note that these badges have been on paper."""
    act.session.execute(update(Badge).where(Badge.id.in_(badge_ids)).values(printed_at=act.at))
