"""Where a page leads after signing in: a known page by its name, never an address from outside."""

from flask import current_app, url_for

from visitplanner.extensions import db
from visitplanner.queries.visits import visit_by_slug

HOMES = ("visits.index", "delegations.index", "accounts.me")


def way_back(endpoint: str, slug: str) -> str:
    """The address of the page `endpoint` of the visit `slug`, or a page that always exists.

    Only pages that a plain GET opens and that need nothing but the visit are taken.
    """
    known = _opens_with(endpoint, slug)
    if known is not None:
        return known
    for home in HOMES:
        found = _opens_with(home, slug)
        if found is not None:
            return found
    return "/"


def inside(wanted: str, slug: str) -> str:
    """`wanted` if it is an address of this visit's console, else nothing."""
    good = wanted.startswith(f"/visits/{slug}/") and "\\" not in wanted and "\n" not in wanted
    return wanted if good and wanted.isprintable() else ""


def _opens_with(endpoint: str, slug: str) -> str | None:
    if endpoint not in current_app.view_functions or endpoint == "static":
        return None
    if endpoint.startswith("accounts.sign_"):
        return None
    needs_slug = bool(slug) and visit_by_slug(db.session(), slug) is not None
    given = {"slug"} if needs_slug else set()
    for rule in current_app.url_map.iter_rules(endpoint):
        if "GET" in (rule.methods or ()) and rule.arguments <= given:
            return url_for(endpoint, slug=slug) if rule.arguments else url_for(endpoint)
    return None
