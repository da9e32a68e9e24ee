"""One-time links of guests: issued, opened once, bound to the browser that opened them, ended."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select, update

from visitplanner.domain.access import Principal
from visitplanner.domain.accounts import masked_email
from visitplanner.domain.links import GUESTS, LinkState, expiry, link_state
from visitplanner.domain.refusals import Gone, NotFound, Refusal
from visitplanner.models import AccessLink, Delegation, Organisation, Participant, Visit, new_key
from visitplanner.queries.links import Subject, mission_name, person_name, subject_of_link
from visitplanner.queries.states import shown_row
from visitplanner.services import limits, mail, sessions
from visitplanner.services.act import Act
from visitplanner.services.vault import new_token, token_hash

TOKEN_LETTERS = 43


@dataclass(frozen=True, slots=True)
class Found:
    """A link as one browser meets it."""

    link_id: str
    purpose: str
    state: LinkState
    subject: Subject
    masked: str


def link_address(act: Act, token: str) -> str:
    """The whole address of a guest's link, from the configured base address only."""
    return f"{act.instance.settings.base_url.rstrip('/')}/r/{token}"


def issue_delegation_link(act: Act, delegation: Delegation) -> str:
    """A new link to a delegation's workspace: its token, told this once. The caller commits.

    Earlier links of the delegation that nobody has opened yet end.
    """
    return _issue(
        act,
        "delegation",
        act.get(Visit, delegation.visit_id),
        _one(
            mission_name(
                delegation.mission,
                shown_row(act.session, delegation.visit_id, delegation.mission.state_key),
            )
        ),
        delegation_id=delegation.id,
    )


def issue_participant_link(act: Act, participant: Participant) -> str:
    """A new link to a participant's own programme: its token. The caller commits."""
    return _issue(
        act,
        "delegate",
        act.get(Visit, participant.visit_id),
        _one(person_name(participant.person)),
        participant_id=participant.id,
        delegation_id=participant.delegation_id,
    )


def issue_organisation_link(act: Act, organisation: Organisation, visit: Visit) -> str:
    """A new link for an organisation to register its people in a visit. The caller commits."""
    return _issue(
        act, "organisation", visit, _one(dict(organisation.name)), organisation_id=organisation.id
    )


def revoke_link(act: Act, link: AccessLink) -> None:
    """End a link and, with it, every session that came from it. The caller commits."""
    if link.revoked_at is None:
        link.revoked_at = act.at
        act.record("link.revoked", link)


def revoke_delegation_links(act: Act, delegation: Delegation) -> int:
    """End every live link of a delegation, also its delegates' own; how many. Commits."""
    rows = act.session.scalars(
        select(AccessLink).where(
            AccessLink.delegation_id == delegation.id, AccessLink.revoked_at.is_(None)
        )
    ).all()
    for row in rows:
        revoke_link(act, row)
    act.commit()
    return len(rows)


def find_link(act: Act, token: str, *, address: str, opened: frozenset[str]) -> Found:
    """The link of this token, for a browser that has opened the links `opened`. Changes nothing.

    Raises NotFound "link-unknown" (counted against `address`), and TooMany for unknown ones only:
    whoever guesses 256 bits is not held up by it, and neighbours of whoever tries need their links.
    """
    row = row_of(act, token)
    subject = subject_of_link(act.session, row) if row is not None else None
    if row is None or subject is None:
        name = limits.bucket("link:address", limits.network(address))
        limits.spend(act, (name, limits.WRONG_LINK))
        raise NotFound("link-unknown")
    state = link_state(
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        first_used_at=row.first_used_at,
        opened_here=row.id in opened,
        at=act.at,
    )
    return Found(row.id, row.purpose, state, subject, masked_email(subject.email))


def open_link(act: Act, token: str, *, address: str, opened: frozenset[str]) -> Principal:
    """Use the link up for this browser; the guest it opens for.

    Of two browsers that open it at the same moment, one is told it was used.
    Raises NotFound "link-unknown", Gone "link-used", "link-expired" or "link-revoked", TooMany.
    """
    found = find_link(act, token, address=address, opened=opened)
    if found.state not in (LinkState.FRESH, LinkState.OURS):
        raise Gone(f"link-{found.state}")
    if found.state is LinkState.FRESH and not _take(act, found.link_id):
        raise Gone("link-used")
    link = act.get(AccessLink, found.link_id)
    guest = sessions.of_link(link)
    if found.state is LinkState.FRESH:
        own = replace(act, principal=guest, visit_id=link.visit_id)
        own.record("link.opened", link, before={}, after={"first_used_at": act.at})
    act.commit()
    return guest


def send_again(act: Act, token: str, *, address: str, language: str) -> str:
    """Mail a new link to the address we have, for one that was used or has expired; masked.

    Raises as `find_link`, Gone "link-revoked", Refusal "link-no-address", TooMany.
    """
    found = find_link(act, token, address=address, opened=frozenset())
    if found.state is LinkState.REVOKED:
        raise Gone("link-revoked")
    if found.state is LinkState.FRESH:
        raise Refusal("link-fresh")
    if not found.masked:
        raise Refusal("link-no-address")
    limits.spend(
        act,
        (limits.bucket("link:again", found.link_id), limits.NEW_LINK),
        (limits.bucket("link:again-from", limits.network(address)), limits.NEW_LINKS_FROM),
    )
    old = act.get(AccessLink, found.link_id)
    own = replace(act, principal=sessions.of_link(old), visit_id=old.visit_id)
    subject = subject_of_link(act.session, old)
    if subject is None:
        raise NotFound("link-unknown")
    renewed = _issue(own, old.purpose, subject.visit, old.label, **_scope(old))
    send_link(own, old.purpose, subject, renewed, language)
    own.commit()
    return found.masked


def send_link(act: Act, purpose: str, subject: Subject, token: str, language: str) -> None:
    """Mail a guest the link with this token. The caller commits. Raises "link-no-address"."""
    if not subject.email:
        raise Refusal("link-no-address")
    values = {
        "name": _one(subject.name, language),
        "visit": _one(subject.visit.title, language),
        "day": subject.visit.day.strftime("%d.%m.%Y"),
        "address": link_address(act, token),
    }
    letter = mail.send(
        act, f"{purpose}_link", subject.email, language, values, visit_id=subject.visit.id
    )
    link = row_of(act, token)
    if link is not None:
        link.mail_id = letter.id


def send_delegation_link(
    act: Act, delegation: Delegation, language: str, *, commit: bool = True
) -> str:
    """Issue a delegation's link and mail it to its focal point or mission; masked address."""
    token = issue_delegation_link(act, delegation)
    row = row_of(act, token)
    subject = subject_of_link(act.session, row) if row is not None else None
    if subject is None:
        raise NotFound("not-found")
    send_link(act, "delegation", subject, token, language)
    if commit:
        act.commit()
    return masked_email(subject.email)


def _issue(act: Act, purpose: str, visit: Visit, label: str, **scope: str | None) -> str:
    _end_unopened(act, purpose, visit.id, scope)
    token = new_token()
    row = AccessLink(
        id=new_key(),
        purpose=purpose,
        token_hash=token_hash(token),
        visit_id=visit.id,
        label=label[:300],
        expires_at=expiry(visit.ends_at, act.at),
        **scope,
    )
    act.record("link.issued", row, before={}, after={"purpose": purpose, "label": row.label})
    return token


def _end_unopened(act: Act, purpose: str, visit_id: str, scope: dict[str, str | None]) -> None:
    same: list[Any] = [getattr(AccessLink, name) == value for name, value in scope.items()]
    waiting = select(AccessLink).where(
        AccessLink.purpose == purpose,
        AccessLink.visit_id == visit_id,
        AccessLink.first_used_at.is_(None),
        AccessLink.revoked_at.is_(None),
        *same,
    )
    for row in act.session.scalars(waiting):
        revoke_link(act, row)


def _scope(link: AccessLink) -> dict[str, str | None]:
    named = {
        "delegation_id": link.delegation_id,
        "participant_id": link.participant_id,
        "organisation_id": link.organisation_id,
    }
    return {name: value for name, value in named.items() if value}


def row_of(act: Act, token: str) -> AccessLink | None:
    """The guests' link of this token, in whatever state; None when there is none."""
    if len(token) != TOKEN_LETTERS or not token.isascii():
        return None
    return act.session.scalar(
        select(AccessLink).where(
            AccessLink.token_hash == token_hash(token), AccessLink.purpose.in_(GUESTS)
        )
    )


def _take(act: Act, link_id: str) -> bool:
    taken = act.session.execute(
        update(AccessLink)
        .where(AccessLink.id == link_id, AccessLink.first_used_at.is_(None))
        .values(first_used_at=act.at, uses=AccessLink.uses + 1)
    )
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]


def _one(texts: dict[str, str], language: str = "en") -> str:
    for key in (language, "en", "ru"):
        if texts.get(key):
            return texts[key]
    return next(iter(texts.values()), "")
