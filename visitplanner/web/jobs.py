"""Jobs as pages show them: title, state in words, where to watch, stop and fetch them."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext, lazy_gettext

from visitplanner.domain.access import may
from visitplanner.domain.refusals import Refusal
from visitplanner.web.access import principal
from visitplanner.web.refusals import sentence

TITLES = {
    "badges.print": lazy_gettext("Badges"),
    "papers.print": lazy_gettext("Paper"),
    "programmes.print": lazy_gettext("Programmes of delegations"),
    "tours.plan": lazy_gettext("Tour plan"),
}
ASKS = {
    "badges.print": "badges.print",
    "papers.print": "programmes.print",
    "programmes.print": "programmes.print",
    "tours.plan": "tours.edit",
}
"""What somebody must be allowed who asks for such a job, stops it or tries it again."""

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
    progress: str = ""
    """How far it has come, in words."""
    renews: bool = False
    """Whether its end changes the page that shows it."""


def may_steer(job: Any) -> bool:
    """Whether who asks may stop this job or try it again (Any: a job's row)."""
    asks = ASKS.get(job.kind)
    return asks is not None and may(principal(), asks, job.visit_id)


def _may_read(job: Any) -> bool:
    return job.kind != "badges.print" or may(principal(), "badges.view", job.visit_id)


def job_view(job: Any, back: str = "") -> JobView:
    """A job's row (models.Job) for the page; its buttons lead back to the address `back`."""
    way = back or None
    state, word = STATES[job.state]
    live = state in ("waiting", "running")
    steers = may_steer(job)
    file_id = (job.result or {}).get("file") if _may_read(job) else None
    return JobView(
        title=str(TITLES.get(job.kind, job.kind)),
        state=state,
        state_word=str(word),
        done=job.done,
        total=job.total,
        note=failure(job.error) if state == "failed" else _result(job) or job.note,
        status_url=url_for("programmes.job", job_id=job.id, back=way) if live else "",
        cancel_url=url_for("programmes.cancel_job", job_id=job.id, back=way)
        if live and steers
        else "",
        retry_url=url_for("programmes.retry_job", job_id=job.id, back=way)
        if steers and state in ("failed", "cancelled")
        else "",
        result_url=url_for("programmes.file", file_id=file_id)
        if file_id and _may_read(job)
        else "",
        progress=_progress(job) if live and job.total else "",
        renews=job.kind == "tours.plan" and not live and bool(back),
    )


def _progress(job: Any) -> str:
    if job.kind == "tours.plan":
        return str(gettext("%(done)s of %(total)s s", done=job.done, total=job.total))
    return str(gettext("%(done)s of %(total)s", done=job.done, total=job.total))


def _result(job: Any) -> str:
    """What came of a plan that was not laid over the tour."""
    result = job.result or {}
    if job.state != "done" or job.kind != "tours.plan" or result.get("taken", True):
        return ""
    if result.get("status") in ("optimal", "feasible"):
        return str(gettext("The tour stays as it stands: what was found is no better."))
    return str(gettext("No plan was found; the tour stays as it stands."))


def failure(error: str) -> str:
    """Why a job failed, in words where the reason is a refusal of ours."""
    refusal = Refusal.from_text(error)
    return sentence(refusal) if refusal is not None else error
