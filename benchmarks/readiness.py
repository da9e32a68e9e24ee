"""The readiness matrix of 200 delegations and 2,000 people: CPU per page, number of queries.

Claim: at most 60 ms of CPU, and the same number of queries for any number of delegations.
Prints a table and writes JSON: `python -m benchmarks.readiness [FILE.json]`.
"""

import json
import statistics
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import event

from visitplanner.app import create_app
from visitplanner.domain.access import Grant, Principal
from visitplanner.domain.states import states
from visitplanner.extensions import db
from visitplanner.models import (
    Account,
    Badge,
    Category,
    Participant,
    Person,
    RoleGrant,
    TourGroup,
    Visit,
    new_key,
)
from visitplanner.services import invitations, missions, sessions
from visitplanner.services.act import Act
from visitplanner.services.vault import new_token
from visitplanner.services.visits import VisitDetails, create_visit
from visitplanner.settings import load_settings

ROUNDS = 25
CLAIM_MS = 60.0
STATUSES = ("draft", "submitted", "returned", "approved", "approved", "approved", "cleared")


def stage(app: Flask, slug: str, delegations: int, people: int) -> None:
    """A visit with so many delegations and people each, in every state, in nine groups."""
    found = app.extensions["instance"]
    with found.session() as session:
        chief = Principal(kind="staff", name="Benchmark", grants=(Grant("head_of_protocol"),))
        act = Act(found, session, chief)
        starts = datetime.now(UTC) + timedelta(days=20)
        title = {"ru": slug, "en": slug}
        details = VisitDetails(title=title, starts_at=starts, ends_at=starts + timedelta(hours=4))
        visit = create_visit(act, slug, details)
        act.visit_id = visit.id
        rows = [missions.mission_for(act, one.key) for one in states()[:delegations]]
        note = invitations.Note(number="1", quota=people)
        done, _ = invitations.invite_all(act, visit, rows, note)
        for invitation in done[: delegations * 9 // 10]:
            invitation.reply = "accepted"
        groups = [
            TourGroup(visit_id=visit.id, letter=letter, people=500, languages=["ru"])
            for letter in "ABCDEFGHJ"
        ]
        session.add_all(groups)
        session.flush()
        add_people(act, visit, groups, people)
        session.commit()


def add_people(act: Act, visit: Visit, groups: list[TourGroup], each: int) -> None:
    """Fill every list; the first of each is its head."""
    session = act.session
    kinds = {row.code: row.id for row in session.query(Category).filter_by(visit_id=visit.id)}
    from visitplanner.models import Delegation

    for place, delegation in enumerate(session.query(Delegation).filter_by(visit_id=visit.id)):
        for number in range(each):
            person = Person(
                id=new_key(),
                visit_id=visit.id,
                family_name=f"Family{place}",
                given_name=f"Given{number}",
                rank_code="ambassador" if number == 0 else "counsellor",
                search_key=f" family{place} given{number}",
            )
            slot = Participant(
                id=new_key(),
                visit_id=visit.id,
                delegation_id=delegation.id,
                category_id=kinds["head" if number == 0 else "delegate"],
                person_id=person.id,
                function="head" if number == 0 else "member",
                position=number + 1,
                status=STATUSES[(place + number) % len(STATUSES)],
                group_id=groups[place % 9].id if number % 2 else None,
            )
            session.add_all([person, slot])
            if slot.status == "cleared":
                session.flush()
                session.add(badge(visit, slot, place * 100 + number))
        delegation.taken = each


def badge(visit: Visit, slot: Participant, number: int) -> Badge:
    """An issued badge."""
    return Badge(
        visit_id=visit.id,
        participant_id=slot.id,
        person_id=slot.person_id,
        key_number=1,
        number=new_key()[:14],
        serial=f"D-{number:05}",
        code_text="",
        valid_until=visit.ends_at,
    )


def officer(app: Flask) -> FlaskClient:
    """A browser signed in as head of protocol of every visit."""
    client, token = app.test_client(), new_token()
    with app.extensions["instance"].session() as session:
        account = Account(id=new_key(), email="bench@protocol.example", name="Benchmark")
        account.grants = [RoleGrant(role="head_of_protocol")]
        session.add(account)
        session.flush()
        values = {"_user_id": f"staff:{account.id}", "_fresh": True}
        sessions.begin(session, token, values, account_id=account.id, link_id=None)
        session.commit()
    client.set_cookie(app.session_interface.name(app), token)  # type: ignore[attr-defined]
    return client


def measure(app: Flask, client: FlaskClient, slug: str) -> dict[str, float]:
    """CPU of one page in milliseconds (median and worst of the rounds), its queries and size."""
    asked: list[str] = []

    def count(*call: object) -> None:
        asked.append(str(call[2]))

    engine = app.extensions["instance"].engine
    address = f"/visits/{slug}/delegations"
    client.get(address)
    event.listen(engine, "before_cursor_execute", count)
    answer = client.get(address)
    event.remove(engine, "before_cursor_execute", count)
    assert answer.status_code == 200, answer.status
    times = []
    for _ in range(ROUNDS):
        begun = process_time()
        client.get(address)
        times.append((process_time() - begun) * 1000)
    return {
        "cpu_ms": round(statistics.median(times), 1),
        "worst_ms": round(max(times), 1),
        "queries": sum(one.startswith("SELECT") for one in asked),
        "kilobytes": round(len(answer.data) / 1024),
    }


def main() -> None:
    """Measure three sizes, print the table, write the JSON."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(load_settings(Path(folder), base_url="http://localhost"))
        with app.app_context():
            upgrade()
        client = officer(app)
        sizes = ((20, 3), (53, 2), (200, 10))
        found = {}
        for delegations, people in sizes:
            slug = f"v{delegations}"
            stage(app, slug, delegations, people)
            found[f"{delegations} delegations, {delegations * people} people"] = measure(
                app, client, slug
            )
        with app.app_context():
            db.engine.dispose()
    for size, figures in found.items():
        print(f"{size:34}", *(f"{name} {value:>7}" for name, value in figures.items()))
    largest = list(found.values())[-1]
    constant = len({figures["queries"] for figures in found.values()}) == 1
    print(
        f"claim: {CLAIM_MS} ms,", "kept" if largest["cpu_ms"] <= CLAIM_MS else "NOT KEPT", end="; "
    )
    print("queries constant" if constant else "queries NOT CONSTANT")
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
