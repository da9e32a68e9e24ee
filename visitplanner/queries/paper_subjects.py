"""Whose programme may be printed: the delegations that come."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitplanner.models import Delegation, Mission, State


def paper_subjects(session: Session, visit_id: str, language: str) -> list[tuple[str, str]]:
    """(code, name of the sender and code) of each delegation that comes, by name."""
    rows = session.execute(
        select(Delegation.code, State.names)
        .join(Mission, Mission.id == Delegation.mission_id)
        .join(State, State.key == Mission.state_key)
        .where(Delegation.visit_id == visit_id, Delegation.withdrawn_at.is_(None))
    )
    found = []
    for code, names in rows:
        own = names.get(language) or names.get("en") or {}
        found.append((str(own.get("sort", "")), code, str(own.get("short", code))))
    return [(code, f"{short} ({code})") for _, code, short in sorted(found)]
