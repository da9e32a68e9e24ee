"""A visit with six delegations and three escorts; the coordinator of its tour."""

from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.rows import add_delegation, add_organisation, add_participant, add_visit
from tests.support.signing_in import make_account, sign_in
from visitplanner.models import Category, Participant, Person

SENDERS = ("algeria", "peru", "ghana", "japan", "nepal", "chad")


def add_leader(db: Session, visit, organisation, function: str, languages: list[str]):
    category = db.scalars(select(Category).where(Category.visit_id == visit.id)).first()
    person = Person(visit_id=visit.id, family_name=function.title(), given_name="A",
                    languages=languages)  # fmt: skip
    db.add(person)
    db.flush()
    row = Participant(visit_id=visit.id, organisation_id=organisation.id, person_id=person.id,
                      category_id=category.id, function=function, status="approved")  # fmt: skip
    db.add(row)
    db.flush()
    return row


@pytest.fixture
def cast(db: Session) -> SimpleNamespace:
    visit = add_visit(db)
    organisation = add_organisation(db, visit, "service")
    for key in SENDERS:
        delegation = add_delegation(db, visit, key)
        delegation.mission.languages = ["ru", "en"]
        for name in ("One", "Two"):
            add_participant(db, delegation, family_name=name)
    escorts = [add_leader(db, visit, organisation, "escort", ["ru"]) for _ in range(3)]
    other = add_visit(db, "other")
    db.commit()
    return SimpleNamespace(visit=visit, escorts=escorts, other=other)


@pytest.fixture
def coordinator(app: Flask, client: FlaskClient, cast: SimpleNamespace) -> FlaskClient:
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return sign_in(client, make_account(app, "tours", cast.visit))
