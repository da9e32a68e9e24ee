"""Printing as jobs: batches of badges, and papers, each with progress, cancel and result."""

from collections.abc import Sequence
from typing import Any

from visitplanner.domain.access import Principal
from visitplanner.domain.refusals import Refusal
from visitplanner.jobs.queue import enqueue
from visitplanner.jobs.registry import Context, job
from visitplanner.models import Account, Job, Paper, Participant, Visit
from visitplanner.services.act import SYSTEM, Act
from visitplanner.services.badges import issue, lock_visit, ready_for_badge
from visitplanner.services.papers import print_badges, print_paper
from visitplanner.services.steps import live_badge


def ask_for_badges(
    act: Act,
    visit: Visit,
    participant_ids: Sequence[str],
    *,
    layout: str = "a6",
    sheet: str = "",
) -> Job:
    """Issue badges that are still missing and queue the printing of all.

    People who may not have a badge yet are left out; Refusal("nobody-ready") when nobody is left.
    """
    lock_visit(act, visit)
    badge_ids = []
    for participant in ready_for_badge(act, visit, participant_ids):
        badge = live_badge(act, participant) or issue(act, visit, participant)
        badge_ids.append(badge.id)
    if not badge_ids:
        raise Refusal("nobody-ready")
    arguments = {"badges": badge_ids, "layout": layout, "sheet": sheet}
    row = _queue(act, visit, "badges.print", arguments, total=len(badge_ids))
    act.commit()
    return row


def ask_for_paper(act: Act, visit: Visit, kind: str, *, language: str, subject: str = "") -> Job:
    """Queue the printing of a programme, a running order or the route cards."""
    arguments = {"kind": kind, "language": language, "subject": subject}
    row = _queue(act, visit, "papers.print", arguments, total=1)
    act.commit()
    return row


def _queue(act: Act, visit: Visit, kind: str, arguments: dict[str, Any], *, total: int) -> Job:
    row = enqueue(
        act.session,
        kind,
        arguments,
        visit_id=visit.id,
        account_id=act.principal.id or None,
        total=total,
    )
    act.record("job.asked", row, after={"kind": kind, "total": total})
    return row


def _asker(context: Context) -> Principal:
    """Whoever asked for the job, for the audit trail."""
    if not context.account_id:
        return SYSTEM
    with context.instance.session(writing=False) as session:
        account = session.get(Account, context.account_id)
        name = account.name if account else ""
    return Principal(kind="staff", id=context.account_id, name=name)


@job("badges.print", exclusive=True)
def run_badges(context: Context) -> dict[str, Any]:
    """Print the badges of the job into one PDF; result: file id and count."""
    arguments = context.arguments
    assert context.visit_id is not None
    file_id, _ = print_badges(
        context.instance,
        _asker(context),
        context.visit_id,
        arguments["badges"],
        layout=arguments["layout"],
        sheet=arguments["sheet"] or None,
        progress=context.progress,
    )
    return {"file": file_id, "count": len(arguments["badges"])}


@job("papers.print", exclusive=True)
def run_paper(context: Context) -> dict[str, Any]:
    """Print one paper; result: paper id."""
    assert context.visit_id is not None
    paper_id, _ = print_paper(
        context.instance, _asker(context), context.visit_id, **context.arguments
    )
    with context.instance.session(writing=False) as session:
        return {"paper": paper_id, "file": session.get_one(Paper, paper_id).file_id}


def print_one(act: Act, visit: Visit, participant: Participant) -> bytes:
    """The PDF of one badge, issued first if need be. Raises what `issue` and printing raise."""
    lock_visit(act, visit)
    badge = live_badge(act, participant) or issue(act, visit, participant)
    badge_id = badge.id
    act.commit()
    act.session.rollback()
    _, pdf = print_badges(act.instance, act.principal, visit.id, [badge_id])
    return pdf
