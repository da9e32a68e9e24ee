"""What is done once the visit stands: the tour planned, badges issued, papers printed."""

from sqlalchemy import select

from visitplanner.demo.visit import SLUG
from visitplanner.models import Visit
from visitplanner.services.act import Act
from visitplanner.services.instance import Instance
from visitplanner.services.tour_plans import apply_plan, keep_plan, plan_problem
from visitplanner.services.tour_problem import problem_of

ITERATIONS = 2000


def finish_demo(instance: Instance) -> None:
    """Plan the tour, issue the badges, print the papers."""
    with instance.session() as session:
        visit = session.scalars(select(Visit).where(Visit.slug == SLUG)).one()
        act = Act(instance, session, visit_id=visit.id)
        problem = problem_of(session, visit)
        plan = plan_problem(problem, iterations=ITERATIONS, seed=1)
        edition = keep_plan(act, problem, plan)
        apply_plan(act, edition)
        act.commit()
