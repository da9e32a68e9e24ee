"""One-time codes of an authenticator app (TOTP, RFC 6238): setting up, and using each code once."""

import hmac

import pyotp
from sqlalchemy import update

from visitplanner.domain.refusals import Refusal
from visitplanner.models import Account
from visitplanner.services.act import Act

ISSUER = "Visit Planner"
STEP_SECONDS = 30
TOLERANCE = 1  # steps before and after: clocks of phones drift


def new_secret() -> str:
    """A secret of 160 random bits in Base32."""
    return pyotp.random_base32()


def address(secret: str, email: str) -> str:
    """The `otpauth:` address an authenticator app reads from the code."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def confirm(act: Act, account: Account, secret: str, code: str) -> None:
    """Keep `secret` once the app has shown a right code; the caller commits.

    Raises Refusal "code-wrong" with field `code`.
    """
    step = _matching_step(secret, "".join(code.split()), act.at.timestamp())
    if step is None:
        raise Refusal("code-wrong", field="code")
    account.totp_secret = act.instance.vault.seal_text(secret, _bound(account))
    account.totp_confirmed_at = act.at
    account.totp_last_step = step
    act.record("account.totp_set", account, before={}, after={})


def take(act: Act, account: Account, code: str) -> bool:
    """Use a code up: true once for each time step, however many try it at the same moment."""
    if not account.totp_confirmed_at or not code.isdecimal():
        return False
    secret = act.instance.vault.open_text(account.totp_secret, _bound(account))
    step = _matching_step(secret, code, act.at.timestamp())
    if step is None:
        return False
    taken = act.session.execute(
        update(Account)
        .where(Account.id == account.id, Account.totp_last_step < step)
        .values(totp_last_step=step)
        .execution_options(synchronize_session=False)
    )
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]


def remove(act: Act, account: Account) -> None:
    """Forget the authenticator app; the caller commits."""
    account.totp_secret = ""
    account.totp_confirmed_at = None
    act.record("account.totp_removed", account, before={}, after={})


def _matching_step(secret: str, code: str, timestamp: float) -> int | None:
    here = int(timestamp) // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    found = None
    for step in range(here - TOLERANCE, here + TOLERANCE + 1):
        if hmac.compare_digest(totp.generate_otp(step).encode(), code.encode()):
            found = step
    return found


def _bound(account: Account) -> str:
    return f"accounts.totp_secret.{account.id}"
