"""The shipped table of states, brought into the database; a visit's own overrides stay."""

from sqlalchemy.orm import Session

from visitplanner.domain.states import StateRow, states
from visitplanner.models import State

EDITION = "2026-11"


def names_of(row: StateRow) -> dict[str, dict[str, str]]:
    """Language → short, formal and filing name; Russian has its genitives too."""
    found = {
        language: {
            "short": row.short[language],
            "formal": row.formal[language],
            "sort": row.filing[language],
        }
        for language in row.short
    }
    found["ru"] |= {"genitive": row.genitive_ru, "genitive_formal": row.genitive_formal_ru}
    return found


def load_states(session: Session) -> int:
    """Insert or renew every row of the shipped table; how many. The caller commits."""
    rows = states()
    for row in rows:
        known = session.get(State, row.key)
        if known is None:
            known = State(key=row.key, kind=row.kind, names={}, recognised=row.recognised)
            session.add(known)
        known.kind = row.kind
        known.iso2, known.iso3, known.flag = row.iso2, row.iso3, row.flag
        known.names = names_of(row)
        known.edition = EDITION
    session.flush()
    return len(rows)
