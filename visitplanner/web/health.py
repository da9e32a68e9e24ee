"""Health and metrics for whoever watches the machine."""

from flask import Blueprint, Response, jsonify
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest
from sqlalchemy import func, select, text

from visitplanner.extensions import db
from visitplanner.models import Job
from visitplanner.models.base import now
from visitplanner.web.access import public

REQUESTS = Counter("visitplanner_requests", "Answers by route and status", ["route", "status"])
SECONDS = Histogram("visitplanner_request_seconds", "Time per route", ["route"])

blueprint = Blueprint("health", __name__)


@blueprint.get("/health/live")
@public
def live() -> Response:
    """The process answers."""
    return jsonify({"status": "ok"})


@blueprint.get("/health/ready")
@public
def ready() -> tuple[Response, int]:
    """The database answers; how old the oldest waiting job is, in seconds."""
    db.session.execute(text("SELECT 1"))
    oldest = db.session.scalar(select(func.min(Job.created_at)).where(Job.state == "queued"))
    waiting = (now() - oldest).total_seconds() if oldest else 0.0
    status = 200 if waiting < 900 else 503
    return jsonify({"status": "ok" if status == 200 else "behind", "oldest": waiting}), status


@blueprint.get("/metrics")
@public
def metrics() -> Response:
    """Prometheus text; no names of persons or visits in it."""
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)
