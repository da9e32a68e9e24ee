"""Whose programme may be printed: the delegations that come."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitplanner.models import Delegation, Mission
from visitplanner.queries.names import state_labels


def paper_subjects(session: Session, visit_id: str, language: str) -> list[tuple[str, str]]:
    """(code, name of the sender and code) of each delegation that comes, by name."""
    labels = state_labels(session, visit_id, language)
    rows = session.execute(
        select(Delegation.code, Mission.state_key)
        .join(Mission, Mission.id == Delegation.mission_id)
        .where(Delegation.visit_id == visit_id, Delegation.withdrawn_at.is_(None))
    )
    found = sorted((labels[key].filing, code, labels[key].name) for code, key in rows)
    return [(code, f"{short} ({code})") for _, code, short in found]
