"""The demo: the numbers of the visit, its codes and names as printed, the same for the same day."""

import os
import string
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
from sqlalchemy import Select, create_engine, func, select
from sqlalchemy.orm import Session

from tests.conftest import Rounds
from tests.documents.boxes import collisions, outside
from tests.support.checkout import ROOT
from tests.support.database import empty
from tests.support.demo import DAY, opened
from tests.support.pdf import codes, render, texts
from visitplanner.demo.papers import MAKER
from visitplanner.documents.layout import clean
from visitplanner.documents.typefaces import missing_characters
from visitplanner.domain.agenda_clashes import clashes
from visitplanner.domain.badges import Verdict
from visitplanner.domain.names import capitals
from visitplanner.models import (
    Badge,
    Base,
    Delegation,
    GroupVisit,
    HeadOfMission,
    Invitation,
    Mission,
    Participant,
    Person,
    TourGroup,
    TourPlan,
    TourRules,
    Visit,
)
from visitplanner.planning.checker import check
from visitplanner.queries.day import agenda_rows, as_item
from visitplanner.services.instance import Instance
from visitplanner.services.papers import print_paper
from visitplanner.services.verifying import verify_text

AT_THE_DOOR = datetime.combine(DAY, time(9, 15), ZoneInfo("Europe/Moscow"))
CARDS = 4  # on a sheet of A4
PAPERS = sorted(
    f"{name}.pdf"
    for name in ("badges", "programme-ru", "programme-en", "programme-ru-en", "running-order",
                 "route-cards")
)  # fmt: skip
SECRET = {
    "access_links": {"token_hash"},
    "accounts": {"password_hash"},
    "badges": {"number", "code_text"},
    "files": {"path", "sha256", "size", "key", "wrapped_key"},
    "papers": {"content_hash", "sha256"},
    "signing_keys": {"public_key", "private_key"},
}
"""Columns of random numbers, ciphertext and what is computed from them."""


@pytest.fixture
def db(demo: Instance) -> Iterator[Session]:
    with demo.session(writing=False) as session:
        yield session


def counted(db: Session, statement: Select[Any]) -> dict[Any, int]:
    return Counter(db.scalars(statement))


def test_ninety_are_invited_and_fifty_three_delegations_come(db: Session) -> None:
    replies = counted(db, select(Invitation.reply))
    assert sum(replies.values()) == 90
    assert replies["accepted"] == 55
    coming = select(Mission.kind).join(Delegation, Delegation.mission_id == Mission.id)
    kinds = counted(db, coming.where(Delegation.taken > 0))
    assert kinds == {"embassy": 50, "trade_mission": 1, "organisation_office": 2}
    gone = select(func.count()).select_from(Delegation).where(Delegation.withdrawn_at.is_not(None))
    assert db.scalar(gone) == 2


def test_badges_open_doors_at_every_hour_of_the_day_before(db: Session) -> None:
    """The demo made at midnight admits people at once, whatever hour it gives to its past."""
    visit = db.scalars(select(Visit)).one()
    assert visit.badges_valid_from is not None
    eve = datetime.combine(visit.day - timedelta(days=1), time(0), ZoneInfo("Asia/Kamchatka"))
    assert visit.badges_valid_from <= eve


def test_the_day_has_no_clash(db: Session) -> None:
    visit = db.scalars(select(Visit)).one()
    items = [as_item(row) for row in agenda_rows(db, visit.id)]
    assert len(items) > 10
    assert clashes(items) == ()


def test_nobody_has_handed_in_on_the_day_itself(db: Session) -> None:
    latest = db.scalar(select(func.max(Participant.submitted_at)))
    assert latest is not None
    assert latest.date() < DAY


def test_118_people_are_registered_and_some_are_still_open(db: Session) -> None:
    guests = select(Participant.status).where(Participant.delegation_id.is_not(None))
    assert counted(db, guests) == {"approved": 105, "draft": 4, "returned": 3, "submitted": 6}
    ranks = counted(db, select(HeadOfMission.rank_class))
    assert ranks == {"ambassador": 28, "charge_ai": 3}


def test_nine_groups_see_four_of_six_stops_in_84_minutes(db: Session) -> None:
    assert db.scalars(select(TourRules.horizon)).one() == 84
    visits: dict[str, list[GroupVisit]] = {}
    for row in db.scalars(select(GroupVisit)):
        visits.setdefault(row.group_id, []).append(row)
    assert {key: len(rows) for key, rows in visits.items()} == dict.fromkeys(
        db.scalars(select(TourGroup.id)), 4
    )
    assert len(visits) == 9
    assert max(row.ends_minute for rows in visits.values() for row in rows) <= 84
    assert sum(db.scalars(select(TourGroup.taken))) == 118
    plan = db.scalars(select(TourPlan)).one()
    assert check(plan.problem, plan.plan) == []


def test_every_code_of_the_badges_is_read_at_300_dpi_and_verifies(
    demo_folder: Path, db: Session
) -> None:
    pdf = (demo_folder / "papers" / "badges.pdf").read_bytes()
    with pypdfium2.PdfDocument(pdf) as document:
        pages = len(document)
    read = [code.text for page in range(pages) for code in codes(render(pdf, page, 300))]
    issued = {row.code_text: row.serial for row in db.scalars(select(Badge))}
    assert sorted(read) == sorted(issued)
    found = [verify_text(db, text, AT_THE_DOOR) for text in read]
    assert {one.verdict for one in found} == {Verdict.OK}
    assert [one.serial for one in found] == [issued[text] for text in read]


def test_a_code_with_any_one_character_changed_is_refused(db: Session) -> None:
    texts_ = db.scalars(select(Badge.code_text).order_by(Badge.serial).limit(3)).all()
    letters = string.digits + string.ascii_uppercase + " $%*+-./:"
    for text in texts_:
        for place, was in enumerate(text):
            other = letters[(letters.index(was) + 7) % len(letters)]
            changed = text[:place] + other + text[place + 1 :]
            assert verify_text(db, changed, AT_THE_DOOR).verdict is not Verdict.OK, (place, other)


def _bare(text: str) -> str:
    return text.replace("\x02", "-").translate(dict.fromkeys(map(ord, " ()")))


def test_every_character_of_every_name_has_a_letter(db: Session) -> None:
    for person in db.scalars(select(Person)):
        shown = (person.given_name, person.family_name, person.native_name, person.russian_name)
        assert missing_characters(" ".join(shown)) == "", person.passport_name


def test_every_name_stands_whole_on_a_badge(demo_folder: Path, db: Session) -> None:
    pages = texts((demo_folder / "papers" / "badges.pdf").read_bytes())
    shown = _bare(" ".join(pages))
    people = db.scalars(select(Person).join(Badge, Badge.person_id == Person.id)).all()
    assert len(people) == len(db.scalars(select(Badge.id)).all())
    assert -(-len(people) // CARDS) <= len(pages)
    lost = [part for person in people for part in _words(person) if _bare(part) not in shown]
    assert lost == []


def _words(person: Person) -> list[str]:
    """The words of the name as a badge shows it: the only name, else the family's, in capitals."""
    tongue = person.native_language or "en"
    loud = clean(person.family_name or person.given_name)
    quiet = [clean(person.given_name)] if person.family_name else []
    return [*capitals(loud, tongue).split(), *quiet]


@pytest.mark.parametrize(
    "paper", ["badges", "programme-ru", "programme-en", "programme-ru-en", "route-cards"]
)
def test_no_words_of_the_papers_are_cut_or_lie_on_one_another(
    demo_folder: Path, paper: str
) -> None:
    pdf = (demo_folder / "papers" / f"{paper}.pdf").read_bytes()
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document):
            assert outside(page, 1) == [], number
            assert collisions(page) == [], number


@pytest.mark.endurance
def test_every_delegations_programme_names_its_people(demo_copy: Path, rounds: Rounds) -> None:
    for instance in opened(demo_copy):
        with instance.session(writing=False) as session:
            visit = session.scalars(select(Visit.id)).one()
            named = _people_by_delegation(session)
        for code in list(named)[: rounds(len(named))]:
            _, pdf = print_paper(instance, MAKER, visit, "programme", language="ru", subject=code)
            shown = _bare(" ".join(texts(pdf)))
            assert [name for name in named[code] if _bare(name) not in shown] == [], code
            with pypdfium2.PdfDocument(pdf) as document:
                for page in document:
                    assert outside(page, 1) == [], code
                    assert collisions(page) == [], code


def _people_by_delegation(db: Session) -> dict[str, list[str]]:
    """Russian names of the approved by delegation, the longest name's delegation first."""
    named: dict[str, list[str]] = {}
    people = select(Delegation.code, Person.russian_name).where(
        Participant.delegation_id == Delegation.id,
        Participant.person_id == Person.id,
        Participant.status == "approved",
    )
    for code, name in db.execute(people):
        named.setdefault(code, []).append(name)
    return dict(sorted(named.items(), key=lambda item: -max(map(len, item[1]))))


def _rows(db: Session) -> dict[str, list[dict[str, Any]]]:
    found = {}
    for table in Base.metadata.sorted_tables:
        open_columns = [c for c in table.c if c.name not in SECRET.get(table.name, set())]
        rows = db.execute(select(*open_columns)).mappings().all()
        found[table.name] = sorted((dict(row) for row in rows), key=repr)
    return found


def _demo_on(database: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """`visitplanner demo --no-serve` for the day of the other demo."""
    command = [sys.executable, "-m", "visitplanner", "demo", "--no-serve"]
    return subprocess.run(
        [*command, "--date", DAY.isoformat(), "--data-dir", str(folder)],
        cwd=ROOT,
        env=os.environ | {"VISITPLANNER_DATABASE_URL": database, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_same_day_gives_the_same_rows_on_postgresql(db: Session, tmp_path: Path) -> None:
    first = _rows(db)
    assert len(first["persons"]) > 118
    address = empty("postgres", tmp_path)
    made = _demo_on(address, tmp_path / "again")
    assert made.returncode == 0, made.stderr
    assert sorted(path.name for path in (tmp_path / "again/papers").iterdir()) == PAPERS
    engine = create_engine(address)
    with Session(engine) as session:
        second = _rows(session)
    engine.dispose()
    assert [name for name, rows in first.items() if rows != second[name]] == []

    other = _demo_on(address, tmp_path / "other")
    assert (other.returncode, "holds visits already" in other.stderr) == (1, True)
