"""API tokens: bearer secrets of one visit and one scope, told once, kept as SHA-256."""

from visitplanner.domain.refusals import Refusal
from visitplanner.models import ApiToken, Visit, new_key
from visitplanner.services.act import Act
from visitplanner.services.sessions import SCOPES
from visitplanner.services.vault import new_token, token_hash


def add_token(act: Act, visit: Visit, scope: str, label: str = "") -> str:
    """A new token. Raises Refusal "scope-unknown"."""
    if scope not in SCOPES:
        raise Refusal("scope-unknown", scope=scope, scopes=", ".join(sorted(SCOPES)))
    token = new_token()
    row = ApiToken(
        id=new_key(),
        visit_id=visit.id,
        scope=scope,
        token_hash=token_hash(token),
        label=label or scope,
        account_id=act.principal.id or None,
    )
    act.record("token.made", row, before={}, after={"scope": scope, "label": row.label})
    act.commit()
    return token
