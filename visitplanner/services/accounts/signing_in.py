"""Signing in: the password, then the second step, then the session's principal."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from sqlalchemy import exists, select, update
from sqlalchemy.orm import selectinload

from visitplanner.domain.access import Principal
from visitplanner.domain.accounts import normal_email
from visitplanner.domain.refusals import Refusal
from visitplanner.models import Account, Passkey
from visitplanner.services import limits, sessions
from visitplanner.services.accounts import passwords, recovery, totp
from visitplanner.services.act import Act

PENDING = timedelta(minutes=10)
"""How long the password counts before the second step is done."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A right password, and what is still asked: nothing, a second step, or to set one up."""

    account_id: str
    ask: Literal["nothing", "second", "set-up"]
    ways: frozenset[str]


def check_password(act: Act, email: str, password: str, address: str) -> Checked:
    """The account of this e-mail and password, tried from a network address.

    Raises Refusal "sign-in-wrong" (one answer for every reason) and TooMany.
    """
    email = normal_email(email)
    spent = limits.spend(
        act,
        (limits.bucket("sign-in:account", email), limits.SIGN_IN),
        (limits.bucket("sign-in:address", limits.network(address)), limits.SIGN_IN),
        (limits.bucket("sign-in:all"), limits.SIGN_IN_ALL),
    )
    found = act.session.execute(
        select(Account.id, Account.password_hash).where(
            Account.email == email, Account.disabled_at.is_(None)
        )
    ).one_or_none()
    act.session.rollback()  # hashing takes long; no lock is held meanwhile
    known = found.password_hash if found else ""
    if not passwords.fits(known, password) or found is None:
        raise Refusal("sign-in-wrong")
    limits.refund(act, spent)
    if renewed := passwords.renewed(known, password):
        _set(act, found.id, password_hash=renewed)
    act.session.commit()
    return what_next(act, found.id)


def what_next(act: Act, account_id: str) -> Checked:
    """What an account whose password was right is asked for next."""
    account = live_account(act, account_id)
    ways = second_ways(act, account)
    if ways:
        return Checked(account.id, "second", ways)
    return Checked(account.id, "nothing" if account.password_only else "set-up", ways)


def live_account(act: Act, account_id: str) -> Account:
    """The account. Raises Refusal "sign-in-again" when it is gone or disabled."""
    account = act.session.get(Account, account_id, options=[selectinload(Account.grants)])
    if account is None or account.disabled_at:
        raise Refusal("sign-in-again")
    return account


def second_ways(act: Act, account: Account) -> frozenset[str]:
    """The second factors an account has: "totp", "passkey"."""
    ways = {"totp"} if account.totp_confirmed_at else set()
    if act.session.scalar(select(exists().where(Passkey.account_id == account.id))):
        ways.add("passkey")
    return frozenset(ways)


def check_code(act: Act, account_id: str, code: str) -> None:
    """Take a one-time code or a recovery code as the second step; the caller finishes.

    Raises Refusal "code-wrong" with field `code`, and TooMany.
    """
    spent = limits.spend(act, (limits.bucket("second-step", account_id), limits.SECOND_STEP))
    account = live_account(act, account_id)
    typed = "".join(code.split()).lower()
    if not (totp.take(act, account, typed) or recovery.take(act, account, typed)):
        act.session.rollback()
        raise Refusal("code-wrong", field="code")
    limits.refund(act, spent)


def finish(act: Act, account_id: str, way: str) -> Principal:
    """Sign the account in after everything asked was given; its principal."""
    account = live_account(act, account_id)
    _set(act, account.id, last_seen_at=act.at)
    limits.sweep(act)
    sessions.sweep(act.session, act.at)
    principal = sessions.of_account(account)
    Act(act.instance, act.session, principal, None, act.at).record(
        "account.signed_in", account, before={}, after={"way": way}
    )
    act.commit()
    return principal


def _set(act: Act, account_id: str, **values: Any) -> None:
    """Write columns that two sessions may touch at once, without a new version of the record."""
    act.session.execute(
        update(Account)
        .where(Account.id == account_id)
        .values(values)
        .execution_options(synchronize_session=False)
    )
