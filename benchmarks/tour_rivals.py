"""What people do without a planner: the spreadsheet's equal slots, and a dispatcher with a radio.

Both start from the same groups, made as one makes them by hand: language by language, the largest
delegation first into the first group with room. They break rules; the table counts how many.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Unit:
    """One part of a delegation as the coordinator's list has it."""

    delegation: str
    part: int
    people: int
    precedence: int
    languages: frozenset[str]
    wishes: frozenset[str]


@dataclass(slots=True)
class Party:
    """A group in the making."""

    units: list[Unit]
    languages: tuple[str, ...]
    interpreters: dict[str, str] = field(default_factory=dict)
    visits: list[tuple[str, int]] = field(default_factory=list)

    @property
    def people(self) -> int:
        return sum(unit.people for unit in self.units)

    @property
    def rank(self) -> int:
        return min(unit.precedence for unit in self.units)

    def start_at(self, stop: str) -> int | None:
        return dict(self.visits).get(stop)


class Sheet:
    """The coordinator's sheet: the problem document with its look-ups."""

    def __init__(self, problem: Document) -> None:
        self.problem = problem
        self.rules = problem["rules"]
        self.horizon: int = problem["horizon"]
        self.stops = {stop["id"]: stop for stop in problem["stops"]}
        self.guests = {d["id"]: d for d in problem["delegations"]}
        self.hosts = set(problem["host_languages"])
        self.hall: str = problem["hall"]
        self.most_stops: int = self.rules["stops_per_group"][1]

    def way(self, a: str, b: str) -> int:
        return self.problem["walk"][a][b]

    def units(self) -> list[Unit]:
        return [
            Unit(d["id"], n, part["people"], d["precedence"], frozenset(d["languages"]),
                 frozenset(part.get("wishes", {})))
            for d in self.problem["delegations"]
            for n, part in enumerate(d.get("parts") or [d])
        ]  # fmt: skip

    def apart(self, unit: Unit, others: Iterable[Unit]) -> bool:
        enemies = self.guests[unit.delegation]["apart_from"]
        return any(other.delegation in enemies for other in others)

    def allowed(self, party: Party) -> list[str]:
        guests = [self.guests[unit.delegation] for unit in party.units]
        return [
            stop["id"]
            for stop in self.problem["stops"]
            if party.people <= stop["people"]
            and not any(g["country"] in stop["barred"] for g in guests)
            and (stop["step_free"] or not any(g["step_free"] for g in guests))
        ]

    def open_at(self, stop: str, start: int) -> bool:
        end = start + self.stops[stop]["visit"]
        return any(a <= start and end <= b for a, b in self.stops[stop]["windows"])

    def reserved_for_higher(self, parties: list[Party], party: Party, start: int) -> bool:
        """Whether a head of higher precedence has still to be received before `party`."""
        headline = self.rules["headline"]
        stop = headline["stop"]
        heads = sorted(self.guests, key=lambda d: self.guests[d]["precedence"])[: headline["depth"]]
        for higher, lower in pairwise(heads):
            first, second = _home(parties, higher), _home(parties, lower)
            if first is second:
                continue
            before, after = first.start_at(stop), second.start_at(stop)
            if second is party and before is None and len(first.visits) < self.most_stops:
                return True
            if second is party and before is not None and before > start:
                return True
            if first is party and after is not None and after < start:
                return True
        return False


def _home(parties: list[Party], delegation: str) -> Party:
    return next(p for p in parties for u in p.units if (u.delegation, u.part) == (delegation, 0))


def parties_by_hand(sheet: Sheet) -> list[Party]:
    """Groups by the most widely spoken language of each delegation, then patched up."""
    parties = _by_language(sheet)
    _fill_small(sheet, parties)
    _pair_languages(sheet, parties)
    parties = [p for p in parties if p.units]
    _assign_interpreters(sheet, parties)
    return parties


def _by_language(sheet: Sheet) -> list[Party]:
    units = sorted(sheet.units(), key=lambda u: (len(u.languages), u.precedence))
    speakers: dict[str, int] = {}
    for unit in units:
        for language in unit.languages:
            speakers[language] = speakers.get(language, 0) + unit.people
    lists: dict[str, list[Unit]] = {}
    for unit in units:
        lists.setdefault(max(unit.languages, key=lambda x: (speakers[x], x)), []).append(unit)
    most, parties = sheet.rules["group_people"][1], []
    for language, own in lists.items():
        mine: list[Party] = []
        for unit in sorted(own, key=lambda u: -u.people):
            for party in mine:
                if party.people + unit.people <= most and not sheet.apart(unit, party.units):
                    party.units.append(unit)
                    break
            else:
                mine.append(Party([unit], (language,)))
        parties += mine
    return parties


def _fits(sheet: Sheet, party: Party, unit: Unit) -> bool:
    return (
        bool(set(party.languages) & unit.languages)
        and party.people + unit.people <= sheet.rules["group_people"][1]
        and not sheet.apart(unit, party.units)
    )


def _fill_small(sheet: Sheet, parties: list[Party]) -> None:
    """Dissolve groups that are too small, or fill them from others."""
    least = sheet.rules["group_people"][0]
    for party in sorted(parties, key=lambda p: p.people):
        if party.people >= least:
            continue
        for unit in list(party.units):
            homes = [p for p in parties if p is not party and p.units and _fits(sheet, p, unit)]
            if homes:
                min(homes, key=lambda p: p.people).units.append(unit)
                party.units.remove(unit)
        while party.units and party.people < least:
            spare = [
                (home, unit)
                for home in parties
                if home is not party
                for unit in home.units
                if _fits(sheet, party, unit) and home.people - unit.people >= least
            ]
            if not spare:
                break
            home, unit = max(spare, key=lambda x: x[1].people)
            home.units.remove(unit)
            party.units.append(unit)


def _pair_languages(sheet: Sheet, parties: list[Party]) -> None:
    """Groups that are still too small share one with a second language."""
    least, most = sheet.rules["group_people"]
    for party in sorted(parties, key=lambda p: p.people):
        if not party.units or party.people >= least:
            continue
        for other in sorted(parties, key=lambda p: p.people):
            languages = sorted({*party.languages, *other.languages})
            if other is party or not other.units or len(languages) > 2:
                continue
            if party.people + other.people > most:
                continue
            if any(sheet.apart(unit, other.units) for unit in party.units):
                continue
            other.units += party.units
            other.languages, party.units = tuple(languages), []
            break


def _assign_interpreters(sheet: Sheet, parties: list[Party]) -> None:
    """As many working languages with an interpreter as can be (augmenting paths)."""
    people = [s for s in sheet.problem["staff"] if s["role"] == "interpreter"]
    owner: dict[str, tuple[int, str]] = {}

    def seat(need: tuple[int, str], tried: set[str]) -> bool:
        for person in people:
            name = person["id"]
            if need[1] not in person["languages"] or name in tried:
                continue
            tried.add(name)
            if name not in owner or seat(owner[name], tried):
                owner[name] = need
                return True
        return False

    for n, party in enumerate(parties):
        for language in party.languages:
            if language not in sheet.hosts:
                seat((n, language), set())
    for name, (n, language) in owner.items():
        parties[n].interpreters[language] = name


def spreadsheet(problem: Document) -> Document:
    """Equal slots; in each, groups by precedence take the free stop with most of their wishes."""
    sheet = Sheet(problem)
    parties = sorted(parties_by_hand(sheet), key=lambda p: p.rank)
    longest = max(s["visit"] + s["reset"] for s in problem["stops"])
    ways = sorted(n for row in problem["walk"].values() for n in row.values())
    slot = math.ceil((longest + ways[int(0.9 * len(ways))]) / 5) * 5
    first = max(problem["walk"][sheet.hall].values())
    for start in range(first, sheet.horizon + 1, slot):
        taken: dict[str, int] = {}
        speaking: set[str] = set()
        for party in parties:
            free = [
                s
                for s in sheet.allowed(party)
                if taken.get(s, 0) < sheet.stops[s]["groups_at_once"]
                and sheet.stops[s].get("speaker") not in speaking
                and _can_stand(sheet, party, s, start)
                and not _headline_taken(sheet, parties, party, s, start)
            ]
            if len(party.visits) < sheet.most_stops and free:
                stop = max(free, key=lambda s: (_wished(party, s), -_from_last(sheet, party, s)))
                party.visits.append((stop, start))
                taken[stop] = taken.get(stop, 0) + 1
                if (speaker := sheet.stops[stop].get("speaker")) is not None:
                    speaking.add(speaker)
    return plan_document(sheet, parties)


def _wished(party: Party, stop: str) -> int:
    return sum(stop in unit.wishes for unit in party.units)


def _from_last(sheet: Sheet, party: Party, stop: str) -> int:
    return sheet.way(party.visits[-1][0], stop) if party.visits else 0


def _can_stand(sheet: Sheet, party: Party, stop: str, start: int) -> bool:
    if stop in dict(party.visits) or not sheet.open_at(stop, start):
        return False
    if start + sheet.stops[stop]["visit"] + sheet.way(stop, sheet.hall) > sheet.horizon:
        return False
    if not party.visits:
        return True
    last, since = party.visits[-1]
    return since + sheet.stops[last]["visit"] + sheet.way(last, stop) <= start


def _headline_taken(
    sheet: Sheet, parties: list[Party], party: Party, stop: str, start: int
) -> bool:
    headline = sheet.rules.get("headline")
    return bool(
        headline and headline["stop"] == stop and sheet.reserved_for_higher(parties, party, start)
    )


class Radio:
    """The dispatcher's book of what is taken when."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.booked: dict[str, list[tuple[int, int]]] = {s: [] for s in sheet.stops}
        self.talks: dict[str, list[tuple[int, int]]] = {}

    def _speaker_talks(self, stop: str) -> list[tuple[int, int]]:
        return self.talks.get(self.sheet.stops[stop].get("speaker") or "", [])

    def earliest(self, stop: str, since: int) -> int | None:
        """First minute from `since` at which the stop can take one more group."""
        own = self.sheet.stops[stop]
        moments = {since}
        moments |= {a for a, _ in own["windows"] if a > since}
        moments |= {end for _, end in self.booked[stop] + self._speaker_talks(stop) if end > since}
        return next((m for m in sorted(moments) if self._free(stop, m)), None)

    def _free(self, stop: str, start: int) -> bool:
        own = self.sheet.stops[stop]
        end, clean = start + own["visit"], start + own["visit"] + own["reset"]
        if not self.sheet.open_at(stop, start):
            return False
        there = [(a, b) for a, b in self.booked[stop] if a < clean and start < b]
        for moment in [start, *(a for a, _ in there if a > start)]:
            if sum(a <= moment < b for a, b in there) >= own["groups_at_once"]:
                return False
        return not any(a < end and start < b for a, b in self._speaker_talks(stop))

    def book(self, stop: str, start: int) -> None:
        own = self.sheet.stops[stop]
        self.booked[stop].append((start, start + own["visit"] + own["reset"]))
        if (speaker := own.get("speaker")) is not None:
            self.talks.setdefault(speaker, []).append((start, start + own["visit"]))


def dispatcher(problem: Document, wish_minutes: int = 10) -> Document:
    """The next free group goes where waiting plus walking, less its wishes, is least."""
    sheet = Sheet(problem)
    parties = parties_by_hand(sheet)
    radio = Radio(sheet)
    free_at, place = [0] * len(parties), [sheet.hall] * len(parties)
    touring = set(range(len(parties)))
    while touring:
        n = min(sorted(touring), key=lambda k: (free_at[k], parties[k].rank))
        party = parties[n]
        choice = _next_stop(sheet, radio, parties, party, place[n], free_at[n], wish_minutes)
        if choice is None:
            touring.remove(n)
            continue
        stop, start = choice
        radio.book(stop, start)
        party.visits.append(choice)
        place[n], free_at[n] = stop, start + sheet.stops[stop]["visit"]
        left = set(sheet.allowed(party)) - set(dict(party.visits))
        satisfied = not any(_wished(party, s) for s in left)
        if len(party.visits) >= sheet.rules["stops_per_group"][0] and satisfied:
            touring.remove(n)
    return plan_document(sheet, parties)


def _next_stop(
    sheet: Sheet, radio: Radio, parties: list[Party], party: Party,
    place: str, now: int, wish_minutes: int,
) -> tuple[str, int] | None:  # fmt: skip
    if len(party.visits) >= sheet.most_stops:
        return None
    best: tuple[int, str, int] | None = None
    for stop in sheet.allowed(party):
        if stop in dict(party.visits):
            continue
        start = radio.earliest(stop, now + sheet.way(place, stop))
        if start is None:
            continue
        if start + sheet.stops[stop]["visit"] + sheet.way(stop, sheet.hall) > sheet.horizon:
            continue
        if _headline_taken(sheet, parties, party, stop, start):
            continue
        cost = start - now - wish_minutes * _wished(party, stop)
        if best is None or cost < best[0]:
            best = (cost, stop, start)
    return best and (best[1], best[2])


def plan_document(sheet: Sheet, parties: list[Party]) -> Document:
    """The groups as a plan document, escorts given out in order; its score is not stated."""
    escorts = [s["id"] for s in sheet.problem["staff"] if s["role"] == "escort"]
    groups = [
        {
            "id": f"G{n + 1}",
            "members": [{"delegation": u.delegation, "part": u.part} for u in party.units],
            "working_languages": list(party.languages),
            "escort": escorts[n] if n < len(escorts) else None,
            "interpreters": party.interpreters,
            "visits": [
                {"stop": stop, "start": start, "end": start + sheet.stops[stop]["visit"]}
                for stop, start in party.visits
            ],
        }
        for n, party in enumerate(parties)
    ]
    return {"format": "visitplanner-tour-plan/1", "status": "feasible", "groups": groups}
