"""What a visit shows of States otherwise: names, flags, whom its lists offer."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField, SelectField
from wtforms.validators import InputRequired

from visitplanner.blueprints.visits import blueprint
from visitplanner.domain import states
from visitplanner.domain.collation import sort_key
from visitplanner.domain.refusals import NotFound, Refusal
from visitplanner.queries import states as query
from visitplanner.services.state_overrides import Wording, drop_override, save_override
from visitplanner.web.access import act, needs, visit
from visitplanner.web.forms import choices, line, put_refusal, texts_field, texts_of
from visitplanner.web.languages import language

Page = str | Response | tuple[str, int]
LANGUAGES = ("ru", "en", "fr")
OFFERED = {
    "": lazy_gettext("as usual"),
    "yes": lazy_gettext("offered"),
    "no": lazy_gettext("not offered"),
}


class StateNameForm(FlaskForm):  # type: ignore[misc]
    """A State in the words of one visit; what is empty stays as our table has it."""

    state = SelectField(
        lazy_gettext("State or organisation"), [InputRequired(lazy_gettext("Choose a State"))]
    )
    short = texts_field(lazy_gettext("Short name"), LANGUAGES)
    formal = texts_field(lazy_gettext("Official name"), LANGUAGES)
    genitive = line(lazy_gettext("Russian genitive of the short name"))
    genitive_formal = line(lazy_gettext("Russian genitive of the official name"))
    plain = BooleanField(lazy_gettext("Show a plain panel instead of the flag"))
    offered = SelectField(lazy_gettext("In the lists of whom to invite"))
    reason = line(lazy_gettext("Who decided it, and why"))

    def __init__(self, **more: Any) -> None:
        """Offer every State, also those that lists leave out (Any: WTForms arguments)."""
        super().__init__(**more)
        code = language() if language() in states.LANGUAGES else "en"
        rows = sorted(states.states(), key=lambda row: sort_key(row.filing[code], code))
        self.state.choices = choices([("", ""), *((row.key, row.short[code]) for row in rows)])
        self.offered.choices = choices(OFFERED.items())

    def wording(self) -> Wording:
        """What was typed."""
        names: dict[str, dict[str, str]] = {}
        for form in ("short", "formal"):
            for code, words in texts_of(self[form].data).items():
                names.setdefault(code, {})[form] = words
        for form in ("genitive", "genitive_formal"):
            if self[form].data:
                names.setdefault("ru", {})[form] = self[form].data
        offered = {"yes": True, "no": False}.get(self.offered.data)
        return Wording(names, self.plain.data, offered, self.reason.data or "")


def filled(row: Any) -> StateNameForm:
    """The form as the row stands (Any: a row of a table)."""
    texts = {
        form: {code: words.get(form, "") for code, words in row.names.items()}
        for form in ("short", "formal")
    }
    russian = row.names.get("ru", {})
    offered = {True: "yes", False: "no"}.get(row.recognised, "")
    data = texts | {name: russian.get(name, "") for name in ("genitive", "genitive_formal")}
    data |= {"plain": row.flag == "", "offered": offered, "reason": row.reason}
    return StateNameForm(data=data | {"state": row.state_key})


@blueprint.get("/visits/<slug>/states")
@needs("visit.edit")
def state_names() -> str:
    """Everything this visit shows otherwise."""
    session = act().session
    rows = query.overrides(session, visit().id)
    shown = {row.state_key: query.shown_row(session, visit().id, row.state_key) for row in rows}
    ours = {row.state_key: states.state(row.state_key) for row in rows}
    code = language() if language() in states.LANGUAGES else "en"
    return render_template("visits/states.html", rows=rows, shown=shown, ours=ours, code=code)


def _row(key: str) -> Any:  # Any: a row of a table
    """The visit's words for this State; None for "new"; NotFound for another."""
    row = query.override_of(act().session, visit().id, key)
    if row is None and key != "new":
        raise NotFound("not-found")
    return row


def _form(form: StateNameForm, key: str) -> str:
    shipped = states.state(key) if key != "new" else None
    return render_template("visits/state.html", form=form, shipped=shipped, key=key)


@blueprint.get("/visits/<slug>/states/<state_key>")
@needs("visit.edit")
def state_name(state_key: str) -> str:
    """The words for one State; `new` for one that is shown as usual so far."""
    row = _row(state_key)
    return _form(StateNameForm() if row is None else filled(row), state_key)


@blueprint.post("/visits/<slug>/states/<state_key>")
@needs("visit.edit")
def save_state_name(state_key: str) -> Page:
    """Write them."""
    doing, form = act(), StateNameForm()
    if _row(state_key) is not None:
        form.state.data = state_key
    try:
        if form.validate_on_submit():
            save_override(doing, visit(), form.state.data, form.wording())
            flash(gettext("Saved"))
            return redirect(url_for("visits.state_names"))
    except Refusal as refusal:
        doing.session.rollback()
        put_refusal(form, refusal)
    return _form(form, state_key), 422


@blueprint.post("/visits/<slug>/states/<state_key>/drop")
@needs("visit.edit")
def drop_state_name(state_key: str) -> Response:
    """Show the State as usual again."""
    row = _row(state_key)
    if row is None:
        raise NotFound("not-found")
    drop_override(act(), row)
    flash(gettext("Shown as usual again"))
    return redirect(url_for("visits.state_names"))
