"""The screen of arrivals: who is expected, who has come, who is missing, what was refused."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from visitplanner.domain.collation import Key, sort_key
from visitplanner.domain.counting import (
    Arrivals,
    Attendance,
    Figures,
    arrivals,
    figures,
)
from visitplanner.domain.delegations import OUT_OF_LIST
from visitplanner.domain.grammar import mission_name
from visitplanner.domain.person_search import search_terms
from visitplanner.domain.serials import serial_candidates
from visitplanner.domain.states import state
from visitplanner.models import (
    Badge,
    Category,
    Checkpoint,
    Delegation,
    Mission,
    Organisation,
    Participant,
    Person,
    Scan,
    TourGroup,
    Visit,
)
from visitplanner.queries.admission import PASSED
from visitplanner.queries.arrival_counts import expected, guest_of
from visitplanner.queries.names import StateLabel, shown_name, state_labels
from visitplanner.queries.standing import let_in, sender_comes

LATEST = 10
FOUND = 20
REFUSED = 50


@dataclass(frozen=True, slots=True)
class Arrival:
    """One person on the screen. `may_enter` says that the file allows an arrival by name."""

    id: str
    name: str
    position: str
    head: bool
    arrived_at: datetime | None
    group: str
    category: dict[str, str]
    state: StateLabel | None
    organisation: dict[str, str]
    may_enter: bool


@dataclass(frozen=True, slots=True)
class Body:
    """A delegation or organisation with its expected people, those who have come first."""

    state: StateLabel | None
    organisation: dict[str, str]
    people: tuple[Arrival, ...]
    mission: str = ""  # its name, where it is not the embassy

    @property
    def arrived(self) -> int:
        """How many have come."""
        return sum(person.arrived_at is not None for person in self.people)

    @property
    def missing(self) -> tuple[Arrival, ...]:
        """Who has not."""
        return tuple(person for person in self.people if person.arrived_at is None)

    @property
    def head(self) -> Arrival | None:
        """The head, if one is expected."""
        return next((person for person in self.people if person.head), None)


@dataclass(frozen=True, slots=True)
class Overview:
    """Numbers and lists of one moment; delegations first, then the other organisations.

    `words`: the word of each category counted; `undecided`: on a delegation's list, not approved.
    """

    delegations: tuple[Body, ...]
    others: tuple[Body, ...]
    expected: Figures
    came: Figures
    counted: Arrivals
    words: Mapping[str, dict[str, str]]
    undecided: int
    latest: tuple[Arrival, ...]
    refused: int

    @property
    def people(self) -> tuple[Arrival, ...]:
        """Everybody who is expected."""
        return tuple(person for body in (*self.delegations, *self.others) for person in body.people)


@dataclass(frozen=True, slots=True)
class RefusedScan:
    """A scan at which the door stayed shut; `who` is None where no badge of ours was read."""

    id: str
    verdict: str
    scanned_at: datetime
    checkpoint: dict[str, str]
    typed: bool
    name: str


COLUMNS = (
    Participant.id,
    Participant.function,
    Participant.status,
    Participant.arrived_at,
    Participant.delegation_id,
    Participant.organisation_id,
    Person.id.label("person_id"),
    Person.family_name,
    Person.given_name,
    Person.name_order,
    Person.native_name,
    Person.russian_name,
    Person.position_en,
    Person.position_ru,
    Category.word,
    Category.code.label("category"),
    Category.position.label("place"),
    TourGroup.letter,
    Mission.id.label("mission_id"),
    Mission.state_key,
    Mission.kind.label("mission_kind"),
    Mission.name.label("mission_name"),
    Organisation.name.label("organisation_name"),
    Organisation.short_name,
)


def overview(session: Session, visit: Visit, language: str) -> Overview:
    """Everything the screen of arrivals shows, in seven statements whatever the size."""
    rows = _rows(session, visit, expected(visit))
    labels = _labels(session, visit, rows, language)
    bodies: dict[tuple[str, str], list[Row[Any]]] = defaultdict(list)
    for row in rows:
        bodies[row.delegation_id or "", row.organisation_id or ""].append(row)
    made = [_body(visit, group, labels, language) for group in bodies.values()]
    people = sorted(
        (one for body in made for one in body.people if one.arrived_at is not None),
        key=lambda one: (one.arrived_at, one.id),
        reverse=True,
    )
    attendances = [
        Attendance(row.person_id, row.mission_id, (row.state_key,), row.arrived_at is not None)
        for row in rows
        if row.mission_id
    ]
    return Overview(
        delegations=_filed((body for body in made if body.state), language),
        others=tuple(body for body in made if not body.state),
        expected=figures(attendances, arrived_only=False),
        came=figures(attendances),
        counted=arrivals(guest_of(visit, row) for row in sorted(rows, key=lambda row: row.place)),
        words={row.category: row.word for row in rows},
        undecided=_count_undecided(session, visit),
        latest=tuple(people[:LATEST]),
        refused=_count_refused(session, visit),
    )


def find(
    session: Session, visit: Visit, query: str, language: str, person: str = ""
) -> list[Arrival]:
    """People of this visit by any part of the name in any script, or by the badge's serial.

    `person` is one participant's id and goes before the words. Who has left the lists is left out.
    """
    wanted = Participant.id == person if person else _matching(query)
    if wanted is None:
        return []
    wanted = and_(wanted, Participant.status.not_in(OUT_OF_LIST))
    rows = _rows(session, visit, wanted, most=FOUND)
    labels = _labels(session, visit, rows, language)
    return [_person(visit, row, labels, language) for row in rows]


def refused_scans(session: Session, visit: Visit, language: str) -> list[RefusedScan]:
    """The last scans at which a door stayed shut, newest first."""
    rows = session.execute(
        select(
            Scan.id, Scan.verdict, Scan.scanned_at, Scan.typed, Checkpoint.name,
            Person.family_name, Person.given_name, Person.name_order, Person.native_name,
            Person.russian_name,
        )
        .outerjoin(Checkpoint, Checkpoint.id == Scan.checkpoint_id)
        .outerjoin(Badge, and_(Badge.number == Scan.badge_number, Badge.visit_id == visit.id))
        .outerjoin(Person, Person.id == Badge.person_id)
        .where(Scan.visit_id == visit.id, Scan.verdict.not_in(PASSED))
        .order_by(Scan.received_at.desc(), Scan.id)
        .limit(REFUSED)
    )  # fmt: skip
    return [
        RefusedScan(
            id=row.id,
            verdict=row.verdict,
            scanned_at=row.scanned_at,
            checkpoint=row.name or {},
            typed=row.typed,
            name=shown_name(row, language) if row.name_order else "",
        )
        for row in rows
    ]


def checkpoints(session: Session, visit: Visit) -> Sequence[Checkpoint]:
    """The doors of the visit in their order."""
    return session.scalars(
        select(Checkpoint)
        .where(Checkpoint.visit_id == visit.id)
        .order_by(Checkpoint.position, Checkpoint.id)
    ).all()


def doors_by_visit(session: Session, visit_ids: Iterable[str]) -> dict[str, list[Checkpoint]]:
    """The doors of several visits, by the visit's id."""
    found: dict[str, list[Checkpoint]] = defaultdict(list)
    for row in session.scalars(
        select(Checkpoint)
        .where(Checkpoint.visit_id.in_(list(visit_ids)))
        .order_by(Checkpoint.position, Checkpoint.id)
    ):
        found[row.visit_id].append(row)
    return found


def checkpoint_of(session: Session, visit: Visit, checkpoint_id: str) -> Checkpoint | None:
    """A checkpoint of this visit."""
    return session.scalar(
        select(Checkpoint).where(Checkpoint.visit_id == visit.id, Checkpoint.id == checkpoint_id)
    )


def zone_names(visit: Visit) -> dict[str, dict[str, str]]:
    """Letters of the visit's zones with their names, in order."""
    return {zone.letter: zone.name for zone in visit.zones}


def _matching(query: str) -> ColumnElement[bool] | None:
    terms = search_terms(query)
    if not terms:
        return None
    by_name = and_(
        *(
            or_(*(Person.search_key.contains(piece, autoescape=True) for piece in pieces))
            for pieces in terms
        )
    )
    serials = serial_candidates(query)
    if not serials:
        return by_name
    badge = exists().where(
        Badge.participant_id == Participant.id,
        Badge.serial.in_(serials),
        Badge.revoked_at.is_(None),
    )
    return or_(by_name, badge)


def _rows(
    session: Session, visit: Visit, wanted: ColumnElement[bool], most: int | None = None
) -> list[Row[Any]]:
    query = (
        select(*COLUMNS)
        .join(Person, Person.id == Participant.person_id)
        .join(Category, Category.id == Participant.category_id)
        .outerjoin(TourGroup, TourGroup.id == Participant.group_id)
        .outerjoin(Delegation, Delegation.id == Participant.delegation_id)
        .outerjoin(Mission, Mission.id == Delegation.mission_id)
        .outerjoin(Organisation, Organisation.id == Participant.organisation_id)
        .where(Participant.visit_id == visit.id, wanted)
        .order_by(
            Delegation.code.nulls_first(),
            Organisation.code.nulls_first(),
            Participant.position,
            Participant.id,
        )
        .limit(most)
    )
    return list(session.execute(query))


def _labels(
    session: Session, visit: Visit, rows: Sequence[Row[Any]], language: str
) -> dict[str, StateLabel]:
    keys = {row.state_key for row in rows if row.state_key}
    return state_labels(session, visit.id, language, keys) if keys else {}


def _body(
    visit: Visit, rows: Sequence[Row[Any]], labels: dict[str, StateLabel], language: str
) -> Body:
    people = tuple(_person(visit, row, labels, language) for row in rows)
    return Body(people[0].state, people[0].organisation, people, _mission(rows[0], language))


def _mission(row: Row[Any], language: str) -> str:
    """What tells a State's trade mission from its embassy; empty for embassies."""
    if not row.mission_id or row.mission_kind == "embassy" or state(row.state_key).is_organisation:
        return ""
    own = row.mission_name.get(language)
    spoken = language if language in ("ru", "en", "fr") else "en"
    return own or mission_name(row.mission_kind, state(row.state_key), spoken, formal=False)


def _person(visit: Visit, row: Row[Any], labels: dict[str, StateLabel], language: str) -> Arrival:
    position = row.position_ru if language == "ru" else row.position_en
    return Arrival(
        id=row.id,
        name=shown_name(row, language),
        position=position or row.position_en or row.position_ru,
        head=row.function == "head" and row.delegation_id is not None,
        arrived_at=row.arrived_at,
        group=row.letter or "",
        category=row.word,
        state=labels.get(row.state_key) if row.state_key else None,
        organisation=(row.short_name or row.organisation_name or {}),
        may_enter=row.status in let_in(visit),
    )


def _filed(bodies: Iterable[Body], language: str) -> tuple[Body, ...]:
    def key(body: Body) -> Key:
        return sort_key(body.state.filing if body.state else "", language)

    return tuple(sorted(bodies, key=key))


def _count_undecided(session: Session, visit: Visit) -> int:
    away = (*let_in(visit), *OUT_OF_LIST)
    query = select(func.count(Participant.id)).where(
        Participant.visit_id == visit.id,
        Participant.delegation_id.is_not(None),
        Participant.status.not_in(away),
        Participant.arrived_at.is_(None),
        sender_comes(),
    )
    return session.scalar(query) or 0


def _count_refused(session: Session, visit: Visit) -> int:
    return (
        session.scalar(
            select(func.count(Scan.id)).where(
                Scan.visit_id == visit.id, Scan.verdict.not_in(PASSED)
            )
        )
        or 0
    )
