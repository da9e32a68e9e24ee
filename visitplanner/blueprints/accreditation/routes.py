"""Routes of accreditation."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.accreditation import blueprint
from visitplanner.blueprints.accreditation.forms import DecisionForm
from visitplanner.domain.refusals import NotFound, Refusal
from visitplanner.queries import people as query
from visitplanner.queries.lines import person_lines
from visitplanner.services import accreditation, steps
from visitplanner.web.access import act, needs, visit
from visitplanner.web.forms import put_refusal
from visitplanner.web.languages import language
from visitplanner.web.refusals import add_words, sentence
from visitplanner.web.words import MISSING

Page = str | Response | tuple[str, int]

STAGES = {"protocol": "submitted", "security": "approved"}
SAID = {
    "approve": lazy_gettext("Approved: %(name)s"),
    "return": lazy_gettext("Returned with a note: %(name)s"),
    "refuse": lazy_gettext("Refused: %(name)s"),
    "clear": lazy_gettext("Cleared: %(name)s"),
    "unclear": lazy_gettext("Clearance taken back: %(name)s"),
    "reopen": lazy_gettext("Back in the queue: %(name)s"),
}
UNDO = {"approve": "reopen", "clear": "unclear", "refuse": "reopen"}

add_words(
    {
        "unknown-action": lazy_gettext("There is no such decision."),
        "nobody-chosen": lazy_gettext("Choose at least one person."),
    }
)


def _stage() -> str:
    wanted = request.values.get("stage", "protocol")
    return wanted if wanted in STAGES and visit().clearance_required else "protocol"


def _find(participant_id: str) -> Any:  # Any: a participant's row
    return query.participant(act().session, visit().id, participant_id)


@blueprint.get("/visits/<slug>/accreditation")
@needs("accreditation.view")
def queue() -> Page:
    """Who waits, and the case that is open."""
    return _page(DecisionForm(formdata=None), request.args.get("person", ""), 200)


def _page(form: DecisionForm, wanted: str, status: int) -> tuple[str, int]:
    doing, here, stage = act(), visit(), _stage()
    rows, total = query.people(doing.session, here, query.Wanted(status=STAGES[stage], coming=True))
    row = _find(wanted) if wanted else (rows[0] if rows else None)
    if row is not None and not form.is_submitted():
        form.version.data, form.stage.data = row.version, stage
    lines = person_lines(doing.session, here.id, rows, language())
    page = render_template(
        "accreditation/queue.html",
        form=form,
        stage=stage,
        lines=lines,
        total=total,
        **_case(row),
    )
    return page, status


def _case(row: Any) -> dict[str, Any]:  # Any: a participant's row, values for the template
    if row is None:
        return {"row": None, "case": None}
    doing = act()
    found = accreditation.twins(doing, row)
    likes = person_lines(doing.session, visit().id, [twin.participant for twin in found],
                         language())  # fmt: skip
    return {
        "row": row,
        "case": person_lines(doing.session, visit().id, [row], language())[0],
        "missing_words": ", ".join(
            str(MISSING.get(name, name)) for name in steps.lacks(doing, row)
        ),
        "actions": [str(action) for action in steps.open_to(doing, row)],
        "twins": list(zip(found, likes, strict=True)),
        "decisions": accreditation.decisions_on(doing, row),
    }


@blueprint.post("/visits/<slug>/accreditation/<participant_id>")
@needs("accreditation.view")
def decide(participant_id: str) -> Page:
    """Take a decision; the domain says who may take which."""
    form, row = DecisionForm(), _find(participant_id)
    if not form.validate():
        return _page(form, participant_id, 422)
    action = request.form.get("action", "")
    try:
        accreditation.decide(
            act(),
            row,
            action,
            outward=(form.outward.data or "").strip(),
            reason=(form.reason.data or "").strip(),
            version=form.version.data,
        )
    except Refusal as refusal:
        if refusal.status == 403:
            raise
        act().session.rollback()
        field = "outward" if refusal.field == "note" else refusal.field
        put_refusal(form, Refusal(refusal.code, field=field, **refusal.details))
        return _page(form, participant_id, 422)
    _say(action, row)
    return redirect(url_for("accreditation.queue", stage=_stage()))


def _say(action: str, row: Any) -> None:  # Any: a participant's row
    line = person_lines(act().session, visit().id, [row], language())[0]
    words = str(SAID[action]) % {"name": line.name}
    if action in UNDO:
        undo = url_for("accreditation.undo", participant_id=row.id, action=UNDO[action])
        flash({"text": words, "undo": undo}, "done")  # type: ignore[arg-type]
    else:
        flash(words, "done")


@blueprint.post("/visits/<slug>/accreditation/<participant_id>/undo/<action>")
@needs("accreditation.view")
def undo(participant_id: str, action: str) -> Page:
    """Take a decision back."""
    if action not in UNDO.values():
        raise NotFound("not-found")
    row = accreditation.decide(act(), _find(participant_id), action)
    _say(action, row)
    return redirect(url_for("accreditation.queue", person=row.id))


@blueprint.post("/visits/<slug>/accreditation")
@needs("accreditation.view")
def decide_many() -> Page:
    """Approve (or clear) the selected people, all or none."""
    rows = [_find(key) for key in request.form.getlist("row")]
    try:
        if not rows:
            raise Refusal("nobody-chosen")
        count = accreditation.decide_many(act(), rows, request.form.get("action", ""))
        flash(gettext("Decided: %(count)s.", count=count), "done")
    except Refusal as refusal:
        if refusal.status == 403:
            raise
        act().session.rollback()
        flash(sentence(refusal), "attention")
    return redirect(url_for("accreditation.queue", stage=_stage()))
