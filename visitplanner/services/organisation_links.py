"""Links of an organisation, by which it registers its own people: told once, mailed, ended."""

from dataclasses import replace

from visitplanner.domain.accounts import masked_email
from visitplanner.domain.refusals import NotFound, Refusal
from visitplanner.models import AccessLink, Organisation, Visit, VisitOrganisation
from visitplanner.queries.links import subject_of_link
from visitplanner.services.act import Act
from visitplanner.services.links import issue_organisation_link, revoke_link, row_of, send_link
from visitplanner.services.mail import checked_address


def tell_link(act: Act, part: VisitOrganisation) -> str:
    """A new link's token, which is not told again."""
    token = _issue(act, part)
    act.commit()
    return token


def mail_link(act: Act, part: VisitOrganisation, email: str, language: str) -> str:
    """A new link, mailed to `email`; the masked address.

    Raises Refusal "mail-address" (field "email") and "mail-too-many".
    """
    try:
        address = checked_address(email.strip())
    except Refusal as refusal:
        raise Refusal(refusal.code, field="email") from refusal
    token = _issue(act, part)
    link = row_of(act, token)
    subject = subject_of_link(act.session, link) if link is not None else None
    if subject is None:
        raise NotFound("not-found")
    send_link(act, "organisation", replace(subject, email=address), token, language)
    act.commit()
    return masked_email(address)


def end_link(act: Act, part: VisitOrganisation, link_id: str) -> None:
    """End a link of this organisation and the sessions that came from it; NotFound for others."""
    scope = {"visit_id": part.visit_id, "organisation_id": part.organisation_id}
    revoke_link(act, act.get(AccessLink, link_id, purpose="organisation", **scope))
    act.commit()


def _issue(act: Act, part: VisitOrganisation) -> str:
    organisation = act.get(Organisation, part.organisation_id)
    return issue_organisation_link(act, organisation, act.get(Visit, part.visit_id))
