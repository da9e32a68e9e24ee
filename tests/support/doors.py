"""A house with zones and doors, and guests with real badges, for tests of admission."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.rows import add_delegation, add_participant, add_visit
from visitplanner.domain.access import Grant, Principal
from visitplanner.domain.person_search import search_index
from visitplanner.models import (
    Badge,
    Category,
    Checkpoint,
    Delegation,
    Participant,
    Visit,
    Zone,
    new_key,
)
from visitplanner.services.act import Act
from visitplanner.services.badges import issue
from visitplanner.services.instance import Instance

CHIEF = Principal(kind="staff", name="Chief", grants=(Grant("administrator"),))


def at_once() -> datetime:
    """Now, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def before(**ago: float) -> str:
    """A moment ago, as a phone writes it; `minutes=5` and the like."""
    return (at_once() - timedelta(**ago)).isoformat()


@dataclass(slots=True)
class House:
    """A visit of today with an entrance (zone A), a laboratory (B) and a way out."""

    instance: Instance
    db: Session
    visit: Visit
    main: Checkpoint
    side: Checkpoint
    labs: Checkpoint
    way_out: Checkpoint
    delegation: Delegation

    def guest(self, delegation: Delegation | None = None, **person: Any) -> Badge:
        """An approved person with a live badge for zone A."""
        names = [person.get(n, "") for n in ("given_name", "family_name", "native_name")]
        known = search_index(*names, person.get("russian_name", ""))
        function = person.pop("function", "member")
        slot = add_participant(self.db, delegation or self.delegation, search_key=known, **person)
        slot.status, slot.function = "approved", function
        self.db.flush()
        return self.badge_of(slot)

    def badge_of(self, slot: Participant) -> Badge:
        """Issue a badge for an approved person."""
        act = Act(self.instance, self.db, CHIEF, slot.visit_id)
        made = issue(act, self.db.get_one(Visit, slot.visit_id), slot)
        act.commit()
        return made

    def arrived(self, badge: Badge) -> datetime | None:
        """When the badge's holder came; None before."""
        self.db.expire_all()
        return self.db.get_one(Participant, badge.participant_id).arrived_at

    def scan(
        self, badge: Badge | str, door: Checkpoint | None = None, **more: Any
    ) -> dict[str, Any]:
        """A scan as the phone sends it."""
        text = badge if isinstance(badge, str) else badge.code_text
        place = door or self.main
        return {
            "id": new_key() + new_key(),
            "code": text,
            "checkpoint": place.id,
            "direction": "in",
            "at": at_once().isoformat(),
            "device": "phone-1",
            "how": "camera",
        } | more


DOORS = (
    ("main", "Главный вход", "Main entrance", "entrance", "A"),
    ("side", "Боковой вход", "Side entrance", "entrance", "A"),
    ("labs", "Лаборатории", "Laboratories", "zone", "B"),
    ("out", "Выход", "Way out", "exit", ""),
)


def make_house(instance: Instance, db: Session, slug: str = "arctic", **visit: Any) -> House:
    """The house, committed."""
    now = at_once()
    row = add_visit(
        db,
        slug,
        **{
            "starts_at": now - timedelta(hours=2),
            "ends_at": now + timedelta(hours=6),
            "day": now.date(),
        }
        | visit,
    )
    category = db.scalars(select(Category).where(Category.visit_id == row.id)).one()
    category.zones = ["A"]
    for bit, letter in enumerate("AB"):
        name = {"ru": f"Зона {letter}", "en": f"Zone {letter}"}
        db.add(Zone(visit_id=row.id, letter=letter, name=name, bit=bit, position=bit))
    doors = [
        Checkpoint(
            visit_id=row.id, code=code, name={"ru": ru, "en": en}, kind=kind, zone=zone, position=n
        )
        for n, (code, ru, en, kind, zone) in enumerate(
            (
                ("main", "Главный вход", "Main entrance", "entrance", "A"),
                ("side", "Боковой вход", "Side entrance", "entrance", "A"),
                ("labs", "Лаборатории", "Laboratories", "zone", "B"),
                ("out", "Выход", "Way out", "exit", ""),
            )
        )
    ]
    db.add_all(doors)
    delegation = add_delegation(db, row)
    db.commit()
    return House(instance, db, row, *doors, delegation)


@pytest.fixture
def house(instance: Instance, db: Session) -> House:
    """The house of most tests of doors, badges and arrivals."""
    return make_house(instance, db)
