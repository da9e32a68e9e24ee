"""From the tour's rows to the values of route cards."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from visitplanner.documents.route_cards import RouteCard, RouteStop
from visitplanner.documents.words import word
from visitplanner.domain.refusals import Refusal
from visitplanner.domain.typography import clock
from visitplanner.models import Delegation, Mission, StateOverride, TourGroup, Visit
from visitplanner.queries.day import group_members, tour_groups, tour_start
from visitplanner.services.act import Act
from visitplanner.services.badge_values import Tongues, state_name
from visitplanner.services.day_values import edition_line, name_of


def route_cards(act: Act, visit: Visit, *, language: str, edition: int = 1) -> list[RouteCard]:
    """A card a group that has a route. Raises Refusal("no-tour-plan") when none has."""
    start = tour_start(act.session, visit.id)
    groups = [group for group in tour_groups(act.session, visit.id) if group.visits]
    if start is None or not groups:
        raise Refusal("no-tour-plan")
    members = group_members(act.session, visit.id)
    senders = _senders(act, visit, language)
    speak = Tongues(language, language)
    foot = edition_line(act, visit, edition, language)
    cards = []
    for group in groups:
        stops = tuple(
            RouteStop(
                clock(start.starts_at + timedelta(minutes=visiting.starts_minute), visit.timezone),
                speak.text(visiting.stop.name),
                speak.text(visiting.stop.summary),
                str(visiting.stop.position),
            )
            for visiting in group.visits
        )
        cards.append(
            RouteCard(
                letter=group.letter,
                summary=(
                    f"{word('people', language)}: {group.taken}, "
                    + ", ".join(code.upper() for code in group.languages),
                    speak.text(group.meeting_point),
                ),
                stops=stops,
                facts=_facts(group, members.get(group.id, {}), senders, language),
                edition=foot,
                language=language,
            )
        )
    return cards


def _facts(
    group: TourGroup, members: dict[str, int], senders: dict[str, str], language: str
) -> tuple[tuple[str, str], ...]:
    found = []
    for role in ("escort", "interpreter"):
        who = [
            name_of(staff.participant.person, language)
            + (f" ({staff.language.upper()})" if staff.language else "")
            for staff in group.staff
            if staff.role == role
        ]
        if who:
            found.append((word(role, language), ", ".join(who)))
    guests = ", ".join(f"{senders[code]} {count}" for code, count in members.items())
    if guests:
        found.append((word("delegations", language), guests))
    return tuple(found)


def _senders(act: Act, visit: Visit, language: str) -> dict[str, str]:
    """Delegation code → short name of the sender."""
    rows = act.session.scalars(
        select(Delegation)
        .where(Delegation.visit_id == visit.id)
        .options(selectinload(Delegation.mission).selectinload(Mission.state))
    )
    overrides = {
        row.state_key: row
        for row in act.session.scalars(
            select(StateOverride).where(StateOverride.visit_id == visit.id)
        )
    }
    return {
        row.code: state_name(row.mission.state, overrides.get(row.mission.state_key), language)
        for row in rows
    }
