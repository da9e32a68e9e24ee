"""What guests do with their own list: find, add, save a field, hand in, order, pass a link on."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from visitplanner.domain.accreditation import STEPS, Action, Status, is_printable
from visitplanner.domain.delegations import OUT_OF_LIST
from visitplanner.domain.refusals import NotFound, Refusal, Stale
from visitplanner.models import (
    Consent,
    Delegation,
    Participant,
    Submission,
    Visit,
    VisitOrganisation,
)
from visitplanner.services import links, participants, steps
from visitplanner.services.act import Act
from visitplanner.services.participants import Body
from visitplanner.services.persons import PersonDetails, details_of
from visitplanner.services.vault import token_hash

SUBMITTABLE = tuple(str(status) for status in STEPS[Action.SUBMIT])


def own_body(act: Act) -> Body:
    """The delegation or organisation whose link this is; NotFound for everybody else."""
    who = act.principal
    if who.kind == "delegation":
        return act.get(Delegation, who.delegation_id, visit_id=act.visit_id)
    part = act.session.scalar(
        select(VisitOrganisation).where(
            VisitOrganisation.visit_id == act.visit_id,
            VisitOrganisation.organisation_id == who.organisation_id,
        )
    )
    if who.kind != "organisation" or part is None:
        raise NotFound("not-found")
    return part


def own_participant(act: Act, key: str) -> Participant:
    """One of the people of this link, with person and category; NotFound for all others."""
    who = act.principal
    scope = {
        "delegation": Participant.delegation_id == who.delegation_id,
        "organisation": Participant.organisation_id == who.organisation_id,
        "delegate": Participant.id == who.participant_id,
    }.get(who.kind)
    if scope is None:
        raise NotFound("not-found")
    found = act.session.scalar(
        select(Participant)
        .options(joinedload(Participant.person), joinedload(Participant.category))
        .where(Participant.id == key, Participant.visit_id == act.visit_id, scope)
    )
    if found is None:
        raise NotFound("not-found")
    return found


def closed_because(act: Act, visit: Visit) -> str:
    """Why guests may only read: "visit-closed", "deadline-passed"; "" while they may write."""
    try:
        participants.open_for(act, visit)
    except Refusal:
        return "visit-closed" if visit.state in ("closed", "archived") else "deadline-passed"
    return ""


def require_editable(participant: Participant) -> None:
    """Refuse changes to the withdrawn and refused ("off-the-list") and who "already-arrived"."""
    if participant.status in OUT_OF_LIST:
        raise Refusal("off-the-list")
    if participant.arrived_at is not None:
        raise Refusal("already-arrived")


def add_person(act: Act, details: PersonDetails, *, function: str, form_key: str) -> str:
    """Put somebody on the list of this link; the participant's id.

    The same `form_key` sent twice is one write. Refusals as `participants.add_participant`.
    """
    key = token_hash(f"add:{act.principal.id}:{form_key}")
    known = act.session.get(Submission, key)
    if known is not None:
        return known.answer
    body = own_body(act)
    category = participants.category_for(act, body, function)
    added = participants.add_participant(
        act, body, details, function=function, category=category, commit=False
    )
    act.session.add(Submission(key=key, at=act.at, answer=added.id))
    try:
        act.commit()
    except IntegrityError:
        act.session.rollback()
        known = act.session.get(Submission, key)
        if known is None:
            raise
        return known.answer
    return added.id


def suggested_function(act: Act) -> str:
    """What the next person on this list probably is."""
    return participants.suggested_function(act, own_body(act))


def save_form(
    act: Act,
    participant: Participant,
    details: PersonDetails,
    *,
    function: str,
    version: int | None,
) -> bool:
    """Write the whole form; whether a decision has to be taken anew."""
    require_editable(participant)
    return participants.change_person(
        act,
        participant,
        details,
        function=function,
        category=_category_after(act, participant, function),
        version=version,
    )


def _category_after(act: Act, participant: Participant, function: str) -> str | None:
    if function == participant.function:
        return None
    return participants.category_for(act, participants.body_of(act, participant), function)


def save_field(act: Act, participant: Participant, name: str, value: Any, *, seen: Any) -> bool:
    """Write one field; whether a decision has to be taken anew (Any: a column's value).

    `seen` is what the form showed before. Two people who change different fields both win; for
    the same field the second is told: Stale("saved-meanwhile", field, saved).
    """
    require_editable(participant)
    for attempt in (1, 2):
        current = getattr(participant if name == "function" else participant.person, name, None)
        if name != "document_number" and _plain(current) not in (_plain(seen), _plain(value)):
            raise Stale("saved-meanwhile", field=name, saved=current)
        try:
            return _write_field(act, participant, name, value)
        except Stale:
            if attempt == 2:
                raise
            act.session.expire_all()
    return False


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _write_field(act: Act, participant: Participant, name: str, value: Any) -> bool:
    details = details_of(participant.person)
    if name == "function":
        return participants.change_person(
            act,
            participant,
            details,
            function=value,
            category=_category_after(act, participant, value),
        )
    return participants.change_person(act, participant, replace(details, **{name: value}))


def give_consent(act: Act, participant: Participant, *, language: str) -> None:
    """Keep who agreed to which text, when and in which language. Commits."""
    participants.record_consent(act, participant, language=language, given_by=act.principal.name)


def take_consent_back(act: Act, participant: Participant) -> None:
    """Note that the consent was withdrawn: the form is a draft again, the badge dies. Commits.

    Of somebody who has arrived only the withdrawal is noted.
    """
    if participant.arrived_at is None:
        if participant.status in (Status.APPROVED, Status.CLEARED):
            steps.take_step(act, participant, Action.AMEND)
        if participant.status == Status.SUBMITTED:
            steps.take_step(act, participant, Action.RECALL)
            act.record("participant.recalled", participant)
    for row in act.session.scalars(
        select(Consent).where(
            Consent.person_id == participant.person_id,
            Consent.kind == "processing",
            Consent.withdrawn_at.is_(None),
        )
    ):
        row.withdrawn_at = act.at
        act.record("consent.withdrawn", row)
    act.commit()


def submit_everybody(act: Act) -> tuple[int, int]:
    """Hand in everybody whose form is complete: how many went, how many still lack something."""
    visit = act.session.get_one(Visit, act.visit_id)
    participants.open_for(act, visit)
    body = own_body(act)
    waiting = (
        select(Participant)
        .filter_by(visit_id=visit.id, **participants.sent_by(body))
        .where(Participant.status.in_(SUBMITTABLE), Participant.arrived_at.is_(None))
        .options(joinedload(Participant.person))
    )
    sent = lacking = 0
    for row in act.session.scalars(waiting).all():
        missing = steps.lacks(act, row)
        if missing:
            lacking += 1
            continue
        steps.take_step(act, row, Action.SUBMIT, missing=missing)
        act.record("participant.submitted", row)
        sent += 1
    act.commit()
    return sent, lacking


def programme_link(act: Act, participant: Participant) -> str:
    """A new link to this person's own programme: its whole address, told once. Commits.

    Refusal("not-confirmed-yet") before the person is confirmed.
    """
    visit = act.session.get_one(Visit, participant.visit_id)
    if not is_printable(Status(participant.status), steps.rules_of(visit)):
        raise Refusal("not-confirmed-yet")
    token = links.issue_participant_link(act, participant)
    act.commit()
    return links.link_address(act, token)
