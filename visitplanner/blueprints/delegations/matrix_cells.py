"""Cells of the matrix as ready markup: a page has a thousand, of a few hundred kinds."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from markupsafe import Markup, escape

from visitplanner.domain.readiness import Stage, StageKey
from visitplanner.queries.readiness import DelegationRow

SHOWN: tuple[StageKey, ...] = ("list", "forms", "photo", "approved", "badges")
"""The stages that are figures; the group is a letter."""

BEFORE = Markup('<td data-label="{label}" class="progress-cell {kind}"><a href="')
AFTER = Markup(
    '{key}">{done}<i>/{of}</i></a><progress value="{done}" max="{of}" aria-hidden="true">'
    "</progress></td>"
)
NONE = Markup(
    '<td data-label="{label}" class="progress-cell none"><span aria-hidden="true">–</span>'
    '<span class="visually-hidden">{none}</span></td>'
)


@lru_cache(maxsize=4096)
def around(stage: Stage, label: str, none: str) -> tuple[str, str]:
    """What stands before and after the row's own address; no address where nothing is due.

    `label` is the column's word, `none` what is read out in an empty cell.
    """
    if not stage.of:
        return str(NONE.format(label=label, none=none)), ""
    kind = "full" if stage.done >= stage.of else "trouble" if stage.late else "part"
    before = BEFORE.format(label=label, kind=kind)
    return str(before), str(AFTER.format(key=stage.key, done=stage.done, of=stage.of))


def cells_of(
    people_url: str, labels: Mapping[str, str], none: str
) -> Callable[[DelegationRow], Markup]:
    """A function from a line of the matrix to its five cells; each number leads to its people."""

    def cells(row: DelegationRow) -> Markup:
        address = str(escape(f"{people_url}?delegation={row.code}&stage="))
        parts: list[str] = []
        for key in SHOWN:
            before, after = around(row.stages[key], labels[key], none)
            parts += (before, address, after) if after else (before,)
        return Markup("".join(parts))  # noqa: S704 - every part is escaped above

    return cells
