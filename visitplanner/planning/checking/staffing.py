"""Who leads and who interprets: rule H4."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from visitplanner.planning.checking.facts import Facts
from visitplanner.planning.checking.fault import Fault
from visitplanner.planning.checking.reading import Group
from visitplanner.planning.checking.timetable import back_in_hall


def staffing_faults(facts: Facts, groups: Sequence[Group]) -> Iterator[Fault]:
    """Every broken rule about escorts and interpreters."""
    seen: dict[str, str] = {}
    for group in groups:
        if group.escort is None:
            yield Fault("H4", group.id, None, f"Group {group.id} has no escort")
        else:
            yield from _serves(facts, group, group.escort, "escort", seen)
        yield from _languages(facts, group)
        for person in group.interpreters.values():
            yield from _serves(facts, group, person, "interpreter", seen)


def _languages(facts: Facts, group: Group) -> Iterator[Fault]:
    wanted = [x for x in dict.fromkeys(group.languages) if x not in facts.host_languages]
    for language in wanted:
        if language not in group.interpreters:
            text = f"Group {group.id} has no interpreter for “{language}”"
            yield Fault("H4", group.id, None, text)
    for language, person in group.interpreters.items():
        if language not in wanted:
            text = f"Group {group.id} lists {person} for “{language}”, which needs no interpreter"
            yield Fault("H4", person, None, text)
        on_duty = facts.staff.get(person)
        if on_duty is not None and language not in on_duty.languages:
            yield Fault("H4", person, None, f"{person} does not speak “{language}”")


def _serves(
    facts: Facts, group: Group, person: str, role: str, seen: dict[str, str]
) -> Iterator[Fault]:
    if person in seen:
        text = f"{person} is booked twice, in group {seen[person]} and in group {group.id}"
        yield Fault("H4", person, None, text)
    seen.setdefault(person, group.id)
    on_duty = facts.staff.get(person)
    if on_duty is None:
        yield Fault("H4", person, None, f"{person}, in group {group.id}, is not on the staff")
        return
    if on_duty.role != role:
        text = f"{person} is listed as {role} of group {group.id} and is not one"
        yield Fault("H4", person, None, text)
    back = back_in_hall(facts, group)
    if not any(opens <= 0 and back <= closes for opens, closes in on_duty.windows):
        text = f"{person} is not on duty from minute 0 until group {group.id} is back at {back}"
        yield Fault("H4", person, back, text)
