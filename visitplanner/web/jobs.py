"""Jobs as pages show them: title, state in words, where to watch, stop and fetch them."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext

from visitplanner.domain.refusals import Refusal
from visitplanner.web.refusals import sentence

TITLES = {
    "badges.print": lazy_gettext("Badges"),
    "papers.print": lazy_gettext("Paper"),
    "programmes.print": lazy_gettext("Programmes of delegations"),
    "tours.plan": lazy_gettext("Tour plan"),
}
STATES = {
    "queued": ("waiting", lazy_gettext("waiting")),
    "running": ("running", lazy_gettext("under way")),
    "done": ("done", lazy_gettext("done")),
    "failed": ("failed", lazy_gettext("failed")),
    "cancelled": ("cancelled", lazy_gettext("stopped")),
}


@dataclass(frozen=True, slots=True)
class JobView:
    """What `pieces.job_row` asks for."""

    title: str
    state: str
    state_word: str
    done: int
    total: int
    note: str
    status_url: str
    cancel_url: str
    retry_url: str
    result_url: str


def job_view(job: Any, back: str = "") -> JobView:
    """A job's row (models.Job) for the page; its buttons lead back to the address `back`."""
    way = back or None
    state, word = STATES[job.state]
    live = state in ("waiting", "running")
    file_id = (job.result or {}).get("file")
    return JobView(
        title=str(TITLES.get(job.kind, job.kind)),
        state=state,
        state_word=str(word),
        done=job.done,
        total=job.total,
        note=failure(job.error) if state == "failed" else job.note,
        status_url=url_for("programmes.job", job_id=job.id, back=way) if live else "",
        cancel_url=url_for("programmes.cancel_job", job_id=job.id, back=way) if live else "",
        retry_url=url_for("programmes.retry_job", job_id=job.id, back=way)
        if state in ("failed", "cancelled")
        else "",
        result_url=url_for("programmes.file", file_id=file_id) if file_id else "",
    )


def failure(error: str) -> str:
    """Why a job failed, in words where the reason is a refusal of ours."""
    refusal = Refusal.from_text(error)
    return sentence(refusal) if refusal is not None else error
