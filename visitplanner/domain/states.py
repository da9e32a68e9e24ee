"""States and international senders: names in six languages, codes, flags, look-alikes."""

import csv
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import combinations
from types import MappingProxyType
from typing import Literal, cast

from visitplanner.domain.folding import fold
from visitplanner.domain.refusals import NotFound

Kind = Literal["state", "observer", "entity", "organisation"]
LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
# Flags changed within living memory of a flag store: look before printing (protocol 2.4).
CHANGED_FLAGS = frozenset({"afghanistan", "syria", "mauritania", "malawi", "libya", "iraq"})


@dataclass(frozen=True, slots=True)
class StateRow:
    """One sender. Name maps are keyed by language; `key` is ours and never changes."""

    key: str
    kind: Kind
    un_member: bool
    recognised: bool
    iso2: str
    iso3: str
    m49: str
    icao3: str
    flag: str
    founded: date | None
    short: Mapping[str, str] = field(hash=False)
    formal: Mapping[str, str] = field(hash=False)
    filing: Mapping[str, str] = field(hash=False)
    articles: Mapping[str, str] = field(hash=False)
    articles_formal: Mapping[str, str] = field(hash=False)
    genitive_ru: str
    genitive_formal_ru: str
    zh_pinyin: str
    host_variants_ru: tuple[str, ...]
    national_day: str
    look_alike: tuple[str, ...]
    aliases: tuple[str, ...]
    note: str

    @property
    def is_organisation(self) -> bool:
        """An international organisation: after the States, never counted as a country."""
        return self.kind == "organisation"

    @property
    def travel_code(self) -> str:
        """The three letters used in travel documents (ICAO 9303): D for Germany, XOM …"""
        return self.icao3 or self.iso3


@dataclass(frozen=True, slots=True)
class StateOverride:
    """What a visit shows instead of our row; empty or None leaves ours."""

    key: str
    short: Mapping[str, str] = field(default_factory=dict, hash=False)
    formal: Mapping[str, str] = field(default_factory=dict, hash=False)
    filing: Mapping[str, str] = field(default_factory=dict, hash=False)
    genitive_ru: str = ""
    genitive_formal_ru: str = ""
    flag: str | None = None
    recognised: bool | None = None


def _split(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split("|")))


def _names(row: Mapping[str, str], suffix: str, languages: Iterable[str]) -> Mapping[str, str]:
    return MappingProxyType({code: row[f"{code}_{suffix}"] for code in languages})


def _typed(row: Mapping[str, str]) -> StateRow:
    return StateRow(
        key=row["key"],
        kind=cast("Kind", row["kind"]),
        un_member=row["un_member"] == "1",
        recognised=row["recognised"] == "1",
        iso2=row["iso2"],
        iso3=row["iso3"],
        m49=row["m49"],
        icao3=row["icao3"],
        flag=row["flag"],
        founded=date.fromisoformat(row["founding_date"]) if row["founding_date"] else None,
        short=_names(row, "short", LANGUAGES),
        formal=_names(row, "formal", LANGUAGES),
        filing=_names(row, "sort", LANGUAGES),
        articles=_names(row, "article", ("en", "fr")),
        articles_formal=_names(row, "article_formal", ("en", "fr")),
        genitive_ru=row["ru_genitive"],
        genitive_formal_ru=row["ru_genitive_formal"],
        zh_pinyin=row["zh_pinyin"],
        host_variants_ru=_split(row["ru_host_variants"]),
        national_day=row["national_day"],
        look_alike=_split(row["look_alike"]),
        aliases=_split(row["aliases"]),
        note=row["note"],
    )


@cache
def _table() -> Mapping[str, StateRow]:
    text = files("visitplanner.domain").joinpath("data/states.csv").read_text(encoding="utf-8")
    return {row["key"]: _typed(row) for row in csv.DictReader(text.splitlines())}


def states() -> tuple[StateRow, ...]:
    """Return all rows in the order of the table."""
    return tuple(_table().values())


def state(key: str) -> StateRow:
    """Return one row; NotFound("no-such-state") when there is none of that key."""
    row = _table().get(key)
    if row is None:
        raise NotFound("no-such-state", key=key)
    return row


def offered(switches: Mapping[str, bool] = MappingProxyType({})) -> tuple[StateRow, ...]:
    """Return the rows a host offers in its lists: the default, changed by `switches` (key: on)."""
    return tuple(row for row in states() if switches.get(row.key, row.recognised))


def overridden(row: StateRow, override: StateOverride) -> StateRow:
    """Return `row` as one visit wants it shown; a new short name files under itself."""
    filing = {**row.filing, **override.short, **override.filing}
    return replace(
        row,
        short=MappingProxyType({**row.short, **override.short}),
        formal=MappingProxyType({**row.formal, **override.formal}),
        filing=MappingProxyType(filing),
        genitive_ru=override.genitive_ru or row.genitive_ru,
        genitive_formal_ru=override.genitive_formal_ru or row.genitive_formal_ru,
        flag=row.flag if override.flag is None else override.flag,
        recognised=row.recognised if override.recognised is None else override.recognised,
    )


@cache
def _search_names() -> tuple[tuple[StateRow, frozenset[str]], ...]:
    def names(row: StateRow) -> frozenset[str]:
        shown = [*row.short.values(), *row.formal.values()]
        return frozenset(map(fold, [*shown, *row.aliases, *row.host_variants_ru])) - {""}

    return tuple((row, names(row)) for row in states())


def _closeness(wanted: str, names: Collection[str]) -> int | None:
    """0 the name itself, 1 its beginning, 2 the beginning of a word in it, 3 inside a word."""
    if wanted in names:
        return 0
    if any(name.startswith(wanted) for name in names):
        return 1
    if any(f" {wanted}" in name for name in names):
        return 2
    return 3 if len(wanted) > 2 and any(wanted in name for name in names) else None


def find(text: str, *, limit: int | None = None) -> tuple[StateRow, ...]:
    """Search all names, old ones and ISO codes; the closest first, then in table order.

    Case, accents, apostrophes, dashes and ё/е do not matter; й is not и.
    """
    wanted, code = fold(text), text.strip().upper()
    if not wanted:
        return ()
    found: list[tuple[int, StateRow]] = []
    for row, names in _search_names():
        near = 0 if code in {row.iso2, row.iso3, row.icao3} else _closeness(wanted, names)
        if near is not None:
            found.append((near, row))
    found.sort(key=lambda pair: pair[0])
    return tuple(row for _, row in found)[:limit]


@cache
def _exact_names() -> Mapping[str, StateRow]:
    return {name: row for row, names in _search_names() for name in names}


@cache
def _codes() -> Mapping[str, StateRow]:
    return {code: row for row in states() for code in (row.iso2, row.iso3) if code}


def identify(text: str) -> StateRow | None:
    """Return the row that bears exactly this name or code, as an import needs it."""
    return _exact_names().get(fold(text)) or _codes().get(text.strip().upper())


def running_name(row: StateRow, language: str) -> str:
    """Return the name for running text, badges and greetings.

    The UN's bracketed list forms («Iran (Islamic Republic of)») give way to the formal name.
    """
    short = row.short[language]
    return row.formal[language] if has_brackets(short) else short


def has_brackets(name: str) -> bool:
    """Say whether a name is a list form with a bracket, in Latin or Chinese writing."""
    return "(" in name or "（" in name


def look_alikes(keys: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the pairs among `keys` whose flags are easily taken for one another."""
    present = sorted(set(keys))
    return tuple(
        (one, other) for one, other in combinations(present, 2) if other in state(one).look_alike
    )
