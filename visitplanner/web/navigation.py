"""The main navigation of the console: what this principal may open in this visit."""

from dataclasses import dataclass

from flask import current_app, g, request, url_for
from flask_babel import lazy_gettext

from visitplanner.domain.access import may
from visitplanner.web.access import principal


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the navigation."""

    url: str
    label: str
    current: bool


PAGES = (
    ("delegations.index", "delegations.view", lazy_gettext("Delegations")),
    ("accreditation.queue", "accreditation.view", lazy_gettext("Accreditation")),
    ("agenda.index", "agenda.view", lazy_gettext("Agenda")),
    ("speakers.index", "speakers.view", lazy_gettext("Speakers")),
    ("tours.board", "tours.view", lazy_gettext("Tours")),
    ("badges.index", "badges.view", lazy_gettext("Badges")),
    ("programmes.index", "papers.view", lazy_gettext("Papers")),
    ("checkin.index", "checkin.view", lazy_gettext("Admission")),
    ("visits.edit", "visit.edit", lazy_gettext("Visit")),
)
"""Endpoint, permission, word; an endpoint that does not exist yet is left out."""

NUMBERS = ("reports.totals", "reports.view", lazy_gettext("Totals"))
"""First for those who see no delegations; the others find it below their name."""


def navigation() -> list[Entry]:
    """The links for this page's masthead; empty outside a visit."""
    visit = g.get("visit")
    if visit is None:
        return []
    here = (request.blueprint or "").split(".")[0]
    pages = PAGES if may(principal(), "delegations.view", visit.id) else (NUMBERS, *PAGES)
    return [
        Entry(url_for(endpoint), str(label), endpoint.split(".")[0] == here)
        for endpoint, permission, label in pages
        if endpoint in current_app.view_functions and may(principal(), permission, visit.id)
    ]


def search_url() -> str:
    """The address of the visit's search for who may use it, else empty."""
    visit, endpoint = g.get("visit"), "delegations.search"
    if visit is None or endpoint not in current_app.view_functions:
        return ""
    return url_for(endpoint) if may(principal(), "delegations.view", visit.id) else ""
