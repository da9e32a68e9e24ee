"""The embedded runner: threads of the web process that work through the job table."""

import os
import queue as inbox
import threading
import uuid
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from visitplanner.jobs import queue
from visitplanner.jobs.registry import KINDS
from visitplanner.jobs.work import run_claimed
from visitplanner.models.base import now

log = structlog.get_logger()

IDLE_SECONDS = 1.0


class EmbeddedRunner:
    """Two threads: one for jobs that use a whole core, one for the small ones (mail).

    Survives kill -9: what was running is offered again when its lease runs out.
    """

    def __init__(self, instance: Any) -> None:  # services.instance.Instance, a layer above
        self._instance = instance
        self._stop = threading.Event()
        self._owner = f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._threads: list[threading.Thread] = []
        self._bells: list[inbox.Queue[str]] = []

    def start(self) -> None:
        """Start the threads and listen for enqueued jobs."""
        for exclusive in (True, False):
            kinds = [kind.name for kind in KINDS.values() if kind.exclusive is exclusive]
            bell: inbox.Queue[str] = inbox.Queue()
            self._bells.append(bell)
            name = f"jobs-{'heavy' if exclusive else 'light'}"
            thread = threading.Thread(
                target=self._loop, args=(kinds, bell, name), name=name, daemon=True
            )
            self._threads.append(thread)
            thread.start()
        queue.on_enqueue(self._ring)

    def stop(self, seconds: float = 5.0) -> None:
        """Stop taking jobs; a running one keeps its lease and is offered again later."""
        self._stop.set()
        self._ring("")
        for thread in self._threads:
            thread.join(seconds)

    def _ring(self, job_id: str) -> None:
        for bell in self._bells:
            bell.put(job_id)

    def _loop(self, kinds: list[str], bell: "inbox.Queue[str]", name: str) -> None:
        owner = f"{self._owner}-{name}"
        while not self._stop.is_set():
            if not kinds or not self._try_one(kinds, owner):
                try:
                    bell.get(timeout=IDLE_SECONDS)
                except inbox.Empty:
                    continue

    def _try_one(self, kinds: list[str], owner: str) -> bool:
        """As `run_one`; a database that does not answer must not end the thread."""
        try:
            return self.run_one(kinds, owner)
        except SQLAlchemyError as error:
            log.error("jobs wait for the database", exc_info=error)
            return False

    def run_one(self, kinds: list[str], owner: str) -> bool:
        """Claim and run one job; False when there is none."""
        with self._instance.session() as session:
            job_id = queue.claim(session, owner, kinds, now())
        if job_id is None:
            return False
        run_claimed(self._instance, job_id, owner)
        return True


def run_all(instance: Any, owner: str = "here") -> int:
    """Run every job that is due, in this thread; how many (commands and tests use it)."""
    count = 0
    while True:
        with instance.session() as session:
            job_id = queue.claim(session, owner, list(KINDS), now())
        if job_id is None:
            return count
        run_claimed(instance, job_id, owner)
        count += 1
