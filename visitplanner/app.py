"""Wires settings, database, blueprints and jobs into one Flask application."""

from importlib import import_module
from time import perf_counter
from typing import Any

from flask import Flask, Response, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

from visitplanner.extensions import db, migrate
from visitplanner.jobs import queue
from visitplanner.models.engine import prepare
from visitplanner.paths import MIGRATIONS, STATIC, TEMPLATES
from visitplanner.services.files import FileStore
from visitplanner.services.instance import Instance
from visitplanner.services.vault import Vault
from visitplanner.settings import Settings, load_settings
from visitplanner.web import health
from visitplanner.web.access import init_access, principal
from visitplanner.web.assets import asset
from visitplanner.web.bodies import init_bodies
from visitplanner.web.errors import init_errors
from visitplanner.web.languages import init_languages
from visitplanner.web.moments import day, init_moments
from visitplanner.web.navigation import navigation, search_url
from visitplanner.web.security import init_security
from visitplanner.web.sessions import TableSessions
from visitplanner.web.words import init_words

ROOMS: tuple[str, ...] = (
    "accounts",
    "accreditation",
    "agenda",
    "badges",
    "checkin",
    "delegations",
    "links",
    "mailbox",
    "programmes",
    "speakers",
    "visits",
    "tours",
    "registration",
    "reports",
)
"""Blueprints by module name under `visitplanner.blueprints`; each offers `blueprint`."""

API: tuple[str, ...] = ("description", "scans")
"""Resources under `visitplanner.api`; each offers `blueprint`."""

WORK: tuple[str, ...] = ("mail", "printing", "tour_plans")
"""Services that register kinds of jobs when they are imported."""

UPLOAD_BYTES = 12 * 1024 * 1024


def create_app(settings: Settings | None = None) -> Flask:
    """An application for these settings; the database is neither made nor migrated here."""
    settings = settings or load_settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    app = Flask(
        "visitplanner",
        template_folder=str(TEMPLATES),
        static_folder=str(STATIC),
        instance_path=str(settings.data_dir.resolve()),
    )
    vault = Vault(settings.secret_key())
    app.config.update(
        SECRET_KEY=vault.derive("flask"),
        SQLALCHEMY_DATABASE_URI=settings.database,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database),
        SESSION_COOKIE_SECURE=settings.secure,
        MAX_CONTENT_LENGTH=UPLOAD_BYTES,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.session_interface = TableSessions()
    db.init_app(app)
    migrate.init_app(app, db, directory=str(MIGRATIONS), render_as_batch=True)
    with app.app_context():
        prepare(db.engine)
        app.extensions["instance"] = Instance(
            settings, db.engine, vault, FileStore(settings.files, vault)
        )
    init_languages(app, settings.language_codes)
    init_moments(app)
    init_words(app)
    _behind(app, settings.proxies)
    init_security(app, settings.base_url)
    init_access(app)
    init_bodies(app)
    init_errors(app)
    _init_templates(app)
    _init_metrics(app)
    _open_rooms(app)
    _tell_workers(settings)
    return app


def _behind(app: Flask, proxies: int) -> None:
    """Take the visitor's address and scheme from so many proxies of ours, and from nobody else."""
    if proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0
        )


def engine_options(database: str) -> dict[str, Any]:
    """How many connections are kept; PostgreSQL's are checked before use."""
    if database.startswith("sqlite"):
        return {"pool_size": 20, "connect_args": {"timeout": 10}}
    return {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 10}


def _tell_workers(settings: Settings) -> None:
    """With Celery, tell its workers of every job that is committed."""
    if settings.jobs == "celery":
        from visitplanner.jobs.sending import Sender

        queue.on_enqueue(Sender(settings.broker_url))


def _open_rooms(app: Flask) -> None:
    for name in WORK:
        import_module(f"visitplanner.services.{name}")
    app.register_blueprint(health.blueprint)
    for name in ROOMS:
        app.register_blueprint(import_module(f"visitplanner.blueprints.{name}").blueprint)
    for name in API:
        app.register_blueprint(import_module(f"visitplanner.api.{name}").blueprint)


def _init_templates(app: Flask) -> None:
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["asset"] = asset

    @app.context_processor
    def shell() -> dict[str, Any]:
        who = principal()
        return {
            "navigation": navigation,
            "visit": g.get("visit"),
            "principal": who,
            "principal_name": who.name,
            "visit_dates": day(g.visit.day) if "visit" in g else "",
            "search_url": search_url(),
        }


def _init_metrics(app: Flask) -> None:
    @app.before_request
    def start_clock() -> None:
        g.started = perf_counter()

    @app.after_request
    def count(response: Response) -> Response:
        route = str(request.url_rule) if request.url_rule else "unknown"
        health.REQUESTS.labels(route, response.status_code).inc()
        if "started" in g:
            health.SECONDS.labels(route).observe(perf_counter() - g.started)
        return response
