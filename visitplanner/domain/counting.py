"""Counting a visit by fixed rules: countries, missions, organisations, persons."""

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
