"""The list of printed papers: as many statements for all programmes as for a few."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image
from sqlalchemy import event, select

from tests.support.demo import opened
from visitplanner.models import Delegation, Organisation, Paper, StoredFile, Visit
from visitplanner.services.act import SYSTEM, Act
from visitplanner.services.logos import drop_logo, put_logo
from visitplanner.services.papers import prepare, print_paper
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


def logo(colour: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (400, 300), colour).save(out, "PNG")
    return out.getvalue()


def pictures_on_the_cover(act: Act) -> int:
    """How many pictures the cover of the general programme shows when it is printed now."""
    assert act.visit_id
    act.session.rollback()  # printing writes in a session of its own
    _, pdf = print_paper(act.instance, SYSTEM, act.visit_id, "programme", language="ru")
    cover = pypdfium2.PdfDocument(pdf)[0]
    return len(list(cover.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])))


def test_programmes_carry_the_organisers_logos_and_are_stale_when_one_changes(act: Act) -> None:
    def staleness() -> list[str]:
        visit = act.session.scalars(select(Visit)).one()
        return [line.stale for line in printed_papers(act, visit, "ru") if line.subject == code]

    def organiser() -> Organisation:
        return act.session.scalars(select(Organisation).where(Organisation.code == "MIC")).one()

    visit = act.session.scalars(select(Visit)).one()
    code = act.session.scalars(select(Delegation.code)).first() or ""
    note(act, visit, code)
    act.commit()
    assert staleness() == [""]
    assert pictures_on_the_cover(act) == 0
    put_logo(act, organiser(), logo("navy"))
    assert staleness() == ["changed"]
    assert pictures_on_the_cover(act) == 1
    file = act.session.get_one(StoredFile, organiser().logo_id)
    act.instance.files.remove(file.path)
    assert pictures_on_the_cover(act) == 0
    act.session.rollback()
    drop_logo(act, organiser())
    assert staleness() == [""]
