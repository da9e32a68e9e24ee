"""Scans of badges: taken in batches, judged, stored once, each answered by its id."""

from flask import Blueprint, Response, jsonify

from visitplanner.api.description import describes
from visitplanner.api.requests import Unreadable, answer_unreadable, body
from visitplanner.api.schemas import MOST_SCANS, ScanAnswers, ScanBatch, ScanIn
from visitplanner.api.verdict_words import answer
from visitplanner.queries.admission import ScanRef, guests
from visitplanner.services.admission import NewScan, store_scans
from visitplanner.web.access import act, needs, visit
from visitplanner.web.languages import language

blueprint = Blueprint("scans", __name__, url_prefix="/api/v1")
blueprint.register_error_handler(Unreadable, answer_unreadable)

REFUSALS = {
    413: f"More than {MOST_SCANS} scans",
    422: "The body does not follow the schema; nothing was stored",
}


@blueprint.post("/visits/<slug>/scans")
@needs("checkin.scan")
@describes(takes=ScanBatch, gives=ScanAnswers, refusals=REFUSALS)
def take_scans() -> Response:
    """Store scans and say what each of them comes to. Every id of the batch is answered."""
    batch = body(ScanBatch)
    asked = act()
    results = store_scans(asked, visit(), [_new(scan) for scan in batch.scans])
    refs = {r.id: ScanRef(r.participant_id, r.badge_number) for r in results}
    known = guests(asked.session, visit().id, refs.values(), language())
    answers = [answer(result, known.get(refs[result.id])) for result in results]
    return jsonify(ScanAnswers(results=answers).model_dump(mode="json", exclude_none=True))


def _new(scan: ScanIn) -> NewScan:
    return NewScan(
        id=scan.id,
        text=scan.code,
        checkpoint=scan.checkpoint,
        at=scan.at,
        direction=scan.direction,
        device=scan.device,
        typed=scan.how == "typed",
    )
