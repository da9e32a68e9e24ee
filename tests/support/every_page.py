"""Every page of the demo: who opens it, and what stands for each argument of its address."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from urllib.parse import quote

from flask import Flask, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.signing_in import sign_in, sign_in_guest
from tests.support.visitor import Visitor
from visitplanner.models import (
    AccessLink,
    Account,
    AgendaItem,
    Badge,
    Base,
    Category,
    Checkpoint,
    Deadline,
    Delegation,
    Invitation,
    MailMessage,
    Organisation,
    Participant,
    Room,
    Speaker,
    Stop,
    Talk,
    TourGroup,
    Visit,
    VisitOrganisation,
    Zone,
    new_key,
)
from visitplanner.services.instance import Instance
from visitplanner.services.vault import new_token, token_hash

NO_PAGES = {
    "accounts.recovery_codes", "accounts.second_step", "accounts.set_up", "checkin.live",
    "checkin.choose", "checkin.counted", "delegations.logo", "delegations.photo",
    "description.openapi", "health.live", "health.metrics", "health.ready", "mailbox.file",
    "mailbox.own_file", "programmes.file", "programmes.job", "registration.calendar",
    "registration.photo", "speakers.photo", "static", "visits.enter", "visits.organiser_logo",
}  # fmt: skip
"""Files, fragments, answers for machines, redirects; steps of signing in that follow others."""

OF_DELEGATE = {"registration.mine"}
OF_NOBODY = {
    "accounts.forgotten", "accounts.invitation", "accounts.new_password", "accounts.sign_in",
    "links.open", "visits.home",
}  # fmt: skip

MORE = (
    ("agenda.index", "view=guests"),
    ("agenda.index", "view=order"),
    ("badges.index", "show=to-print"),
    ("checkin.index", f"q={quote('ан')}"),
    ("checkin.index", "show=missing"),
    ("checkin.index", "q=zzzz"),
    ("checkin.scanner", "direction=out"),
    ("delegations.people", "text=zzzz"),
    ("delegations.search", f"q={quote('ан')}"),
    ("delegations.search", "q=zzzz"),
)
"""Pages that look otherwise with these arguments after the question mark."""

WRONG = {
    "/nothing-here": 404,
    "/visits/lomonosov/delegations/XXX-EMB": 404,
    "/visits/none/delegations": 404,
    "/visits/lomonosov/agenda/none/move": 405,
    "/r/" + "x" * 43: 404,
    "/invitation/" + "x" * 43: 404,
}
"""Addresses that lead nowhere, and what they answer."""

FORBIDDEN = "/accounts"
"""What an observer may not see."""

Addresses = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Things:
    """One object by the name of each argument; the guests' links; an observer's account."""

    values: Mapping[str, str]
    links: Mapping[str, str]
    observer: str


def things(instance: Instance, session: Session) -> Things:
    """Add what the demo lacks (letters, links) and choose an object for each argument."""
    visit = _first(session, Visit)
    slot = _first(session, Participant, Participant.status == "approved",
                  Participant.delegation_id.is_not(None), Participant.id.in_(
                      select(Badge.participant_id)))  # fmt: skip
    delegation = session.get_one(Delegation, slot.delegation_id)
    admin = _first(session, Account, Account.email == "admin@demo.example")
    letters = list(_letters(instance, session, visit))
    tokens = {purpose: new_token() for purpose in ("delegation", "invite", "reset")}
    _link(session, visit, "delegation", tokens["delegation"], delegation_id=delegation.id)
    for purpose in ("invite", "reset"):
        _link(session, None, purpose, tokens[purpose], account_id=admin.id)
    values = {
        "slug": visit.slug,
        "code": delegation.code,
        "participant_id": slot.id,
        "account_id": admin.id,
        "letter": _first(session, TourGroup).letter,
        "kind": _first(session, Deadline).kind,
        "links.open": tokens["delegation"],
        "accounts.invitation": tokens["invite"],
        "accounts.new_password": tokens["reset"],
        "visits.zone": _first(session, Zone).letter,
        "state_key": "new",
        "mailbox.read": letters[0],
        "mailbox.own_read": letters[1],
        "organisation_id": _first(session, Organisation, Organisation.code == "MIC").id,
    }
    for name, model in (
        ("category_id", Category), ("checkpoint_id", Checkpoint), ("invitation_id", Invitation),
        ("stop_id", Stop), ("item_id", AgendaItem), ("room_id", Room), ("speaker_id", Speaker),
        ("talk_id", Talk), ("part_id", VisitOrganisation),
    ):  # fmt: skip
        values[name] = _first(session, model).id
    links = {
        "delegation": _link(session, visit, "delegation", delegation_id=delegation.id),
        "delegate": _link(session, visit, "delegate", delegation_id=delegation.id,
                          participant_id=slot.id),
    }  # fmt: skip
    observer = _first(session, Account, Account.email == "observer@demo.example")
    return Things(values, links, observer.id)


def _first(session: Session, model: type[Base], *where: Any) -> Any:
    return session.scalars(select(model).where(*where).limit(1)).one()


def _letters(instance: Instance, session: Session, visit: Visit) -> Iterator[str]:
    for place in (visit.id, None):
        letter = MailMessage(
            id=new_key(),
            visit_id=place,
            recipient="someone@mission.example",
            subject="A letter",
            template="reset",
        )
        letter.body = instance.vault.seal_text("Words.", f"mails.body.{letter.id}")
        session.add(letter)
        session.flush()
        yield letter.id


def _link(session: Session, visit: Visit | None, purpose: str, token: str = "", **of: Any) -> str:
    row = AccessLink(
        purpose=purpose,
        token_hash=token_hash(token or new_token()),
        visit_id=visit.id if visit else None,
        label="a guest",
        expires_at=datetime.now(UTC) + timedelta(days=900),
        **of,
    )
    session.add(row)
    session.flush()
    return row.id


def pages_of(app: Flask, values: Mapping[str, str]) -> Addresses:
    """Every page of the map by its reader. KeyError names an argument that has no object here."""
    found: Addresses = {"staff": [], "delegation": [], "delegate": [], "nobody": []}
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            name = rule.endpoint
            if "GET" not in (rule.methods or ()) or name in NO_PAGES:
                continue
            given: dict[str, Any] = {  # Any: as url_for takes its arguments
                key: values[name] if key != "slug" and name in values else values[key]
                for key in rule.arguments
            }
            address = url_for(name, **given)
            found[_reader(name)].append(address)
            found["staff"] += [f"{address}?{more}" for page, more in MORE if page == name]
    found["staff"] += WRONG
    found["observer"] = [FORBIDDEN]
    return found


def _reader(endpoint: str) -> str:
    if endpoint in OF_NOBODY:
        return "nobody"
    if endpoint in OF_DELEGATE:
        return "delegate"
    return "delegation" if endpoint.startswith("registration.") else "staff"


def sessions_of(app: Flask, given: Things) -> dict[str, Visitor]:
    """A test client for each reader who has a session."""
    found = {who: cast(Visitor, app.test_client()) for who in ("staff", "observer", *given.links)}
    sign_in(found["staff"], given.values["account_id"])
    sign_in(found["observer"], given.observer)
    for who, link in given.links.items():
        sign_in_guest(found[who], link, who)
    return found
