"""From the tour's rows to the values of route cards."""

from datetime import timedelta

from babel import Locale
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from visitplanner.documents.route_cards import RouteCard, RouteStop
from visitplanner.documents.words import word
from visitplanner.domain.collation import sort_key
from visitplanner.domain.refusals import Refusal
from visitplanner.domain.tours import minutes_to
from visitplanner.domain.typography import clock
from visitplanner.models import (
    Delegation,
    Mission,
    StateOverride,
    Stop,
    TourGroup,
    TourRules,
    Visit,
    WalkingTime,
)
from visitplanner.queries.day import group_members, step_free_guests, tour_groups, tour_start
from visitplanner.services.act import Act
from visitplanner.services.badge_values import Tongues, state_name
from visitplanner.services.day_values import foot_line
from visitplanner.services.delegation_blocks import name_of


def route_cards(act: Act, visit: Visit, *, language: str, edition: int = 1) -> list[RouteCard]:
    """A card a group that has a route. Raises Refusal("no-tour-plan") when none has."""
    start = tour_start(act.session, visit.id)
    groups = [group for group in tour_groups(act.session, visit.id) if group.visits]
    if start is None or not groups:
        raise Refusal("no-tour-plan")
    members = group_members(act.session, visit.id)
    care = step_free_guests(act.session, visit.id)
    senders = _senders(act, visit, language)
    speak = Tongues(language, language)
    foot = foot_line(act, visit, edition, language)
    hall = act.session.scalar(select(Stop).where(Stop.visit_id == visit.id, Stop.is_hall))
    home = _ways_home(act, visit, hall)
    return [
        RouteCard(
            letter=group.letter,
            summary=(
                f"{word('people', language)}: {group.taken}, "
                + ", ".join(_in_words(code, language) for code in group.languages),
                speak.text(group.meeting_point),
            ),
            stops=_stops(visit, start, group, speak)
            + _back(visit, start, group, hall, home, speak),
            facts=_facts(
                group, members.get(group.id, {}), senders, care.get(group.id, 0), language
            ),
            edition=foot,
            language=language,
        )
        for group in groups
    ]


def _in_words(code: str, language: str) -> str:
    """A language's name in running text of another, its code where there is none."""
    return str(Locale.parse(language).languages.get(code, code.upper()))


def _at(visit: Visit, start: TourRules, minute: int) -> str:
    return clock(start.starts_at + timedelta(minutes=minute), visit.timezone)


def _stops(
    visit: Visit, start: TourRules, group: TourGroup, speak: Tongues
) -> tuple[RouteStop, ...]:
    """The route with begin and end of each stop."""
    found = []
    for one in group.visits:
        until = word("until", speak.first) % _at(visit, start, one.ends_minute)
        note = speak.text(one.stop.summary)
        found.append(
            RouteStop(
                _at(visit, start, one.starts_minute),
                speak.text(one.stop.name),
                f"{until}. {note}" if note else until,
                str(one.stop.position),
            )
        )
    return tuple(found)


def _ways_home(act: Act, visit: Visit, hall: Stop | None) -> dict[str, int]:
    """Minutes from each stop to the hall; nothing where there is no hall or no way."""
    if hall is None:
        return {}
    rows = act.session.scalars(select(WalkingTime).where(WalkingTime.visit_id == visit.id))
    return minutes_to(hall.id, {(row.from_id, row.to_id): row.minutes for row in rows})


def _back(
    visit: Visit,
    start: TourRules,
    group: TourGroup,
    hall: Stop | None,
    home: dict[str, int],
    speak: Tongues,
) -> tuple[RouteStop, ...]:
    """The last line: when the group is back in the hall."""
    last = max(group.visits, key=lambda one: one.ends_minute)
    if hall is None or last.stop_id not in home:
        return ()
    at = _at(visit, start, last.ends_minute + home[last.stop_id])
    return (RouteStop(at, speak.text(hall.name), word("back", speak.first)),)


def _facts(
    group: TourGroup,
    members: dict[str, int],
    senders: dict[str, str],
    step_free: int,
    language: str,
) -> tuple[tuple[str, str], ...]:
    found = []
    for role in ("escort", "interpreter"):
        who = [
            name_of(staff.participant.person, language)
            + (f" ({_in_words(staff.language, language)})" if staff.language else "")
            + (f", {staff.participant.person.phone}" if staff.participant.person.phone else "")
            for staff in group.staff
            if staff.role == role
        ]
        if who:
            found.append((word(role, language), "; ".join(who)))
    guests = ", ".join(f"{senders[code]} {members[code]}" for code in senders if code in members)
    if guests:
        found.append((word("delegations", language), guests))
    if step_free:
        found.append((word("care", language), word("step_free", language) % step_free))
    return tuple(found)


def _senders(act: Act, visit: Visit, language: str) -> dict[str, str]:
    """Delegation code → short name of the sender, as the language files them."""
    rows = act.session.scalars(
        select(Delegation)
        .where(Delegation.visit_id == visit.id)
        .options(selectinload(Delegation.mission).selectinload(Mission.state))
        .order_by(Delegation.code)
    )
    overrides = {
        row.state_key: row
        for row in act.session.scalars(
            select(StateOverride).where(StateOverride.visit_id == visit.id)
        )
    }
    named = [
        (row.code, state_name(row.mission.state, overrides.get(row.mission.state_key), language))
        for row in rows
    ]
    return dict(sorted(named, key=lambda pair: sort_key(pair[1], language)))
