"""Recovery codes: ten one-time codes on paper for whoever loses phone and key."""

import hmac
import secrets

from sqlalchemy import delete, func, select, update

from visitplanner.models import Account, RecoveryCode
from visitplanner.models.base import ALPHABET
from visitplanner.services.act import Act

CODES = 10
LETTERS = 12


def renew(act: Act, account: Account) -> list[str]:
    """Ten new codes, the old ones void; the caller commits and shows them once."""
    act.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(CODES)]
    for code in codes:
        act.session.add(RecoveryCode(account_id=account.id, code_hash=_hash(act, account, code)))
    act.record("account.recovery_codes_made", account, before={}, after={})
    return [f"{code[:4]}-{code[4:8]}-{code[8:]}" for code in codes]


def take(act: Act, account: Account, code: str) -> bool:
    """Use a code up: true once for each code."""
    code = code.replace("-", "")
    if len(code) != LETTERS:
        return False
    taken = act.session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account.id,
            RecoveryCode.code_hash == _hash(act, account, code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=act.at)
    )
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]


def left(act: Act, account: Account) -> int:
    """How many codes are unused."""
    return (
        act.session.scalar(
            select(func.count()).where(
                RecoveryCode.account_id == account.id, RecoveryCode.used_at.is_(None)
            )
        )
        or 0
    )


def _hash(act: Act, account: Account, code: str) -> str:
    """A keyed hash: without the instance's secret, the table alone gives nothing to try."""
    key = act.instance.vault.derive("recovery")
    return hmac.new(key, f"{account.id}:{code}".encode(), "sha256").hexdigest()
