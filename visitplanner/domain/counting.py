"""Counting a visit by fixed rules: countries, missions, organisations, persons."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from visitplanner.domain.states import state

# Sends and receives missions but is no country.
NOT_COUNTRIES = frozenset({"sovereign-order-of-malta"})


@dataclass(frozen=True, slots=True)
class Attendance:
    """One person in one delegation; `senders` are keys of states or organisations.

    A head accredited by two States for one mission represents both (Vienna Convention 1961,
    article 6).
    """

    person: str
    mission: str
    senders: tuple[str, ...]
    arrived: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """Distinct numbers; `missions` includes those of organisations, `countries` never does."""

    countries: int
    missions: int
    organisations: int
    persons: int
    country_keys: tuple[str, ...]
    organisation_keys: tuple[str, ...]


def is_country(key: str) -> bool:
    """Say whether a sender counts as a country: every State, observer or entity but the Order."""
    return not state(key).is_organisation and key not in NOT_COUNTRIES


def figures(attendances: Iterable[Attendance], *, arrived_only: bool = True) -> Figures:
    """Count distinct countries, missions, organisations and persons (protocol 8, case 52).

    A country with an embassy and a trade mission is one country and two missions; a person in
    two delegations is one person. With `arrived_only` only who came counts.
    """
    counted = [row for row in attendances if row.arrived or not arrived_only]
    senders = sorted({key for row in counted for key in row.senders})
    countries = tuple(filter(is_country, senders))
    organisations = tuple(key for key in senders if state(key).is_organisation)
    return Figures(
        countries=len(countries),
        missions=len({row.mission for row in counted}),
        organisations=len(organisations),
        persons=len({row.person for row in counted}),
        country_keys=countries,
        organisation_keys=organisations,
    )


@dataclass(frozen=True, slots=True)
class Guest:
    """One place on a list, as the desk counts it.

    `delegate`: on the list of a delegation, in whatever function; otherwise `category` says what.
    `expected`: the file lets them in; who has arrived was expected.
    """

    person: str
    category: str
    delegate: bool
    head: bool
    expected: bool
    arrived: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """So many have arrived of so many expected."""

    arrived: int
    expected: int


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Delegates, the heads among them, and everybody else by category in the order given."""

    delegates: Tally
    heads: Tally
    others: tuple[tuple[str, Tally], ...]


def arrivals(guests: Iterable[Guest]) -> Arrivals:
    """Count persons, not places and not badges (protocol 8, case 52).

    A person in two delegations is one delegate; one who also works for an organisation is a
    delegate and nothing else. Who is off the list, or replaced by another, is not among the guests.
    """
    places: dict[str, list[Guest]] = defaultdict(list)
    for guest in guests:
        if guest.expected or guest.arrived:
            places[guest.person].append(guest)
    delegates = [own for own in places.values() if any(place.delegate for place in own)]
    heads = [own for own in delegates if any(place.delegate and place.head for place in own)]
    others: dict[str, list[list[Guest]]] = defaultdict(list)
    for own in places.values():
        if not any(place.delegate for place in own):
            others[own[0].category].append(own)
    return Arrivals(
        _tally(delegates),
        _tally(heads),
        tuple((category, _tally(found)) for category, found in others.items()),
    )


def _tally(people: list[list[Guest]]) -> Tally:
    return Tally(sum(any(place.arrived for place in own) for own in people), len(people))
