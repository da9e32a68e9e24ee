"""Setting up and removing second factors; an account keeps one unless it is excused."""

from typing import Any

from sqlalchemy import func, select

from visitplanner.domain.refusals import Refusal
from visitplanner.models import Account, Passkey
from visitplanner.services import sessions
from visitplanner.services.accounts import passkeys, recovery, signing_in, totp
from visitplanner.services.act import Act


def set_up_totp(act: Act, account_id: str, secret: str, code: str) -> list[str]:
    """Keep the authenticator app that showed `code`; new recovery codes, to be shown once."""
    account = signing_in.live_account(act, account_id)
    totp.confirm(act, account, secret, code)
    return _changed(act, account)


def add_passkey(
    act: Act, account_id: str, challenge: bytes, answer: dict[str, Any], name: str
) -> list[str]:
    """Keep the passkey the browser made; new recovery codes, or none if there are some."""
    account = signing_in.live_account(act, account_id)
    passkeys.register(act, account, challenge, answer, name)
    return _changed(act, account)


def remove_totp(act: Act, account_id: str) -> None:
    """Forget the authenticator app. Raises Refusal "last-factor"."""
    account = signing_in.live_account(act, account_id)
    _refuse_last(act, account, bool(account.totp_confirmed_at))
    totp.remove(act, account)
    sessions.revoke_all(act.session, account.id, but=act.principal.session_id)
    act.commit()


def remove_passkey(act: Act, account_id: str, passkey_id: str) -> None:
    """Forget a passkey. Raises Refusal "last-factor" and NotFound."""
    account = signing_in.live_account(act, account_id)
    row = act.get(Passkey, passkey_id, account_id=account.id)
    _refuse_last(act, account, True)
    act.record("passkey.removed", row, before={"name": row.name}, after={})
    act.session.delete(row)
    sessions.revoke_all(act.session, account.id, but=act.principal.session_id)
    act.commit()


def new_recovery_codes(act: Act, account_id: str) -> list[str]:
    """Ten new codes, the old ones void."""
    account = signing_in.live_account(act, account_id)
    codes = recovery.renew(act, account)
    act.commit()
    return codes


def _changed(act: Act, account: Account) -> list[str]:
    """End the other sessions; recovery codes where there are none left."""
    codes = [] if recovery.left(act, account) else recovery.renew(act, account)
    sessions.revoke_all(act.session, account.id, but=act.principal.session_id)
    act.commit()
    return codes


def _refuse_last(act: Act, account: Account, counts: bool) -> None:
    keys = act.session.scalar(select(func.count()).where(Passkey.account_id == account.id)) or 0
    factors = keys + bool(account.totp_confirmed_at)
    if counts and factors <= 1 and not account.password_only:
        raise Refusal("last-factor")
