"""What has been printed, and what no longer shows the truth."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from visitplanner.domain.refusals import Refusal
from visitplanner.models import Badge, Delegation, Paper, Participant, Person, Visit
from visitplanner.queries.names import shown_name
from visitplanner.services.act import Act
from visitplanner.services.badge_values import badge_rows, values_of
from visitplanner.services.day_rows import DayRows
from visitplanner.services.papers import badge_hash, prepare

CHANGED, REVOKED = "changed", "revoked"


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper in the list of what has been printed.

    `stale` says why it no longer holds: `CHANGED`, `REVOKED` for a badge that is not valid any
    more, or the code of the refusal to print it now. `subject` is a person's name or a
    delegation's code, "" for a paper of the whole visit.
    """

    paper: Paper
    stale: str
    subject: str

    @property
    def again(self) -> bool:
        """Whether printing it again makes it hold."""
        return self.stale == CHANGED


def printed_papers(act: Act, visit: Visit, language: str) -> list[PaperLine]:
    """The latest edition of every paper, each with whether it is stale since.

    Stale ones first, then those that cannot be printed any more, then the others; badges last,
    the newest first among equals.
    People are named as a page in `language` names them.
    """
    latest = _latest(act, visit)
    badges = _live_badges(act, visit)
    names = _names(act, visit, language)
    day = DayRows(act.session, visit, many=True)
    codes = _codes(act, visit)
    lines = []
    for paper in latest:
        if paper.kind == "badge":
            lines.append(_badge_line(paper, badges.get(paper.subject, ""), names))
        else:
            lines.append(_line(act, day, paper, codes.get(paper.subject, "")))
    return sorted(lines, key=_rank)


def _rank(line: PaperLine) -> tuple[bool, bool, bool]:
    return not line.again, not line.stale, line.paper.kind == "badge"


def stale_badges(act: Act, visit: Visit) -> set[str]:
    """Participants whose valid badge shows other than what was printed."""
    shown = _live_badges(act, visit)
    return {
        paper.subject
        for paper in _latest(act, visit, kind="badge")
        if shown.get(paper.subject, paper.values_hash) != paper.values_hash
    }


def _latest(act: Act, visit: Visit, kind: str = "") -> list[Paper]:
    """The last edition of each paper, the newest first; of a badge in whatever languages."""
    query = select(Paper).where(Paper.visit_id == visit.id)
    if kind:
        query = query.where(Paper.kind == kind)
    editions: dict[tuple[str, str, str], Paper] = {}
    for row in act.session.scalars(query.order_by(Paper.edition)):
        editions[row.kind, row.subject, row.language] = row
    latest: dict[tuple[str, str, str], Paper] = {}
    for row in sorted(editions.values(), key=lambda row: row.printed_at, reverse=True):
        latest.setdefault((row.kind, row.subject, row.language * (row.kind != "badge")), row)
    return list(latest.values())


def _names(act: Act, visit: Visit, language: str) -> dict[str, str]:
    """Participant id → name, of everybody who ever had a badge."""
    rows = act.session.execute(
        select(Participant.id, Person)
        .join(Person, Person.id == Participant.person_id)
        .where(Participant.id.in_(select(Badge.participant_id).where(Badge.visit_id == visit.id)))
    )
    return {key: shown_name(person, language) for key, person in rows}


def _live_badges(act: Act, visit: Visit) -> dict[str, str]:
    """Participant id → hash of what the badge would show now."""
    ids = list(
        act.session.scalars(
            select(Badge.id).where(Badge.visit_id == visit.id, Badge.revoked_at.is_(None))
        )
    )
    rows = badge_rows(act.session, ids)
    values = values_of(act, visit, rows, photos=False)
    return {
        row.participant_id: badge_hash(shown, row.participant.person.photo_id)
        for row, shown in zip(rows, values, strict=True)
    }


def _codes(act: Act, visit: Visit) -> dict[str, str]:
    """Delegation id → code."""
    query = select(Delegation.id, Delegation.code).where(Delegation.visit_id == visit.id)
    return {row.id: row.code for row in act.session.execute(query)}


def _badge_line(paper: Paper, now_shown: str, names: dict[str, str]) -> PaperLine:
    stale = "" if now_shown == paper.values_hash else (CHANGED if now_shown else REVOKED)
    return PaperLine(paper, stale, names.get(paper.subject, ""))


def _line(act: Act, day: DayRows, paper: Paper, code: str) -> PaperLine:
    try:
        ready = prepare(act, day.visit, paper.kind, language=paper.language, subject=code, day=day)
    except Refusal as refusal:
        return PaperLine(paper, refusal.code, code)
    return PaperLine(paper, "" if ready.values_hash == paper.values_hash else CHANGED, code)


def to_print_again(
    act: Act, visit: Visit, language: str = "en"
) -> tuple[list[str], Sequence[PaperLine]]:
    """What printing again makes hold: the people of stale badges, and the other stale papers."""
    lines = [line for line in printed_papers(act, visit, language) if line.again]
    people = [line.paper.subject for line in lines if line.paper.kind == "badge"]
    return people, [line for line in lines if line.paper.kind != "badge"]
