"""How persons and states are called on a page, from rows to words."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from visitplanner.domain.names import NameOrder, PersonName, full_name
from visitplanner.models import State, StateOverride

FALL_BACK = ("en", "ru")


class Named(Protocol):
    """What a person's row (or a selected tuple of its columns) offers for its name."""

    @property
    def family_name(self) -> str: ...
    @property
    def given_name(self) -> str: ...
    @property
    def name_order(self) -> str: ...
    @property
    def native_name(self) -> str: ...
    @property
    def russian_name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class StateLabel:
    """A state as one visit shows it in one language."""

    key: str
    kind: str
    name: str
    filing: str
    flag: str
    iso2: str
    recognised: bool


def latin_name(person: Named) -> PersonName:
    """The Latin name as a value of the domain."""
    order = NameOrder(person.name_order)
    return PersonName(person.family_name, person.given_name, order=order)


def shown_name(person: Named, language: str) -> str:
    """The full name for a page: the Russian one on Russian pages, else the Latin one."""
    latin = full_name(latin_name(person))
    if language == "ru":
        return person.russian_name or latin or person.native_name
    return latin or person.native_name or person.russian_name


def state_labels(
    session: Session, visit_id: str | None, language: str, keys: Iterable[str] | None = None
) -> dict[str, StateLabel]:
    """Labels by state key (all states, or `keys`), the visit's own wording laid over ours."""
    wanted = None if keys is None else set(keys)
    rows = _labelled(language)
    if wanted is not None:
        rows = rows.where(State.key.in_(wanted))
    own = {
        row.state_key: row
        for row in session.scalars(select(StateOverride).where(StateOverride.visit_id == visit_id))
    }
    return {row.key: _label(row, own.get(row.key), language) for row in session.execute(rows)}


@lru_cache(maxsize=16)
def _labelled(language: str) -> Select[Any]:
    """The statement, built once a language: it costs more to write than to run."""
    return select(
        State.key,
        State.kind,
        State.iso2,
        State.flag,
        State.recognised,
        *(
            State.names[code][form].as_string().label(f"{form}_{place}")
            for place, code in enumerate((language, *FALL_BACK))
            for form in ("short", "sort")
        ),
    )


def _label(row: Row[Any], own: StateOverride | None, language: str) -> StateLabel:
    pairs = ((row.short_0, row.sort_0), (row.short_1, row.sort_1), (row.short_2, row.sort_2))
    ours, filed = next((pair for pair in pairs if pair[0]), (row.key, row.key))
    changed = _language(own.names, language) if own else {}
    short = changed.get("short") or ours
    return StateLabel(
        key=row.key,
        kind=row.kind,
        name=short,
        filing=changed.get("sort") or changed.get("short") or filed or short,
        flag=row.flag if own is None or own.flag is None else own.flag,
        iso2=row.iso2,
        recognised=row.recognised if own is None or own.recognised is None else own.recognised,
    )


def _language(names: dict[str, dict[str, str]], language: str) -> dict[str, str]:
    for code in (language, *FALL_BACK):
        if names.get(code, {}).get("short"):
            return names[code]
    return next(iter(names.values()), {})
