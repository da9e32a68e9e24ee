"""Accreditation: which step follows which, who may take it, what is said outwards."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from visitplanner.domain.refusals import Forbidden, Refusal


class Status(StrEnum):
    """Where the file of an occupant stands. Badge and arrival are facts beside it."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    CLEARED = "cleared"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    """A step somebody asks for."""

    SUBMIT = "submit"
    RECALL = "recall"
    AMEND = "amend"
    WITHDRAW = "withdraw"
    REINSTATE = "reinstate"
    REPLACE = "replace"
    APPROVE = "approve"
    RETURN = "return"
    REFUSE = "refuse"
    REOPEN = "reopen"
    CLEAR = "clear"
    UNCLEAR = "unclear"
    ISSUE_BADGE = "issue-badge"
    REPRINT_BADGE = "reprint-badge"
    REVOKE_BADGE = "revoke-badge"
    ARRIVE = "arrive"
    UNDO_ARRIVAL = "undo-arrival"


@dataclass(frozen=True, slots=True)
class Standing:
    """The status of an occupant with the two facts that outrank it."""

    status: Status
    badge_issued: bool = False
    arrived: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """What the visit asks: security's clearance after approval; persons who carry no badge."""

    clearance_required: bool = False
    badge_exempt: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """A step that may be taken; the caller writes it down. `outward` is a word key."""

    action: Action
    before: Standing
    after: Standing
    outward: str
    revokes_badge: bool


S = Status
_LIVE = frozenset({S.DRAFT, S.SUBMITTED, S.RETURNED, S.APPROVED, S.CLEARED})
# action → {status before: status after}; a step that is not here is not open.
STEPS: Mapping[Action, Mapping[Status, Status]] = {
    Action.SUBMIT: dict.fromkeys((S.DRAFT, S.RETURNED), S.SUBMITTED),
    Action.RECALL: {S.SUBMITTED: S.DRAFT},
    Action.AMEND: {
        S.DRAFT: S.DRAFT,
        S.RETURNED: S.RETURNED,
        S.SUBMITTED: S.SUBMITTED,
        S.APPROVED: S.SUBMITTED,
        S.CLEARED: S.SUBMITTED,
    },
    Action.WITHDRAW: dict.fromkeys(sorted(_LIVE), S.WITHDRAWN),
    Action.REINSTATE: {S.WITHDRAWN: S.DRAFT},
    Action.REPLACE: dict.fromkeys(S, S.DRAFT),
    Action.APPROVE: {S.SUBMITTED: S.APPROVED},
    Action.RETURN: dict.fromkeys((S.SUBMITTED, S.APPROVED, S.CLEARED), S.RETURNED),
    Action.REFUSE: dict.fromkeys((S.SUBMITTED, S.APPROVED, S.CLEARED), S.REFUSED),
    Action.REOPEN: dict.fromkeys((S.APPROVED, S.CLEARED, S.REFUSED), S.SUBMITTED),
    Action.CLEAR: {S.APPROVED: S.CLEARED},
    Action.UNCLEAR: {S.CLEARED: S.APPROVED},
}
_BADGE_STEPS = frozenset({Action.ISSUE_BADGE, Action.REPRINT_BADGE, Action.REVOKE_BADGE})
_DOOR_STEPS = frozenset({Action.ARRIVE, Action.UNDO_ARRIVAL})
# Any one of these permissions (names of `domain.access`) opens the step to staff.
PERMISSIONS: Mapping[Action, frozenset[str]] = {
    **dict.fromkeys(
        (Action.SUBMIT, Action.RECALL, Action.AMEND, Action.WITHDRAW, Action.REINSTATE),
        frozenset({"persons.edit"}),
    ),
    Action.REPLACE: frozenset({"persons.edit"}),
    **dict.fromkeys((Action.APPROVE, Action.RETURN), frozenset({"accreditation.decide"})),
    Action.REFUSE: frozenset({"accreditation.decide", "accreditation.clear"}),
    Action.REOPEN: frozenset({"accreditation.decide"}),
    **dict.fromkeys((Action.CLEAR, Action.UNCLEAR), frozenset({"accreditation.clear"})),
    **dict.fromkeys(sorted(_BADGE_STEPS), frozenset({"badges.print"})),
    **dict.fromkeys(sorted(_DOOR_STEPS), frozenset({"checkin.scan"})),
}
# What a focal point or delegate may do to their own record through their link.
GUEST_ACTIONS = frozenset(
    {Action.SUBMIT, Action.RECALL, Action.AMEND, Action.WITHDRAW, Action.REPLACE}
)
# A change of one of these after approval needs the decision again (Action.AMEND).
ESSENTIAL_FIELDS = frozenset(
    {
        "family_name",
        "given_name",
        "name_order",
        "passport_name",
        "native_name",
        "russian_name",
        "rank_code",
        "position_en",
        "position_ru",
        "category_id",
        "document_kind",
        "document_number",
        "photo_id",
    }
)
_NOTE_NEEDED = frozenset({Action.RETURN, Action.REFUSE})


def needs_review(changed: Collection[str]) -> bool:
    """Say whether a change of these fields sends an approved person back to the queue."""
    return not ESSENTIAL_FIELDS.isdisjoint(changed)


def printable_statuses(rules: Rules) -> tuple[Status, ...]:
    """The standings with which a badge may be printed and a person is let in."""
    return (S.CLEARED,) if rules.clearance_required else (S.APPROVED, S.CLEARED)


def is_printable(status: Status, rules: Rules) -> bool:
    """Say whether a badge may be printed: after clearance, or approval where none is asked."""
    return status in printable_statuses(rules)


def require_printable(status: Status, rules: Rules) -> None:
    """Refuse a badge (badge-before-approval, badge-before-clearance) that may not be printed."""
    if is_printable(status, rules):
        return
    waiting = status is S.APPROVED
    raise Refusal("badge-before-clearance" if waiting else "badge-before-approval", status=status)


def outward_word(standing: Standing, rules: Rules) -> str:
    """Return the key of the neutral word a mission reads; never a reason, never who decided."""
    if standing.arrived:
        return "arrived"
    if standing.badge_issued:
        return "badge-ready"
    if is_printable(standing.status, rules):
        return "confirmed"
    return _OUTWARD[standing.status]


_OUTWARD = {
    S.DRAFT: "being-prepared",
    S.SUBMITTED: "received",
    S.RETURNED: "please-correct",
    S.APPROVED: "in-progress",
    S.REFUSED: "please-contact-us",
    S.WITHDRAWN: "withdrawn",
}


def inward_word(standing: Standing) -> str:
    """Return the word key for staff: arrived and badge-issued outrank the status."""
    if standing.arrived:
        return "arrived"
    return "badge-issued" if standing.badge_issued else str(standing.status)


def decide(
    standing: Standing,
    action: Action,
    *,
    rules: Rules,
    held: Collection[str] = (),
    guest: bool = False,
    note: str = "",
    missing: Sequence[str] = (),
) -> Decision:
    """Return what `action` makes of `standing`, or refuse.

    `held` are the permissions of the member of staff, `guest` says that a link's owner acts on
    their own record. `note` is the correction asked for (return) or the inner reason (refuse);
    `missing` are the fields the form still lacks.

    Raises Forbidden("not-permitted") and Refusal with codes step-not-open, already-arrived,
    not-arrived, form-incomplete, note-missing, clearance-not-used, badge-before-approval,
    badge-before-clearance, badge-already-issued, no-badge.
    """
    _require_permission(action, held, guest=guest)
    if action in _BADGE_STEPS:
        after = _badge_step(standing, action, rules)
    elif action in _DOOR_STEPS:
        after = _door_step(standing, action, rules)
    else:
        after = _file_step(standing, action, rules, note, missing)
    revokes = standing.badge_issued and (not after.badge_issued or action is Action.REPRINT_BADGE)
    return Decision(action, standing, after, outward_word(after, rules), revokes)


def open_actions(
    standing: Standing, *, rules: Rules, held: Collection[str] = (), guest: bool = False
) -> tuple[Action, ...]:
    """Return the steps that would not be refused for a complete form with a note, for buttons."""
    found = []
    for action in Action:
        try:
            decide(standing, action, rules=rules, held=held, guest=guest, note="-")
        except Refusal:
            continue
        found.append(action)
    return tuple(found)


def _require_permission(action: Action, held: Collection[str], *, guest: bool) -> None:
    if guest and action in GUEST_ACTIONS:
        return
    if guest or PERMISSIONS[action].isdisjoint(held):
        raise Forbidden("not-permitted", action=action)


def _file_step(
    standing: Standing, action: Action, rules: Rules, note: str, missing: Sequence[str]
) -> Standing:
    if standing.arrived:
        raise Refusal("already-arrived", action=action)
    if standing.status not in STEPS[action]:
        raise Refusal("step-not-open", action=action, status=standing.status)
    if action is Action.SUBMIT and missing:
        raise Refusal("form-incomplete", field=missing[0], fields=tuple(missing))
    if action in _NOTE_NEEDED and not note.strip():
        raise Refusal("note-missing", field="note", action=action)
    if action is Action.CLEAR and not rules.clearance_required:
        raise Refusal("clearance-not-used")
    status = STEPS[action][standing.status]
    keeps_badge = standing.badge_issued and action is not Action.REPLACE
    return Standing(status, badge_issued=keeps_badge and is_printable(status, rules))


def _badge_step(standing: Standing, action: Action, rules: Rules) -> Standing:
    if action is not Action.REVOKE_BADGE:
        require_printable(standing.status, rules)
    if action is Action.ISSUE_BADGE and standing.badge_issued:
        raise Refusal("badge-already-issued")
    if action is not Action.ISSUE_BADGE and not standing.badge_issued:
        raise Refusal("no-badge", action=action)
    return replace(standing, badge_issued=action is not Action.REVOKE_BADGE)


def _door_step(standing: Standing, action: Action, rules: Rules) -> Standing:
    if action is Action.UNDO_ARRIVAL:
        if not standing.arrived:
            raise Refusal("not-arrived")
        return replace(standing, arrived=False)
    if standing.arrived:
        raise Refusal("already-arrived", action=action)
    require_printable(standing.status, rules)
    if not standing.badge_issued and not rules.badge_exempt:
        raise Refusal("no-badge", action=action)
    return replace(standing, arrived=True)
