"""Papers: each print is a row with the hash of what it showed, so that stale ones can be named."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from visitplanner.documents.badges import BadgeValues, render_badges
from visitplanner.documents.imposition import booklet_of
from visitplanner.documents.programmes import ProgrammeValues, render_programme
from visitplanner.documents.route_cards import render_route_cards
from visitplanner.documents.running_order import render_running_order
from visitplanner.domain.access import Principal
from visitplanner.domain.refusals import Refusal
from visitplanner.models import Paper, StoredFile, Visit
from visitplanner.services.act import Act
from visitplanner.services.badge_values import badge_rows, tongues, values_of
from visitplanner.services.badges import mark_printed
from visitplanner.services.day_rows import DayRows
from visitplanner.services.day_values import (
    order_values,
    programme_values,
)
from visitplanner.services.instance import Instance
from visitplanner.services.logos import contents
from visitplanner.services.route_values import route_cards

KINDS = ("programme", "running-order", "route-cards")


@dataclass(frozen=True, slots=True)
class Printed:
    """What a kind of paper makes: its subject (an id), the hash of its values, the PDF maker."""

    subject: str
    language: str
    values_hash: str
    render: Callable[[], bytes]


def hash_of(values: object) -> str:
    """A hash of everything a paper shows; the values are frozen dataclasses."""
    return hashlib.sha256(repr(values).encode()).hexdigest()


def languages_of(language: str) -> tuple[str, str]:
    """`ru` or `ru-en` as first and second language."""
    first, _, second = language.partition("-")
    return first, second


def prepare(
    act: Act,
    visit: Visit,
    kind: str,
    *,
    language: str,
    subject: str = "",
    edition: int = 1,
    day: DayRows | None = None,
) -> Printed:
    """The values of a paper; `subject` is a delegation's code or "". Refusal("unknown-paper").

    `day` holds rows that were read already, for a paper of many.
    """
    first, second = languages_of(language)
    if kind == "programme":
        day = day or DayRows(act.session, visit)
        delegation = day.delegation(subject) if subject else None
        values = programme_values(
            act,
            visit,
            language=first,
            second=second,
            delegation=delegation,
            edition=edition,
            day=day,
        )
        key = delegation.id if delegation else visit.id
        shown = hash_of(replace(values, edition=""))
        return Printed(key, language, shown, lambda: _programme(act.instance, values))
    if kind == "running-order":
        order = order_values(act, visit, language=first, edition=edition)
        shown = hash_of(replace(order, edition="", replaces=""))
        return Printed(visit.id, language, shown, lambda: render_running_order(order))
    if kind == "route-cards":
        cards = route_cards(act, visit, language=first, edition=edition)
        shown = hash_of([replace(card, edition="") for card in cards])
        return Printed(visit.id, language, shown, lambda: render_route_cards(cards))
    raise Refusal("unknown-paper", kind=kind)


def _programme(instance: Instance, values: ProgrammeValues) -> bytes:
    logos = contents(instance, [logo.file_id for logo in values.cover.logos])
    return render_programme(values, logos=logos)


def next_edition(act: Act, visit: Visit, kind: str, subject: str, language: str) -> int:
    """1 for the first print of this paper, then one more each time."""
    latest = act.session.scalar(
        select(func.max(Paper.edition)).where(
            Paper.visit_id == visit.id,
            Paper.kind == kind,
            Paper.subject == subject,
            Paper.language == language,
        )
    )
    return (latest or 0) + 1


def print_paper(
    instance: Instance,
    principal: Principal,
    visit_id: str,
    kind: str,
    *,
    language: str,
    subject: str = "",
    booklet: bool = False,
) -> tuple[str, bytes]:
    """Print in three steps, so that no lock is held meanwhile: read, render, write.

    `booklet` lays the pages out on A4, to be folded. Returns the paper's id and the PDF. Raises
    what `prepare` and the renderers raise.
    """
    with instance.session(writing=False) as session:
        act = Act(instance, session, principal, visit_id)
        visit = session.get_one(Visit, visit_id)
        day = DayRows(session, visit)
        first = prepare(act, visit, kind, language=language, subject=subject, day=day)
        edition = next_edition(act, visit, kind, first.subject, language)
        ready = prepare(
            act, visit, kind, language=language, subject=subject, edition=edition, day=day
        )
    pdf = booklet_of(ready.render()) if booklet else ready.render()
    with instance.session() as session:
        act = Act(instance, session, principal, visit_id)
        visit = session.get_one(Visit, visit_id)
        name = "-".join(part for part in (visit.slug, kind, subject, language) if part)
        file = keep_pdf(act, visit, pdf, name)
        paper = Paper(
            visit_id=visit.id,
            kind=kind,
            subject=ready.subject,
            language=language,
            edition=next_edition(act, visit, kind, ready.subject, language),
            values_hash=ready.values_hash,
            file_id=file.id,
            printed_at=act.at,
            account_id=principal.id or None,
        )
        act.record("paper.printed", paper, after={"kind": kind, "language": language})
        act.commit()
        return paper.id, pdf


def keep_pdf(act: Act, visit: Visit, pdf: bytes, name: str) -> StoredFile:
    """Store a PDF among the visit's files."""
    row = act.instance.files.save(
        act.session,
        pdf,
        kind="paper",
        media_type="application/pdf",
        name=f"{name}.pdf",
        visit_id=visit.id,
    )
    act.session.flush()
    return row


def badge_hash(values: BadgeValues, photo_id: str | None) -> str:
    """What a badge shows, the photo by its id; the code is new at every issue and left out."""
    return hash_of((replace(values, photo=None, code="", stamp="", serial=""), photo_id or ""))


def print_badges(
    instance: Instance,
    principal: Principal,
    visit_id: str,
    badge_ids: Sequence[str],
    *,
    layout: str = "a6",
    sheet: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[str, bytes]:
    """Print live badges into one PDF, a Paper row each: read, render, write.

    Returns the file's id and the PDF. Raises Refusal("no-badge") when none of the ids is a live
    badge of the visit, and what `render_badges` raises.
    """
    with instance.session(writing=False) as session:
        act = Act(instance, session, principal, visit_id)
        visit = session.get_one(Visit, visit_id)
        rows = [
            row
            for row in badge_rows(session, badge_ids)
            if row.visit_id == visit_id and row.revoked_at is None
        ]
        if not rows:
            raise Refusal("no-badge")
        values = values_of(act, visit, rows)
        hashes = {
            row.participant_id: badge_hash(shown, row.participant.person.photo_id)
            for row, shown in zip(rows, values, strict=True)
        }
        printed = [row.id for row in rows]
    pdf = render_badges(values, layout=layout, sheet=sheet, progress=progress)
    with instance.session() as session:
        act = Act(instance, session, principal, visit_id)
        visit = session.get_one(Visit, visit_id)
        file = keep_pdf(act, visit, pdf, f"{visit.slug}-badges")
        for participant_id, shown_hash in hashes.items():
            _badge_paper(act, visit, participant_id, shown_hash, file)
        mark_printed(act, printed)
        act.record("badges.printed", file, after={"count": len(printed), "layout": layout})
        act.commit()
        return file.id, pdf


def _badge_paper(
    act: Act, visit: Visit, participant_id: str, values_hash: str, file: StoredFile
) -> None:
    speak = tongues(visit)
    language = "-".join(dict.fromkeys((speak.first, speak.second)))
    act.session.add(
        Paper(
            visit_id=visit.id,
            kind="badge",
            subject=participant_id,
            language=language,
            edition=next_edition(act, visit, "badge", participant_id, language),
            values_hash=values_hash,
            file_id=file.id,
            printed_at=act.at,
            account_id=act.principal.id or None,
        )
    )
