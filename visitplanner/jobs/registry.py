"""Kinds of jobs and the functions that do them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from visitplanner.jobs.backoff import Backoff


class Cancelled(Exception):  # noqa: N818 - not an error but an answer
    """The user asked to stop; the runner marks the job cancelled."""


class Context(Protocol):
    """What a job's function is handed by the runner."""

    job_id: str
    visit_id: str | None
    account_id: str | None
    arguments: dict[str, Any]
    instance: Any  # services.instance.Instance, which lies above this layer

    def progress(self, done: int, total: int, note: str = "") -> None:
        """Report progress, renew the lease; raises Cancelled when the user asked to stop."""


Run = Callable[[Context], dict[str, Any]]
GaveUp = Callable[[Context, str], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job. `exclusive` kinds run one at a time, because they use a whole core.

    `gave_up` is called with the reason before a job is marked failed for good, perhaps twice.
    """

    name: str
    run: Run
    exclusive: bool = False
    backoff: Backoff = field(default_factory=Backoff)
    gave_up: GaveUp | None = None


KINDS: dict[str, Kind] = {}


def job(
    name: str,
    *,
    exclusive: bool = False,
    backoff: Backoff | None = None,
    gave_up: GaveUp | None = None,
) -> Callable[[Run], Run]:
    """Register the function as the work of jobs of this kind; it must bear being run twice.

    What it raises is tried again after a wait, but for a Refusal, which would be the same again.
    """

    def register(run: Run) -> Run:
        KINDS[name] = Kind(name, run, exclusive, backoff or Backoff(), gave_up)
        return run

    return register
