"""Rows that the papers of one visit share, read once for however many papers."""

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from visitplanner.domain.refusals import Refusal
from visitplanner.domain.states import StateRow, overridden, state
from visitplanner.models import (
    AgendaItem,
    Delegation,
    Mission,
    Participant,
    StateOverride,
    TourGroup,
    TourRules,
    Visit,
    VisitOrganisation,
)
from visitplanner.queries.day import agenda_rows, tour_groups, tour_start
from visitplanner.queries.organisations import ORGANISERS
from visitplanner.queries.states import as_value


@dataclass
class DayRows:
    """A visit's day, read when it is asked for and kept; `many` reads all delegations at once."""

    session: Session
    visit: Visit
    many: bool = False

    def state(self, key: str) -> StateRow:
        """A State as the visit words it."""
        row, own = state(key), self.overrides.get(key)
        return overridden(row, as_value(own)) if own is not None else row

    @cached_property
    def agenda(self) -> dict[str, AgendaItem]:
        """Items by id, in time, with rooms and speakers."""
        return {row.id: row for row in agenda_rows(self.session, self.visit.id)}

    @cached_property
    def organisers(self) -> list[VisitOrganisation]:
        """Host and co-organisers in their order."""
        rows = self.session.scalars(
            select(VisitOrganisation)
            .where(
                VisitOrganisation.visit_id == self.visit.id,
                VisitOrganisation.part.in_(ORGANISERS),
            )
            .options(selectinload(VisitOrganisation.organisation))
            .order_by(VisitOrganisation.position)
        )
        return list(rows)

    @cached_property
    def groups(self) -> dict[str, TourGroup]:
        """Tour groups by id, with routes and staff."""
        return {group.id: group for group in tour_groups(self.session, self.visit.id)}

    @cached_property
    def tour(self) -> TourRules | None:
        """When the tour starts."""
        return tour_start(self.session, self.visit.id)

    @cached_property
    def overrides(self) -> dict[str, StateOverride]:
        """What this visit says of states, by their keys."""
        rows = self.session.scalars(
            select(StateOverride).where(StateOverride.visit_id == self.visit.id)
        )
        return {row.state_key: row for row in rows}

    @cached_property
    def _delegations(self) -> dict[str, Delegation]:
        return {row.code: row for row in self.session.scalars(self._loading())}

    def delegation(self, code: str) -> Delegation:
        """The delegation of this code with its people; Refusal("no-such-delegation")."""
        if self.many:
            found = self._delegations.get(code)
        else:
            found = self.session.scalar(self._loading().where(Delegation.code == code))
        if found is None:
            raise Refusal("no-such-delegation", code=code)
        return found

    def _loading(self) -> Select[Delegation]:
        return (
            select(Delegation)
            .where(Delegation.visit_id == self.visit.id)
            .options(
                selectinload(Delegation.mission).selectinload(Mission.state),
                selectinload(Delegation.participants).options(
                    selectinload(Participant.person), selectinload(Participant.category)
                ),
            )
        )
