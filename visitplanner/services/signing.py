"""Keys that sign a visit's badges: made on first use, the private half kept as ciphertext."""

from datetime import timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from visitplanner.domain.badges import TrustedKey
from visitplanner.models import SigningKey, Visit
from visitplanner.services.act import Act
from visitplanner.services.vault import Vault

BEFORE, AFTER = timedelta(days=365), timedelta(days=30)


def bound(number: int) -> str:
    """What ties a private key's ciphertext to its row."""
    return f"signing_keys.private_key.{number}"


def active_key(act: Act, visit: Visit) -> SigningKey:
    """The key that signs now; the first badge of a visit makes it.

    A visit that was put off takes its key along, or its new badges would open no door.
    """
    row = act.session.scalar(
        select(SigningKey).where(SigningKey.visit_id == visit.id, SigningKey.status == "active")
    )
    if row is not None:
        row.not_before = min(row.not_before, visit.starts_at - BEFORE)
        row.not_after = max(row.not_after, visit.ends_at + AFTER)
        if act.changes(row)[1]:
            act.record("signing_key.prolonged", row)
        return row
    number = (act.session.scalar(select(func.max(SigningKey.number))) or 0) + 1
    pair = Ed25519PrivateKey.generate()
    row = SigningKey(
        visit_id=visit.id,
        number=number,
        public_key=pair.public_key().public_bytes_raw(),
        private_key=act.instance.vault.seal(pair.private_bytes_raw(), bound(number)),
        not_before=visit.starts_at - BEFORE,
        not_after=visit.ends_at + AFTER,
    )
    act.record("signing_key.made", row, after={"number": number})
    act.session.flush()
    return row


def private_bytes(vault: Vault, row: SigningKey) -> bytes:
    """The 32 private bytes of a key."""
    return vault.open(row.private_key, bound(row.number))


def opens(session: Session, vault: Vault) -> bool:
    """Whether the instance's secret key is the one that this database was written with.

    True as well where no badge has been signed yet.
    """
    row = session.scalar(select(SigningKey).order_by(SigningKey.number.desc()).limit(1))
    try:
        return row is None or bool(private_bytes(vault, row))
    except InvalidTag:
        return False


def trust_list(session: Session) -> dict[int, TrustedKey]:
    """Every key of the instance by number, with the visit it speaks for."""
    rows = session.execute(
        select(SigningKey, Visit.slug).join(Visit, Visit.id == SigningKey.visit_id)
    )
    return {
        key.number: TrustedKey(key.public_key, slug, key.not_before, key.not_after, key.status)
        for key, slug in rows
    }
