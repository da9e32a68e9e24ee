"""States as one visit shows them: the shipped rows with the visit's own wording laid over."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitplanner.domain import states
from visitplanner.domain.states import StateRow
from visitplanner.models import StateOverride


def overrides(session: Session, visit_id: str) -> list[StateOverride]:
    """What this visit shows otherwise, by key."""
    return list(
        session.scalars(
            select(StateOverride)
            .where(StateOverride.visit_id == visit_id)
            .order_by(StateOverride.state_key)
        )
    )


def override_of(session: Session, visit_id: str, key: str) -> StateOverride | None:
    """What this visit shows of a State otherwise, if anything."""
    return session.scalar(
        select(StateOverride).where(
            StateOverride.visit_id == visit_id, StateOverride.state_key == key
        )
    )


def as_value(row: StateOverride) -> states.StateOverride:
    """The row as the domain takes it."""

    def texts(form: str) -> dict[str, str]:
        return {code: words[form] for code, words in row.names.items() if words.get(form)}

    return states.StateOverride(
        key=row.state_key,
        short=texts("short"),
        formal=texts("formal"),
        filing=texts("sort"),
        genitive_ru=row.names.get("ru", {}).get("genitive", ""),
        genitive_formal_ru=row.names.get("ru", {}).get("genitive_formal", ""),
        flag=row.flag,
        recognised=row.recognised,
    )


def shown_row(session: Session, visit_id: str, key: str) -> StateRow:
    """The State as the visit shows it. Raises NotFound("no-such-state")."""
    own = override_of(session, visit_id, key)
    row = states.state(key)
    return states.overridden(row, as_value(own)) if own is not None else row


def offered_rows(session: Session, visit_id: str) -> list[StateRow]:
    """The rows a visit offers in its lists, in its own wording."""
    own = {row.state_key: as_value(row) for row in overrides(session, visit_id)}
    switches = {key: value.recognised for key, value in own.items() if value.recognised is not None}
    return [
        states.overridden(row, own[row.key]) if row.key in own else row
        for row in states.offered(switches)
    ]
