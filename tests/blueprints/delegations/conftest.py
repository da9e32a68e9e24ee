"""The cast: an officer of the visit, an observer of it, an officer of another visit."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask

from tests.support.application import Acting
from tests.support.signing_in import make_account, sign_in
from tests.support.staged import OFFICER, stage_delegation, stage_person, stage_visit
from tests.support.visitor import Visitor


@dataclass
class Cast:
    """Browsers, and the ids of what they look at."""

    owner: Visitor
    tours: Visitor
    outsider: Visitor
    owner_id: str
    code: str
    person_id: str
    foreign_code: str
    foreign_person_id: str

    base = "/visits/arctic"


@pytest.fixture
def cast(app: Flask, acting: Acting, visitor: Callable[[], Visitor]) -> Cast:
    """The visit "arctic" with one delegation and one person; another visit with the like."""
    with acting(OFFICER) as act:
        visit = stage_visit(act)
        delegation = stage_delegation(act, visit, quota=2)
        person = stage_person(act, delegation, "Benali", function="head")
        code, person_id = delegation.code, person.id
    with acting(OFFICER) as act:
        other = stage_visit(act, "baltic")
        foreign = stage_delegation(act, other, "viet-nam")
        stranger = stage_person(act, foreign, "Kanarienvogel")
        foreign_code, foreign_id = foreign.code, stranger.id
    owner = make_account(app, "protocol_officer", visit, name="Olga Owner")
    tours = make_account(app, "tours", visit, name="Timur Tours")
    outsider = make_account(app, "protocol_officer", other, name="Otto Outsider")
    return Cast(
        owner=sign_in(visitor(), owner),  # type: ignore[arg-type]
        tours=sign_in(visitor(), tours),  # type: ignore[arg-type]
        outsider=sign_in(visitor(), outsider),  # type: ignore[arg-type]
        owner_id=owner.id,
        code=code,
        person_id=person_id,
        foreign_code=foreign_code,
        foreign_person_id=foreign_id,
    )
