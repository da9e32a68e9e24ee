"""Badges, programmes and links for many at once, from the matrix and from the list of people."""

import io
from collections.abc import Iterable

import pikepdf
import pytest
from flask import Flask
from sqlalchemy import select

from tests.blueprints.delegations.conftest import Cast
from tests.support.application import Acting
from tests.support.database import Tables
from tests.support.signing_in import make_account, sign_in
from tests.support.staged import OFFICER, stage_delegation, stage_person
from tests.support.visitor import Page, Visitor
from visitplanner.jobs.embedded import run_all
from visitplanner.models import AgendaItem, Badge, Job, MailMessage, Paper, Participant, Visit

pytestmark = pytest.mark.both_databases
BULK = "form[data-bulk]"


@pytest.fixture
def more(cast: Cast, acting: Acting, rows: Tables) -> Cast:
    """A second delegation of three: approved, refused, returned; the first has one approved."""
    visit = rows.one(select(Visit.id).where(Visit.slug == "arctic"))
    with acting(OFFICER, visit) as act:
        found = act.session.get_one(Visit, visit)
        armenia = stage_delegation(act, found, "armenia", quota=3)
        for name, status in (("Aram", "approved"), ("Berj", "refused"), ("Cira", "returned")):
            stage_person(act, armenia, name).status = status
        act.session.get_one(Participant, cast.person_id).status = "approved"
        stage_delegation(act, found, "viet-nam", quota=1)
        starts = found.starts_at
        act.session.add(
            AgendaItem(visit_id=visit, kind="opening", title={"ru": "Открытие", "en": "Opening"},
                       starts_at=starts, minutes=10)
        )  # fmt: skip
        act.session.commit()
    return cast


def matrix(cast: Cast, query: str = "") -> Page:
    return cast.owner.read(f"{cast.base}/delegations?language=en{query}")


def press(who: Visitor, page: Page, action: str, values: dict[str, object]) -> Page:
    """Press the button that sends the ticked rows elsewhere."""
    tag = page.form(BULK)
    button = next(one for one in tag.select("button[formaction]") if action in one["formaction"])
    tag["action"] = button["formaction"]
    return who.submit(page, values, form=BULK)


def boxes(page: Page) -> list[str]:
    return [str(box["value"]) for box in page.select("input[name=row]")]


def pages(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)


def test_badges_of_the_ticked_delegations(more: Cast, rows: Tables, app: Flask) -> None:
    page = matrix(more)
    done = press(more.owner, page, "/badges", {"row": boxes(page)})
    assert "Printing 2 badges" in done.text
    assert "1 person gets no badge yet: returned – 1" in done.text
    assert "Badges" in " ".join(done.texts(".work-strip .job b"))
    assert done.select(".work-strip .job[data-live]")
    assert rows.count(Badge) == 2
    run_all(app.extensions["instance"])
    printed = matrix(more)
    file = more.owner.get(str(printed.select(".work-strip .job a")[0]["href"]))
    assert pages(file.data) == 1
    assert rows.count(Paper, Paper.kind == "badge") == 2


def test_nobody_ready_is_said_with_the_reason(more: Cast, rows: Tables) -> None:
    page = more.owner.read(f"{more.base}/people?language=en&status=returned")
    done = press(more.owner, page, "/people/badges", {"row": boxes(page)})
    assert "None of them may have a badge yet." in done.text
    assert "1 person gets no badge yet: returned – 1" in done.text
    assert rows.count(Job) == 0
    none = press(more.owner, page, "/people/badges", {"row": []})
    assert "Select at least one row first." in none.text


def test_the_work_can_be_stopped_and_leads_back(more: Cast, rows: Tables) -> None:
    page = matrix(more, "&lacks=badges")
    done = press(more.owner, page, "/badges", {"row": boxes(page)})
    back = more.owner.submit(done, form=".work-strip form")
    assert back.address == f"{more.base}/delegations"
    assert "The work stops." in back.text
    assert rows.all(select(Job.state)) == ["cancelled"]
    live = more.owner.get(f"{more.base}/jobs/{rows.one(select(Job.id))}?back=//evil.example/")
    assert "evil.example" not in live.text


def test_programmes_of_the_ticked_delegations(more: Cast, rows: Tables, app: Flask) -> None:
    page = matrix(more, "&view=all")
    nobody = matrix(more, "&view=not-answered")
    ticked = boxes(page) + boxes(nobody)
    done = press(more.owner, page, "/programmes", {"row": ticked, "language": "en"})
    assert "Printing 2 programmes" in done.text
    assert "1 delegation stayed out: nobody of it comes" in done.text
    run_all(app.extensions["instance"])
    assert rows.all(select(Job.state)) == ["done"]
    assert rows.count(Paper, Paper.kind == "programme") == 2
    file = more.owner.get(str(matrix(more).select(".work-strip .job a")[0]["href"]))
    assert pages(file.data) >= 4
    none = press(more.owner, nobody, "/programmes", {"row": boxes(nobody)})
    assert "None of these delegations has anybody on its list." in none.text


def test_a_job_that_cannot_be_done_says_why(more: Cast, rows: Tables, app: Flask) -> None:
    page = matrix(more)
    press(more.owner, page, "/programmes", {"row": boxes(page)})
    with rows.write() as session:
        session.query(AgendaItem).delete()
    run_all(app.extensions["instance"])
    shown = matrix(more).texts(".work-strip .job small")
    assert shown == ["failed . There is nothing in the agenda for guests yet."]


def test_links_for_the_ticked_delegations(more: Cast, rows: Tables) -> None:
    page = matrix(more)
    done = more.owner.submit(page, {"row": boxes(page)}, form=BULK, button="action=link")
    assert "2 missions have no usable address" in done.text
    assert rows.count(MailMessage) == 0


def test_everybody_prints_what_the_role_allows(
    more: Cast, app: Flask, rows: Tables, visitor
) -> None:
    visit = rows.one(select(Visit.id).where(Visit.slug == "arctic"))
    desk: Visitor = sign_in(visitor(), make_account(app, "venue_desk", visit))  # type: ignore[assignment]
    page = desk.read(f"{more.base}/delegations?language=en")
    shown = [str(one.get("formaction", one.get("value", ""))) for one in _buttons(page)]
    assert [one.rpartition("/")[2] for one in shown] == ["badges"]
    assert press(desk, page, "/badges", {"row": boxes(page)}).status == 200
    assert desk.post(f"{more.base}/delegations/programmes").status_code == 403
    assert desk.post(f"{more.base}/delegations/actions").status_code == 403
    assert more.tours.post(f"{more.base}/delegations/badges").status_code == 403
    press(more.owner, page, "/badges", {"row": [more.foreign_code]})
    assert rows.count(Badge) == 2


def _buttons(page: Page) -> Iterable[object]:
    return [one for one in page.select("[data-bulk-bar] button") if one.get("type") != "button"]
