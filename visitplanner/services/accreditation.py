"""Decisions on people: approve, return with a note, refuse, clear; the mission is told."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from visitplanner.domain.accreditation import Action
from visitplanner.domain.duplicates import Duplicate, PersonCard, possible_duplicates
from visitplanner.domain.refusals import Refusal
from visitplanner.models import Decision, Delegation, Participant, Person, Visit
from visitplanner.queries.links import organisation_address
from visitplanner.queries.names import shown_name
from visitplanner.queries.people import OUT, WITH_ALL
from visitplanner.services.act import Act, check_version
from visitplanner.services.mail import send
from visitplanner.services.participants import body_of
from visitplanner.services.reminders import address_of
from visitplanner.services.steps import take_step
from visitplanner.settings import LANGUAGES

ACTIONS = {
    "approve": Action.APPROVE,
    "return": Action.RETURN,
    "refuse": Action.REFUSE,
    "clear": Action.CLEAR,
    "unclear": Action.UNCLEAR,
    "reopen": Action.REOPEN,
}


def decide(
    act: Act,
    participant: Participant,
    action: str,
    *,
    outward: str = "",
    reason: str = "",
    version: int | None = None,
) -> Participant:
    """Take a decision and tell the mission when it has something to do.

    `outward` is read by the mission, `reason` stays inside. Raises Refusal("unknown-action"),
    Stale, and what `domain.accreditation.decide` raises.
    """
    wanted = ACTIONS.get(action)
    if wanted is None:
        raise Refusal("unknown-action", action=action)
    if wanted is Action.RETURN and not outward:
        raise Refusal("note-missing", field="note", action=action)
    check_version(participant, version)
    before = participant.status
    take_step(act, participant, wanted, outward=outward, reason=reason)
    act.record(
        f"participant.{action}",
        participant,
        before={"status": before},
        after={"status": participant.status, "note": outward},
    )
    if wanted is Action.RETURN:
        _tell(act, participant, outward)
    act.commit()
    return participant


def decide_many(act: Act, participants: list[Participant], action: str) -> int:
    """Take the same decision on several in one transaction; all or none. How many."""
    wanted = ACTIONS.get(action)
    if wanted is None or wanted in (Action.RETURN, Action.REFUSE):
        raise Refusal("unknown-action", action=action)
    for participant in participants:
        before = participant.status
        take_step(act, participant, wanted)
        act.record(
            f"participant.{action}",
            participant,
            before={"status": before},
            after={"status": participant.status},
        )
    act.commit()
    return len(participants)


def _tell(act: Act, participant: Participant, note: str) -> None:
    """Write to whoever registers these people that a form needs a correction."""
    body, person = body_of(act, participant), participant.person
    if isinstance(body, Delegation):
        address, wanted = address_of(body), [*body.mission.languages, *person.languages]
    else:
        address = organisation_address(act.session, body.visit_id, body.organisation_id)
        wanted = [*act.get(Visit, body.visit_id).languages]
    if not address:
        return
    language = next((one for one in wanted if one in LANGUAGES), "en")
    values = {"name": shown_name(person, language), "note": note}
    with suppress(Refusal):  # no decision fails for a mailbox that is wrong or has had enough
        send(act, "returned", address, language, values, visit_id=participant.visit_id)


@dataclass(frozen=True, slots=True)
class Twin:
    """Another record of the visit that may be the same person."""

    participant: Participant
    likeness: str
    reason: str


def twins(act: Act, participant: Participant) -> list[Twin]:
    """Who in this visit may be the same person; for staff only.

    Names alone are read of everybody, whole rows only of the few that are shown.
    """
    names = act.session.execute(
        select(
            Participant.id,
            Participant.delegation_id,
            Participant.organisation_id,
            Person.given_name,
            Person.family_name,
            Person.russian_name,
            Person.native_name,
        )
        .join(Person, Person.id == Participant.person_id)
        .where(Participant.visit_id == participant.visit_id, Participant.status.not_in(OUT))
    )
    pairs = {
        _other(pair, participant.id): pair
        for pair in possible_duplicates(map(_card, names))
        if participant.id in (pair.first, pair.second)
    }
    shown = select(Participant).options(*WITH_ALL).where(Participant.id.in_(pairs))
    rows = {row.id: row for row in act.session.scalars(shown).unique()} if pairs else {}
    return [Twin(rows[key], str(pair.likeness), pair.reason) for key, pair in pairs.items()]


def _other(pair: Duplicate, key: str) -> str:
    return pair.second if pair.first == key else pair.first


def _card(row: Any) -> PersonCard:  # Any: a row of the columns above
    latin = f"{row.given_name} {row.family_name}".strip()
    names = tuple(name for name in (latin, row.russian_name, row.native_name) if name)
    return PersonCard(row.id, names, row.delegation_id or row.organisation_id or "")


def decisions_on(act: Act, participant: Participant) -> list[Decision]:
    """Earlier decisions on this slot's present occupant, newest first."""
    return list(
        act.session.scalars(
            select(Decision)
            .where(
                Decision.participant_id == participant.id,
                Decision.person_id == participant.person_id,
            )
            .order_by(Decision.at.desc(), Decision.id)
        )
    )
