"""Planning a visit's tour as a job, in a process of its own."""

from collections.abc import Callable
from time import monotonic
from typing import Any

from sqlalchemy import select

from visitplanner.domain.refusals import Refusal
from visitplanner.jobs.queue import enqueue
from visitplanner.jobs.registry import Cancelled, Context, job
from visitplanner.models import Job, Visit
from visitplanner.planning.checker import check
from visitplanner.planning.plan import Progress
from visitplanner.planning.plan_file import plan_to_json
from visitplanner.planning.planner import plan as make_plan
from visitplanner.planning.problem_file import read_problem
from visitplanner.planning.process import plan_apart
from visitplanner.services.act import Act
from visitplanner.services.badges import lock_visit
from visitplanner.services.tour_editions import take_plan
from visitplanner.services.tour_problem import problem_of

SECONDS = 5.0
ASK_EVERY = 0.5


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
        total=max(1, round(seconds)),
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
    """Tells twice a second how much of the time has passed; asks whether the job was stopped."""

    def __init__(self, context: Context, seconds: float) -> None:
        self.context, self.seconds = context, max(1, round(seconds))
        self.began, self.asked, self.stopped = monotonic(), 0.0, False

    def __call__(self) -> bool:
        if not self.stopped and monotonic() - self.asked > ASK_EVERY:
            self.asked = monotonic()
            passed = min(int(self.asked - self.began), self.seconds)
            try:
                self.context.progress(passed, self.seconds)
            except Cancelled:
                self.stopped = True
        return self.stopped


@job("tours.plan", exclusive=True)
def run_plan(context: Context) -> dict[str, Any]:
    """Plan in a process of its own, keep the edition, and take it unless what stands is as good.

    The result names edition, status, score and whether it was taken. Stopping the job keeps
    things as they were.
    """
    seconds = float(context.arguments["seconds"])
    language = str(context.arguments.get("language", "en"))
    with context.instance.session(writing=False) as session:
        visit = session.get_one(Visit, context.visit_id)
        problem = problem_of(session, visit)
    read = read_problem(problem)
    asked = _Asking(context, seconds)
    found = plan_apart(read, seconds=seconds, cancelled=asked, language=language)
    if asked.stopped:
        raise Cancelled
    plan = plan_to_json(read, found)
    _demand_faultless(problem, plan)
    with context.instance.session() as session:
        act = Act(context.instance, session, visit_id=context.visit_id)
        visit = session.get_one(Visit, context.visit_id)
        lock_visit(act, visit)
        edition, taken = take_plan(act, visit, problem, plan)
        act.commit()
        return {
            "edition": edition.edition,
            "status": plan["status"],
            "score": plan["score"],
            "taken": taken,
        }


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
