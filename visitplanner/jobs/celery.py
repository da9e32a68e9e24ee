"""The Celery runner, for when one machine is outgrown: tasks carry the job's id and no more."""

import uuid
from typing import Any

from celery import Celery

from visitplanner.jobs import queue
from visitplanner.jobs.registry import KINDS
from visitplanner.jobs.work import run_claimed
from visitplanner.models import Job
from visitplanner.models.base import now

SWEEP_SECONDS = 30.0


def make_celery(broker_url: str, instance: Any) -> Celery:  # Instance lies a layer above
    """A Celery application whose one task runs the job of the given id, at least once."""
    app = Celery("visitplanner", broker=broker_url)
    app.conf.update(
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        worker_prefetch_multiplier=1,
        task_ignore_result=True,
        broker_connection_retry_on_startup=True,
    )

    @app.task(name="visitplanner.job")  # type: ignore[untyped-decorator]
    def run_job(job_id: str) -> None:
        owner = f"celery-{uuid.uuid4().hex[:12]}"
        with instance.session() as session:
            row = session.get(Job, job_id)
            kind = row.kind if row else ""
            session.rollback()
            claimed = queue.claim(session, owner, [kind], now()) if kind else None
        if claimed is not None:
            run_claimed(instance, claimed, owner)

    @app.task(name="visitplanner.sweep")  # type: ignore[untyped-decorator]
    def sweep() -> None:
        owner = f"celery-{uuid.uuid4().hex[:12]}"
        with instance.session() as session:
            claimed = queue.claim(session, owner, list(KINDS), now())
        if claimed is not None:
            run_claimed(instance, claimed, owner)

    app.conf.beat_schedule = {
        "sweep": {"task": "visitplanner.sweep", "schedule": SWEEP_SECONDS},
    }
    queue.on_enqueue(lambda job_id: run_job.delay(job_id))
    return app
