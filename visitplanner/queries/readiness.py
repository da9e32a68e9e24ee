"""The readiness matrix: every delegation of a visit with its six stages, in few queries."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Row, bindparam, select
from sqlalchemy.orm import Session

from visitplanner.domain.accreditation import Standing, Status
from visitplanner.domain.collation import sort_key
from visitplanner.domain.delegations import Member, warnings
from visitplanner.domain.readiness import ReadinessRules, Stage, StageKey, readiness
from visitplanner.models import (
    Badge,
    Category,
    Deadline,
    Delegation,
    Invitation,
    Mission,
    Participant,
    Person,
    TourGroup,
    Visit,
)
from visitplanner.queries.names import StateLabel, shown_name, state_labels

UNFINISHED = frozenset({Status.DRAFT, Status.RETURNED})
"""A form counts as complete once it has been handed in and not come back."""
VISIT: BindParameter[str] = bindparam("of_visit")
"""The visit in the statements below, which are written once: writing costs more than running."""
STAGE_DEADLINES: Mapping[StageKey, str] = {
    "forms": "lists",
    "photo": "lists",
    "approved": "accreditation",
    "badges": "badges",
}
"""Which date of the visit's calendar a stage is due by; a list need not fill its quota."""


@dataclass(frozen=True, slots=True)
class HeadLine:
    """The head of a delegation as the matrix names them."""

    name: str
    rank_code: str
    ribbon: str


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """One line of the matrix. `people` counts who is on the list (not refused or withdrawn)."""

    id: str
    code: str
    state: StateLabel
    mission_kind: str
    mission_name: Mapping[str, str]
    reply: str
    withdrawn: bool
    people: int
    quota: int
    taken: int
    head: HeadLine | None
    stages: Mapping[StageKey, Stage]
    warnings: tuple[str, ...]
    groups: tuple[str, ...]
    waiting: int
    curator_id: str | None
    note: str

    @property
    def expected(self) -> bool:
        """Whether the mission is coming: it said so, or has named people."""
        answered = self.reply in ("accepted", "tentative") or self.people > 0
        return answered and not self.withdrawn

    @property
    def without_photo(self) -> int:
        """How many people still lack the photograph the visit asks for."""
        stage = self.stages["photo"]
        return stage.of - stage.done


View = Callable[[DelegationRow, str], bool]
VIEWS: Mapping[str, View] = {
    "all": lambda row, _who: row.expected,
    "no-photo": lambda row, _who: row.expected and row.without_photo > 0,
    "no-head": lambda row, _who: row.expected and row.head is None,
    "over-quota": lambda row, _who: row.expected and row.people > row.quota,
    "not-answered": lambda row, _who: row.reply == "none" and not row.people and not row.withdrawn,
    "mine": lambda row, who: row.expected and row.curator_id == who,
    "declined": lambda row, _who: row.withdrawn,
}
"""The saved views: which delegations each shows to the account `who`."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Every delegation of a visit; figures count the expected ones."""

    rows: tuple[DelegationRow, ...]
    deadlines: tuple[Deadline, ...]
    expected: tuple[DelegationRow, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "expected", tuple(row for row in self.rows if row.expected))

    @property
    def people(self) -> int:
        """Everybody on a list."""
        return sum(row.people for row in self.expected)

    def done(self, stage: StageKey) -> int:
        """How many people have passed a stage."""
        return sum(row.stages[stage].done for row in self.expected)

    @property
    def waiting(self) -> int:
        """How many people wait for a decision."""
        return sum(row.waiting for row in self.expected)

    @property
    def without_photo(self) -> int:
        """How many people lack a photograph."""
        return sum(row.without_photo for row in self.expected)

    @property
    def without_head(self) -> int:
        """How many delegations have nobody as head."""
        return sum(row.head is None for row in self.expected)

    def counts(self, who: str) -> dict[str, int]:
        """How many delegations each view shows."""
        return {name: sum(view(row, who) for row in self.rows) for name, view in VIEWS.items()}


def matrix(session: Session, visit: Visit, language: str, now: datetime) -> Matrix:
    """Read the whole matrix: seven queries, whatever the number of delegations."""
    deadlines = tuple(
        session.scalars(select(Deadline).where(Deadline.visit_id == visit.id).order_by(Deadline.at))
    )
    of = {VISIT.key: visit.id}
    lines = session.execute(_delegations(), of).all()
    labels = state_labels(session, visit.id, language, {line.state_key for line in lines})
    letters = dict(
        session.execute(
            select(TourGroup.id, TourGroup.letter).where(TourGroup.visit_id == visit.id)
        ).all()
    )
    people = _by_delegation(session.execute(_people(), of))
    heads = {head.delegation_id: head for head in session.execute(_heads(), of)}
    reader = _Reader(visit, language, now, deadlines, labels, letters)
    rows = [reader.row(line, people.get(line.id, []), heads.get(line.id)) for line in lines]
    rows.sort(key=lambda row: (sort_key(row.state.filing, language), row.mission_kind, row.code))
    return Matrix(tuple(rows), deadlines)


@cache
def _delegations() -> Any:  # Any: a select of chosen columns
    return (
        select(
            Delegation.id,
            Delegation.code,
            Delegation.quota,
            Delegation.taken,
            Delegation.note,
            Delegation.withdrawn_at,
            Delegation.curator_id,
            Mission.state_key,
            Mission.kind,
            Mission.name,
            Invitation.reply,
        )
        .join(Mission, Mission.id == Delegation.mission_id)
        .outerjoin(Invitation, Invitation.id == Delegation.invitation_id)
        .where(Delegation.visit_id == VISIT)
    )


def _on_list() -> list[ColumnElement[bool]]:
    return [
        Participant.visit_id == VISIT,
        Participant.delegation_id.is_not(None),
        Participant.status.not_in(("withdrawn", "refused")),
    ]


@cache
def _people() -> Any:  # Any: a select of chosen columns
    """Delegation, group, then what makes a `Member`, in the order `_Reader.member` takes it."""
    return (
        select(
            Participant.delegation_id,
            Participant.group_id,
            Participant.status,
            Badge.id.is_not(None),
            Participant.arrived_at.is_not(None),
            Participant.function == "head",
            Participant.counts_to_quota,
            Person.photo_id.is_not(None),
        )
        .join(Person, Person.id == Participant.person_id)
        .outerjoin(Badge, (Badge.participant_id == Participant.id) & Badge.revoked_at.is_(None))
        .where(*_on_list())
    )


@cache
def _heads() -> Any:  # Any: a select of chosen columns
    return (
        select(
            Participant.delegation_id,
            Category.ribbon,
            Person.family_name,
            Person.given_name,
            Person.name_order,
            Person.native_name,
            Person.russian_name,
            Person.rank_code,
        )
        .join(Person, Person.id == Participant.person_id)
        .join(Category, Category.id == Participant.category_id)
        .where(Participant.function == "head", *_on_list())
    )


def _by_delegation(people: Iterable[Any]) -> dict[str, list[Any]]:  # Any: rows of `_people`
    found: dict[str, list[Any]] = {}
    for person in people:
        found.setdefault(person[0], []).append(person)
    return found


class _Reader:
    """Turns rows into lines; keeps one `Member` per distinct combination."""

    def __init__(
        self,
        visit: Visit,
        language: str,
        now: datetime,
        deadlines: Iterable[Deadline],
        labels: Mapping[str, StateLabel],
        letters: Mapping[str, str],
    ) -> None:
        dates = {deadline.kind: deadline.at for deadline in deadlines}
        self.rules = ReadinessRules(
            photo_required=visit.photo_required,
            clearance_required=visit.clearance_required,
            due={stage: dates[kind] for stage, kind in STAGE_DEADLINES.items() if kind in dates},
        )
        self.language, self.now = language, now
        self.labels, self.letters = labels, letters
        self.members: dict[tuple[object, ...], Member] = {}

    def row(self, line: Row[Any], people: list[Any], head: Row[Any] | None) -> DelegationRow:
        """One line of the matrix from its rows (Any: rows of `_people`)."""
        members = [self.member(person) for person in people]
        stages = readiness(members, line.quota, self.rules, self.now)
        letters = {self.letters.get(person[1], "") for person in people} - {""}
        return DelegationRow(
            id=line.id,
            code=line.code,
            state=self.labels[line.state_key],
            mission_kind=line.kind,
            mission_name=line.name,
            reply=line.reply or "none",
            withdrawn=line.withdrawn_at is not None,
            people=len(people),
            quota=line.quota,
            taken=line.taken,
            head=self.head(head) if head else None,
            stages={stage.key: stage for stage in stages},
            warnings=warnings(members, line.quota),
            groups=tuple(sorted(letters)),
            waiting=sum(member.standing.status is Status.SUBMITTED for member in members),
            curator_id=line.curator_id,
            note=line.note,
        )

    def head(self, person: Row[Any]) -> HeadLine:
        """How the head is named."""
        return HeadLine(shown_name(person, self.language), person.rank_code, person.ribbon)

    def member(self, person: Any) -> Member:
        """The person as the domain counts them (Any: a row of `_people`)."""
        key = person[2:], person[1] is not None
        known = self.members.get(key)
        if known is None:
            (status, badge, arrived, head, counts, photo), grouped = key
            known = self.members[key] = Member(
                Standing(Status(status), badge_issued=badge, arrived=arrived),
                function="head" if head else "member",
                counts_to_quota=counts,
                complete=status not in UNFINISHED,
                photo=photo,
                grouped=grouped,
            )
        return known
