"""Lists of letters, one letter, its file, and another try for one that failed."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.mailbox import blueprint
from visitplanner.domain.access import may
from visitplanner.queries.mails import count_mails, list_mails
from visitplanner.services import mail
from visitplanner.web.access import act, needs, needs_anywhere, principal
from visitplanner.web.paging import Page, page_number

STATES = {
    "waiting": (lazy_gettext("waiting"), "waiting"),
    "sent": (lazy_gettext("sent"), "done"),
    "written": (lazy_gettext("kept here"), ""),
    "failed": (lazy_gettext("not delivered"), "trouble"),
}
"""State of a letter: word and mark."""

SIZE = 50


@blueprint.get("/visits/<slug>/mail")
@needs("mail.view")
def index() -> str:
    """The letters of this visit."""
    return _list("mailbox.index", "mailbox.read")


@blueprint.get("/visits/<slug>/mail/<mail_id>")
@needs("mail.view")
def read(mail_id: str) -> str:
    """One letter of this visit."""
    return _letter(mail_id, "mailbox.index", "mailbox.file", "mailbox.again")


@blueprint.get("/visits/<slug>/mail/<mail_id>.eml")
@needs("links.issue")
def file(mail_id: str) -> Response:
    """The letter as a file, for whoever may give links out."""
    return _file(mail_id)


@blueprint.post("/visits/<slug>/mail/<mail_id>/again")
@needs("links.issue")
def again(mail_id: str) -> Response:
    """Another try, at once, for a letter that was not delivered."""
    return _again(mail_id, "mailbox.read")


@blueprint.get("/accounts/mail")
@needs_anywhere("accounts.manage")
def own_index() -> str:
    """The letters to staff: invitations and new passwords."""
    return _list("mailbox.own_index", "mailbox.own_read")


@blueprint.get("/accounts/mail/<mail_id>")
@needs_anywhere("accounts.manage")
def own_read(mail_id: str) -> str:
    """One letter to staff."""
    return _letter(mail_id, "mailbox.own_index", "mailbox.own_file", "mailbox.own_again")


@blueprint.get("/accounts/mail/<mail_id>.eml")
@needs_anywhere("accounts.manage")
def own_file(mail_id: str) -> Response:
    """The letter as a file."""
    return _file(mail_id)


@blueprint.post("/accounts/mail/<mail_id>/again")
@needs_anywhere("accounts.manage")
def own_again(mail_id: str) -> Response:
    """Another try, at once, for a letter that was not delivered."""
    return _again(mail_id, "mailbox.own_read")


def _list(here: str, there: str) -> str:
    asked, at = act(), request.args.get("state", "")
    state = at if at in STATES else ""
    page = Page(page_number(), count_mails(asked.session, asked.visit_id, state), SIZE)
    first = (page.number - 1) * SIZE
    rows = list_mails(asked.session, asked.visit_id, state, first=first, most=SIZE)
    views = [_view(here, code, state) for code in ("", *STATES)]
    return render_template(
        "mailbox/index.html", rows=rows, page=page, views=views, STATES=STATES, there=there
    )


def _view(here: str, code: str, state: str) -> dict[str, object]:
    label = STATES[code][0] if code else gettext("All")
    address = url_for(here, state=code) if code else url_for(here)
    return {"url": address, "label": label, "current": code == state}


def _letter(mail_id: str, back: str, file_at: str, again_at: str) -> str:
    asked = act()
    may_link = may(principal(), "links.issue", asked.visit_id)
    shown = mail.read(asked, mail_id, links_too=may_link)
    return render_template(
        "mailbox/letter.html",
        letter=shown.row,
        shown=shown,
        back=url_for(back),
        file=url_for(file_at, mail_id=mail_id) if may_link else "",
        again=url_for(again_at, mail_id=mail_id) if may_link and shown.may_send_again else "",
        STATES=STATES,
    )


def _file(mail_id: str) -> Response:
    response = make_response(mail.as_file(act(), mail_id))
    response.headers["Content-Type"] = "message/rfc822"
    response.headers["Content-Disposition"] = f"attachment; filename=letter-{mail_id[:16]}.eml"
    response.headers["Content-Security-Policy"] = "sandbox"
    return response


def _again(mail_id: str, back: str) -> Response:
    mail.send_again(act(), mail_id)
    flash(gettext("The letter is on its way again."), "done")
    return redirect(url_for(back, mail_id=mail_id))
