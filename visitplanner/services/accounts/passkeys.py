"""Passkeys (WebAuthn level 3): registering one, signing in with one, each challenge used once."""

import ipaddress
import json
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select, update
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from visitplanner.domain.refusals import Refusal
from visitplanner.models import Account, Passkey
from visitplanner.services.act import Act
from visitplanner.settings import Settings

NAME = "Visit Planner"
MOST = 10


def offered(settings: Settings) -> bool:
    """Whether browsers allow passkeys at the base address: a host name, HTTPS or localhost."""
    parts = urlsplit(settings.base_url)
    host = parts.hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    return parts.scheme == "https" and not _is_number(host)


def registration(act: Act, account: Account, challenge: bytes) -> dict[str, Any]:
    """Options for `navigator.credentials.create`, as JSON."""
    options = generate_registration_options(
        rp_id=_host(act),
        rp_name=NAME,
        user_name=account.email,
        user_id=account.id.encode(),
        user_display_name=account.name or account.email,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=_known(act, account.id),
    )
    return _plain(options)


def register(
    act: Act, account: Account, challenge: bytes, answer: dict[str, Any], name: str
) -> Passkey:
    """Keep the passkey the browser made; the caller commits.

    Raises Refusal "passkey-wrong" (any fault in the answer) or "passkeys-many".
    """
    if len(_known(act, account.id)) >= MOST:
        raise Refusal("passkeys-many", most=MOST)
    try:
        found = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=_host(act),
            expected_origin=_origin(act),
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise Refusal("passkey-wrong") from error
    row = Passkey(
        account_id=account.id,
        credential_id=found.credential_id,
        public_key=found.credential_public_key,
        sign_count=found.sign_count,
        name=name.strip()[:100],
    )
    act.record("passkey.added", row)
    return row


def authentication(act: Act, account_id: str | None, challenge: bytes) -> dict[str, Any]:
    """Options for `navigator.credentials.get`; None asks for any passkey the browser knows."""
    options = generate_authentication_options(
        rp_id=_host(act),
        challenge=challenge,
        allow_credentials=_known(act, account_id) if account_id else None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _plain(options)


def take(act: Act, account_id: str | None, challenge: bytes, answer: dict[str, Any]) -> str:
    """The id of the account whose passkey signed the challenge; the caller finishes.

    Origin, host, user verification and the counter are checked.
    Raises Refusal "passkey-wrong" for every fault, also a passkey of another account.
    """
    row = _named(act, answer)
    if row is None or (account_id is not None and row.account_id != account_id):
        raise Refusal("passkey-wrong")
    try:
        found = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=_host(act),
            expected_origin=_origin(act),
            credential_public_key=row.public_key,
            credential_current_sign_count=row.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise Refusal("passkey-wrong") from error
    taken = act.session.execute(
        update(Passkey)
        .where(Passkey.id == row.id, Passkey.sign_count == row.sign_count)
        .values(sign_count=found.new_sign_count, last_used_at=act.at)
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        raise Refusal("passkey-wrong")
    return row.account_id


def _named(act: Act, answer: dict[str, Any]) -> Passkey | None:
    try:
        credential_id = base64url_to_bytes(str(answer["rawId"]))
    except (ValueError, KeyError, TypeError):
        return None
    return act.session.scalar(select(Passkey).where(Passkey.credential_id == credential_id))


def _known(act: Act, account_id: str) -> list[PublicKeyCredentialDescriptor]:
    rows = act.session.scalars(
        select(Passkey.credential_id).where(Passkey.account_id == account_id)
    )
    return [PublicKeyCredentialDescriptor(id=key) for key in rows]


def _plain(options: Any) -> dict[str, Any]:  # Any: two unrelated classes of webauthn
    plain: dict[str, Any] = json.loads(options_to_json(options))
    return plain


def _host(act: Act) -> str:
    return urlsplit(act.instance.settings.base_url).hostname or ""


def _origin(act: Act) -> str:
    parts = urlsplit(act.instance.settings.base_url)
    return f"{parts.scheme}://{parts.netloc}"


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
