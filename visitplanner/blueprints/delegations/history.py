"""The audit trail as readable lines, and its page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext

from visitplanner.blueprints.delegations import blueprint
from visitplanner.domain.names import clean_line
from visitplanner.queries import audit
from visitplanner.web.access import act, needs, visit
from visitplanner.web.audit_words import ACTIONS, action_word, changes_of
from visitplanner.web.forms import aware
from visitplanner.web.languages import language
from visitplanner.web.paging import Page, page_number


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One entry as a page reads it; `changes` are (what, before, after)."""

    at: datetime
    who: str
    what: str
    about: str
    url: str
    changes: list[tuple[str, str, str]]
    thing: str


def history_lines(session: Any, visit_id: str, rows: Iterable[Any]) -> list[HistoryLine]:
    """Readable lines for audit entries (Any: a session and rows of a table)."""
    rows = list(rows)
    subjects = audit.subjects(session, visit_id, rows, language())
    named = {key: subject.name for key, subject in subjects.items()}
    return [_line(row, subjects.get(row.object_id), named) for row in rows]


def _line(row: Any, subject: audit.Subject | None, named: Mapping[str, str]) -> HistoryLine:
    url = ""
    if subject is not None and subject.participant_id:
        url = url_for("delegations.person", participant_id=subject.participant_id)
    elif subject is not None and subject.delegation_code:
        url = url_for("delegations.page", code=subject.delegation_code)
    return HistoryLine(
        at=row.at,
        who=row.actor_name or gettext("the system"),
        what=action_word(row.action),
        about=subject.name if subject else "",
        url=url,
        changes=changes_of(row.before, row.after, named),
        thing=row.object_id,
    )


def _day(name: str, *, after: bool = False) -> datetime | None:
    try:
        found = datetime.strptime(request.args.get(name, ""), "%Y-%m-%d")  # noqa: DTZ007 - local
    except ValueError:
        return None
    return aware(found + timedelta(days=1 if after else 0), visit().timezone)


@blueprint.get("/visits/<slug>/audit", endpoint="audit")
@needs("audit.view")
def audit_page() -> str:
    """Everything written in this visit, newest first, with filters."""
    doing, asked = act(), request.args
    wanted = audit.AuditFilter(
        action=asked.get("action", "")[:60],
        actor=clean_line(asked.get("actor", ""))[:100],
        object_id=asked.get("about", "")[:40],
        since=_day("since"),
        until=_day("until", after=True),
    )
    number = page_number()
    rows, total = audit.entries(doing.session, visit().id, wanted, page=number)
    return render_template(
        "delegations/audit.html",
        lines=history_lines(doing.session, visit().id, rows),
        page=Page(number, total, audit.PAGE),
        actions=ACTIONS,
        asked=asked,
    )
