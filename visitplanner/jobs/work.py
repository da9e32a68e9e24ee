"""Doing one claimed job: the same for every runner."""

import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy.orm import Session

from visitplanner.domain.refusals import Refusal
from visitplanner.jobs import queue
from visitplanner.jobs.registry import KINDS, Cancelled
from visitplanner.models import Job
from visitplanner.models.base import now

log = structlog.get_logger()

SessionMaker = Callable[[], AbstractContextManager[Session]]


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
        if row.attempts > row.attempts_most:
            queue.finish(session, job_id, owner, state="failed", error="gave up", finished_at=now())
            return "failed"
        context = JobContext(
            job_id, owner, row.visit_id, row.account_id, dict(row.arguments), instance
        )
        kind, last_try = row.kind, row.attempts >= row.attempts_most
        session.rollback()
    try:
        result = KINDS[kind].run(context)
        end: dict[str, Any] = {"state": "done", "result": result, "error": ""}
    except Cancelled:
        end = {"state": "cancelled"}
    except Refusal as refusal:  # asking again would not help
        end = {"state": "failed", "error": refusal.as_text()}
    except Exception as error:
        log.warning("job failed", job=job_id, kind=kind, error=type(error).__name__)
        text = "".join(traceback.format_exception_only(error)).strip()[:1900]
        end = {"state": "failed" if last_try else "queued", "error": text}
    if end["state"] == "queued":
        end["run_after"] = now() + queue.WAIT_AFTER_FAILURE
    else:
        end["finished_at"] = now()
    with sessions() as session:
        queue.finish(session, job_id, owner, **end)
    return str(end["state"])
