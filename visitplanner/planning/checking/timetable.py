"""Where each group is when: rules H6 to H11 and the stop half of H12."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from visitplanner.planning.checking.facts import Facts, Stop
from visitplanner.planning.checking.fault import Fault
from visitplanner.planning.checking.membership import group_of, people_of
from visitplanner.planning.checking.reading import Group, Visit


def timetable_faults(facts: Facts, groups: Sequence[Group]) -> Iterator[Fault]:
    """Every broken rule about visits."""
    for group in groups:
        for visit in group.visits:
            stop = facts.stops.get(visit.stop)
            if stop is None:
                text = f"Group {group.id} visits “{visit.stop}”, which the problem has not"
                yield Fault("H9", group.id, visit.start, text)
            else:
                yield from _visit(facts, group, visit, stop)
                yield from _admitted(facts, group, visit, stop)
        yield from _walks(facts, group)
        yield from _number_of_stops(facts, group)
    yield from _crowded(facts, groups)
    yield from _speakers(facts, groups)
    yield from _precedence(facts, groups)
    yield from _pinned_stops(facts, groups)


def known_visits(facts: Facts, group: Group) -> list[tuple[Visit, Stop]]:
    """The visits at stops that the problem has, in order."""
    return [(visit, facts.stops[visit.stop]) for visit in group.visits if visit.stop in facts.stops]


def back_in_hall(facts: Facts, group: Group) -> int:
    """Minute the group is back in the hall, 0 if it visits nothing."""
    visits = known_visits(facts, group)
    if not visits:
        return 0
    visit, stop = visits[-1]
    return visit.start + stop.visit + facts.walk[stop.id, facts.hall]


def _visit(facts: Facts, group: Group, visit: Visit, stop: Stop) -> Iterator[Fault]:
    start, end = visit.start, visit.start + stop.visit
    if visit.end != end:
        text = f"Group {group.id} leaves {stop.id} at {visit.end}; the visit ends at {end}"
        yield Fault("H6", group.id, start, text, stop.id)
    if not any(opens <= start and end <= closes for opens, closes in stop.windows):
        text = f"{stop.id} is not open from {start} to {end} for group {group.id}"
        yield Fault("H6", group.id, start, text, stop.id)
    if (people := people_of(facts, group)) > stop.people:
        text = f"Group {group.id} has {people} people, {stop.id} takes {stop.people}"
        yield Fault("H6", group.id, start, text, stop.id)


def _admitted(facts: Facts, group: Group, visit: Visit, stop: Stop) -> Iterator[Fault]:
    for who in dict.fromkeys(who for who, _ in group.members):
        delegation = facts.delegations.get(who)
        if delegation is None:
            continue
        if delegation.step_free and not stop.step_free:
            text = f"{who} needs a step-free way, {stop.id} has none (group {group.id})"
            yield Fault("H10", who, visit.start, text, stop.id)
        if delegation.country in stop.barred:
            text = f"{stop.id} is barred to {delegation.country} (group {group.id})"
            yield Fault("H10", who, visit.start, text, stop.id)


def _walks(facts: Facts, group: Group) -> Iterator[Fault]:
    place, free = facts.hall, 0
    for visit, stop in known_visits(facts, group):
        arrives = free + facts.walk[place, stop.id]
        if visit.start < arrives:
            text = f"Group {group.id} cannot be at {stop.id} before {arrives}"
            yield Fault("H8", group.id, visit.start, text, stop.id)
        place, free = stop.id, visit.start + stop.visit
    back = free + facts.walk[place, facts.hall]
    if back > facts.horizon:
        text = f"Group {group.id} is back in the hall at {back}, after {facts.horizon}"
        yield Fault("H8", group.id, back, text)


def _number_of_stops(facts: Facts, group: Group) -> Iterator[Fault]:
    seen: set[str] = set()
    for visit in group.visits:
        if visit.stop in seen:
            text = f"Group {group.id} visits {visit.stop} twice"
            yield Fault("H9", group.id, visit.start, text, visit.stop)
        seen.add(visit.stop)
    least, most = facts.stops_per_group
    if not least <= len(seen) <= most:
        text = f"Group {group.id} sees {len(seen)} stops, allowed are {least} to {most}"
        yield Fault("H9", group.id, None, text)


def _crowded(facts: Facts, groups: Sequence[Group]) -> Iterator[Fault]:
    for stop in facts.stops.values():
        spans = [
            (visit.start, visit.start + stop.visit + stop.reset, group.id)
            for group in groups
            for visit in group.visits
            if visit.stop == stop.id
        ]
        for moment in sorted({start for start, _, _ in spans}):
            there = [group for start, free, group in spans if start <= moment < free]
            if len(there) > stop.at_once:
                text = (
                    f"{stop.id} takes {stop.at_once} at once and has at {moment} the groups "
                    + ", ".join(there)
                )
                yield Fault("H6", stop.id, moment, text)


def _speakers(facts: Facts, groups: Sequence[Group]) -> Iterator[Fault]:
    talks: dict[str, list[tuple[int, int, str, str]]] = {}
    for group in groups:
        for visit, stop in known_visits(facts, group):
            if stop.speaker is not None:
                talk = (visit.start, visit.start + stop.visit, stop.id, group.id)
                talks.setdefault(stop.speaker, []).append(talk)
    for speaker, spans in talks.items():
        last: tuple[int, int, str, str] | None = None
        for talk in sorted(spans):
            if last is not None and talk[0] < last[1]:
                text = (
                    f"{speaker} speaks to group {last[3]} at {last[2]} until {last[1]} "
                    f"and to group {talk[3]} at {talk[2]} from {talk[0]}"
                )
                yield Fault("H7", speaker, talk[0], text, talk[2])
            if last is None or talk[1] > last[1]:
                last = talk


def _precedence(facts: Facts, groups: Sequence[Group]) -> Iterator[Fault]:
    if facts.headline is None:
        return
    where, depth = facts.headline
    highest = sorted(facts.delegations.values(), key=lambda d: d.precedence)[:depth]
    received: list[tuple[int, str]] = []
    for delegation in highest:
        group = group_of(groups, delegation.id)
        starts = [v.start for v in group.visits if v.stop == where] if group else []
        received += [(start, delegation.id) for start in starts[:1]]
    for (earlier, higher), (later, lower) in pairwise(received):
        if earlier > later:
            text = f"{higher} is received at {where} at {earlier}, after {lower} at {later}"
            yield Fault("H11", higher, earlier, text, where)


def _pinned_stops(facts: Facts, groups: Sequence[Group]) -> Iterator[Fault]:
    for pin in facts.pins:
        who, stop, start = pin["delegation"], pin["stop"], pin["start"]
        if stop is None:
            continue
        group = group_of(groups, who)
        starts = [v.start for v in group.visits if v.stop == stop] if group else []
        if not starts or (start is not None and start not in starts):
            at = "" if start is None else f" at {start}"
            text = f"{who} is pinned to {stop}{at} and its group is not there"
            yield Fault("H12", who, start, text, stop)
