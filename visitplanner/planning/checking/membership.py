"""Who walks with whom: rules H1, H2, H3, H5 and the company half of H12."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from visitplanner.planning.checking.facts import Facts
from visitplanner.planning.checking.fault import Fault
from visitplanner.planning.checking.reading import Group


def membership_faults(facts: Facts, groups: Sequence[Group]) -> Iterator[Fault]:
    """Every broken rule about the members of groups."""
    yield from _each_part_once(facts, groups)
    for group in groups:
        yield from _size(facts, group)
        yield from _understands(facts, group)
        yield from _apart(facts, group)
    yield from _pinned_company(facts, groups)


def group_of(groups: Sequence[Group], delegation: str, part: int = 0) -> Group | None:
    """The first group that has the part."""
    return next((g for g in groups if (delegation, part) in g.members), None)


def known(facts: Facts, member: tuple[str, int]) -> bool:
    """Whether the problem has this part of this delegation."""
    delegation = facts.delegations.get(member[0])
    return delegation is not None and 0 <= member[1] < len(delegation.parts)


def _each_part_once(facts: Facts, groups: Sequence[Group]) -> Iterator[Fault]:
    seen: dict[tuple[str, int], str] = {}
    for group in groups:
        for member in group.members:
            who, part = member
            if not known(facts, member):
                text = f"Group {group.id} has part {part} of {who}, which the problem has not"
                yield Fault("H1", who, None, text)
            elif member in seen:
                text = f"{who}, part {part}, is in group {seen[member]} and in group {group.id}"
                yield Fault("H1", who, None, text)
            seen.setdefault(member, group.id)
    for delegation in facts.delegations.values():
        for part in range(len(delegation.parts)):
            if (delegation.id, part) not in seen:
                text = f"{delegation.id}, part {part}, is in no group"
                yield Fault("H1", delegation.id, None, text)


def _size(facts: Facts, group: Group) -> Iterator[Fault]:
    people = people_of(facts, group)
    least, most = facts.people
    if not least <= people <= most:
        text = f"Group {group.id} has {people} people, allowed are {least} to {most}"
        yield Fault("H2", group.id, None, text)


def people_of(facts: Facts, group: Group) -> int:
    """People in a group, strangers to the problem not counted."""
    return sum(
        facts.delegations[who].parts[part][0]
        for who, part in group.members
        if known(facts, (who, part))
    )


def _understands(facts: Facts, group: Group) -> Iterator[Fault]:
    spoken, most = set(group.languages), facts.languages_per_group
    if len(spoken) != len(group.languages):
        text = f"Group {group.id} lists a working language twice"
        yield Fault("H3", group.id, None, text)
    if not 1 <= len(spoken) <= most:
        text = f"Group {group.id} has {len(spoken)} working languages, allowed are 1 to {most}"
        yield Fault("H3", group.id, None, text)
    for who in dict.fromkeys(who for who, _ in group.members):
        delegation = facts.delegations.get(who)
        if delegation is not None and not spoken & delegation.languages:
            text = f"{who} speaks no working language of group {group.id}"
            yield Fault("H3", who, None, text)


def _apart(facts: Facts, group: Group) -> Iterator[Fault]:
    present = [d for who in dict.fromkeys(w for w, _ in group.members)
               if (d := facts.delegations.get(who)) is not None]  # fmt: skip
    for one, other in combinations(present, 2):
        if one.id in other.apart_from or other.id in one.apart_from:
            text = f"{one.id} and {other.id} must be apart and share group {group.id}"
            yield Fault("H5", one.id, None, text)


def _pinned_company(facts: Facts, groups: Sequence[Group]) -> Iterator[Fault]:
    for pin in facts.pins:
        home = group_of(groups, pin["delegation"])
        for other in pin["with"]:
            if home is None or (other, 0) not in home.members:
                text = f"{other} is pinned to the group of {pin['delegation']} and is not in it"
                yield Fault("H12", pin["delegation"], None, text)
