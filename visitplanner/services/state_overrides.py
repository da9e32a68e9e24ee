"""What a visit shows of a State otherwise than our table: name, flag, whether it is offered."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from visitplanner.domain.refusals import Refusal
from visitplanner.models import StateOverride, Visit
from visitplanner.services.act import Act
from visitplanner.services.missions import ensure_state


@dataclass(frozen=True, slots=True)
class Wording:
    """A visit's own words: language → {short, formal, genitive, genitive_formal}.

    `plain`: no flag, a plain panel instead. `offered`: in lists; None as usual.
    """

    names: dict[str, dict[str, str]]
    plain: bool = False
    offered: bool | None = None
    reason: str = ""


def save_override(act: Act, visit: Visit, key: str, wording: Wording) -> StateOverride:
    """Write it, a new row where there is none yet. Commits.

    Refusals: no-such-state (NotFound), override-says-nothing, genitive-missing.
    """
    names = {code: words for code, words in wording.names.items() if any(words.values())}
    if not names and not wording.plain and wording.offered is None:
        raise Refusal("override-says-nothing")
    _demand_genitives(names.get("ru", {}))
    ensure_state(act.session, key)
    row = act.session.scalar(
        select(StateOverride).where(
            StateOverride.visit_id == visit.id, StateOverride.state_key == key
        )
    )
    if row is None:
        row = StateOverride(visit_id=visit.id, state_key=key)
    values: dict[str, Any] = {  # Any: column values
        "names": names,
        "flag": "" if wording.plain else None,
        "recognised": wording.offered,
        "reason": wording.reason,
    }
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
    act.record("state.worded", row)
    act.commit()
    return row


def _demand_genitives(russian: dict[str, str]) -> None:
    """A Russian name stands in «Посольство …» too, which no rule can make of a new name."""
    for form, genitive in (("short", "genitive"), ("formal", "genitive_formal")):
        if russian.get(form) and not russian.get(genitive):
            raise Refusal("genitive-missing", field=genitive)


def drop_override(act: Act, row: StateOverride) -> None:
    """Show the State as our table does again. Commits."""
    act.record("state.unworded", row, before={"names": row.names, "reason": row.reason}, after={})
    act.session.delete(row)
    act.commit()
