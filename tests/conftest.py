"""Fixtures of the whole run: a migrated instance in its own folder, its application, its client."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy.orm import Session

from visitplanner.app import create_app
from visitplanner.extensions import db as extension
from visitplanner.services.act import Act
from visitplanner.services.instance import Instance
from visitplanner.settings import load_settings

BASE_URL = "http://localhost"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a migrated, empty database: copied for every test."""
    folder = tmp_path_factory.mktemp("migrated")
    app = create_app(load_settings(folder, base_url=BASE_URL))
    with app.app_context():
        upgrade()
        extension.engine.dispose()
    return folder


@pytest.fixture
def data_dir(migrated: Path, tmp_path: Path) -> Path:
    """A data folder of this test alone."""
    return Path(shutil.copytree(migrated, tmp_path / "instance"))


@pytest.fixture
def app(data_dir: Path) -> Iterator[Flask]:
    """The application on a fresh database."""
    app = create_app(load_settings(data_dir, base_url=BASE_URL))
    app.testing = True
    yield app
    with app.app_context():
        extension.session.remove()
        extension.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a session."""
    return app.test_client()


@pytest.fixture
def instance(app: Flask) -> Instance:
    """The running instance, as jobs and commands see it."""
    found: Instance = app.extensions["instance"]
    return found


@pytest.fixture
def db(instance: Instance) -> Iterator[Session]:
    """A session of the test's own; commit to let the application see it."""
    with instance.session() as session:
        yield session


@pytest.fixture
def act(instance: Instance, db: Session) -> Act:
    """An act of nobody in particular, for calling services."""
    return Act(instance, db)
