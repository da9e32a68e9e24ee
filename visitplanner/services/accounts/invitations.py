"""Staff's one-use links: an invitation sets name and password, a reset sets the password."""

from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import select, update

from visitplanner.domain.accounts import normal_email
from visitplanner.domain.links import LinkState, link_state
from visitplanner.domain.names import clean_line
from visitplanner.domain.refusals import Gone, NotFound, Refusal
from visitplanner.models import AccessLink, Account, RoleGrant, new_key
from visitplanner.services import limits, mail, sessions
from visitplanner.services.accounts import passwords
from visitplanner.services.act import Act
from visitplanner.services.vault import new_token, token_hash

LASTS = {"invite": timedelta(hours=72), "reset": timedelta(hours=2)}
PATHS = {"invite": "invitation", "reset": "new-password"}


@dataclass(frozen=True, slots=True)
class Grant:
    """A role to give: in one visit or in all (None), for one organisation or any (None)."""

    role: str
    visit_id: str | None = None
    organisation_id: str | None = None


@dataclass(frozen=True, slots=True)
class Invited:
    """Whose link it is."""

    link_id: str
    account_id: str
    purpose: str
    email: str
    name: str


def invite(act: Act, email: str, name: str, language: str, grant: Grant) -> Account:
    """Make an account with one role and mail its owner the invitation.

    Raises Refusal "mail-address" or "account-known" with field `email`.
    """
    account = new_account(act, email, name, language, grant)
    send(act, account, "invite")
    act.commit()
    return account


def invite_and_tell(
    act: Act, email: str, name: str, language: str, grant: Grant, *, password_only: bool = False
) -> str:
    """As `invite`, for the command line: the address of the link, told once.

    `password_only` excuses the account from a second factor.
    """
    account = new_account(act, email, name, language, grant)
    account.password_only = password_only
    address = send(act, account, "invite")
    act.commit()
    return address


def new_account(act: Act, email: str, name: str, language: str, grant: Grant) -> Account:
    """An account without a password. The caller commits. Raises as `invite`."""
    try:
        address = normal_email(mail.checked_address(email.strip()))
    except Refusal as refusal:
        raise Refusal(refusal.code, field="email") from refusal
    if act.session.scalar(select(Account.id).where(Account.email == address)):
        raise Refusal("account-known", field="email")
    row = Account(id=new_key(), email=address, name=clean_line(name), language=language)
    row.grants = [
        RoleGrant(role=grant.role, visit_id=grant.visit_id, organisation_id=grant.organisation_id)
    ]
    act.record("account.made", row, before={}, after={"email": address, "role": grant.role})
    return row


def issue(act: Act, account: Account, purpose: str) -> str:
    """The address of a new link of this purpose, told once; earlier ones end. Caller commits."""
    _end_others(act, account.id)
    token = new_token()
    row = AccessLink(
        id=new_key(),
        purpose=purpose,
        token_hash=token_hash(token),
        account_id=account.id,
        label=account.name or account.email,
        expires_at=act.at + LASTS[purpose],
    )
    act.record("link.issued", row, before={}, after={"purpose": purpose, "label": row.label})
    return f"{act.instance.settings.base_url.rstrip('/')}/{PATHS[purpose]}/{token}"


def send(act: Act, account: Account, purpose: str) -> str:
    """Mail the account a new link; its address, told once. The caller commits."""
    address = issue(act, account, purpose)
    values = {
        "name": account.name,
        "address": address,
        "hours": str(int(LASTS[purpose].total_seconds() // 3600)),
    }
    mail.send(act, purpose, account.email, account.language or "en", values)
    return address


def invite_again(act: Act, account_id: str) -> None:
    """A new invitation, or a new password for who has one already, asked for by staff."""
    account = act.get(Account, account_id)
    if account.disabled_at:
        raise Refusal("account-disabled")
    send(act, account, "reset" if account.password_hash else "invite")
    act.commit()


def ask_reset(act: Act, email: str, address: str) -> None:
    """Mail a new-password link if there is such an account; the caller says the same either way.

    Raises TooMany.
    """
    email = normal_email(email)
    limits.spend(
        act,
        (limits.bucket("reset:account", email), limits.RESET),
        (limits.bucket("reset:address", limits.network(address)), limits.RESET_FROM),
    )
    account = act.session.scalar(
        select(Account).where(Account.email == email, Account.disabled_at.is_(None))
    )
    if account is not None:
        send(act, account, "reset" if account.password_hash else "invite")
    act.commit()


def find(act: Act, token: str, purpose: str, address: str) -> Invited:
    """Whose link this is. Changes nothing.

    Raises NotFound "link-unknown" (counted; TooMany after ten), Gone "link-used", "link-expired",
    "link-revoked".
    """
    row = act.session.scalar(
        select(AccessLink).where(
            AccessLink.token_hash == token_hash(token), AccessLink.purpose == purpose
        )
    )
    account = act.session.get(Account, row.account_id) if row and row.account_id else None
    if row is None or account is None or account.disabled_at:
        name = limits.bucket("link:address", limits.network(address))
        limits.spend(act, (name, limits.WRONG_LINK))
        raise NotFound("link-unknown")
    state = link_state(
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        first_used_at=row.first_used_at,
        opened_here=False,
        at=act.at,
    )
    if state is not LinkState.FRESH:
        raise Gone(f"link-{state}")
    return Invited(row.id, account.id, purpose, account.email, account.name)


def accept(
    act: Act, token: str, purpose: str, address: str, password: str, name: str | None = None
) -> str:
    """Set the password (and name) and use the link up; every session ends. The account's e-mail.

    Raises as `find`, and Refusal with field `password`.
    """
    found = find(act, token, purpose, address)
    account = act.get(Account, found.account_id)
    if name is not None:
        account.name = clean_line(name)
    own = replace(act, principal=sessions.of_account(account))
    passwords.set_password(own, account, password)
    if not _take(act, found.link_id):
        act.session.rollback()
        raise Gone("link-used")
    _end_others(act, account.id)
    sessions.revoke_all(act.session, account.id)
    act.commit()
    return account.email


def _take(act: Act, link_id: str) -> bool:
    taken = act.session.execute(
        update(AccessLink)
        .where(AccessLink.id == link_id, AccessLink.first_used_at.is_(None))
        .values(first_used_at=act.at, uses=AccessLink.uses + 1)
    )
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]


def _end_others(act: Act, account_id: str) -> None:
    act.session.execute(
        update(AccessLink)
        .where(
            AccessLink.account_id == account_id,
            AccessLink.first_used_at.is_(None),
            AccessLink.revoked_at.is_(None),
        )
        .values(revoked_at=act.at)
    )
