"""Serving pages: gunicorn with threads, and the embedded runner beside them."""

from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from visitplanner.app import create_app
from visitplanner.jobs.embedded import EmbeddedRunner
from visitplanner.settings import Settings

THREADS = 8


class Server(BaseApplication):  # type: ignore[misc]
    """One worker process with eight threads; jobs start once the worker is up."""

    def __init__(self, settings: Settings, host: str, port: int, *, tls: bool = False) -> None:
        self.settings = settings
        self.options: dict[str, Any] = {  # Any: gunicorn's settings are of every type
            "bind": f"{host}:{port}",
            "worker_class": "gthread",
            "workers": 1,
            "threads": THREADS,
            "timeout": 120,
            "graceful_timeout": 10,
            "post_worker_init": self.start_jobs,
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

    def start_jobs(self, _worker: Any) -> None:  # Any: a gunicorn worker
        """Start the embedded runner, unless jobs run on Celery."""
        if self.settings.jobs == "embedded":
            self.runner = EmbeddedRunner(self.application.extensions["instance"])
            self.runner.start()

    def stop_jobs(self, _server: Any, _worker: Any) -> None:  # Any: gunicorn's own
        """Let the runner finish what it can."""
        if self.runner is not None:
            self.runner.stop()
