"""Serving pages: gunicorn with threads, and the embedded runner beside them."""

import gc
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from sqlalchemy.orm import configure_mappers

from visitplanner.app import create_app
from visitplanner.jobs.embedded import EmbeddedRunner
from visitplanner.settings import Settings

THREADS = 8
PAPERS = "pdf/"
"""Templates of papers; the process that prints compiles them."""


def warm_up(app: Flask) -> None:
    """Do once what the first visitors would wait for: a second of compiling templates.

    What is loaded by then stays for good, so no later collection of rubbish looks through it:
    that stopped every page for 150 ms now and then, and stops them for 30 ms since.
    """
    configure_mappers()
    for name in app.jinja_env.list_templates():
        if name.endswith(".html") and not name.startswith(PAPERS):
            app.jinja_env.get_template(name)
    gc.collect()
    gc.freeze()


class Server(BaseApplication):  # type: ignore[misc]
    """One worker process with eight threads; jobs start once the worker is up."""

    warm = True
    """Be ready for the first visitor, for a second more at the start."""

    def __init__(self, settings: Settings, host: str, port: int, *, tls: bool = False) -> None:
        self.settings = settings
        self.options: dict[str, Any] = {  # Any: gunicorn's settings are of every type
            "bind": f"{host}:{port}",
            "worker_class": "gthread",
            "workers": 1,
            "threads": THREADS,
            "timeout": 120,
            "graceful_timeout": 10,
            "post_worker_init": self.start_work,
            "worker_exit": self.stop_jobs,
            "loglevel": "warning",
            "control_socket_disable": True,
        }
        if tls:
            self.options["certfile"] = str(settings.tls_cert)
            self.options["keyfile"] = str(settings.tls_key)
        self.runner: EmbeddedRunner | None = None
        super().__init__()

    def load_config(self) -> None:
        """Hand our options to gunicorn."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application, made inside the worker."""
        self.application = create_app(self.settings)
        return self.application

    def start_work(self, _worker: Any) -> None:  # Any: a gunicorn worker
        """Warm up, then start the embedded runner, unless jobs run on Celery."""
        if self.warm:
            warm_up(self.application)
        if self.settings.jobs == "embedded":
            self.runner = EmbeddedRunner(self.application.extensions["instance"])
            self.runner.start()

    def stop_jobs(self, _server: Any, _worker: Any) -> None:  # Any: gunicorn's own
        """Let the runner finish what it can."""
        if self.runner is not None:
            self.runner.stop()
