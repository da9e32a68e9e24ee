"""The demo, made once a run by the first worker that asks; tests that write work on a copy."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade

from tests.support import run
from visitplanner.app import create_app
from visitplanner.demo.make import build
from visitplanner.extensions import db as extension
from visitplanner.services.instance import Instance
from visitplanner.settings import Settings, load_settings

DAY = date(2027, 10, 14)


def settings_in(folder: Path) -> Settings:
    """The settings of a demo whose instance is `folder`."""
    return load_settings(folder, base_url="http://localhost")


def make(folder: Path, day: date = DAY) -> Path:
    """Make the demo of `day` in `folder`, as `visitplanner demo` does; its folder."""
    app = create_app(settings_in(folder))
    with app.app_context():
        upgrade()
        build(app.extensions["instance"], day)
        extension.engine.dispose()
    return folder


def _make_once(day: date) -> Path:
    folder = run.folder() / f"demo-{day.isoformat()}"
    return Path(run.once(folder.name, lambda: str(make(folder, day))))


@pytest.fixture(scope="session")
def demo_folder() -> Path:
    """The instance of the demo of DAY, to be read only."""
    return _make_once(DAY)


@pytest.fixture
def demo_copy(tmp_path: Path) -> Path:
    """A copy of the instance of the demo, to be written to."""
    return copy_of_demo(tmp_path / "demo")


def copy_of_demo(place: Path, day: date = DAY) -> Path:
    """Copy the instance of the demo of `day` to `place`, to be written to."""
    return Path(shutil.copytree(_make_once(day), place))


def opened(folder: Path) -> Iterator[Instance]:
    """The instance in `folder`; its connections end with the iteration."""
    app: Flask = create_app(settings_in(folder))
    instance: Instance = app.extensions["instance"]
    yield instance
    instance.engine.dispose()


@pytest.fixture(scope="module")
def demo(demo_folder: Path) -> Iterator[Instance]:
    """The instance of the demo, to be read only."""
    yield from opened(demo_folder)
