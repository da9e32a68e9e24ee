"""The people of a delegation or organisation: add, change, withdraw, replace, order, submit."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import func, select

from visitplanner.domain import accreditation, delegations
from visitplanner.domain.access import permissions
from visitplanner.domain.accreditation import Action, Status
from visitplanner.domain.consent import EDITION
from visitplanner.domain.deadlines import require_open
from visitplanner.domain.functions import functions_of, usual_category
from visitplanner.domain.refusals import Refusal
from visitplanner.models import (
    Category,
    Consent,
    Delegation,
    Occupancy,
    Participant,
    Person,
    TourGroup,
    Visit,
    VisitOrganisation,
    new_key,
)
from visitplanner.services import steps
from visitplanner.services.act import Act, check_version
from visitplanner.services.persons import PersonDetails, fill, new_person
from visitplanner.services.places import lock, move_to_group, release_place, take_place

MOST = 200
FUNCTION_OF_PART = {"press": "press", "resident": "presenter"}
Body = Delegation | VisitOrganisation
"""Who sends people: a delegation, or an organisation with its part in the visit."""


def sent_by(body: Body) -> dict[str, str]:
    """The columns of a participant that name who sends them."""
    if isinstance(body, Delegation):
        return {"delegation_id": body.id}
    return {"organisation_id": body.organisation_id}


def body_of(act: Act, participant: Participant) -> Body:
    """Who sends this participant."""
    if participant.delegation_id:
        return act.get(Delegation, participant.delegation_id)
    part = act.session.scalar(
        select(VisitOrganisation).filter_by(
            visit_id=participant.visit_id, organisation_id=participant.organisation_id
        )
    )
    return act.get(VisitOrganisation, part.id if part else None)


def category_for(act: Act, body: Body, function: str) -> str:
    """The category a person of this sender gets; a visit without it gives that of delegates."""
    wanted = usual_category(function, "" if isinstance(body, Delegation) else body.part)
    codes = act.session.scalars(
        select(Category.code).where(Category.visit_id == act.visit_id).order_by(Category.position)
    ).all()
    return next((code for code in (wanted, "delegate", *codes) if code in codes), wanted)


def suggested_function(act: Act, body: Body) -> str:
    """What the next person on the list probably is: the head, then members."""
    if isinstance(body, VisitOrganisation):
        return FUNCTION_OF_PART.get(body.part, "member")
    try:
        steps.require_no_head(act, body.id)
    except Refusal:
        return "member"
    return "head"


def open_for(act: Act, visit: Visit) -> None:
    """Refusal("registration-closed") for guests after the deadline or when the visit is closed."""
    guest = act.principal.is_guest
    if guest and visit.state in ("closed", "archived"):
        raise Refusal("registration-closed", closed_at=visit.register_by)
    require_open(visit.register_by, act.at, staff=not guest)


def add_participant(
    act: Act,
    body: Body,
    details: PersonDetails,
    *,
    function: str = "member",
    category: str = "",
    commit: bool = True,
) -> Participant:
    """Put a person on the list of a delegation or organisation, last in order, as a draft.

    Refusals: quota-full, head-taken, no-such-function, no-such-category, registration-closed,
    list-too-long.
    """
    visit = act.session.get_one(Visit, body.visit_id)
    open_for(act, visit)
    heads = isinstance(body, Delegation)
    if function not in functions_of(heads=heads):
        raise Refusal("no-such-function", field="function")
    kind = steps.category_of(act, category or usual_category(function))
    body = lock(act, body)
    if function == "head":
        steps.require_no_head(act, body.id)
    person = new_person(act.instance, visit.id, details)
    act.record("person.written", person)
    participant = Participant(
        id=new_key(),
        visit_id=visit.id,
        **sent_by(body),
        category_id=kind.id,
        person_id=person.id,
        function=function,
        position=_next_position(act, body),
        status="draft",
        counts_to_quota=not kind.quota_exempt,
    )
    take_place(act, participant)
    act.record("participant.added", participant)
    act.session.add(Occupancy(participant_id=participant.id, person_id=person.id, since=act.at))
    if commit:
        act.commit()
    return participant


def _next_position(act: Act, body: Body) -> int:
    last, count = act.session.execute(
        select(func.max(Participant.position), func.count()).filter_by(
            visit_id=body.visit_id, **sent_by(body)
        )
    ).one()
    if count >= MOST:
        raise Refusal("list-too-long", most=MOST)
    return int(last or 0) + 1


def change_person(
    act: Act,
    participant: Participant,
    details: PersonDetails,
    *,
    function: str | None = None,
    category: str | None = None,
    version: int | None = None,
) -> bool:
    """Write what a form says about the occupant (and the slot's function and category).

    A change of an essential field after approval sends the person back to the queue; returns
    whether it did. Refusals: saved-meanwhile, head-taken, registration-closed, already-arrived.
    """
    visit = act.session.get_one(Visit, participant.visit_id)
    open_for(act, visit)
    person = act.session.get_one(Person, participant.person_id)
    check_version(person, version)
    fill(act.instance, person, details)
    before, after = act.changes(person)  # now: what follows asks the database, which writes them
    place = _place(participant)
    changed = set(after)
    if function is not None and function != participant.function:
        _change_function(act, participant, function)
    if category is not None:
        changed |= _change_category(act, participant, steps.category_of(act, category))
    now = _place(participant)
    if not changed and now == place:
        return False
    again = amend(act, participant, changed)
    if after:
        act.record("person.changed", person, before=before, after=after)
    if now != place:
        moved = {name for name in now if now[name] != place[name]}
        act.record(
            "participant.changed",
            participant,
            before={name: place[name] for name in moved},
            after={name: now[name] for name in moved},
        )
    act.commit()
    return again


def _place(participant: Participant) -> dict[str, Any]:  # Any: columns
    """What a form may change of the place on the list."""
    names = ("function", "category_id", "counts_to_quota")
    return {name: getattr(participant, name) for name in names}


def _change_function(act: Act, participant: Participant, function: str) -> None:
    if function not in functions_of(heads=participant.delegation_id is not None):
        raise Refusal("no-such-function", field="function")
    if function == "head" and participant.delegation_id:
        lock(act, act.session.get_one(Delegation, participant.delegation_id))
        if participant.status in steps.ACTIVE:
            steps.require_no_head(act, participant.delegation_id, but=participant.id)
    participant.function = function


def _change_category(act: Act, participant: Participant, kind: Category) -> set[str]:
    if kind.id == participant.category_id:
        return set()
    counts = not kind.quota_exempt
    active = participant.status in steps.ACTIVE
    if active and counts != participant.counts_to_quota:
        if counts:
            participant.counts_to_quota = True
            take_place(act, participant)
        else:
            release_place(act, participant)
            participant.counts_to_quota = False
    participant.category_id = kind.id
    return {"category_id"}


def amend(act: Act, participant: Participant, changed: Iterable[str]) -> bool:
    """Send an approved person back to the queue when an essential field changed; whether so."""
    decided = participant.status in (Status.APPROVED, Status.CLEARED)
    if decided and accreditation.needs_review(set(changed)):
        steps.take_step(act, participant, Action.AMEND)
        return True
    return False


def submit_participant(act: Act, participant: Participant) -> None:
    """Send the form to accreditation; Refusal("form-incomplete", fields=…)."""
    open_for(act, act.session.get_one(Visit, participant.visit_id))
    missing = steps.lacks(act, participant)
    steps.take_step(act, participant, Action.SUBMIT, missing=missing)
    act.record("participant.submitted", participant)
    act.commit()


def withdraw_participant(act: Act, participant: Participant, *, reason: str = "") -> None:
    """Take a person off the list: place, group and badge are free again, the record stays."""
    if act.principal.is_guest:
        open_for(act, act.session.get_one(Visit, participant.visit_id))
    _lock_list(act, participant)
    steps.take_step(act, participant, Action.WITHDRAW, reason=reason)
    act.record("participant.withdrawn", participant)
    act.commit()


def reinstate_participant(act: Act, participant: Participant) -> None:
    """Undo a withdrawal: back on the list as a draft. Refusals: quota-full, head-taken."""
    _lock_list(act, participant)
    steps.take_step(act, participant, Action.REINSTATE)
    act.record("participant.reinstated", participant)
    act.commit()


def _lock_list(act: Act, participant: Participant) -> None:
    if participant.delegation_id:
        lock(act, act.session.get_one(Delegation, participant.delegation_id))


def replace_person(
    act: Act,
    participant: Participant,
    details: PersonDetails,
    *,
    reason: str = "",
    version: int | None = None,
) -> Person:
    """Put another person into the slot, which keeps function, place in order, category, group

    and seat; the newcomer starts as a draft and the old badge dies. Returns the new person.
    Refusals: already-arrived, quota-full (a withdrawn slot), registration-closed.
    """
    visit = act.session.get_one(Visit, participant.visit_id)
    open_for(act, visit)
    check_version(participant, version)
    _lock_list(act, participant)
    decided = delegations.replace_occupant(
        delegations.Member(steps.standing_of(act, participant), participant.function),
        rules=steps.rules_of(visit),
        held=permissions(act.principal, visit.id),
        guest=act.principal.is_guest,
    )
    steps.apply(act, participant, decided.decision, reason=reason)
    participant.return_note = ""
    person = new_person(act.instance, visit.id, details)
    act.record("person.written", person)
    _end_occupancy(act, participant, reason)
    participant.person_id = person.id
    act.record("participant.replaced", participant)
    act.session.add(Occupancy(participant_id=participant.id, person_id=person.id, since=act.at))
    act.commit()
    return person


def _end_occupancy(act: Act, participant: Participant, reason: str) -> None:
    current = act.session.scalar(
        select(Occupancy).where(
            Occupancy.participant_id == participant.id, Occupancy.until.is_(None)
        )
    )
    if current is None:
        current = Occupancy(participant_id=participant.id, person_id=participant.person_id)
        current.since = participant.created_at
        act.session.add(current)
    current.until = act.at
    current.reason = reason[:300]


def record_consent(act: Act, participant: Participant, *, language: str, given_by: str) -> None:
    """Note that the occupant agreed to the present words (by staff: on paper). Commits."""
    person = act.session.get_one(Person, participant.person_id)
    known = act.session.scalar(
        select(Consent).where(
            Consent.person_id == person.id, Consent.kind == "processing", Consent.edition == EDITION
        )
    )
    if known is not None and known.withdrawn_at is None:
        return
    row = known or Consent(person_id=person.id, edition=EDITION, language=language)
    row.given_at, row.given_by, row.withdrawn_at = act.at, given_by, None
    act.record("consent.recorded", row)
    act.commit()


def reorder(act: Act, body: Body, order: Sequence[str]) -> None:
    """Give the list the order of these participants' ids; those not named follow as they were."""
    open_for(act, act.session.get_one(Visit, body.visit_id))
    lock(act, body)
    rows = list(
        act.session.scalars(
            select(Participant)
            .filter_by(visit_id=body.visit_id, **sent_by(body))
            .order_by(Participant.position, Participant.id)
        )
    )
    place = {key: number for number, key in enumerate(order)}
    rows.sort(key=lambda row: place.get(row.id, len(place)))
    before = {row.id: row.position for row in rows}
    for number, row in enumerate(rows, 1):
        if row.position != number:
            row.position = number
    after = {row.id: row.position for row in rows if before[row.id] != row.position}
    if after:
        act.record(
            "delegation.reordered" if isinstance(body, Delegation) else "organisation.reordered",
            body,
            before={key: before[key] for key in after},
            after=after,
        )
    act.commit()


def move(act: Act, participant: Participant, to: int) -> None:
    """Put a participant at place `to` (from 1) of the sender's list."""
    body = body_of(act, participant)
    ids = tuple(
        act.session.scalars(
            select(Participant.id)
            .filter_by(visit_id=body.visit_id, **sent_by(body))
            .order_by(Participant.position, Participant.id)
        )
    )
    reorder(act, body, delegations.moved(ids, participant.id, to))


def assign_group(
    act: Act, participants: Iterable[Participant], group: TourGroup | None
) -> tuple[int, int]:
    """Put people into a tour group (None: into none); how many moved and how many stayed out

    because the group was full. One person alone is refused (group-full) instead.
    """
    people = [row for row in participants if row.status in steps.ACTIVE]
    moved = full = 0
    for row in sorted(people, key=lambda row: (row.position, row.id)):
        try:
            if move_to_group(act, row, group):
                act.record("participant.grouped", row)
                moved += 1
        except Refusal:
            if len(people) == 1:
                raise
            full += 1
    act.commit()
    return moved, full
