"""A visit with two delegations and an organisation; browsers that came by their links."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.support.application import new_visitor
from tests.support.rows import (
    add_delegation,
    add_link,
    add_organisation,
    add_participant,
    add_visit,
)
from tests.support.signing_in import sign_in_guest
from tests.support.visitor import Visitor
from visitplanner.models import Category, Delegation, Organisation, Participant, Visit


@dataclass
class Cast:
    """Who is there: our delegation and another, both with one person; an organisation."""

    visit: Visit
    ours: Delegation
    theirs: Delegation
    herald: Organisation
    ambassador: Participant
    stranger: Participant


@pytest.fixture
def cast(db: Session) -> Cast:
    visit = add_visit(db, state="open", photo_required=False, register_by=None)
    for number, (code, letter, exempt) in enumerate(
        (("head", "E", False), ("interpreter", "I", True), ("press", "P", False)), start=1
    ):
        word = {"ru": code, "en": code.capitalize()}
        db.add(
            Category(
                visit_id=visit.id,
                code=code,
                letter=letter,
                word=word,
                ribbon=code,
                number=number,
                quota_exempt=exempt,
            )
        )
    ours = add_delegation(db, visit, "algeria")
    theirs = add_delegation(db, visit, "ghana")
    herald = add_organisation(db, visit, "press")
    ambassador = add_participant(db, ours, position_en="Ambassador")
    ambassador.function = "head"
    stranger = add_participant(
        db,
        theirs,
        family_name="CANARY-FAMILY",
        given_name="Canary-given",
        russian_name="Канарейка",
        email="canary@elsewhere.example",
    )
    ours.taken = theirs.taken = 1
    theirs.focal_name = "CANARY-FOCAL"
    stranger.return_note = "CANARY-NOTE"
    db.commit()
    return Cast(visit, ours, theirs, herald, ambassador, stranger)


@pytest.fixture
def guest(app: Flask, db: Session, cast: Cast) -> Callable[..., Visitor]:
    """A browser that came by a link of ours: `guest()`, of theirs, an organisation, a delegate."""

    def open_link(kind: str = "delegation", **scope: str) -> Visitor:
        scope = (
            scope
            or {
                "delegation": {"delegation_id": cast.ours.id},
                "organisation": {"organisation_id": cast.herald.id},
                "delegate": {"participant_id": cast.ambassador.id, "delegation_id": cast.ours.id},
            }[kind]
        )
        link = add_link(db, cast.visit, kind, **scope)
        db.commit()
        visitor = new_visitor(app)
        sign_in_guest(visitor, link.id, kind)
        visitor.get("/r/list?language=en")
        return visitor

    return open_link


@pytest.fixture
def focal(guest: Callable[..., Visitor]) -> Visitor:
    """The focal point of our delegation."""
    return guest()
