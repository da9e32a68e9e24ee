"""Kinds of jobs and the functions that do them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol


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


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job. `exclusive` kinds run one at a time, because they use a whole core."""

    name: str
    run: Callable[[Context], dict[str, Any]]
    exclusive: bool = False


KINDS: dict[str, Kind] = {}

Run = Callable[[Context], dict[str, Any]]


def job(name: str, *, exclusive: bool = False) -> Callable[[Run], Run]:
    """Register the function as the work of jobs of this kind; it must bear being run twice."""

    def register(run: Run) -> Run:
        KINDS[name] = Kind(name, run, exclusive)
        return run

    return register
