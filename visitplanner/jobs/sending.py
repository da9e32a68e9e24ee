"""Telling the Celery workers of a job once it is committed; no request waits for the broker."""

import atexit
import queue as inbox
import threading
from collections.abc import Sequence

import structlog
from celery import Celery
from kombu.exceptions import KombuError, OperationalError

log = structlog.get_logger()

JOB = "visitplanner.job"
SWEEP = "visitplanner.sweep"
LAST_WORDS = 3.0


def broker(broker_url: str) -> Celery:
    """Celery on this broker, as the web processes and the workers use it.

    A broker that cannot be reached is an error within seconds, not a call that waits for it.
    """
    app = Celery("visitplanner", broker=broker_url, set_as_current=False)
    app.conf.update(
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        worker_prefetch_multiplier=1,
        task_ignore_result=True,
        task_default_queue="visitplanner",
        broker_connection_retry_on_startup=True,
        broker_connection_timeout=3,
        broker_transport_options={"max_retries": 1, "interval_start": 0, "interval_max": 0.2},
        task_publish_retry=False,
    )
    return app


def send(app: Celery, task: str, arguments: Sequence[str] = (), **options: float) -> bool:
    """Send a task; False when the broker cannot be reached."""
    try:
        app.send_task(task, arguments, **options)
    except (OSError, KombuError, OperationalError) as error:
        log.warning("the broker is away; the next sweep finds the jobs", error=str(error))
        return False
    return True


class Sender:
    """Sends the ids of committed jobs from a thread of its own.

    What cannot be sent is dropped: the row in the table is the job, and the workers' sweep
    finds it.
    """

    def __init__(self, broker_url: str) -> None:
        self._app = broker(broker_url)
        self._waiting: inbox.Queue[str] = inbox.Queue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def __call__(self, job_id: str) -> None:
        """Send this job's id soon; never blocks, never raises."""
        self._waiting.put(job_id)
        with self._lock:
            if self._thread is None:  # begun here, so that it is begun after a fork
                self._thread = threading.Thread(target=self._loop, name="jobs-sender", daemon=True)
                self._thread.start()
                atexit.register(self.close)

    def close(self, seconds: float = LAST_WORDS) -> None:
        """Send what waits, for at most that long."""
        if self._thread is not None:
            self._waiting.put("")
            self._thread.join(seconds)

    def _loop(self) -> None:
        while job_id := self._waiting.get():
            send(self._app, JOB, [job_id])
