"""The Celery runner, for when one machine is outgrown: tasks carry the job's id and no more."""

import uuid
from typing import Any

from celery import Celery, bootsteps

from visitplanner.jobs import queue
from visitplanner.jobs.registry import KINDS
from visitplanner.jobs.sending import JOB, SWEEP, broker, send
from visitplanner.jobs.work import run_claimed
from visitplanner.models.base import now

SWEEP_SECONDS = 10.0


def make_worker(broker_url: str, instance: Any) -> Celery:  # Instance lies a layer above
    """The application of a worker: one task does the job of an id, one whatever is due.

    Its jobs run in threads, as with the embedded runner: paper and plans are made by processes
    of their own, which Celery's process pool would not allow.
    """
    app = broker(broker_url)
    app.conf.worker_pool = "threads"
    app.steps["consumer"].add(Sweeping)

    @app.task(name=JOB)  # type: ignore[untyped-decorator]
    def run_job(job_id: str) -> None:
        _run(instance, job_id)

    @app.task(name=SWEEP)  # type: ignore[untyped-decorator]
    def sweep() -> None:
        while _run(instance, None):
            pass

    return app


def _run(instance: Any, job_id: str | None) -> bool:
    """Do the job of this id, or the one that has been due longest; False when there is none."""
    owner = f"celery-{uuid.uuid4().hex[:12]}"
    with instance.session() as session:
        claimed = queue.claim(session, owner, list(KINDS), now(), only=job_id)
    if claimed is None:
        return False
    run_claimed(instance, claimed, owner)
    return True


class Sweeping(bootsteps.StartStopStep):  # type: ignore[misc]
    """Asks for a sweep as soon as the worker is connected and again every few seconds.

    It finds what was never sent, what waits for another try, and what a killed worker left. A
    sweep that nobody has begun when the next one is due is dropped.
    """

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def start(self, parent: Any) -> None:  # Any: Celery is untyped
        """Begin, also after a lost connection, which has stopped every timer."""
        self._ask(parent)
        parent.timer.call_repeatedly(SWEEP_SECONDS, self._ask, (parent,))

    def _ask(self, parent: Any) -> None:
        send(parent.app, SWEEP, expires=SWEEP_SECONDS)
