"""Whole visits filled with a canary word, for tests that nothing of one reaches another."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from tests.support.rows import (
    DAY,
    add_delegation,
    add_link,
    add_organisation,
    add_participant,
    add_visit,
)
from visitplanner.models import (
    AgendaItem,
    Badge,
    Category,
    Checkpoint,
    Deadline,
    Delegation,
    Invitation,
    Job,
    MailMessage,
    Participant,
    Person,
    Room,
    Site,
    Speaker,
    StateOverride,
    Stop,
    StoredFile,
    TourGroup,
    TourPlan,
    TourRules,
    Visit,
    Zone,
    new_key,
)
from visitplanner.queries.organisations import part_of


@dataclass(slots=True)
class World:
    """A visit and, by the name of an address's argument, an object of each kind in it."""

    visit: Visit
    canary: str
    delegations: list[Delegation] = field(default_factory=list)
    people: list[Participant] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    arguments: dict[str, str] = field(default_factory=dict)


def _texts(canary: str) -> dict[str, str]:
    return {"ru": canary, "en": canary}


def make_world(db: Session, instance: Any, slug: str, canary: str, states: list[str]) -> World:
    """A visit whose every text holds `canary` (Any: services.instance.Instance)."""
    visit = add_visit(db, slug, title=_texts(canary), venue=_texts(canary))
    world = World(visit, canary)
    for number, key in enumerate(states):
        word = f"{canary}{number}"
        row = add_delegation(db, visit, key, note=word, focal_name=word,
                             focal_email=f"{word}@mission.example".lower())  # fmt: skip
        row.code = f"{slug.upper()}{number}-EMB"  # in addresses, which error pages repeat
        world.delegations.append(row)
        invitation = Invitation(visit_id=visit.id, mission_id=row.mission_id, quota=3,
                                note_number=word, remarks=word)  # fmt: skip
        db.add(invitation)
        db.flush()
        row.invitation_id = invitation.id
        world.people.append(_person(db, instance, row, word))
        world.arguments.setdefault("invitation_id", invitation.id)
    organisation = add_organisation(db, visit)
    organisation.name = _texts(canary)
    db.add(StateOverride(visit_id=visit.id, state_key="peru" if "peru" in states else "japan",
                         names={"en": {"short": canary}}, reason=canary))  # fmt: skip
    _programme(db, visit, canary, world)
    _tour(db, visit, canary, world)
    _papers(db, instance, world)
    first, second = world.delegations[0], world.people[0]
    world.links = {
        "delegation": add_link(db, visit, "delegation", delegation_id=first.id).id,
        "delegate": add_link(db, visit, "delegate", delegation_id=first.id,
                             participant_id=second.id).id,
        "organisation": add_link(db, visit, "organisation", organisation_id=organisation.id).id,
    }  # fmt: skip
    world.arguments |= {
        "slug": slug,
        "code": first.code,
        "participant_id": second.id,
        "link_id": world.links["delegation"],
        "part_id": part_of(db, visit.id, organisation.id).id,
        "organisation_id": organisation.id,
        "category_id": db.query(Category).filter_by(visit_id=visit.id).first().id,
        "kind": "lists",
        "state_key": "peru" if "peru" in states else "japan",
        "action": "reopen",
    }
    db.commit()
    return world


def _person(db: Session, instance: Any, delegation: Delegation, word: str) -> Participant:
    names = dict.fromkeys(("family_name", "given_name", "native_name", "russian_name"), word)
    held = {"position_en": word, "position_ru": word, "search_key": word.lower()}
    address = f"{word}@person.example".lower()
    row = add_participant(db, delegation, email=address, **names, **held)
    photo = instance.files.save(db, b"\xff\xd8" + word.encode(), kind="photo",
                                media_type="image/jpeg", visit_id=delegation.visit_id,
                                encrypted=True)  # fmt: skip
    db.flush()
    row.person.photo_id = photo.id
    row.status = "submitted"
    db.add(Badge(visit_id=delegation.visit_id, participant_id=row.id, person_id=row.person_id,
                 key_number=1, number=new_key()[:14], serial=f"D-{word}", code_text=word,
                 valid_until=DAY + timedelta(days=1)))  # fmt: skip
    db.flush()
    return row


def _programme(db: Session, visit: Visit, canary: str, world: World) -> None:
    room = Room(visit_id=visit.id, name=_texts(canary))
    speaker = Speaker(visit_id=visit.id, name=_texts(canary), position_held=_texts(canary))
    db.add_all([room, speaker])
    db.flush()
    item = AgendaItem(visit_id=visit.id, kind="speech", title=_texts(canary), room_id=room.id,
                      starts_at=DAY, minutes=10, responsible=canary, cue=canary)  # fmt: skip
    zone = Zone(visit_id=visit.id, letter="A", bit=0, name=_texts(canary))
    date = Deadline(visit_id=visit.id, kind="lists", title=_texts(canary), at=DAY)
    door = Checkpoint(visit_id=visit.id, code="main", name=_texts(canary))
    db.add_all([item, zone, date, door])
    db.flush()
    world.arguments |= {
        "room_id": room.id,
        "speaker_id": speaker.id,
        "item_id": item.id,
        "checkpoint_id": door.id,
        "checkpoint": door.id,
        "talk_id": item.id,
    }


def _tour(db: Session, visit: Visit, canary: str, world: World) -> None:
    site = Site(visit_id=visit.id, name=_texts(canary))
    db.add(site)
    db.flush()
    stop = Stop(visit_id=visit.id, site_id=site.id, code="lasers", name=_texts(canary),
                summary=_texts(canary), presenter=canary)  # fmt: skip
    group = TourGroup(visit_id=visit.id, letter="A", meeting_point=_texts(canary))
    db.add_all([stop, group, TourRules(visit_id=visit.id, starts_at=DAY, horizon=60)])
    db.flush()
    plan = TourPlan(visit_id=visit.id, edition=1, status="feasible", problem={},
                    plan={"groups": [], "reasons": [], "note": canary})  # fmt: skip
    db.add(plan)
    db.flush()
    world.arguments |= {"stop_id": stop.id, "letter": "A", "plan_id": plan.id}


def _papers(db: Session, instance: Any, world: World) -> None:
    file: StoredFile = instance.files.save(
        db, b"%PDF-" + world.canary.encode(), kind="paper", media_type="application/pdf",
        name=f"{world.canary}.pdf", visit_id=world.visit.id,
    )  # fmt: skip
    job = Job(kind="papers.print", visit_id=world.visit.id, note=world.canary, state="done",
              result={"file": file.id})  # fmt: skip
    mail = MailMessage(visit_id=world.visit.id, recipient=f"{world.canary}@mission.example".lower(),
                       subject=world.canary, body="", template="returned")  # fmt: skip
    db.add_all([job, mail])
    db.flush()
    world.arguments |= {"file_id": file.id, "job_id": job.id, "mail_id": mail.id}


PEOPLE_TABLES = (Person, Participant, Delegation, Badge, TourGroup, Stop, AgendaItem, Speaker)


def snapshot(db: Session, visit_id: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the visit's own tables, to see whether anything was written."""
    db.expire_all()
    found = {}
    for model in PEOPLE_TABLES:
        table = model.__table__
        rows = db.execute(
            table.select().where(table.c.visit_id == visit_id).order_by(*table.primary_key)
        )
        found[table.name] = [tuple(map(str, row)) for row in rows]
    return found
