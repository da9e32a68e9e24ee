"""Passwords: argon2id, a bounded number at a time, the same work for accounts that do not exist."""

from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from visitplanner.domain.accounts import normal_password, password_fault
from visitplanner.domain.refusals import Refusal
from visitplanner.models import Account
from visitplanner.services import sessions
from visitplanner.services.act import Act

HASHER = PasswordHasher()
"""RFC 9106, second recommended option: 64 MiB, 3 passes, 4 lanes."""

_room = BoundedSemaphore(4)  # each hash takes 64 MiB


def hashed(password: str) -> str:
    """The argon2id hash of a password."""
    with _room:
        return HASHER.hash(normal_password(password))


@cache
def _nobody() -> str:
    """A hash nobody has the password of."""
    return hashed("no account has this one \u0000")


def fits(known: str, password: str) -> bool:
    """Whether `known` is the hash of this password; as much work when there is none ("")."""
    try:
        with _room:
            HASHER.verify(known or _nobody(), normal_password(password))
    except (VerificationError, InvalidHashError):
        return False
    return bool(known)


def renewed(known: str, password: str) -> str | None:
    """A new hash when the parameters have been raised since, else None."""
    return hashed(password) if HASHER.check_needs_rehash(known) else None


def set_password(act: Act, account: Account, password: str) -> None:
    """Give the account a new password and end its other sessions; the caller commits.

    Raises Refusal with field `password` when it is too short, too plain or names its owner.
    """
    fault = password_fault(normal_password(password), account.email, account.name)
    if fault:
        raise Refusal(fault, field="password")
    account.password_hash = hashed(password)
    sessions.revoke_all(act.session, account.id, but=act.principal.session_id)
    act.record("account.password_set", account, before={}, after={})
