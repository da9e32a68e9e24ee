"""Keeping the tour: stops, walking times, rules, groups and their staff; what breaks a rule."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select

from visitplanner.domain.refusals import NotFound, Refusal
from visitplanner.domain.tours import group_letters
from visitplanner.models import (
    GroupVisit,
    Participant,
    Site,
    Stop,
    TourGroup,
    TourPlan,
    TourRules,
    TourStaff,
    Visit,
    WalkingTime,
)
from visitplanner.planning.checker import Fault, check
from visitplanner.queries.day import tour_groups, tour_start
from visitplanner.services.act import Act, check_version
from visitplanner.services.texts import put
from visitplanner.services.tour_problem import guests_of, problem_of, touring

MOST_GROUPS = 40
RULE_FIELDS = (
    "starts_at", "horizon", "group_people_min", "group_people_max", "stops_min", "stops_max",
    "languages_per_group", "host_languages",
)  # fmt: skip
STOP_FIELDS = (
    "code", "name", "summary", "is_hall", "minutes", "reset_minutes", "groups_at_once",
    "people", "step_free",
    "presenter", "organisation_id", "closed",
)  # fmt: skip


def save_rules(
    act: Act, visit: Visit, values: Mapping[str, Any], *, version: int | None = None
) -> TourRules:
    """Write the tour's rules. Raises Stale, and Refusal("least-above-most", field) for a range

    that is turned round.
    """
    for low, high in (("group_people_min", "group_people_max"), ("stops_min", "stops_max")):
        if values[low] > values[high]:
            raise Refusal("least-above-most", field=high)
    row = tour_start(act.session, visit.id)
    if row is None:
        row = TourRules(visit_id=visit.id, starts_at=values["starts_at"], horizon=1)
        act.session.add(row)
    else:
        check_version(row, version)
    for name in RULE_FIELDS:
        put(row, name, values[name])
    act.record("tour.rules_saved", row)
    act.commit()
    return row


def site_of(act: Act, visit: Visit) -> Site:
    """The visit's site, made on first use with the venue's name."""
    row = act.session.scalar(
        select(Site).where(Site.visit_id == visit.id).order_by(Site.position, Site.id)
    )
    if row is None:
        row = Site(visit_id=visit.id, name=dict(visit.venue) or {"en": "Venue"})
        act.record("site.added", row, after={"name": row.name})
        act.session.flush()
    return row


def save_stop(
    act: Act,
    visit: Visit,
    stop: Stop | None,
    values: Mapping[str, Any],
    *,
    version: int | None = None,
) -> Stop:
    """Add or change a stop. Refusal("stop-code-taken", field="code")."""
    twin = act.session.scalar(
        select(Stop).where(Stop.visit_id == visit.id, Stop.code == values["code"])
    )
    if twin is not None and twin is not stop:
        raise Refusal("stop-code-taken", field="code", code=values["code"])
    if stop is None:
        last = len(stops(act, visit))
        stop = Stop(
            visit_id=visit.id, site_id=site_of(act, visit).id, position=last, code="", name={}
        )
        act.session.add(stop)
    else:
        check_version(stop, version)
    for name in STOP_FIELDS:
        put(stop, name, values[name])
    if stop.is_hall:
        stop.closed = False
        _only_hall(act, visit, stop)
    act.record("stop.saved", stop)
    act.commit()
    return stop


def _only_hall(act: Act, visit: Visit, hall: Stop) -> None:
    """A tour has one hall; choosing another makes the former an ordinary stop."""
    for other in stops(act, visit):
        if other is not hall and other.is_hall:
            other.is_hall = False


def remove_stop(act: Act, stop: Stop) -> None:
    """Take a stop away. Refusal("stop-in-plan") while a group's route uses it."""
    used = act.session.scalar(select(GroupVisit.id).where(GroupVisit.stop_id == stop.id).limit(1))
    if used is not None:
        raise Refusal("stop-in-plan")
    act.record("stop.removed", stop, before={"code": stop.code}, after={})
    act.session.delete(stop)
    act.commit()


def stops(act: Act, visit: Visit) -> list[Stop]:
    """The visit's stops with the hall first."""
    return list(
        act.session.scalars(
            select(Stop)
            .where(Stop.visit_id == visit.id)
            .order_by(Stop.is_hall.desc(), Stop.position, Stop.code)
        )
    )


def walking(act: Act, visit: Visit) -> dict[tuple[str, str], int]:
    """(from, to) stop ids → minutes."""
    rows = act.session.scalars(select(WalkingTime).where(WalkingTime.visit_id == visit.id))
    return {(row.from_id, row.to_id): row.minutes for row in rows}


def save_walking(act: Act, visit: Visit, minutes: Mapping[tuple[str, str], int | None]) -> None:
    """Write the walking times; None leaves a pair to the shortest way over other stops."""
    known = {stop.id for stop in stops(act, visit)}
    if any(one not in known or other not in known for one, other in minutes):
        raise NotFound("not-found")
    act.session.execute(delete(WalkingTime).where(WalkingTime.visit_id == visit.id))
    for (one, other), value in minutes.items():
        if value is not None and one != other:
            act.session.add(WalkingTime(visit_id=visit.id, from_id=one, to_id=other, minutes=value))
    act.record("tour.walking_saved", visit, after={"pairs": len(minutes)})
    act.commit()


def add_group(act: Act, visit: Visit) -> TourGroup:
    """A further group with the next free letter. Refusal("groups-many")."""
    taken = {group.letter for group in tour_groups(act.session, visit.id)}
    free = [letter for letter in group_letters(MOST_GROUPS) if letter not in taken]
    if not free:
        raise Refusal("groups-many")
    row = TourGroup(visit_id=visit.id, letter=free[0])
    act.record("group.added", row, after={"letter": row.letter})
    act.commit()
    return row


def save_group(
    act: Act,
    group: TourGroup,
    values: Mapping[str, Any],
    staff: Sequence[tuple[str, str, str]],
    *,
    version: int | None = None,
) -> TourGroup:
    """Change a group: `values` people, languages, meeting_point; `staff` (id, role, language).

    Raises Stale, Refusal("group-holds-more", field="people"), Refusal("staff-busy", field="escort")
    when somebody already serves another group.
    """
    check_version(group, version)
    if values["people"] < group.taken:
        raise Refusal("group-holds-more", field="people", taken=group.taken)
    busy = act.session.scalar(
        select(TourStaff.id).where(
            TourStaff.visit_id == group.visit_id,
            TourStaff.group_id != group.id,
            TourStaff.participant_id.in_([who for who, _, _ in staff]),
        )
    )
    if busy is not None:
        raise Refusal("staff-busy", field="escort")
    for name in ("people", "languages", "meeting_point"):
        put(group, name, values[name])
    act.session.execute(delete(TourStaff).where(TourStaff.group_id == group.id))
    for who, role, language in staff:
        act.get(Participant, who, visit_id=group.visit_id)
        act.session.add(
            TourStaff(
                visit_id=group.visit_id,
                group_id=group.id,
                participant_id=who,
                role=role,
                language=language,
            )
        )
    act.record("group.saved", group)
    act.commit()
    return group


def standing_plan(act: Act, visit: Visit) -> tuple[dict[str, Any], dict[str, Any]]:
    """The problem and the tour as it stands now, by hand or by plan, as JSON values.

    A group with nobody and nothing in it is a letter, no group yet.
    """
    problem = problem_of(act.session, visit)
    members: dict[str, list[dict[str, Any]]] = {}
    for delegation in touring(act.session, visit.id):
        for group_id in sorted({who.group_id for who in guests_of(delegation) if who.group_id}):
            members.setdefault(group_id, []).append({"delegation": delegation.code, "part": 0})
    groups = [
        {
            "id": group.letter,
            "members": members.get(group.id, []),
            "working_languages": group.languages,
            "escort": next((one.participant_id for one in group.staff if one.role == "escort"), ""),
            "interpreters": {
                one.language: one.participant_id for one in group.staff if one.role == "interpreter"
            },
            "visits": [
                {"stop": one.stop.code, "start": one.starts_minute, "end": one.ends_minute}
                for one in group.visits
            ],
        }
        for group in tour_groups(act.session, visit.id)
        if group.visits or group.staff or group.id in members
    ]
    nothing = {"idle": 0, "walk": 0, "unmet_wish": 0, "interpreter": 0, "total": 0}
    plan = {
        "format": "visitplanner-tour-plan/1",
        "problem": problem["name"],
        "status": "feasible",
        "groups": groups,
        "score": nothing,
        "bound": None,
        "grouping_bound": 0,
        "gap": 0.0,
        "seconds": 0.0,
        "seed": 0,
        "reasons": [],
    }
    return problem, plan


def broken_rules(
    act: Act, visit: Visit, standing: tuple[dict[str, Any], dict[str, Any]] | None = None
) -> list[Fault]:
    """Every hard rule the tour breaks as it stands, from the independent checker.

    `standing` is `standing_plan`'s answer where that is known already.
    """
    problem, plan = standing or standing_plan(act, visit)
    return [fault for fault in check(problem, plan) if fault.rule.startswith("H")]


def latest_plan(act: Act, visit: Visit) -> TourPlan | None:
    """The newest edition of the plan."""
    return act.session.scalar(
        select(TourPlan)
        .where(TourPlan.visit_id == visit.id)
        .order_by(TourPlan.edition.desc())
        .limit(1)
    )
