"""A visit's tour as a problem in the public file format (docs: design of the tour problem)."""

from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from visitplanner.domain.refusals import NotFound, Refusal
from visitplanner.models import (
    Delegation,
    Mission,
    Participant,
    Stop,
    TourRules,
    Visit,
    WalkingTime,
)

FORMAT = "visitplanner-tour-problem/1"
GONE = ("withdrawn", "refused")
WEIGHTS = {"idle": 1, "walk": 1, "unmet_wish": 30, "interpreter": 100}


def rules_of(session: Session, visit_id: str) -> TourRules:
    """The visit's tour rules; raises NotFound("no-tour-rules") before they are set."""
    rules = session.get(TourRules, visit_id)
    if rules is None:
        raise NotFound("no-tour-rules")
    return rules


def touring(session: Session, visit_id: str) -> list[Delegation]:
    """Delegations with at least one guest who comes, people loaded, in a fixed order."""
    rows = session.scalars(
        select(Delegation)
        .where(Delegation.visit_id == visit_id, Delegation.withdrawn_at.is_(None))
        .options(
            selectinload(Delegation.mission).selectinload(Mission.state),
            selectinload(Delegation.participants).selectinload(Participant.person),
        )
        .order_by(Delegation.code)
    )
    return [row for row in rows if guests_of(row)]


def guests_of(delegation: Delegation) -> list[Participant]:
    """The delegation's people who still come."""
    return [who for who in delegation.participants if who.status not in GONE]


def problem_of(session: Session, visit: Visit) -> dict[str, Any]:
    """The problem as JSON values. Raises Refusal when the tour lacks stops, staff or guests."""
    rules = rules_of(session, visit.id)
    stops = list(
        session.scalars(
            select(Stop).where(Stop.visit_id == visit.id).order_by(Stop.position, Stop.code)
        )
    )
    hall = next((stop for stop in stops if stop.is_hall), None)
    tour_stops = [stop for stop in stops if not stop.is_hall]
    delegations = touring(session, visit.id)
    if hall is None or not tour_stops:
        raise Refusal("tour-without-stops")
    if not delegations:
        raise Refusal("tour-without-guests")
    return {
        "format": FORMAT,
        "name": visit.slug,
        "start": rules.starts_at.astimezone(ZoneInfo(visit.timezone)).isoformat("T", "minutes"),
        "horizon": rules.horizon,
        "host_languages": rules.host_languages,
        "delegations": _with_apart(
            [_delegation(row, place) for place, row in enumerate(delegations, start=1)], rules
        ),
        "stops": [_stop(stop) for stop in tour_stops],
        "hall": hall.code,
        "walk": _walk(session, visit.id, stops),
        "staff": _staff(session, visit.id, rules),
        "rules": {
            "group_people": [rules.group_people_min, rules.group_people_max],
            "stops_per_group": [rules.stops_min, rules.stops_max],
            "working_languages_per_group": rules.languages_per_group,
            "weights": WEIGHTS,
        },
    }


def _delegation(row: Delegation, place: int) -> dict[str, Any]:
    guests = guests_of(row)
    return {
        "id": row.code,
        "country": row.mission.state_key,
        "people": len(guests),
        "precedence": place,
        "languages": _languages(row, guests),
        "step_free": any(who.person.step_free for who in guests),
    }


def _languages(row: Delegation, guests: list[Participant]) -> list[str]:
    """Languages every guest speaks, the mission's own order first; else the mission's."""
    common = [
        language
        for language in row.mission.languages
        if all(not who.person.languages or language in who.person.languages for who in guests)
    ]
    return common or row.mission.languages or ["en"]


def _with_apart(delegations: list[dict[str, Any]], rules: TourRules) -> list[dict[str, Any]]:
    """Add `apart_from` to the delegations that must not share a group."""
    known = {row["id"]: row for row in delegations}
    for one, other in rules.apart:
        if one in known and other in known:
            known[one].setdefault("apart_from", []).append(other)
    return delegations


def _stop(stop: Stop) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": stop.code,
        "name": stop.name.get("en") or next(iter(stop.name.values()), stop.code),
        "groups_at_once": stop.groups_at_once,
        "people": stop.people,
        "visit": stop.minutes,
        "reset": stop.reset_minutes,
        "step_free": stop.step_free,
        "barred": stop.barred_states,
    }
    if stop.windows:
        found["windows"] = stop.windows
    if stop.presenter:
        found["speaker"] = stop.presenter
    return found


def _walk(session: Session, visit_id: str, stops: list[Stop]) -> dict[str, dict[str, int]]:
    codes = {stop.id: stop.code for stop in stops}
    found: dict[str, dict[str, int]] = {stop.code: {} for stop in stops}
    for row in session.scalars(select(WalkingTime).where(WalkingTime.visit_id == visit_id)):
        if row.from_id in codes and row.to_id in codes:
            found[codes[row.from_id]][codes[row.to_id]] = row.minutes
    return found


def staff_rows(session: Session, visit_id: str) -> list[Participant]:
    """Escorts and interpreters among the organisations' people."""
    return list(
        session.scalars(
            select(Participant)
            .where(
                Participant.visit_id == visit_id,
                Participant.organisation_id.is_not(None),
                Participant.function.in_(("escort", "interpreter")),
                Participant.status.not_in(GONE),
            )
            .options(selectinload(Participant.person))
            .order_by(Participant.function, Participant.position, Participant.id)
        )
    )


def _staff(session: Session, visit_id: str, rules: TourRules) -> list[dict[str, Any]]:
    return [
        {
            "id": who.id,
            "role": who.function,
            "languages": who.person.languages,
            "windows": [[0, rules.horizon]],
        }
        for who in staff_rows(session, visit_id)
    ]
