"""Totals of a visit."""

from flask import render_template

from visitplanner.blueprints.reports import blueprint
from visitplanner.queries.totals import totals
from visitplanner.web.access import act, needs, visit


@blueprint.get("/visits/<slug>/reports", endpoint="totals")
@needs("reports.view")
def totals_page() -> str:
    """How many are invited, named, approved, badged and there; nobody is named."""
    return render_template("reports/totals.html", totals=totals(act().session, visit()))
