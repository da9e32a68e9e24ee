"""People: lists by stage, a person's page, adding, replacing, withdrawing."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.delegations import blueprint
from visitplanner.blueprints.delegations.forms import PersonForm
from visitplanner.blueprints.delegations.matrix_view import STAGE_WORDS
from visitplanner.blueprints.delegations.pages import Page, allowed, history_of
from visitplanner.blueprints.delegations.printing import work
from visitplanner.domain.accreditation import Action
from visitplanner.domain.functions import usual_category
from visitplanner.domain.names import clean_line
from visitplanner.domain.refusals import Refusal, Stale
from visitplanner.queries import people as query
from visitplanner.queries.audit import things_of_slot
from visitplanner.queries.delegations import delegation_by_code, earlier_occupants
from visitplanner.queries.groups import group_letters
from visitplanner.queries.lines import person_lines
from visitplanner.queries.visits import categories
from visitplanner.queries.workspace import consent_given
from visitplanner.services import participants as service
from visitplanner.services import persons, steps
from visitplanner.services.registration import take_consent_back
from visitplanner.web.access import act, needs, visit
from visitplanner.web.conflicts import conflict_rows
from visitplanner.web.forms import offer_kept, put_refusal
from visitplanner.web.languages import language
from visitplanner.web.paging import Page as Sheet
from visitplanner.web.paging import page_number


@blueprint.get("/visits/<slug>/people")
@needs("persons.view")
def people() -> str:
    """The people behind a number: by delegation, stage, standing, category, group or name."""
    doing, asked = act(), request.args
    wanted = query.Wanted(
        delegation=asked.get("delegation", "")[:60],
        stage=asked.get("stage", "") if asked.get("stage") in STAGE_WORDS else "",
        has=asked.get("has", "1") != "0",
        status=asked.get("status", "")[:20],
        category=asked.get("category", "")[:20],
        group=asked.get("group", "")[:2],
        text=clean_line(asked.get("text", ""))[:100],
        expected=asked.get("of") == "delegations",
    )
    number = page_number()
    rows, total = query.people(doing.session, visit(), wanted, page=number)
    return render_template(
        "delegations/people.html",
        lines=person_lines(doing.session, visit().id, rows, language()),
        wanted=wanted,
        page=Sheet(number, total, query.PAGE),
        stages=STAGE_WORDS,
        letters=group_letters(doing.session, visit().id),
        categories=categories(doing.session, visit().id),
        may_people=allowed("persons.edit"),
        may_badges=allowed("badges.print"),
        may_select=allowed("badges.print") or allowed("persons.edit"),
        jobs=work(request.full_path.rstrip("?")),
        here=request.full_path.rstrip("?"),
    )


def find(participant_id: str) -> Any:
    """The participant with everything a page shows; NotFound otherwise (Any: a row)."""
    return query.participant(act().session, visit().id, participant_id)


KEPT = ("rank_code", "native_language", "languages", "meal_code", "document_kind")
"""Fields with a list that may lack what the record has."""


def form_for(
    row: Any = None, *, heads: bool = True, saved: bool = False, **more: Any
) -> PersonForm:
    """The form of a person (`row`: their participant, None for somebody new).

    `heads`: the list of a delegation, for somebody new. `saved`: as the record stands, whatever
    the request carries.
    """
    doing, sensitive = act(), allowed("persons.sensitive")
    if row is not None:
        heads = row.delegation_id is not None
    form = PersonForm(
        categories(doing.session, visit().id), heads=heads, sensitive=sensitive, **more
    )
    if row is not None:
        kept = {name: getattr(row.person, name) for name in KEPT}
        offer_kept(form, kept | {"function": row.function})
    if saved:
        form.process(obj=row.person)
    if row is not None and (saved or not form.is_submitted()):
        form.function.data, form.category.data = row.function, row.category.code
        form.version.data = row.person.version
        if sensitive:
            form.document_number.data = persons.open_document(doing.instance, row.person)
    return form


@blueprint.get("/visits/<slug>/people/<participant_id>")
@needs("persons.view")
def person(participant_id: str) -> str:
    """A person's page, with the form for those who may change it."""
    row = find(participant_id)
    return render_person(row, form_for(row, obj=row.person) if allowed("persons.edit") else None)


def render_person(
    row: Any, form: PersonForm | None, mine: Any = None, photo_errors: Sequence[str] = ()
) -> str:
    """The page around the form (Any: a participant's row, conflict rows)."""
    doing = act()
    line = person_lines(doing.session, visit().id, [row], language())[0]
    return render_template(
        "delegations/person.html",
        row=row,
        line=line,
        form=form,
        mine=mine,
        photo_errors=photo_errors,
        agreed=consent_given(doing.session, row.person_id),
        may_photo=form is not None and row.status in steps.ACTIVE and row.arrived_at is None,
        missing=steps.lacks(doing, row),
        actions=steps.open_to(doing, row),
        Action=Action,
        history=history_of(things_of_slot(doing.session, row.id)),
        earlier=earlier_occupants(doing.session, [row.id], language()).get(row.id, []),
    )


@blueprint.post("/visits/<slug>/people/<participant_id>")
@needs("persons.edit")
def save_person(participant_id: str) -> Page:
    """Write the form; when somebody saved meanwhile, show both values."""
    doing, row = act(), find(participant_id)
    form = form_for(row)
    try:
        if form.validate_on_submit():
            again = service.change_person(
                doing,
                row,
                form.details(),
                function=form.function.data,
                category=form.category.data,
                version=form.version.data,
            )
            keep_consent(doing, row, form)
            flash(gettext("Saved; the person awaits a decision again") if again else _saved())
            return redirect(url_for("delegations.person", participant_id=row.id))
    except Stale:
        return _conflict(participant_id, form)
    except Refusal as refusal:
        doing.session.rollback()
        put_refusal(form, refusal)
        row = find(participant_id)
    return render_person(row, form), 422


def _saved() -> str:
    return str(gettext("Saved"))


def keep_consent(doing: Any, row: Any, form: PersonForm) -> None:
    """Note the consent that staff have on paper (Any: an act, a row)."""
    if form.consent.data:
        service.record_consent(
            doing,
            row,
            language=language(),
            given_by=doing.principal.name,
        )


def _conflict(participant_id: str, form: PersonForm) -> tuple[str, int]:
    doing = act()
    doing.session.rollback()
    row = find(participant_id)
    names = [name for name in persons.PersonDetails.__dataclass_fields__ if name in form]
    saved = {name: getattr(row.person, name) for name in names if name != "document_number"}
    saved |= {"function": row.function, "category": row.category.code}
    mine = conflict_rows(form, saved)
    form.version.data = row.person.version
    return render_person(row, form, mine), 409


@blueprint.get("/visits/<slug>/delegations/<code>/people/new")
@needs("persons.edit")
def new_person(code: str) -> str:
    """The form of somebody new."""
    row = delegation_by_code(act().session, visit().id, code)
    form = form_for()
    form.function.data = service.suggested_function(act(), row)
    form.category.data = usual_category(form.function.data)
    return render_template("delegations/new_person.html", form=form, row=row, old=None)


@blueprint.post("/visits/<slug>/delegations/<code>/people/new")
@needs("persons.edit")
def add_person(code: str) -> Page:
    """Put somebody on the list."""
    doing = act()
    row = delegation_by_code(doing.session, visit().id, code)
    form = form_for()
    try:
        if form.validate_on_submit():
            added = service.add_participant(
                doing,
                row,
                form.details(),
                function=form.function.data,
                category=form.category.data,
            )
            keep_consent(doing, added, form)
            flash(gettext("On the list"))
            return redirect(url_for("delegations.page", code=code))
    except Refusal as refusal:
        doing.session.rollback()
        put_refusal(form, refusal)
        row = delegation_by_code(doing.session, visit().id, code)
    return render_template("delegations/new_person.html", form=form, row=row, old=None), 422


def replacing_form() -> PersonForm:
    """The form of a newcomer, whose function and category are the slot's."""
    form = form_for()
    del form.function, form.category
    return form


@blueprint.get("/visits/<slug>/people/<participant_id>/replace")
@needs("persons.edit")
def replacement(participant_id: str) -> str:
    """The form of whoever comes instead."""
    row = find(participant_id)
    form = replacing_form()
    form.version.data = row.version
    return _replacing_page(row, form)


def _replacing_page(row: Any, form: PersonForm) -> str:  # Any: a participant's row
    return render_template(
        "delegations/new_person.html",
        form=form,
        row=row.delegation,
        organisation=row.organisation,
        old=person_lines(act().session, visit().id, [row], language())[0],
    )


@blueprint.post("/visits/<slug>/people/<participant_id>/replace")
@needs("persons.edit")
def replace(participant_id: str) -> Page:
    """Put another person into the slot, which keeps group, place in order and category."""
    doing, row = act(), find(participant_id)
    form, status = replacing_form(), 422
    try:
        if form.validate_on_submit():
            details, why = form.details(), form.reason.data or ""
            service.replace_person(doing, row, details, reason=why, version=form.version.data)
            keep_consent(doing, row, form)
            flash(gettext("Replaced. The place keeps its group and its number in the order"))
            return redirect(url_for("delegations.person", participant_id=row.id))
    except Refusal as refusal:
        doing.session.rollback()
        put_refusal(form, refusal)
        row = find(participant_id)
        status = 409 if isinstance(refusal, Stale) else 422
        form.version.data = row.version
    return _replacing_page(row, form), status


def _after(row: Any) -> Response:  # Any: a participant's row
    if request.form.get("to") == "list" and row.delegation is not None:
        return redirect(url_for("delegations.page", code=row.delegation.code))
    if request.form.get("to") == "list":
        there = "delegations.organisation"
        return redirect(url_for(there, organisation_id=row.organisation_id))
    return redirect(url_for("delegations.person", participant_id=row.id))


@blueprint.post("/visits/<slug>/people/<participant_id>/submit")
@needs("persons.edit")
def submit(participant_id: str) -> Response:
    """Hand the form in for accreditation."""
    row = find(participant_id)
    service.submit_participant(act(), row)
    flash(gettext("Handed in: the person awaits a decision"))
    return _after(row)


@blueprint.post("/visits/<slug>/people/<participant_id>/withdraw")
@needs("persons.edit")
def withdraw_person(participant_id: str) -> Response:
    """Take the person off the list."""
    row = find(participant_id)
    service.withdraw_participant(act(), row, reason=request.form.get("reason", "")[:1000])
    flash(gettext("Off the list. The place is free again"))
    return _after(row)


@blueprint.post("/visits/<slug>/people/<participant_id>/reinstate")
@needs("persons.edit")
def reinstate_person(participant_id: str) -> Response:
    """Put the person back."""
    row = find(participant_id)
    service.reinstate_participant(act(), row)
    flash(gettext("Back on the list"))
    return _after(row)


@blueprint.post("/visits/<slug>/people/<participant_id>/consent/withdraw")
@needs("persons.edit")
def withdraw_consent(participant_id: str) -> Response:
    """Note that the person took the consent back, by telephone or on paper."""
    row = find(participant_id)
    take_consent_back(act(), row)
    flash(gettext("Noted: the consent is taken back. Without it no badge is made"))
    return _after(row)
