"""One search for people, missions and badge numbers, in any script."""

from flask import render_template, request

from visitplanner.blueprints.delegations import blueprint
from visitplanner.blueprints.delegations.pages import allowed
from visitplanner.domain.names import clean_line
from visitplanner.queries.lines import person_lines
from visitplanner.queries.names import state_labels
from visitplanner.queries.search import Found
from visitplanner.queries.search import search as find
from visitplanner.web.access import act, needs, visit
from visitplanner.web.languages import language


@blueprint.get("/visits/<slug>/search")
@needs("delegations.view")
def search() -> str:
    """What answers `?q=`; people only for those who may see them."""
    doing, text = act(), clean_line(request.args.get("q", ""))[:100]
    found = find(doing.session, visit().id, text)
    if not allowed("persons.view"):
        found = Found([], found.delegations, [])
    keys = {row.mission.state_key for row in found.delegations}
    badges = [badge.participant_id for badge in found.badges]
    return render_template(
        "delegations/search.html",
        search_text=text,
        found=found,
        people=person_lines(doing.session, visit().id, found.people, language()),
        labels=state_labels(doing.session, visit().id, language(), keys) if keys else {},
        badge_people=badges,
    )
