"""Planning a visit's tour, and laying a plan over the groups, their staff and their visits."""

from collections.abc import Callable
from time import monotonic
from typing import Any

from sqlalchemy import delete, func, select, update

from visitplanner.domain.refusals import Refusal
from visitplanner.jobs.queue import enqueue
from visitplanner.jobs.registry import Cancelled, Context, job
from visitplanner.models import (
    Delegation,
    GroupVisit,
    Job,
    Participant,
    Stop,
    TourGroup,
    TourPlan,
    TourStaff,
    Visit,
)
from visitplanner.planning.checker import check
from visitplanner.planning.plan import Progress
from visitplanner.planning.plan_file import plan_to_json
from visitplanner.planning.planner import plan as make_plan
from visitplanner.planning.problem_file import read_problem
from visitplanner.planning.process import plan_apart
from visitplanner.services.act import Act
from visitplanner.services.badges import lock_visit
from visitplanner.services.tour_problem import GONE, problem_of

SECONDS = 5.0
ASK_EVERY = 0.5
COLOURS = ("malachite", "lapis", "garnet", "brass", "violet")


def ask_for_plan(act: Act, visit: Visit, *, seconds: float = SECONDS, language: str = "en") -> Job:
    """Queue the planning of the tour as a job; refuses at once what cannot be planned.

    A visit has one plan under way: asked for again, also by a colleague, it is that job.

    `language` is that of the reasons, should there be no plan.
    """
    problem_of(act.session, visit)
    lock_visit(act, visit)
    if (under_way := _under_way(act, visit)) is not None:
        return under_way
    row = enqueue(
        act.session,
        "tours.plan",
        {"seconds": seconds, "language": language},
        visit_id=visit.id,
        account_id=act.principal.id or None,
    )
    act.record("tour.plan_asked", row, after={"seconds": seconds})
    act.commit()
    return row


def _under_way(act: Act, visit: Visit) -> Job | None:
    """The visit's planning that has not ended and that nobody has stopped."""
    return act.session.scalar(
        select(Job)
        .where(
            Job.visit_id == visit.id,
            Job.kind == "tours.plan",
            Job.state.in_(("queued", "running")),
            Job.cancel_asked.is_(False),
        )
        .limit(1)
    )


class _Asking:
    """Asks twice a second whether somebody has stopped the job."""

    def __init__(self, context: Context) -> None:
        self.context, self.asked, self.stopped = context, 0.0, False

    def __call__(self) -> bool:
        if not self.stopped and monotonic() - self.asked > ASK_EVERY:
            self.asked = monotonic()
            try:
                self.context.progress(0, 1)
            except Cancelled:
                self.stopped = True
        return self.stopped


@job("tours.plan", exclusive=True)
def run_plan(context: Context) -> dict[str, Any]:
    """Plan in a process of its own, keep the edition, apply it if there is a plan.

    The result names edition, status and score. Stopping the job keeps things as they were.
    """
    seconds = float(context.arguments["seconds"])
    language = str(context.arguments.get("language", "en"))
    with context.instance.session(writing=False) as session:
        visit = session.get_one(Visit, context.visit_id)
        problem = problem_of(session, visit)
    read = read_problem(problem)
    asked = _Asking(context)
    found = plan_apart(read, seconds=seconds, cancelled=asked, language=language)
    if asked.stopped:
        raise Cancelled
    plan = plan_to_json(read, found)
    _demand_faultless(problem, plan)
    with context.instance.session() as session:
        act = Act(context.instance, session, visit_id=context.visit_id)
        edition = keep_plan(act, problem, plan)
        if plan["groups"]:
            apply_plan(act, edition)
        act.commit()
        return {"edition": edition.edition, "status": plan["status"], "score": plan["score"]}


def plan_problem(
    problem: dict[str, Any],
    *,
    seconds: float | None = None,
    iterations: int | None = None,
    seed: int = 1,
    on_progress: Callable[[Progress], None] | None = None,
) -> dict[str, Any]:
    """The plan of a problem, both as JSON values; the independent checker has accepted it.

    Raises Refusal("tour-plan-faulty") if the checker names a broken rule: a fault of ours.
    """
    read = read_problem(problem)
    found = make_plan(
        read, seconds=seconds, iterations=iterations, seed=seed, on_progress=on_progress
    )
    plan = plan_to_json(read, found)
    _demand_faultless(problem, plan)
    return plan


def _demand_faultless(problem: dict[str, Any], plan: dict[str, Any]) -> None:
    faults = check(problem, plan)
    if faults:
        raise Refusal("tour-plan-faulty", rule=faults[0].rule, text=faults[0].text)


def keep_plan(act: Act, problem: dict[str, Any], plan: dict[str, Any]) -> TourPlan:
    """Store the plan as the next edition."""
    latest = act.session.scalar(
        select(func.max(TourPlan.edition)).where(TourPlan.visit_id == act.visit_id)
    )
    assert act.visit_id is not None
    row = TourPlan(
        visit_id=act.visit_id,
        edition=(latest or 0) + 1,
        status=str(plan["status"]),
        problem=problem,
        plan=plan,
    )
    act.record(
        "tour.planned", row, after={"status": plan["status"], "total": plan["score"]["total"]}
    )
    return row


def apply_plan(act: Act, edition: TourPlan) -> None:
    """Put guests, escorts, interpreters and visits of the groups as the edition says."""
    session, visit_id = act.session, edition.visit_id
    _clear(act, visit_id)
    stops = {
        stop.code: stop.id
        for stop in session.scalars(select(Stop).where(Stop.visit_id == visit_id))
    }
    delegations = {
        row.code: row.id
        for row in session.scalars(select(Delegation).where(Delegation.visit_id == visit_id))
    }
    known = {
        group.letter: group
        for group in session.scalars(select(TourGroup).where(TourGroup.visit_id == visit_id))
    }
    rules = edition.problem["rules"]
    for place, planned in enumerate(edition.plan["groups"]):
        group = known.get(planned["id"]) or _new_group(act, visit_id, planned["id"], place)
        group.people = max(group.people, rules["group_people"][1])
        group.languages = planned["working_languages"]
        session.flush()
        _fill(act, group, [delegations[member["delegation"]] for member in planned["members"]])
        _man(act, group, planned)
        _route(act, group, planned["visits"], stops)
    edition.applied_at = act.at
    act.record("tour.applied", edition, after={"edition": edition.edition})


def _clear(act: Act, visit_id: str) -> None:
    session = act.session
    session.execute(
        update(Participant).where(Participant.visit_id == visit_id).values(group_id=None)
    )
    session.execute(delete(TourStaff).where(TourStaff.visit_id == visit_id))
    session.execute(delete(GroupVisit).where(GroupVisit.visit_id == visit_id))
    session.execute(update(TourGroup).where(TourGroup.visit_id == visit_id).values(taken=0))
    session.expire_all()


def _new_group(act: Act, visit_id: str, letter: str, place: int) -> TourGroup:
    row = TourGroup(visit_id=visit_id, letter=letter, colour=COLOURS[place % len(COLOURS)])
    act.session.add(row)
    act.session.flush()
    return row


def _fill(act: Act, group: TourGroup, delegation_ids: list[str]) -> None:
    moved = act.session.execute(
        update(Participant)
        .where(Participant.delegation_id.in_(delegation_ids), Participant.status.not_in(GONE))
        .values(group_id=group.id)
    )
    group.taken = int(moved.rowcount)  # type: ignore[attr-defined]
    act.session.flush()


def _man(act: Act, group: TourGroup, planned: dict[str, Any]) -> None:
    people = [(planned["escort"], "escort", "")] + [
        (who, "interpreter", language) for language, who in planned["interpreters"].items()
    ]
    for who, role, language in people:
        act.session.add(
            TourStaff(
                visit_id=group.visit_id,
                group_id=group.id,
                participant_id=who,
                role=role,
                language=language,
            )
        )
    act.session.flush()


def _route(act: Act, group: TourGroup, visits: list[dict[str, Any]], stops: dict[str, str]) -> None:
    for sequence, visit in enumerate(visits, start=1):
        act.session.add(
            GroupVisit(
                visit_id=group.visit_id,
                group_id=group.id,
                stop_id=stops[visit["stop"]],
                starts_minute=visit["start"],
                ends_minute=visit["end"],
                sequence=sequence,
            )
        )
    act.session.flush()
