"""Which lines of the matrix a page shows, and in which order, from its address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for
from flask_babel import lazy_gettext

from visitplanner.domain.names import clean_line
from visitplanner.domain.readiness import STAGES
from visitplanner.queries.readiness import VIEWS, DelegationRow, Matrix

VIEW_WORDS: Mapping[str, object] = {
    "all": lazy_gettext("All"),
    "no-photo": lazy_gettext("No photograph"),
    "no-head": lazy_gettext("No head"),
    "over-quota": lazy_gettext("Over quota"),
    "not-answered": lazy_gettext("Not answered"),
    "mine": lazy_gettext("My countries"),
    "declined": lazy_gettext("Not coming"),
}

STAGE_WORDS: Mapping[str, object] = {
    "list": lazy_gettext("List"),
    "forms": lazy_gettext("Forms"),
    "photo": lazy_gettext("Photo"),
    "approved": lazy_gettext("Approved"),
    "badges": lazy_gettext("Badges"),
    "group": lazy_gettext("Group"),
}

STAGE_LACKS: Mapping[str, object] = {
    "list": lazy_gettext("list not full"),
    "forms": lazy_gettext("forms missing"),
    "photo": lazy_gettext("photographs missing"),
    "approved": lazy_gettext("not all approved"),
    "badges": lazy_gettext("badges missing"),
    "group": lazy_gettext("not all in a group"),
}

Sorter = Callable[[DelegationRow], Any]  # Any: whatever compares
SORTERS: Mapping[str, Sorter] = {
    "head": lambda row: (row.head is None, row.head.rank_code if row.head else ""),
    "note": lambda row: (not row.note, row.note),
    **{
        stage: lambda row, stage=stage: (  # type: ignore[misc]
            row.stages[stage].done / row.stages[stage].of if row.stages[stage].of else 2
        )
        for stage in STAGES
    },
}
"""Orders besides the alphabetical one, which the query gives."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address asks for: a view, filters and an order."""

    view: str = "all"
    text: str = ""
    group: str = ""
    reply: str = ""
    lacks: str = ""
    sort: str = "state"
    down: bool = False

    def url(self, **changes: Any) -> str:
        """The address of the matrix with these changes; defaults are left out (Any: values)."""
        values = {name: getattr(self, name) for name in self.__slots__} | changes
        asked = {
            name: (1 if value is True else value)
            for name, value in values.items()
            if value not in ("", False)
            and (name, value) not in (("view", "all"), ("sort", "state"))
        }
        return url_for("delegations.index") + (f"?{urlencode(asked)}" if asked else "")

    @property
    def filtered(self) -> bool:
        """Whether any filter is in force."""
        return bool(self.text or self.group or self.reply or self.lacks)


def choice() -> Choice:
    """Read the address; what it says wrongly is left at its default."""
    asked = request.args
    view, sort, lacks = asked.get("view", ""), asked.get("sort", ""), asked.get("lacks", "")
    return Choice(
        view=view if view in VIEWS else "all",
        text=clean_line(asked.get("text", ""))[:100],
        group=asked.get("group", "").strip()[:2],
        reply=asked.get("reply", "")[:20],
        lacks=lacks if lacks in STAGE_WORDS else "",
        sort=sort if sort in SORTERS else "state",
        down=asked.get("down", "") == "1",
    )


def chosen(matrix: Matrix, wanted: Choice, who: str, found: frozenset[str] | None) -> list[Any]:
    """The lines to show (`found`: ids the text search found, None without one)."""
    view = VIEWS[wanted.view]
    rows = [row for row in matrix.rows if view(row, who) and _passes(row, wanted)]
    if found is not None:
        rows = [row for row in rows if row.id in found]
    if wanted.sort in SORTERS:
        rows.sort(key=SORTERS[wanted.sort])
    if wanted.down:
        rows.reverse()
    return rows


def _passes(row: DelegationRow, wanted: Choice) -> bool:
    if wanted.group and wanted.group not in row.groups:
        return wanted.group == "-" and not row.groups
    if wanted.reply and row.reply != wanted.reply:
        return False
    if wanted.lacks:
        stage = row.stages[wanted.lacks]  # type: ignore[index]
        return stage.done < stage.of or (stage.of == 0 and wanted.lacks != "photo")
    return True
