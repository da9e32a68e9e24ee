"""A visit made by its own use-cases, with invited missions, for flows of delegations."""

from datetime import UTC, datetime, timedelta

from flask import Flask

from visitplanner.domain.access import Grant, Principal
from visitplanner.models import Account, Delegation, TourGroup, Visit
from visitplanner.services import invitations, missions
from visitplanner.services.act import Act
from visitplanner.services.participants import add_participant
from visitplanner.services.persons import PersonDetails
from visitplanner.services.visits import VisitDetails, create_visit

OFFICER = Principal(kind="staff", id="", name="The officer", grants=(Grant("head_of_protocol"),))


def staff_of(account: Account) -> Principal:
    """The principal of an account made by `make_account`."""
    grants = tuple(Grant(one.role, one.visit_id, one.organisation_id) for one in account.grants)
    return Principal(kind="staff", id=account.id, name=account.name, grants=grants)


def open_act(app: Flask, session: object, visit: Visit | None = None) -> Act:
    """An act of the officer in `session`."""
    found = app.extensions["instance"]
    return Act(found, session, OFFICER, visit.id if visit else None)  # type: ignore[arg-type]


def stage_visit(act: Act, slug: str = "arctic", **values: object) -> Visit:
    """A visit in thirty days, open, with everything a new visit begins with."""
    starts = (datetime.now(UTC) + timedelta(days=30)).replace(
        hour=7, minute=0, second=0, microsecond=0
    )
    details: dict[str, object] = {
        "title": {"ru": f"Визит {slug}", "en": f"Visit {slug}"},
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=4),
        "state": "open",
    }
    visit = create_visit(act, slug, VisitDetails(**(details | values)))  # type: ignore[arg-type]
    act.visit_id = visit.id
    return visit


def stage_delegation(act: Act, visit: Visit, state: str = "algeria", quota: int = 3) -> Delegation:
    """An invited mission's empty delegation."""
    mission = missions.mission_for(act, state)
    invitation = invitations.invite(act, visit, mission, invitations.Note(quota=quota))
    return act.session.query(Delegation).filter_by(invitation_id=invitation.id).one()


def named(family: str, given: str = "Aisha", **more: object) -> PersonDetails:
    """A person's details."""
    return PersonDetails(family_name=family, given_name=given, **more)  # type: ignore[arg-type]


def stage_person(act: Act, delegation: Delegation, family: str, **more: str):
    """Somebody on the list."""
    return add_participant(act, delegation, named(family), **more)


def stage_group(act: Act, visit: Visit, letter: str = "A", people: int = 15) -> TourGroup:
    """A tour group."""
    group = TourGroup(visit_id=visit.id, letter=letter, people=people, languages=["ru"])
    act.session.add(group)
    act.session.commit()
    return group
