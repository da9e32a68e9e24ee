"""Rate limits kept in the database, counted before the work, so that they cannot fail open."""

import hashlib
import ipaddress
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, func, select, text

from visitplanner.domain.refusals import TooMany
from visitplanner.models import Attempt, new_key
from visitplanner.models.engine import expect_writes
from visitplanner.services.act import Act

KEPT = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` attempts in any stretch of `within`."""

    most: int
    within: timedelta


SIGN_IN = Limit(10, timedelta(minutes=5))
SIGN_IN_ALL = Limit(1000, timedelta(minutes=5))
SECOND_STEP = Limit(10, timedelta(minutes=5))
PASSKEY = Limit(30, timedelta(minutes=5))
WRONG_LINK = Limit(10, timedelta(minutes=5))
NEW_LINK = Limit(3, timedelta(hours=1))
NEW_LINKS_FROM = Limit(20, timedelta(hours=1))
RESET = Limit(5, timedelta(days=1))
RESET_FROM = Limit(20, timedelta(hours=1))
OWN_PASSWORD = Limit(10, timedelta(minutes=5))


def bucket(kind: str, what: str = "") -> str:
    """The name of a counter; `what` (an address, an e-mail) is kept as a hash only."""
    return f"{kind}:{hashlib.sha256(what.encode()).hexdigest()[:32]}" if what else kind


def network(address: str) -> str:
    """An IPv4 address, or the /64 network of an IPv6 address, which one customer owns whole."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if found.version == 6:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def spend(act: Act, *counters: tuple[str, Limit]) -> list[str]:
    """Count an attempt in each of `counters` (bucket, limit); ids for `refund`.

    Call it first in a use-case: it commits, so that the attempt stays counted whatever follows.
    Raises TooMany with `seconds` to wait when a limit is reached; that attempt is not counted.
    """
    _begin(act)
    ids = []
    for name, limit in sorted(counters):
        _queue_up(act, name)
        _refuse_when_full(act, name, limit)
        row = Attempt(id=new_key(), bucket=name, at=act.at)
        act.session.add(row)
        ids.append(row.id)
    act.session.commit()
    return ids


def look(act: Act, name: str, limit: Limit) -> None:
    """Raise TooMany when the limit is reached, without counting an attempt."""
    _refuse_when_full(act, name, limit)


def refund(act: Act, ids: list[str]) -> None:
    """Take back attempts that turned out well; the caller commits."""
    act.session.execute(delete(Attempt).where(Attempt.id.in_(ids)))


def sweep(act: Act) -> None:
    """Forget attempts too old for any limit; the caller commits."""
    act.session.execute(delete(Attempt).where(Attempt.at < act.at - KEPT))


def _begin(act: Act) -> None:
    session = act.session
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("limits come first in a use-case")
    session.rollback()
    expect_writes(True)


def _queue_up(act: Act, name: str) -> None:
    """One at a time per bucket, or two would both find the last place (PostgreSQL)."""
    if act.instance.engine.dialect.name == "postgresql":
        act.session.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": name}
        )


def _refuse_when_full(act: Act, name: str, limit: Limit) -> None:
    since = act.at - limit.within
    spent, first = act.session.execute(
        select(func.count(), func.min(Attempt.at)).where(Attempt.bucket == name, Attempt.at > since)
    ).one()
    if spent >= limit.most:
        act.session.rollback()
        wait = int((first - since).total_seconds()) + 1
        raise TooMany("too-many-attempts", seconds=wait, minutes=max(1, round(wait / 60)))
