"""The list of printed papers: as many statements for all programmes as for a few."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, select

from tests.support.demo import opened
from visitplanner.models import Delegation, Paper, Visit
from visitplanner.services.act import SYSTEM, Act
from visitplanner.services.papers import prepare
from visitplanner.services.printed_papers import printed_papers, stale_badges


@pytest.fixture
def act(demo_copy: Path) -> Iterator[Act]:
    for instance in opened(demo_copy):
        with instance.session() as session:
            yield Act(instance, session, SYSTEM, session.scalars(select(Visit.id)).one())


def note(act: Act, visit: Visit, code: str, edition: int = 1, values_hash: str = "") -> Paper:
    """A programme of a delegation as if it had been printed."""
    ready = prepare(act, visit, "programme", language="ru", subject=code)
    row = Paper(visit_id=visit.id, kind="programme", subject=ready.subject, language="ru",
                edition=edition, values_hash=values_hash or ready.values_hash,
                printed_at=act.at)  # fmt: skip
    act.session.add(row)
    act.session.flush()
    return row


def counted(act: Act, visit: Visit) -> int:
    """How many statements the list takes."""
    seen: list[str] = []

    def note_statement(*arguments: object) -> None:
        seen.append(str(arguments[2]))

    engine = act.session.get_bind()
    act.session.flush()
    act.session.expire_all()
    event.listen(engine, "before_cursor_execute", note_statement)
    printed_papers(act, visit, "ru")
    event.remove(engine, "before_cursor_execute", note_statement)
    return len(seen)


def test_fifty_programmes_take_no_more_statements_than_two(act: Act) -> None:
    visit = act.session.scalars(select(Visit)).one()
    codes = list(act.session.scalars(select(Delegation.code).order_by(Delegation.code)))
    for code in codes[:2]:
        note(act, visit, code)
    few = counted(act, visit)
    for code in codes[2:52]:
        note(act, visit, code)
    assert counted(act, visit) <= few + 2
    assert len([line for line in printed_papers(act, visit, "ru") if line.subject]) > 100


def test_the_last_edition_counts_whatever_the_clock_said(act: Act) -> None:
    visit = act.session.scalars(select(Visit)).one()
    code = act.session.scalars(select(Delegation.code)).first()
    assert code
    first = note(act, visit, code, edition=1, values_hash="of yesterday")
    assert [line.stale for line in printed_papers(act, visit, "ru") if line.subject == code] == [
        "changed"
    ]
    first.printed_at = first.printed_at.replace(year=first.printed_at.year + 1)
    note(act, visit, code, edition=2)
    assert [line.stale for line in printed_papers(act, visit, "ru") if line.subject == code] == [""]
    assert stale_badges(act, visit) == set()
