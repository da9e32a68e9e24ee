"""Missions: found by state and kind, made from the shipped table of states."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitplanner.domain import states
from visitplanner.domain.folding import fold
from visitplanner.domain.mission_words import MISSION_KINDS
from visitplanner.domain.refusals import Refusal
from visitplanner.models import Mission, State, Texts
from visitplanner.services.act import Act
from visitplanner.services.states import EDITION, names_of

PLAIN_CODES = frozenset({"embassy", "high_commission", "nunciature", "eu_delegation"})
"""Kinds that need no word in the code of a mission."""


def ensure_state(session: Session, key: str) -> State:
    """The table's row of this state, copied from the shipped table when it is not there yet.

    Raises NotFound("no-such-state").
    """
    row = session.get(State, key)
    if row is not None:
        return row
    shipped = states.state(key)
    row = State(
        key=shipped.key,
        kind=shipped.kind,
        iso2=shipped.iso2,
        iso3=shipped.iso3,
        flag=shipped.flag,
        recognised=shipped.recognised,
        names=names_of(shipped),
        edition=EDITION,
    )
    session.add(row)
    session.flush()
    return row


def usual_kind(state_key: str) -> str:
    """The kind of mission a sender usually keeps."""
    row = states.state(state_key)
    if row.key in ("holy-see", "european-union"):
        return "nunciature" if row.key == "holy-see" else "eu_delegation"
    return "representation" if row.is_organisation else "embassy"


def find_mission(session: Session, state_key: str, kind: str) -> Mission | None:
    """The mission of this sender and kind, if we know it."""
    return session.scalar(
        select(Mission).where(Mission.state_key == state_key, Mission.kind == kind)
    )


def add_mission(
    act: Act,
    state_key: str,
    *,
    kind: str = "",
    name: Texts | None = None,
    emails: Iterable[str] = (),
    phones: Iterable[str] = (),
    languages: Iterable[str] = (),
    address: str = "",
) -> Mission:
    """Make a mission (the caller's use-case commits). Refusal("no-such-kind")."""
    state = ensure_state(act.session, state_key)
    kind = kind or usual_kind(state_key)
    if kind not in MISSION_KINDS:
        raise Refusal("no-such-kind", field="kind")
    mission = Mission(
        code=_free_code(act.session, state, kind),
        state_key=state.key,
        kind=kind,
        name=dict(name or {}),
        emails=list(emails),
        phones=list(phones),
        languages=list(languages),
        address=address,
    )
    act.record("mission.added", mission)
    return mission


def mission_for(act: Act, state_key: str, kind: str = "", **details: Any) -> Mission:
    """The mission of this sender and kind, made when we do not know it yet.

    `details` as in `add_mission` (Any: they are passed through). Of a mission we know only the
    addresses are taken: the first of them goes before those we had.
    """
    kind = kind or usual_kind(state_key)
    found = find_mission(act.session, state_key, kind)
    if found is None:
        return add_mission(act, state_key, kind=kind, **details)
    emails = list(dict.fromkeys([*details.get("emails", ()), *found.emails]))
    if emails != found.emails:
        found.emails = emails
        act.record("mission.changed", found)
    return found


def _free_code(session: Session, state: State, kind: str) -> str:
    """A short code nobody has: `dz`, `dz-trade-mission`, `dz-2`."""
    base = (state.iso2.lower() or fold(state.key).replace(" ", "-"))[:40]
    suffix = "" if kind in PLAIN_CODES else f"-{kind.replace('_', '-')}"
    taken = set(session.scalars(select(Mission.code).where(Mission.code.like(f"{base}%"))))
    code, number = f"{base}{suffix}", 2
    while code in taken:
        code, number = f"{base}{suffix}-{number}", number + 1
    return code
