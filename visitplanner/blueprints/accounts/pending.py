"""Between the right password and the second step: who it is, kept in the anonymous session."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import session

from visitplanner.domain.refusals import Refusal
from visitplanner.services.accounts import totp
from visitplanner.services.accounts.signing_in import PENDING
from visitplanner.web.access import act
from visitplanner.web.sessions import current_session, instance


@dataclass(frozen=True, slots=True)
class Pending:
    """An account whose password was right, and where it wants to go."""

    account_id: str
    to: str
    visit: str


def begin(account_id: str, to: str, visit: str) -> None:
    """Remember the right password under a new cookie."""
    current_session().become()
    session["pending"] = {
        "account": account_id,
        "at": act().at.isoformat(),
        "to": to[:80],
        "visit": visit[:60],
    }


def found() -> Pending:
    """The account that waits. Raises Refusal "sign-in-again" when there is none or it took long."""
    kept: dict[str, Any] = session.get("pending") or {}
    if not kept or datetime.fromisoformat(kept["at"]) + PENDING < act().at:
        raise Refusal("sign-in-again")
    return Pending(kept["account"], kept["to"], kept["visit"])


def new_challenge() -> bytes:
    """A challenge for a passkey, kept until it is used."""
    challenge = secrets.token_bytes(32)
    session["challenge"] = challenge.hex()
    return challenge


def take_challenge() -> bytes:
    """The challenge, once. Raises Refusal "passkey-wrong" when there is none."""
    kept = session.pop("challenge", "")
    if not kept:
        raise Refusal("passkey-wrong")
    return bytes.fromhex(kept)


def kept_secret() -> str:
    """The secret of an authenticator app that is being set up, made when it is first asked for."""
    vault = instance().vault
    if "totp" not in session:
        session["totp"] = vault.seal_text(totp.new_secret(), "sessions.totp")
    return vault.open_text(session["totp"], "sessions.totp")


def keep_codes(codes: list[str], to: str = "", visit: str = "") -> None:
    """Keep new recovery codes for the page that shows them, sealed, in this session only."""
    sealed = instance().vault.seal_text(" ".join(codes), "sessions.codes")
    session["codes"] = {"sealed": sealed, "to": to, "visit": visit}


def kept_codes() -> tuple[list[str], str, str]:
    """The codes to show (none left: an empty list), and where to go then."""
    kept = session.get("codes") or {"sealed": "", "to": "", "visit": ""}
    codes = instance().vault.open_text(kept["sealed"], "sessions.codes").split()
    return codes, kept["to"], kept["visit"]


def forget_codes() -> None:
    """The user has kept them."""
    session.pop("codes", None)


def forget_secret() -> None:
    """The app is set up; a later one gets a secret of its own."""
    session.pop("totp", None)
