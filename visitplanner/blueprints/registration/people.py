"""What happens to somebody on the list: added, handed in, withdrawn, given a link of their own."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.registration import blueprint
from visitplanner.blueprints.registration.forms import NewPersonForm
from visitplanner.blueprints.registration.workspace import Page, members, sender
from visitplanner.domain.refusals import NotFound, Refusal
from visitplanner.queries.workspace import Member
from visitplanner.services import participants, registration
from visitplanner.web.access import act, guest, visit
from visitplanner.web.forms import put_refusal


@blueprint.get("/r/list/new")
@guest("delegation", "organisation")
def new_person() -> Page:
    """The form of somebody new; when nothing can be added, back to the list, which says why."""
    if registration.closed_because(act(), visit()):
        return redirect(url_for("registration.workspace"))
    shown = sender()
    form = NewPersonForm(heads=shown.heads)
    form.function.data = registration.suggested_function(act())
    return render_template("registration/new_person.html", form=form, sender=shown)


@blueprint.post("/r/list/new")
@guest("delegation", "organisation")
def add_person() -> Page:
    """Put somebody on the list, then ask for the rest."""
    doing = act()
    shown = sender()
    form = NewPersonForm(heads=shown.heads)
    try:
        if form.validate_on_submit():
            key = registration.add_person(
                doing,
                form.details(),
                function=form.function.data,
                form_key=form.form_key.data or "",
            )
            return redirect(url_for("registration.person", participant_id=key))
    except Refusal as refusal:
        doing.session.rollback()
        put_refusal(form, refusal)
        shown = sender()
    return render_template("registration/new_person.html", form=form, sender=shown), 422


def member(participant_id: str) -> Member:
    """Somebody of this list as the list shows them; NotFound for everybody else."""
    found = next((one for one in members() if one.id == participant_id), None)
    if found is None:
        raise NotFound("not-found")
    return found


@blueprint.post("/r/person/<participant_id>/submit")
@guest("delegation", "organisation")
def submit(participant_id: str) -> Response:
    """Hand this form in."""
    row = registration.own_participant(act(), participant_id)
    participants.submit_participant(act(), row)
    flash(gettext("Handed in. The protocol department will look at it."))
    return redirect(url_for("registration.workspace"))


@blueprint.get("/r/person/<participant_id>/withdraw")
@guest("delegation", "organisation")
def withdraw(participant_id: str) -> str:
    """Ask once more."""
    return render_template("registration/withdraw.html", line=member(participant_id))


@blueprint.post("/r/person/<participant_id>/withdraw")
@guest("delegation", "organisation")
def withdraw_now(participant_id: str) -> Response:
    """Take the person off the list."""
    row = registration.own_participant(act(), participant_id)
    participants.withdraw_participant(act(), row, reason=request.form.get("reason", "")[:300])
    flash(gettext("Off the list. The place is free again."))
    return redirect(url_for("registration.workspace"))


@blueprint.post("/r/person/<participant_id>/link")
@guest("delegation", "organisation")
def link(participant_id: str) -> str:
    """A link to the person's own programme, shown this once, to be passed on."""
    row = registration.own_participant(act(), participant_id)
    address = registration.programme_link(act(), row)
    return render_template("registration/link.html", line=member(participant_id), address=address)
