"""Visits: made with everything a visit begins with, changed, opened and closed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from visitplanner.domain.delegations import OUT_OF_LIST
from visitplanner.domain.refusals import Refusal
from visitplanner.models import (
    AccessLink,
    Category,
    Organisation,
    Participant,
    Texts,
    Visit,
    VisitOrganisation,
    Zone,
)
from visitplanner.services.act import Act, check_version
from visitplanner.services.links import revoke_link
from visitplanner.services.texts import kept, put
from visitplanner.services.visit_calendar import keep_terms, move_day
from visitplanner.services.visit_defaults import add_defaults

STATES = ("draft", "open", "closed", "archived")
ASKED = ("ru", "en")
"""The languages in which the forms ask for words."""

PARTS = ("host", "co_organiser", "resident", "press", "service")
KINDS = ("ministry", "company", "cluster", "press", "venue", "supplier")
CODE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,58}[A-Za-z0-9])?")
SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class VisitDetails:
    """What the form of a visit says. Times are aware; texts are kept per language."""

    title: Texts
    starts_at: datetime
    ends_at: datetime
    timezone: str = "Europe/Moscow"
    short_title: Texts = field(default_factory=dict)
    purpose: Texts = field(default_factory=dict)
    venue: Texts = field(default_factory=dict)
    address: Texts = field(default_factory=dict)
    contact: Texts = field(default_factory=dict)
    state: str = "draft"
    public: bool = False
    languages: Sequence[str] = ("ru", "en")
    alphabet: str = "ru"
    precedence_mode: str = "CORPS_SENIORITY"
    nuncio_first: bool = False
    default_quota: int = 3
    reply_by: datetime | None = None
    register_by: datetime | None = None
    photo_required: bool = True
    clearance_required: bool = False
    badges_valid_from: datetime | None = None
    badges_valid_until: datetime | None = None


def create_visit(act: Act, slug: str, details: VisitDetails, *, commit: bool = True) -> Visit:
    """Make a visit with the usual categories, zones, door and calendar.

    Refusals: slug-malformed, slug-taken, ends-before-start, no-such-state.
    """
    if not SLUG.fullmatch(slug):
        raise Refusal("slug-malformed", field="slug")
    if act.session.scalar(select(Visit.id).where(Visit.slug == slug)) is not None:
        raise Refusal("slug-taken", field="slug")
    visit = Visit(slug=slug, settings={})
    _fill(visit, details)
    act.record("visit.added", visit)
    add_defaults(act, visit)
    if commit:
        act.commit()
    return visit


def change_visit(
    act: Act, visit: Visit, details: VisitDetails, *, version: int | None = None
) -> int:
    """Write the form of a visit; how many days it moved. Its calendar and its day move along.

    Refusals as `create_visit`; Stale when saved meanwhile.
    """
    check_version(visit, version)
    day = visit.day
    _fill(visit, details)
    before, after = act.changes(visit)
    days = (visit.day - day).days
    if after:
        act.record("visit.changed", visit, before=before, after=after)
        if days:
            move_day(act, visit, days)
        keep_terms(act, visit)
        act.commit()
    return days


def _fill(visit: Visit, details: VisitDetails) -> None:
    if details.ends_at <= details.starts_at:
        raise Refusal("ends-before-start", field="ends_at")
    if details.state not in STATES:
        raise Refusal("no-such-state", field="state")
    values = {name: getattr(details, name) for name in VisitDetails.__dataclass_fields__}
    values["languages"] = list(details.languages)
    values["day"] = details.starts_at.astimezone(ZoneInfo(details.timezone)).date()
    for name, value in values.items():
        if getattr(visit, name) != value:
            put(visit, name, value)


def add_organisation(
    act: Act, code: str, kind: str, name: Texts, *, short_name: Texts | None = None
) -> Organisation:
    """Make an organisation (the caller's use-case commits).

    Refusals: code-taken, code-malformed, no-such-kind.
    """
    if kind not in KINDS:
        raise Refusal("no-such-kind", field="kind")
    if not CODE.fullmatch(code):
        raise Refusal("code-malformed", field="code")
    if act.session.scalar(select(Organisation.id).where(Organisation.code == code)) is not None:
        raise Refusal("code-taken", field="code")
    row = Organisation(code=code, kind=kind, name=name, short_name=short_name or {})
    act.record("organisation.added", row)
    return row


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """What a form says about an organisation we do not know yet."""

    code: str
    kind: str
    name: Texts


def add_part(
    act: Act,
    visit: Visit,
    organisation_id: str | None,
    new: NewOrganisation,
    part: str,
    *,
    duty: Texts,
    quota: int,
) -> VisitOrganisation:
    """Let a known organisation, or the new one, take part. Commits.

    Refusals as `add_organisation` and `set_part`; name-missing, takes-part-already; NotFound.
    """
    if organisation_id:
        organisation = act.get(Organisation, organisation_id)
        if any(part.organisation_id == organisation_id for part in visit.parts):
            raise Refusal("takes-part-already", field="organisation")
    elif not new.name:
        raise Refusal("name-missing", field="name")
    else:
        organisation = add_organisation(act, new.code, new.kind, new.name)
    return set_part(act, visit, organisation, part, duty=duty, quota=quota)


def change_part(
    act: Act, row: VisitOrganisation, name: Texts, part: str, *, duty: Texts, quota: int
) -> None:
    """Change an organisation's part in the visit, and its name in every visit. Commits.

    Refusals as `set_part`.
    """
    organisation = row.organisation
    name = kept(organisation.name, name)
    if organisation.name != name:
        organisation.name = name
        act.record("organisation.changed", organisation)
    set_part(act, row.visit, organisation, part, duty=duty, quota=quota)


def set_part(
    act: Act,
    visit: Visit,
    organisation: Organisation,
    part: str,
    *,
    duty: Texts | None = None,
    quota: int = 20,
    commit: bool = True,
) -> VisitOrganisation:
    """Give an organisation its part in the visit, or change it.

    Refusals: no-such-part, quota-below-taken.
    """
    if part not in PARTS:
        raise Refusal("no-such-part", field="part")
    row = act.session.scalar(
        select(VisitOrganisation).where(
            VisitOrganisation.visit_id == visit.id,
            VisitOrganisation.organisation_id == organisation.id,
        )
    )
    if row is None:
        count = len(visit.parts)
        row = VisitOrganisation(
            visit_id=visit.id, organisation_id=organisation.id, position=count, taken=0
        )
    if quota < (row.taken or 0):
        raise Refusal("quota-below-taken", field="quota", taken=row.taken, quota=quota)
    row.part, row.quota = part, quota
    put(row, "duty", dict(duty or {}))
    act.record("part.set", row)
    if commit:
        act.commit()
    return row


def drop_part(act: Act, part: VisitOrganisation) -> None:
    """Take an organisation out of the visit; its links end. Commits.

    Refusal("part-has-people") while anybody, also outside the quota, is on its list.
    """
    own = {"visit_id": part.visit_id, "organisation_id": part.organisation_id}
    people = select(func.count(Participant.id)).filter_by(**own)
    taken = act.session.scalar(people.where(Participant.status.not_in(OUT_OF_LIST)))
    if taken:
        raise Refusal("part-has-people", taken=taken)
    for link in act.session.scalars(select(AccessLink).filter_by(**own, purpose="organisation")):
        revoke_link(act, link)
    act.record("part.dropped", part, before={"part": part.part}, after={})
    act.session.delete(part)
    act.commit()


def change_category(
    act: Act, category: Category, *, word: Texts, letter: str, zones: Sequence[str], exempt: bool
) -> None:
    """Set word, letter, zones of a category and whether its people use the quota. Commits.

    People named before keep the count they were named with. The word in languages the form does
    not ask for stays as long as those it asks for do.
    """
    asked = {code: words for code, words in category.word.items() if code in ASKED}
    values: Mapping[str, object] = {
        "word": category.word if word == asked else word,
        "letter": letter,
        "zones": list(zones),
        "quota_exempt": exempt,
    }
    for name, value in values.items():
        if getattr(category, name) != value:
            put(category, name, value)
    before, after = act.changes(category)
    if after:
        act.record("category.changed", category, before=before, after=after)
    act.commit()


def set_zone(act: Act, visit: Visit, letter: str, name: Texts) -> Zone:
    """Name a zone, making it when the letter is new; Refusal("too-many-zones"). Commits."""
    zones = {zone.letter: zone for zone in visit.zones}
    row = zones.get(letter)
    if row is None:
        free = sorted(set(range(8)) - {zone.bit for zone in visit.zones})
        if not free:
            raise Refusal("too-many-zones", field="letter")
        row = Zone(visit_id=visit.id, letter=letter, bit=free[0], position=len(zones))
    put(row, "name", name)
    act.record("zone.set", row)
    act.commit()
    return row
