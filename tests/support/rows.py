"""Small builders: a visit, a delegation, a slot, with what they cannot be without."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from visitplanner.domain.states import state
from visitplanner.models import (
    AccessLink,
    Category,
    Delegation,
    Mission,
    Organisation,
    Participant,
    Person,
    State,
    Visit,
    VisitOrganisation,
    new_key,
)
from visitplanner.services.states import names_of
from visitplanner.services.vault import new_token, token_hash

DAY = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=30)


def add_visit(db: Session, slug: str = "arctic", **values: Any) -> Visit:
    """A visit in thirty days with one category ("delegate")."""
    row = Visit(
        **{
            "slug": slug,
            "title": {"ru": f"Визит {slug}", "en": f"Visit {slug}"},
            "day": DAY.date(),
            "starts_at": DAY,
            "ends_at": DAY + timedelta(hours=5),
        }
        | values
    )
    db.add(row)
    db.flush()
    word = {"ru": "Делегат", "en": "Delegate"}
    db.add(Category(visit_id=row.id, code="delegate", letter="Д", word=word, ribbon="delegate"))
    db.flush()
    return row


def add_delegation(
    db: Session, visit: Visit, state_key: str = "algeria", **values: Any
) -> Delegation:
    """A delegation of the embassy of a state (a key of the shipped table)."""
    add_state(db, state_key)
    code = f"{state_key}-{new_key()[:5]}".upper()
    mission = Mission(code=code, state_key=state_key, emails=[f"embassy@{state_key}.example"])
    db.add(mission)
    db.flush()
    row = Delegation(visit_id=visit.id, mission_id=mission.id, code=code, quota=3, **values)
    db.add(row)
    db.flush()
    return row


def add_state(db: Session, key: str) -> State:
    """One state of the shipped table."""
    known = db.get(State, key)
    if known is None:
        row = state(key)
        known = State(key=key, kind=row.kind, names=names_of(row), flag=row.flag, iso2=row.iso2)
        db.add(known)
        db.flush()
    return known


def add_participant(db: Session, delegation: Delegation, **person: Any) -> Participant:
    """A person on a delegation's list."""
    category = db.query(Category).filter_by(visit_id=delegation.visit_id).first()
    who = Person(
        visit_id=delegation.visit_id,
        **{"family_name": "Benali", "given_name": "Aïcha", "email": "aicha@mission.example"}
        | person,
    )
    db.add(who)
    db.flush()
    row = Participant(
        visit_id=delegation.visit_id,
        delegation_id=delegation.id,
        category_id=category.id,
        person_id=who.id,
    )
    db.add(row)
    db.flush()
    return row


def add_organisation(db: Session, visit: Visit, part: str = "press") -> Organisation:
    """An organisation with a part in the visit."""
    row = Organisation(
        code=f"ORG-{new_key()[:6]}", kind=part, name={"ru": "Вестник", "en": "The Herald"}
    )
    db.add(row)
    db.flush()
    db.add(VisitOrganisation(visit_id=visit.id, organisation_id=row.id, part=part))
    db.flush()
    return row


def add_link(db: Session, visit: Visit, purpose: str = "delegation", **values: Any) -> AccessLink:
    """A live link of a guest (its token is thrown away; see `signing_in.sign_in_guest`)."""
    row = AccessLink(
        id=new_key(),
        purpose=purpose,
        token_hash=token_hash(new_token()),
        visit_id=visit.id,
        label="a guest",
        expires_at=visit.ends_at + timedelta(days=1),
        **values,
    )
    db.add(row)
    db.flush()
    return row
