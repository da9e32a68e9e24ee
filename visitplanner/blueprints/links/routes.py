"""`/r/<token>`: looking changes nothing; the button opens the list in this browser."""

from flask import current_app, redirect, render_template, request, session, url_for
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from visitplanner.blueprints.links import blueprint
from visitplanner.domain.links import LinkState
from visitplanner.domain.refusals import NotFound, Refusal
from visitplanner.services import links
from visitplanner.web import access
from visitplanner.web.access import act, principal, public
from visitplanner.web.languages import language
from visitplanner.web.refusals import add_words, sentence

Page = str | Response | tuple[str, int]

ROOMS = {
    "delegation": "registration.workspace",
    "organisation": "registration.workspace",
    "delegate": "registration.mine",
}
"""Where a guest of each kind goes."""

add_words(
    {
        "link-unknown": lazy_gettext(
            "We do not know this link. Perhaps a part of it was lost: copy it whole."
        ),
        "link-used": lazy_gettext(
            "This link has been opened already, on another device or in another browser."
        ),
        "link-expired": lazy_gettext("This link has expired."),
        "link-revoked": lazy_gettext(
            "The protocol department has replaced this link or taken it back."
        ),
        "link-fresh": lazy_gettext("This link has not been opened yet. Open it."),
        "link-no-address": lazy_gettext(
            "We have no e-mail address for you. Ask the protocol department for a new link."
        ),
    }
)


@blueprint.get("/r/<token>", endpoint="open")
@public
def show(token: str) -> Page:
    """Whose link it is, and one button; a browser that has opened it goes on at once."""
    try:
        found = links.find_link(act(), token, address=_address(), opened=_opened())
    except Refusal as refusal:
        return _closed(refusal, token)
    if found.link_id == principal().id:
        return redirect(_room(found.purpose))
    if found.state not in (LinkState.FRESH, LinkState.OURS):
        return _closed(Refusal(f"link-{found.state}"), token, found)
    return render_template("links/welcome.html", found=found, subject=found.subject)


@blueprint.post("/r/<token>", endpoint="enter")
@public
def enter(token: str) -> Page:
    """Use the link up and begin the guest's session."""
    opened = _opened()
    try:
        guest = links.open_link(act(), token, address=_address(), opened=opened)
    except Refusal as refusal:
        return _closed(refusal, token)
    access.sign_in(guest)
    session["opened"] = sorted(opened | {guest.id})
    return redirect(_room(guest.kind))


@blueprint.post("/r/<token>/again", endpoint="again")
@public
def send_again(token: str) -> Page:
    """Mail a new link to the address we have."""
    try:
        masked = links.send_again(act(), token, address=_address(), language=language())
    except Refusal as refusal:
        return _closed(refusal, token)
    return render_template("links/sent.html", masked=masked)


def _closed(refusal: Refusal, token: str, found: links.Found | None = None) -> Page:
    """The page of a link that does not open, with the way out."""
    if found is None and refusal.status == 410:
        found = links.find_link(act(), token, address=_address(), opened=_opened())
    status = 410 if found else refusal.status
    again = bool(found and found.masked and found.state is not LinkState.REVOKED)
    page = render_template(
        "links/closed.html",
        words=sentence(refusal),
        again=url_for("links.again", token=token) if again else "",
        masked=found.masked if found else "",
        subject=found.subject if found else None,
    )
    return page, status


def _room(purpose: str) -> str:
    endpoint = ROOMS[purpose]
    if endpoint not in current_app.view_functions:
        raise NotFound("not-found")
    return url_for(endpoint)


def _opened() -> frozenset[str]:
    """The links this browser has opened."""
    here = {principal().id} if principal().is_guest else set()
    return frozenset(session.get("opened", [])) | here


def _address() -> str:
    return request.remote_addr or ""
