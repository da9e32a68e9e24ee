"""Stopping a job and running it again, as a person asks on a page."""

from sqlalchemy import select

from visitplanner.domain.refusals import NotFound, Refusal
from visitplanner.jobs import queue
from visitplanner.models import Job, Paper, Participant
from visitplanner.queries.badges import job_of, paper_file
from visitplanner.services.act import Act


def found_job(act: Act, job_id: str) -> Job:
    """A job of the visit; NotFound otherwise."""
    row = job_of(act.session, act.visit_id or "", job_id)
    if row is None:
        raise NotFound("not-found")
    return row


def cancel_job(act: Act, job_id: str) -> Job:
    """Ask a waiting or running job to stop; Refusal("job-ended") when it has ended."""
    row = found_job(act, job_id)
    if row.state not in ("queued", "running"):
        raise Refusal("job-ended")
    queue.cancel(act.session, row)
    act.record("job.cancelled", row)
    act.commit()
    return row


def retry_job(act: Act, job_id: str) -> Job:
    """Queue a failed or cancelled job again; Refusal("job-not-ended") while it is under way."""
    row = found_job(act, job_id)
    if row.state not in ("failed", "cancelled"):
        raise Refusal("job-not-ended")
    again = queue.enqueue(
        act.session,
        row.kind,
        dict(row.arguments),
        visit_id=row.visit_id,
        account_id=act.principal.id or None,
        total=row.total,
    )
    act.record("job.asked_again", again, after={"kind": row.kind})
    act.commit()
    return again


def read_paper(act: Act, file_id: str) -> tuple[str, bytes]:
    """Name and content of a printed paper of the visit; NotFound otherwise."""
    row = paper_file(act.session, act.visit_id or "", file_id)
    if row is None:
        raise NotFound("not-found")
    try:
        return row.name, act.instance.files.read(row)
    except FileNotFoundError as gone:
        raise NotFound("file-gone") from gone


def found_participant(act: Act, participant_id: str) -> Participant:
    """A person of the visit who still comes; NotFound otherwise."""
    row = act.get(Participant, participant_id, visit_id=act.visit_id)
    if row.status in ("withdrawn", "refused"):
        raise NotFound("not-found")
    return row


def holds_badges(act: Act, file_id: str) -> bool:
    """Whether a printed file shows badges."""
    return (
        act.session.scalar(
            select(Paper.id).where(Paper.file_id == file_id, Paper.kind == "badge").limit(1)
        )
        is not None
    )
