"""Links of a delegation as whole use-cases: told to staff once, ended."""

from visitplanner.models import AccessLink, Delegation
from visitplanner.services.act import Act
from visitplanner.services.links import issue_delegation_link, revoke_link


def tell_link(act: Act, delegation: Delegation) -> str:
    """A new link's token, which is not told again."""
    token = issue_delegation_link(act, delegation)
    act.commit()
    return token


def end_link(act: Act, link: AccessLink) -> None:
    """End a link and the sessions that came from it."""
    revoke_link(act, link)
    act.commit()
