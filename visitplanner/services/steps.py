"""Steps of accreditation as the domain decides them, applied to a participant's row."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from visitplanner.domain import accreditation
from visitplanner.domain.access import permissions
from visitplanner.domain.accreditation import Action, Rules, Standing, Status
from visitplanner.domain.delegations import OUT_OF_LIST
from visitplanner.domain.person_form import FormRules, PersonForm, missing_fields
from visitplanner.domain.refusals import Refusal
from visitplanner.models import Badge, Category, Consent, Decision, Participant, Person, Visit
from visitplanner.services.act import Act
from visitplanner.services.places import move_to_group, release_place, take_place

ACTIVE = tuple(sorted(set(Status) - OUT_OF_LIST))


def live_badge(act: Act, participant: Participant) -> Badge | None:
    """The badge of this slot that has not been revoked."""
    return act.session.scalar(
        select(Badge).where(Badge.participant_id == participant.id, Badge.revoked_at.is_(None))
    )


def standing_of(act: Act, participant: Participant) -> Standing:
    """Where the occupant stands, with the two facts beside the status."""
    return Standing(
        Status(participant.status),
        badge_issued=live_badge(act, participant) is not None,
        arrived=participant.arrived_at is not None,
    )


def rules_of(visit: Visit) -> Rules:
    """What this visit asks before a badge may be printed."""
    return Rules(clearance_required=visit.clearance_required)


def form_rules_of(visit: Visit) -> FormRules:
    """What this visit asks of each person's form."""
    document = bool(visit.settings.get("document_required", False))
    return FormRules(photo_required=visit.photo_required, document_required=document)


def open_to(act: Act, participant: Participant) -> tuple[Action, ...]:
    """The steps the domain would let this principal take now, for buttons."""
    visit = act.session.get_one(Visit, participant.visit_id)
    return accreditation.open_actions(
        standing_of(act, participant),
        rules=rules_of(visit),
        held=permissions(act.principal, participant.visit_id),
        guest=act.principal.is_guest,
    )


def lacks(act: Act, participant: Participant) -> tuple[str, ...]:
    """The fields this person's form still lacks, in the order of the form."""
    visit = act.session.get_one(Visit, participant.visit_id)
    person = act.session.get_one(Person, participant.person_id)
    consent = act.session.scalar(
        select(Consent.id).where(
            Consent.person_id == person.id,
            Consent.kind == "processing",
            Consent.withdrawn_at.is_(None),
        )
    )
    form = PersonForm(
        family_name=person.family_name,
        given_name=person.given_name,
        name_order=person.name_order,
        position_en=person.position_en,
        position_ru=person.position_ru,
        category=participant.category_id,
        consent_given=consent is not None,
        photo=person.photo_id is not None,
        document_number=person.document_number,
    )
    return missing_fields(form, form_rules_of(visit))


def take_step(
    act: Act,
    participant: Participant,
    action: Action,
    *,
    outward: str = "",
    reason: str = "",
    missing: Sequence[str] = (),
) -> accreditation.Decision:
    """Ask the domain for the step and write it down; the caller's use-case commits.

    `outward` is what the mission reads, `reason` stays inside. Sets status and times, writes
    the Decision row, revokes the badge where the domain says so; who leaves the list gives back
    the place in quota and group, who returns takes one of the quota. Raises what
    `domain.accreditation.decide` and `take_place` raise.
    """
    visit = act.session.get_one(Visit, participant.visit_id)
    decided = accreditation.decide(
        standing_of(act, participant),
        action,
        rules=rules_of(visit),
        held=permissions(act.principal, participant.visit_id),
        guest=act.principal.is_guest,
        note=outward or reason,
        missing=missing,
    )
    apply(act, participant, decided, outward=outward, reason=reason)
    return decided


def apply(
    act: Act,
    participant: Participant,
    decided: accreditation.Decision,
    *,
    outward: str = "",
    reason: str = "",
) -> None:
    """Write a decision of the domain into the rows."""
    before, after = decided.before.status, decided.after.status
    if decided.revokes_badge:
        revoke_badge(act, participant, str(decided.action))
    if before in OUT_OF_LIST and after not in OUT_OF_LIST:
        _require_head_free(act, participant)
        take_place(act, participant)
    participant.status = str(after)
    if before not in OUT_OF_LIST and after in OUT_OF_LIST:
        release_place(act, participant)
        move_to_group(act, participant, None)
    participant.submitted_at = _submitted_at(act, participant, after)
    participant.decided_at = act.at if after not in (Status.DRAFT, Status.SUBMITTED) else None
    participant.return_note = outward if decided.action is Action.RETURN else ""
    act.session.add(
        Decision(
            participant_id=participant.id,
            person_id=participant.person_id,
            action=str(decided.action),
            status_before=str(before),
            status_after=str(after),
            outward=outward,
            reason=reason,
            account_id=act.principal.id if act.principal.is_staff and act.principal.id else None,
            at=act.at,
        )
    )


def _submitted_at(act: Act, participant: Participant, after: Status) -> datetime | None:
    if after is Status.SUBMITTED:
        return participant.submitted_at or act.at
    return None if after is Status.DRAFT else participant.submitted_at


def revoke_badge(act: Act, participant: Participant, reason: str) -> None:
    """Make the slot's live badge invalid, if there is one."""
    badge = live_badge(act, participant)
    if badge is not None:
        badge.revoked_at = act.at
        badge.revoked_reason = reason
        act.record("badge.revoked", badge)


def _require_head_free(act: Act, participant: Participant) -> None:
    if participant.function == "head" and participant.delegation_id:
        require_no_head(act, participant.delegation_id, but=participant.id)


def require_no_head(act: Act, delegation_id: str, *, but: str = "") -> None:
    """Refusal("head-taken") when the delegation has a head already."""
    other = act.session.scalar(
        select(Participant.id).where(
            Participant.delegation_id == delegation_id,
            Participant.function == "head",
            Participant.status.in_(ACTIVE),
            Participant.id != but,
        )
    )
    if other is not None:
        raise Refusal("head-taken", field="function")


def category_of(act: Act, code: str) -> Category:
    """The visit's category of this code; Refusal("no-such-category")."""
    found = act.session.scalar(
        select(Category).where(Category.visit_id == act.visit_id, Category.code == code)
    )
    if found is None:
        raise Refusal("no-such-category", field="category")
    return found
