"""Editions of the tour's plan: kept, laid over groups, staff and visits, brought back."""

from typing import Any

from sqlalchemy import delete, func, select, update

from visitplanner.domain.refusals import NotFound, Refusal
from visitplanner.models import (
    Delegation,
    GroupVisit,
    Participant,
    Stop,
    TourGroup,
    TourPlan,
    TourStaff,
    Visit,
)
from visitplanner.planning.checker import score
from visitplanner.services.act import Act
from visitplanner.services.badges import lock_visit
from visitplanner.services.tour_problem import GONE
from visitplanner.services.tours import broken_rules, standing_plan

COLOURS = ("malachite", "lapis", "garnet", "brass", "violet")
BY_HAND = "by-hand"
"""Status of an edition that is the tour as people had changed it."""


def take_plan(
    act: Act, visit: Visit, problem: dict[str, Any], plan: dict[str, Any]
) -> tuple[TourPlan, bool]:
    """Keep the plan as the next edition; lay it over the tour unless what stands is as good.

    What stands is as good when it breaks no rule and its score is no higher: guests, badges and
    cards are not turned round for nothing. What was changed by hand is kept as an edition first.
    Returns the edition and whether it was taken.
    """
    if not plan["groups"]:
        return keep_plan(act, problem, plan), False
    now, standing = standing_plan(act, visit)
    keeps_rules = not broken_rules(act, visit, (now, standing))
    if keeps_rules and score(now, standing["groups"])["total"] <= plan["score"]["total"]:
        return keep_plan(act, problem, plan), False
    keep_standing(act, visit, now, standing)
    edition = keep_plan(act, problem, plan)
    apply_plan(act, edition)
    return edition, True


def keep_standing(
    act: Act, visit: Visit, problem: dict[str, Any], standing: dict[str, Any]
) -> TourPlan | None:
    """Keep the tour as it stands as an edition, unless an edition says the same."""
    if not any(group["visits"] for group in standing["groups"]):
        return None
    shape = shape_of(standing)
    if any(shape_of(row.plan) == shape for row in editions(act, visit)):
        return None
    standing["score"] = score(problem, standing["groups"])
    row = keep_plan(act, problem, standing, status=BY_HAND)
    act.session.flush()
    return row


def shape_of(plan: dict[str, Any]) -> frozenset[tuple[Any, ...]]:
    """What a plan comes to, whatever the order in which it is written down."""
    return frozenset(
        (
            group["id"],
            frozenset(member["delegation"] for member in group["members"]),
            frozenset(group["working_languages"]),
            group["escort"],
            frozenset(group["interpreters"].items()),
            tuple((one["stop"], one["start"]) for one in group["visits"]),
        )
        for group in plan["groups"]
    )


def editions(act: Act, visit: Visit, most: int = 50) -> list[TourPlan]:
    """The latest editions that are plans, the newest first."""
    rows = act.session.scalars(
        select(TourPlan)
        .where(TourPlan.visit_id == visit.id)
        .order_by(TourPlan.edition.desc())
        .limit(most)
    )
    return [row for row in rows if row.plan["groups"]]


def bring_back(act: Act, visit: Visit, plan_id: str) -> TourPlan:
    """Lay an edition over the tour again; what was changed by hand is kept as an edition first.

    Rules that it breaks by now are named on the board. Raises NotFound, and
    Refusal("tour-plan-outdated") when a stop, a delegation or a leader in it is no more.
    """
    lock_visit(act, visit)
    edition = act.get(TourPlan, plan_id, visit_id=visit.id)
    if not edition.plan["groups"]:
        raise NotFound("not-found")
    problem, standing = standing_plan(act, visit)
    if _named(edition.plan) - _known(problem):
        raise Refusal("tour-plan-outdated", edition=edition.edition)
    keep_standing(act, visit, problem, standing)
    apply_plan(act, edition)
    act.commit()
    return edition


def _named(plan: dict[str, Any]) -> set[str]:
    """Every stop, delegation and leader in a plan."""
    found: set[str] = set()
    for group in plan["groups"]:
        found |= {one["stop"] for one in group["visits"]}
        found |= {one["delegation"] for one in group["members"]}
        found |= {group["escort"], *group["interpreters"].values()} - {"", None}
    return found


def _known(problem: dict[str, Any]) -> set[str]:
    kinds = ("stops", "delegations", "staff")
    return {str(one["id"]) for kind in kinds for one in problem[kind]}


def keep_plan(
    act: Act, problem: dict[str, Any], plan: dict[str, Any], *, status: str = ""
) -> TourPlan:
    """Store the plan as the next edition, its status the plan's unless said otherwise."""
    latest = act.session.scalar(
        select(func.max(TourPlan.edition)).where(TourPlan.visit_id == act.visit_id)
    )
    assert act.visit_id is not None
    row = TourPlan(
        visit_id=act.visit_id,
        edition=(latest or 0) + 1,
        status=status or str(plan["status"]),
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
    count = int(moved.rowcount)  # type: ignore[attr-defined]
    group.people = max(group.people, count)  # a delegation may have grown since
    group.taken = count
    act.session.flush()


def _man(act: Act, group: TourGroup, planned: dict[str, Any]) -> None:
    people = [(planned["escort"], "escort", "")] + [
        (who, "interpreter", language) for language, who in planned["interpreters"].items()
    ]
    for who, role, language in people:
        if not who:
            continue
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
