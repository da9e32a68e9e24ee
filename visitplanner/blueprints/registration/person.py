"""A person's form: each field saved as it is left, the whole form without script."""

from dataclasses import asdict
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from visitplanner.blueprints.registration import blueprint
from visitplanner.blueprints.registration.forms import PersonForm
from visitplanner.blueprints.registration.people import member
from visitplanner.blueprints.registration.words import (
    CLOSED,
    MISSING_FIELDS,
    STANDINGS,
)
from visitplanner.blueprints.registration.workspace import Page, sender
from visitplanner.domain.accreditation import outward_word
from visitplanner.domain.names import badge_form
from visitplanner.domain.refusals import Refusal, Stale
from visitplanner.domain.transliteration import suggest_latin
from visitplanner.queries.names import latin_name
from visitplanner.queries.workspace import consent_given
from visitplanner.services import participants, registration, steps
from visitplanner.services.persons import details_of
from visitplanner.web.access import act, guest, visit
from visitplanner.web.conflicts import conflict_rows
from visitplanner.web.forms import offer_kept, put_refusal
from visitplanner.web.languages import language
from visitplanner.web.moments import clock
from visitplanner.web.refusals import sentence

NOT_FIELDS = ("version", "csrf_token")


def form_for(row: Any, **more: Any) -> PersonForm:
    """The form of this participant (Any: a row; WTForms arguments)."""
    form = PersonForm(
        heads=row.delegation_id is not None,
        document=steps.form_rules_of(visit()).document_required,
        **more,
    )
    kept = {
        name: getattr(row.person, name)
        for name in ("rank_code", "native_language", "meal_code", "languages")
    }
    offer_kept(form, kept | {"function": row.function})
    return form


def filled(row: Any) -> PersonForm:
    """The form as the record stands (Any: a row). The document's number is never shown again."""
    form = form_for(
        row,
        formdata=None,
        obj=row.person,
        data={"function": row.function, "consent": consent_given(act().session, row.person_id)},
    )
    form.version.data = row.person.version
    if "document_number" in form:
        form.document_number.data = ""
    return form


@blueprint.get("/r/person/<participant_id>")
@guest("delegation", "organisation")
def person(participant_id: str) -> str:
    """The form, or what is known where nothing can be changed."""
    row = registration.own_participant(act(), participant_id)
    return render_person(row, filled(row))


def render_person(row: Any, form: PersonForm, **more: Any) -> str:
    """The page around the form (Any: a row; conflict rows, errors of the picture)."""
    line = member(row.id)
    closed = registration.closed_because(act(), visit())
    return render_template(
        "registration/person.html",
        row=row,
        line=line,
        form=form,
        sender=sender(),
        closed=closed or ("" if line.editable else "off"),
        closed_words=CLOSED.get(closed, ""),
        standings=STANDINGS,
        anchors=MISSING_FIELDS,
        says=says(row.person),
        has_document=bool(row.person.document_number),
        **{"mine": None, "photo_errors": []} | more,
    )


def says(person: Any) -> dict[str, str]:
    """What the page shows beside the fields: the lines of the badge, a spelling to compare.

    Any: a person's row.
    """
    lines = asdict(badge_form(latin_name(person)))
    written = person.russian_name
    spelt = suggest_latin(written) if written else ""
    return {
        "badge_lead": lines["lead"],
        "badge_main": lines["main"],
        "badge_tail": lines["tail"],
        "badge_native": person.native_name,
        "spelling": gettext("In Latin letters travel documents spell this: %(name)s", name=spelt)
        if spelt
        else "",
    }


@blueprint.post("/r/person/<participant_id>")
@guest("delegation", "organisation")
def save_person(participant_id: str) -> Page:
    """Write the whole form; with `then=submit` hand it in as well."""
    doing = act()
    row = registration.own_participant(doing, participant_id)
    form = form_for(row)
    try:
        if form.validate_on_submit():
            again = _write(row, form)
            return _after(participant_id, again)
    except Stale:
        return _conflict(participant_id, form)
    except Refusal as refusal:
        doing.session.rollback()
        put_refusal(form, refusal)
        row = registration.own_participant(doing, participant_id)
    return render_person(row, form), 422


def _write(row: Any, form: PersonForm) -> bool:
    doing, agreed = act(), consent_given(act().session, row.person_id)
    again = registration.save_form(
        doing,
        row,
        form.details(details_of(row.person)),
        function=form.function.data,
        version=form.version.data,
    )
    _agree(row, agreed, bool(form.consent.data))
    return again


def _agree(row: Any, before: bool, after: bool) -> None:
    """Keep or take back the consent, where that is a change (Any: a row)."""
    if after and not before:
        registration.give_consent(act(), row, language=language())
    elif before and not after:
        registration.take_consent_back(act(), row)


def _after(participant_id: str, again: bool) -> Response:
    """Hand in when asked to; then the list, or this page for what is missing."""
    if request.form.get("then") != "submit":
        return redirect(url_for("registration.workspace", saved="anew" if again else "yes"))
    row = registration.own_participant(act(), participant_id)
    if steps.lacks(act(), row):
        flash(gettext("Saved, but not handed in yet: the form is not complete."), "attention")
        return redirect(url_for("registration.person", participant_id=participant_id))
    participants.submit_participant(act(), row)
    flash(gettext("Handed in. The protocol department will look at it."))
    return redirect(url_for("registration.workspace"))


def _conflict(participant_id: str, form: PersonForm) -> tuple[str, int]:
    doing = act()
    doing.session.rollback()
    row = registration.own_participant(doing, participant_id)
    names = [name for name in details_of(row.person).__dataclass_fields__ if name in form]
    saved = {name: getattr(row.person, name) for name in names if name != "document_number"}
    mine = conflict_rows(form, saved | {"function": row.function})
    form.version.data = row.person.version
    return render_person(row, form, mine=mine), 409


@blueprint.post("/r/person/<participant_id>/field")
@guest("delegation", "organisation")
def save_field(participant_id: str) -> tuple[Response, int]:
    """Write one field as it is left: {version, saved_at, says} or {errors: {field: […]}}."""
    doing = act()
    row = registration.own_participant(doing, participant_id)
    form = form_for(row)
    name = request.form.get("field", "")
    try:
        if name not in form or name in NOT_FIELDS:
            raise Refusal("no-such-field")
        field = form[name]
        if not field.validate(form, _inline(form, name)):
            return jsonify({"errors": {name: [str(error) for error in field.errors]}}), 422
        _write_field(row, form, name)
    except Stale as stale:
        doing.session.rollback()
        return _field_conflict(participant_id, name, stale)
    except Refusal as refusal:
        doing.session.rollback()
        words = sentence(refusal)
        return jsonify({"message": words, "errors": {name: [words]}}), max(refusal.status, 409)
    fresh = registration.own_participant(doing, participant_id)
    word = outward_word(steps.standing_of(doing, fresh), steps.rules_of(visit()))
    standing, kind = STANDINGS[word]
    return jsonify(
        {
            "version": fresh.person.version,
            "saved_at": clock(doing.at),
            "says": says(fresh.person) | {"standing": str(standing)},
            "standing_kind": kind,
        }
    ), 200


def _inline(form: PersonForm, name: str) -> tuple[Any, ...]:
    found = getattr(type(form), f"validate_{name}", None)
    return (found,) if found else ()


def _write_field(row: Any, form: PersonForm, name: str) -> None:
    value = form[name].data
    if name == "consent":
        participants.open_for(act(), visit())
        return _agree(row, consent_given(act().session, row.person_id), bool(value))
    if name == "document_number" and not value:
        return None
    before = form_for(row, formdata=MultiDict([(name, one) for one in request.form.getlist("was")]))
    seen = before[name].data
    if "was" not in request.form and "was_known" not in request.form:
        known = "version" not in request.form or form.version.data == row.person.version
        seen = _current(row, name) if known else None
    if name == "languages":
        value, seen = tuple(value or ()), tuple(seen or ())
    registration.save_field(act(), row, name, value, seen=seen)
    return None


def _current(row: Any, name: str) -> Any:  # Any: a row, a column's value
    return getattr(row if name == "function" else row.person, name, None)


def _field_conflict(participant_id: str, name: str, stale: Stale) -> tuple[Response, int]:
    """Both values, and what to send to keep one's own."""
    row = registration.own_participant(act(), participant_id)
    form = filled(row)
    field = form[name]
    rows = conflict_rows(form_for(row), {name: stale.details.get("saved", _current(row, name))})
    there = rows[0].saved if rows else str(field.data or "–")
    words = gettext("Somebody else wrote “%(saved)s” here meanwhile.", saved=there)
    kept = field.data if isinstance(field.data, list) else [str(field.data or "")]
    if isinstance(field.data, bool):
        kept = ["y"] if field.data else []
    answer = {
        "message": words,
        "errors": {name: [words]},
        "version": row.person.version,
        "saved": kept,
        "choices": {"mine": gettext("Keep what I typed"), "theirs": gettext("Take theirs")},
    }
    return jsonify(answer), 409
