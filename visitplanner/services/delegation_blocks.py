"""A delegation's part of its programme: its people with their groups, and the groups' routes."""

from datetime import timedelta

from visitplanner.documents.programmes import Block, BlockLine
from visitplanner.documents.words import word
from visitplanner.domain.grammar import mission_name
from visitplanner.domain.names import NameOrder, PersonName, full_name
from visitplanner.domain.typography import clock
from visitplanner.models import (
    Delegation,
    Participant,
    Person,
    TourGroup,
    TourRules,
    Visit,
)
from visitplanner.queries.day import GONE
from visitplanner.services.badge_values import Tongues
from visitplanner.services.day_rows import DayRows


def name_of(person: Person, language: str) -> str:
    """The name in running text: Russian in Russian papers, else Latin in the person's order."""
    if language == "ru" and person.russian_name:
        return person.russian_name
    order = NameOrder(person.name_order)
    return full_name(PersonName(person.family_name, person.given_name, order=order))


def mission_title(day: DayRows, delegation: Delegation, language: str) -> str:
    """The mission's full name: its own where it has one, else by grammar."""
    own = delegation.mission.name.get(language)
    if own:
        return own
    state = day.state(delegation.mission.state_key)
    return mission_name(delegation.mission.kind, state, language)


def delegation_blocks(
    day: DayRows, delegation: Delegation, speak: Tongues, *, both: bool
) -> tuple[Block, ...]:
    """The people and the routes of their groups, in two languages with `both`."""
    second = speak.second if both else ""
    here = [who for who in delegation.participants if who.status not in GONE]
    groups = day.groups
    letters = {key: group.letter for key, group in groups.items()}
    people = Block(
        word("your_delegation", speak.first),
        tuple(_person_line(who, letters, speak.first, second) for who in here),
        mission_title(day, delegation, speak.first),
        _flag(day, delegation),
        word("your_delegation", second) if second else "",
        mission_title(day, delegation, second) if second else "",
    )
    wanted = {who.group_id for who in here if who.group_id in groups}
    routed = sorted((groups[str(key)] for key in wanted), key=lambda group: group.letter)
    return (
        people,
        *(_route_block(day.visit, group, day.tour, speak, both) for group in routed),
    )


def _flag(day: DayRows, delegation: Delegation) -> str:
    own = day.overrides.get(delegation.mission.state_key)
    return own.flag if own and own.flag is not None else delegation.mission.state.flag


def _person_line(
    who: Participant, letters: dict[str, str], language: str, second: str
) -> BlockLine:
    name, position = name_of(who.person, language), _position(who.person, language)
    other_name = name_of(who.person, second) if second else ""
    other_position = _position(who.person, second) if second else ""
    return BlockLine(
        name,
        position,
        letters.get(who.group_id or "", ""),
        other_name if other_name != name else "",
        other_position if other_position != position else "",
    )


def _position(person: Person, language: str) -> str:
    """The position in the paper's language, else in the one there is."""
    russian, english = person.position_ru, person.position_en
    return (russian or english) if language == "ru" else (english or russian)


def _route_block(
    visit: Visit, group: TourGroup, start: TourRules | None, speak: Tongues, both: bool
) -> Block:
    lines = tuple(
        BlockLine(
            speak.text(one.stop.name),
            speak.text(one.stop.summary),
            clock(start.starts_at + timedelta(minutes=one.starts_minute), visit.timezone)
            if start
            else "",
            speak.text(one.stop.name, second=True) if both else "",
            speak.text(one.stop.summary, second=True) if both else "",
        )
        for one in group.visits
    )
    return Block(
        _route_title(group, speak.first),
        lines,
        _meeting(speak.text(group.meeting_point), speak.first),
        second_title=_route_title(group, speak.second) if both else "",
        second_subtitle=_meeting(speak.text(group.meeting_point, second=True), speak.second)
        if both
        else "",
    )


def _route_title(group: TourGroup, language: str) -> str:
    return f"{word('your_route', language)}, {word('group', language)} {group.letter}"


def _meeting(place: str, language: str) -> str:
    return f"{word('meeting_point', language)}: {place}" if place else ""
