"""The list of one delegation or organisation as its own people see it."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from visitplanner.domain.accreditation import (
    STEPS,
    Action,
    Rules,
    Standing,
    Status,
    is_printable,
    outward_word,
)
from visitplanner.domain.delegations import OUT_OF_LIST
from visitplanner.domain.person_form import FormRules, PersonForm, missing_fields
from visitplanner.domain.refusals import NotFound
from visitplanner.models import (
    Account,
    Badge,
    Consent,
    Delegation,
    Mission,
    Organisation,
    Participant,
    Person,
    StateOverride,
    VisitOrganisation,
)
from visitplanner.queries.links import mission_name
from visitplanner.queries.names import shown_name
from visitplanner.queries.states import shown_row


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on the list. `word` is the neutral word of `outward_word`, never a reason."""

    id: str
    name: str
    native_name: str
    ribbon: str
    category: dict[str, str]
    function: str
    rank_code: str
    position_ru: str
    position_en: str
    status: str
    word: str
    missing: tuple[str, ...]
    note: str
    photo_id: str | None
    group: str
    seat: str
    badge: str
    confirmed: bool
    editable: bool
    may_submit: bool
    on_list: bool
    version: int


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose list it is: names by language, flag ("" and iso2 for a plain panel), the quota."""

    name: dict[str, str]
    flag: str
    iso2: str
    quota: int
    taken: int
    curator: str
    curator_email: str
    heads: bool


def delegation_sender(session: Session, visit_id: str, key: str | None) -> Sender:
    """A delegation: the mission's official name, the flag as the visit shows it."""
    found = session.execute(
        select(Delegation, StateOverride.flag, Account.name, Account.email)
        .join(Delegation.mission)
        .outerjoin(
            StateOverride,
            and_(StateOverride.state_key == Mission.state_key, StateOverride.visit_id == visit_id),
        )
        .outerjoin(Account, Account.id == Delegation.curator_id)
        .where(Delegation.id == (key or ""), Delegation.visit_id == visit_id)
        .options(contains_eager(Delegation.mission).joinedload(Mission.state))
    ).one_or_none()
    if found is None:
        raise NotFound("not-found")
    row, flag, curator, email = found
    state = row.mission.state
    return Sender(
        name=mission_name(row.mission, shown_row(session, visit_id, row.mission.state_key)),
        flag=state.flag if flag is None else flag,
        iso2=state.iso2,
        quota=row.quota,
        taken=row.taken,
        curator=curator or "",
        curator_email=email or "",
        heads=True,
    )


def organisation_sender(session: Session, visit_id: str, key: str | None) -> Sender:
    """An organisation with its part in the visit."""
    part = session.scalars(
        select(VisitOrganisation)
        .where(
            VisitOrganisation.visit_id == visit_id,
            VisitOrganisation.organisation_id == (key or ""),
        )
        .options(joinedload(VisitOrganisation.organisation))
    ).one_or_none()
    if part is None:
        raise NotFound("not-found")
    organisation: Organisation = part.organisation
    return Sender(dict(organisation.name), "", "", part.quota, part.taken, "", "", heads=False)


def members(
    session: Session,
    visit_id: str,
    *,
    delegation_id: str | None,
    organisation_id: str | None,
    rules: Rules,
    form_rules: FormRules,
    language: str,
) -> list[Member]:
    """Everybody on the list in its order, those who left it last."""
    rows = session.execute(
        select(Participant, Badge.serial, _agreed())
        .outerjoin(Badge, and_(Badge.participant_id == Participant.id, Badge.revoked_at.is_(None)))
        .options(
            joinedload(Participant.person),
            joinedload(Participant.category),
            joinedload(Participant.group),
        )
        .where(
            Participant.visit_id == visit_id,
            Participant.delegation_id == delegation_id
            if delegation_id
            else Participant.organisation_id == (organisation_id or ""),
        )
        .order_by(Participant.position, Participant.id)
    )
    found = [
        _member(row, serial or "", bool(agreed), rules, form_rules, language)
        for row, serial, agreed in rows
    ]
    return sorted(found, key=lambda one: not one.on_list)


def _agreed() -> ColumnElement[bool]:
    return exists().where(
        Consent.person_id == Participant.person_id,
        Consent.kind == "processing",
        Consent.withdrawn_at.is_(None),
    )


def consent_given(session: Session, person_id: str) -> bool:
    """Whether this person's consent stands."""
    return bool(
        session.scalar(
            select(Consent.id).where(
                Consent.person_id == person_id,
                Consent.kind == "processing",
                Consent.withdrawn_at.is_(None),
            )
        )
    )


def form_of(person: Person, category_id: str, *, agreed: bool) -> PersonForm:
    """The answers that decide whether a form is complete."""
    return PersonForm(
        family_name=person.family_name,
        given_name=person.given_name,
        name_order=person.name_order,
        position_en=person.position_en,
        position_ru=person.position_ru,
        category=category_id,
        consent_given=agreed,
        photo=person.photo_id is not None,
        document_number=person.document_number,
    )


def _member(
    row: Participant,
    badge: str,
    agreed: bool,
    rules: Rules,
    form_rules: FormRules,
    language: str,
) -> Member:
    person, status = row.person, Status(row.status)
    standing = Standing(status, bool(badge), row.arrived_at is not None)
    on_list = status not in OUT_OF_LIST
    return Member(
        id=row.id,
        name=shown_name(person, language),
        native_name=person.native_name,
        ribbon=row.category.ribbon,
        category=row.category.word,
        function=row.function,
        rank_code=person.rank_code,
        position_ru=person.position_ru,
        position_en=person.position_en,
        status=row.status,
        word=outward_word(standing, rules),
        missing=missing_fields(form_of(person, row.category_id, agreed=agreed), form_rules),
        note=row.return_note,
        photo_id=person.photo_id,
        group=row.group.letter if row.group else "",
        seat=row.seat,
        badge=badge,
        confirmed=is_printable(status, rules),
        editable=on_list and not standing.arrived,
        may_submit=status in STEPS[Action.SUBMIT] and not standing.arrived,
        on_list=on_list,
        version=row.version,
    )
