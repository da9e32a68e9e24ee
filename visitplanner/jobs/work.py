"""Doing one claimed job: the same for every runner."""

import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from visitplanner.domain.refusals import Refusal
from visitplanner.jobs import queue
from visitplanner.jobs.registry import KINDS, Cancelled, Kind
from visitplanner.models import Job
from visitplanner.models.base import now

log = structlog.get_logger()

SessionMaker = Callable[[], AbstractContextManager[Session]]
KILLED = "The process that did the work was killed each time."
HOLD_EVERY = queue.LEASE.total_seconds() / 3
"""Seconds; work that reports nothing for longer than its lease must not be done twice at once."""


@dataclass(slots=True)
class JobContext:
    """What the job's function sees; `instance` is the running `services.instance.Instance`."""

    job_id: str
    owner: str
    visit_id: str | None
    account_id: str | None
    arguments: dict[str, Any]
    instance: Any  # lies above this layer

    def progress(self, done: int, total: int, note: str = "") -> None:
        """Report progress and renew the lease; raises Cancelled when it should stop."""
        with self.instance.session() as session:
            if not queue.renew(session, self.job_id, self.owner, done, total, note):
                raise Cancelled


def run_claimed(instance: Any, job_id: str, owner: str) -> str:
    """Run a job that `owner` has claimed; returns its end state."""
    sessions: SessionMaker = instance.session
    with sessions() as session:
        row = session.get_one(Job, job_id)
        context = JobContext(
            job_id, owner, row.visit_id, row.account_id, dict(row.arguments), instance
        )
        kind, tries, most = KINDS[row.kind], row.attempts, row.attempts_most
        session.rollback()
    if tries > most:
        end = _give_up(kind, context, KILLED)
    else:
        with holding(sessions, job_id, owner):
            end = _try(kind, context, tries, last=tries >= most)
    with sessions() as session:
        queue.finish(session, job_id, owner, **end)
    return str(end["state"])


@contextmanager
def holding(
    sessions: SessionMaker, job_id: str, owner: str, every: float = HOLD_EVERY
) -> Iterator[None]:
    """Renew the lease every so many seconds until the block ends, or until it is no longer ours.

    A process that is killed renews nothing, and its job is offered again.
    """
    over = threading.Event()

    def hold() -> None:
        while not over.wait(every):
            try:
                with sessions() as session:
                    if not queue.hold(session, job_id, owner):
                        return
            except SQLAlchemyError as error:
                log.warning("a lease could not be renewed", job=job_id, error=str(error))

    here = copy_context()  # the clock of whoever runs the job
    thread = threading.Thread(target=here.run, args=(hold,), name=f"lease-{job_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _try(kind: Kind, context: JobContext, tries: int, *, last: bool) -> dict[str, Any]:
    """What to write into the job's row (Any: column values) after one try."""
    try:
        result = kind.run(context)
    except Cancelled:
        return {"state": "cancelled", "finished_at": now()}
    except Refusal as refusal:  # asking again would not help
        return _give_up(kind, context, refusal.as_text())
    except Exception as error:
        log.warning("job failed", job=context.job_id, kind=kind.name, error=type(error).__name__)
        text = "".join(traceback.format_exception_only(error)).strip()[:1900]
        if last:
            return _give_up(kind, context, text)
        return {"state": "queued", "error": text, "run_after": now() + kind.backoff.wait(tries)}
    return {"state": "done", "result": result, "error": "", "finished_at": now()}


def _give_up(kind: Kind, context: JobContext, text: str) -> dict[str, Any]:
    if kind.gave_up is not None:
        kind.gave_up(context, text)
    return {"state": "failed", "error": text, "finished_at": now()}
