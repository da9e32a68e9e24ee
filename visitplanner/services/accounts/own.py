"""One's own account: name, language, password, sessions."""

from datetime import timedelta

from sqlalchemy import delete, select

from visitplanner.domain.names import clean_line
from visitplanner.domain.refusals import NotFound, Refusal
from visitplanner.models import Account, Session
from visitplanner.services import limits, sessions
from visitplanner.services.accounts import passwords
from visitplanner.services.act import Act, check_version

RECENT = timedelta(minutes=30)
"""How recent a sign-in must be to change what one signs in with."""


def refuse_unless_recent(act: Act) -> None:
    """Raise Refusal "sign-in-recent" when this session began too long ago for such a change."""
    begun = act.session.scalar(
        select(Session.created_at).where(Session.id == act.principal.session_id)
    )
    if begun is None or begun + RECENT < act.at:
        raise Refusal("sign-in-recent")


def save_profile(act: Act, name: str, language: str, version: int | None) -> None:
    """Change name and language. Raises Stale."""
    account = act.get(Account, act.principal.id)
    check_version(account, version)
    account.name = clean_line(name)
    account.language = language
    act.record("account.changed", account)
    act.commit()


def change_password(act: Act, present: str, new: str) -> None:
    """A new password; the other sessions end.

    Raises Refusal "password-wrong" with field `present`, others with field `password`, TooMany.
    """
    own = limits.bucket("own-password", act.principal.id)
    spent = limits.spend(act, (own, limits.OWN_PASSWORD))
    account = act.get(Account, act.principal.id)
    known = account.password_hash
    act.session.rollback()
    if not passwords.fits(known, present):
        raise Refusal("password-wrong", field="present")
    limits.refund(act, spent)
    passwords.set_password(act, act.get(Account, act.principal.id), new)
    act.commit()


def end_session(act: Act, session_id: str) -> None:
    """End one of one's sessions, such as a lost phone's. Raises NotFound."""
    mine = (Session.id == session_id, Session.account_id == act.principal.id)
    account = act.get(Account, act.principal.id)
    gone = act.session.execute(delete(Session).where(*mine))
    if gone.rowcount != 1:  # type: ignore[attr-defined]
        raise NotFound("not-found")
    act.record("account.session_ended", account, before={}, after={})
    act.commit()


def end_other_sessions(act: Act) -> int:
    """End every session but this one; how many."""
    account = act.get(Account, act.principal.id)
    count = sessions.revoke_all(act.session, account.id, but=act.principal.session_id)
    act.record("account.sessions_ended", account, before={}, after={"count": count})
    act.commit()
    return count
