"""The job table as a queue: enqueue in the caller's transaction, claim by lease, sweep, finish."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import event, or_, select, update
from sqlalchemy.orm import Session

from visitplanner.jobs.backoff import Backoff
from visitplanner.jobs.registry import KINDS
from visitplanner.models import Job
from visitplanner.models.base import now

LEASE = timedelta(seconds=60)

_wake: list[Callable[[str], None]] = []


def on_enqueue(wake: Callable[[str], None]) -> None:
    """Call `wake` with the job's id once the enqueuing transaction has committed."""
    _wake.append(wake)


def forget_wakers() -> None:
    """Drop every waker (a runner that stopped)."""
    _wake.clear()


@event.listens_for(Session, "after_commit")
def _tell(session: Session) -> None:
    """Tell the runners what this transaction has enqueued; what they miss they find by polling."""
    if session.in_nested_transaction():
        return
    for job_id in session.info.pop("enqueued", []):
        for waker in _wake:
            waker(job_id)


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    """Nothing of this transaction has happened."""
    session.info.pop("enqueued", None)


def enqueue(
    session: Session,
    kind: str,
    arguments: dict[str, Any],
    *,
    visit_id: str | None = None,
    account_id: str | None = None,
    total: int = 0,
    dedupe: str | None = None,
) -> Job:
    """Add a job to the caller's transaction. With `dedupe`, an earlier job of that key is it."""
    if dedupe is not None:
        earlier = session.scalar(select(Job).where(Job.dedupe == dedupe))
        if earlier is not None:
            return earlier
    row = Job(
        kind=kind,
        arguments=arguments,
        attempts_most=(KINDS[kind].backoff if kind in KINDS else Backoff()).tries,
        visit_id=visit_id,
        account_id=account_id,
        total=total,
        dedupe=dedupe,
    )
    session.add(row)
    session.flush()
    _announce(session, row)
    return row


def again(session: Session, row: Job) -> None:
    """Offer a job at once, with all its tries, in the caller's transaction.

    One that is under way goes on as it is.
    """
    if row.state == "running":
        return
    row.state, row.attempts, row.run_after = "queued", 0, now()
    row.error, row.finished_at, row.cancel_asked = "", None, False
    _announce(session, row)


def _announce(session: Session, row: Job) -> None:
    session.info.setdefault("enqueued", []).append(row.id)


def claim(
    session: Session, owner: str, kinds: list[str], at: datetime, *, only: str | None = None
) -> str | None:
    """Take the oldest job that may run, or the job `only` if it may; commits; its id or None.

    A job may run when its time has come and it waits, or its lease has run out.
    """
    wanted = (Job.kind.in_(kinds),) if only is None else (Job.kind.in_(kinds), Job.id == only)
    ready = (
        select(Job.id)
        .where(
            *wanted,
            Job.run_after <= at,
            or_(Job.state == "queued", (Job.state == "running") & (Job.lease_until < at)),
        )
        .order_by(Job.run_after, Job.created_at, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    job_id = session.scalar(ready)
    if job_id is None:
        session.rollback()
        return None
    taken = session.execute(
        update(Job)
        .where(
            Job.id == job_id,
            or_(Job.state == "queued", (Job.state == "running") & (Job.lease_until < at)),
        )
        .values(
            state="running", lease_owner=owner, lease_until=at + LEASE, attempts=Job.attempts + 1
        )
    )
    session.commit()
    return job_id if taken.rowcount == 1 else None  # type: ignore[attr-defined]


def renew(session: Session, job_id: str, owner: str, done: int, total: int, note: str) -> bool:
    """Report progress and hold the lease; False when cancelled or no longer ours. Commits."""
    kept = session.execute(
        update(Job)
        .where(Job.id == job_id, Job.lease_owner == owner, Job.state == "running")
        .values(done=done, total=total, note=note, lease_until=now() + LEASE)
    )
    cancelled = session.scalar(select(Job.cancel_asked).where(Job.id == job_id))
    session.commit()
    return bool(kept.rowcount == 1 and not cancelled)  # type: ignore[attr-defined]


def hold(session: Session, job_id: str, owner: str) -> bool:
    """Hold the lease of a job that is still ours, whatever it has to report; commits."""
    held = session.execute(
        update(Job)
        .where(Job.id == job_id, Job.lease_owner == owner, Job.state == "running")
        .values(lease_until=now() + LEASE)
    )
    session.commit()
    return bool(held.rowcount == 1)  # type: ignore[attr-defined]


def finish(session: Session, job_id: str, owner: str, **values: Any) -> bool:
    """Write the end of a job if it is still ours (Any: column values). Commits."""
    ended = session.execute(
        update(Job)
        .where(Job.id == job_id, Job.lease_owner == owner, Job.state == "running")
        .values(lease_until=None, **values)
    )
    session.commit()
    return bool(ended.rowcount == 1)  # type: ignore[attr-defined]


def cancel(session: Session, row: Job) -> None:
    """Ask a job to stop: a queued one ends at once, a running one at its next report."""
    if row.state == "queued":
        row.state = "cancelled"
        row.finished_at = now()
    elif row.state == "running":
        row.cancel_asked = True
