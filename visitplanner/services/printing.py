"""Printing as jobs: batches of badges, and papers, each with progress, cancel and result."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from visitplanner.documents.merging import merged
from visitplanner.domain.access import Principal
from visitplanner.domain.accreditation import Status, is_printable
from visitplanner.domain.refusals import Refusal
from visitplanner.jobs.queue import enqueue
from visitplanner.jobs.registry import Context, job
from visitplanner.models import Account, Delegation, Job, Paper, Participant, Visit
from visitplanner.services.act import SYSTEM, Act
from visitplanner.services.badges import issue, lock_visit, ready_for_badge
from visitplanner.services.papers import keep_pdf, prepare, print_badges, print_paper
from visitplanner.services.printed_papers import to_print_again
from visitplanner.services.steps import ACTIVE, live_badge, rules_of


def ask_for_badges(
    act: Act,
    visit: Visit,
    participant_ids: Sequence[str],
    *,
    layout: str = "a6",
    sheet: str = "",
) -> Job:
    """Issue badges that are still missing and queue the printing of all; asked twice, one job.

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


def left_out(act: Act, visit: Visit, participant_ids: Sequence[str]) -> dict[str, int]:
    """By standing, how many of these people of the visit may not have a badge now."""
    rules = rules_of(visit)
    query = (
        select(Participant.status, func.count())
        .where(Participant.visit_id == visit.id, Participant.id.in_(list(participant_ids)))
        .group_by(Participant.status)
    )
    return {
        status: count
        for status, count in act.session.execute(query)
        if not is_printable(Status(status), rules)
    }


def ask_for_programmes(
    act: Act, visit: Visit, delegations: Sequence[Delegation], *, language: str
) -> Job:
    """Queue the programmes of these delegations as one PDF, each a paper of its own, once.

    Delegations off the list or with nobody on it are left out; Refusal("nobody-comes") when none
    is left, and what `papers.prepare` refuses.
    """
    codes = [row.code for row in delegations if row.withdrawn_at is None and comes(act, row)]
    if not codes:
        raise Refusal("nobody-comes")
    prepare(act, visit, "programme", language=language, subject=codes[0])
    arguments = {"codes": codes, "language": language}
    row = _queue(act, visit, "programmes.print", arguments, total=len(codes))
    act.commit()
    return row


def comes(act: Act, delegation: Delegation) -> bool:
    """Whether anybody is on the delegation's list."""
    query = select(Participant.id).where(
        Participant.delegation_id == delegation.id, Participant.status.in_(ACTIVE)
    )
    return act.session.scalar(query.limit(1)) is not None


def ask_for_paper(
    act: Act, visit: Visit, kind: str, *, language: str, subject: str = "", booklet: bool = False
) -> Job:
    """Queue the printing of a programme, a running order or the route cards, once."""
    arguments: dict[str, Any] = {"kind": kind, "language": language, "subject": subject}
    arguments |= {"booklet": True} if booklet else {}
    row = _queue(act, visit, "papers.print", arguments, total=1)
    act.commit()
    return row


def ask_for_stale(act: Act, visit: Visit, *, badges: bool) -> int:
    """Queue what is stale since it was printed, badges in one job; the number of papers.

    `badges` says whether badges may be printed too. Refusal("nothing-stale") where all holds.
    """
    people, lines = to_print_again(act, visit)
    wanted = [(line.paper.kind, line.paper.language, line.subject) for line in lines]
    ready = ready_for_badge(act, visit, people) if badges and people else []
    people = [who.id for who in ready]
    if people:
        ask_for_badges(act, visit, people, sheet="a4")
    for kind, language, subject in wanted:
        ask_for_paper(act, visit, kind, language=language, subject=subject)
    if not people and not wanted:
        raise Refusal("nothing-stale")
    return len(people) + len(wanted)


def _queue(act: Act, visit: Visit, kind: str, arguments: dict[str, Any], *, total: int) -> Job:
    lock_visit(act, visit)
    under_way = _under_way(act, visit, kind, arguments)
    if under_way is not None:
        return under_way
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


def _under_way(act: Act, visit: Visit, kind: str, arguments: dict[str, Any]) -> Job | None:
    """The job that the same person has asked for in the same words and that has not ended."""
    asked = select(Job).where(
        Job.visit_id == visit.id,
        Job.kind == kind,
        Job.account_id == (act.principal.id or None),
        Job.state.in_(("queued", "running")),
        Job.cancel_asked.is_(False),
    )
    return next((row for row in act.session.scalars(asked) if row.arguments == arguments), None)


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


@job("programmes.print", exclusive=True)
def run_programmes(context: Context) -> dict[str, Any]:
    """Print the programme of each delegation and bind them; result: file id and count."""
    arguments, parts = context.arguments, []
    assert context.visit_id is not None
    codes = arguments["codes"]
    for number, code in enumerate(codes):
        context.progress(number, len(codes))
        _, pdf = print_paper(
            context.instance,
            _asker(context),
            context.visit_id,
            "programme",
            language=arguments["language"],
            subject=code,
        )
        parts.append(pdf)
    with context.instance.session() as session:
        act = Act(context.instance, session, _asker(context), context.visit_id)
        visit = session.get_one(Visit, context.visit_id)
        file = keep_pdf(act, visit, merged(parts), f"{visit.slug}-programmes")
        act.commit()
        return {"file": file.id, "count": len(codes)}


def print_one(act: Act, visit: Visit, participant: Participant) -> bytes:
    """The PDF of one badge, issued first if need be. Raises what `issue` and printing raise."""
    lock_visit(act, visit)
    badge = live_badge(act, participant) or issue(act, visit, participant)
    badge_id = badge.id
    act.commit()
    act.session.rollback()
    _, pdf = print_badges(act.instance, act.principal, visit.id, [badge_id])
    return pdf
