"""What is done once the visit stands: the tour planned, badges issued, papers printed."""

from pathlib import Path
from typing import Any

from sqlalchemy import select

from visitplanner.demo.visit import SLUG
from visitplanner.domain.access import Grant, Principal
from visitplanner.models import Visit
from visitplanner.services.act import Act
from visitplanner.services.badges import issue, ready_for_badge
from visitplanner.services.instance import Instance
from visitplanner.services.papers import print_badges, print_paper
from visitplanner.services.tour_editions import apply_plan, keep_plan
from visitplanner.services.tour_plans import plan_problem
from visitplanner.services.tour_problem import problem_of

ITERATIONS = 10_000
SEEDS = range(1, 9)
MAKER = Principal(kind="staff", name="visitplanner demo", grants=(Grant("administrator"),))

PAPERS = (
    ("programme-ru.pdf", "programme", "ru"),
    ("programme-en.pdf", "programme", "en"),
    ("programme-ru-en.pdf", "programme", "ru-en"),
    ("running-order.pdf", "running-order", "ru"),
    ("route-cards.pdf", "route-cards", "ru"),
)
"""File, kind, language."""


def finish_demo(instance: Instance) -> None:
    """Plan the tour, issue the badges, print the papers into `papers` of the data folder."""
    visit_id = _plan(instance)
    badges = _issue(instance, visit_id)
    folder = instance.settings.data_dir / "papers"
    folder.mkdir(parents=True, exist_ok=True)
    _, pdf = print_badges(instance, MAKER, visit_id, badges, sheet="a4")
    _write(folder / "badges.pdf", pdf)
    for name, kind, language in PAPERS:
        _, pdf = print_paper(instance, MAKER, visit_id, kind, language=language)
        _write(folder / name, pdf)


def _write(path: Path, pdf: bytes) -> None:
    path.write_bytes(pdf)


def _plan(instance: Instance) -> str:
    with instance.session() as session:
        visit = session.scalars(select(Visit).where(Visit.slug == SLUG)).one()
        act = Act(instance, session, MAKER, visit.id)
        problem = problem_of(session, visit)
        plan = _first_plan(problem)
        apply_plan(act, keep_plan(act, problem, plan))
        act.commit()
        return visit.id


def _first_plan(problem: dict[str, Any]) -> dict[str, Any]:
    """The plan of the first seed that finds one; the same problem gives the same plan."""
    plan: dict[str, Any] = {}
    for seed in SEEDS:
        plan = plan_problem(problem, iterations=ITERATIONS, seed=seed)
        if plan["groups"]:
            break
    return plan


def _issue(instance: Instance, visit_id: str) -> list[str]:
    with instance.session() as session:
        visit = session.get_one(Visit, visit_id)
        act = Act(instance, session, MAKER, visit_id)
        badges = [issue(act, visit, participant).id for participant in ready_for_badge(act, visit)]
        act.commit()
        return badges
