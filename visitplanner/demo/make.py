"""`visitplanner demo`: the visit of 50 countries, the same for the same day, ready to work in."""

import random
import shutil
import socket
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from flask_migrate import upgrade
from sqlalchemy.orm import Session

from visitplanner.app import create_app
from visitplanner.demo.accounts import PASSWORD, make_accounts
from visitplanner.demo.delegations import make_delegations
from visitplanner.demo.others import make_others
from visitplanner.demo.papers import finish_demo
from visitplanner.demo.programme import make_programme
from visitplanner.demo.tour import make_tour
from visitplanner.demo.visit import SLUG, make_visit
from visitplanner.models.base import ALPHABET, KEY_LENGTH, set_clock, set_key_source
from visitplanner.queries.visits import visits
from visitplanner.server import Server
from visitplanner.services.instance import Instance
from visitplanner.services.states import load_states
from visitplanner.settings import Settings

ZONE = ZoneInfo("Europe/Moscow")
FIRST_PORT = 8000


def make_demo(
    folder: Path,
    *,
    host: str,
    port: int | None,
    day: date | None,
    serve: bool,
    reset: bool,
) -> None:
    """Make the demo in `folder` unless it is there already, then serve it."""
    if reset and folder.exists():
        shutil.rmtree(folder)
    place = port or free_port(host)
    settings = Settings(data_dir=folder, base_url=f"http://{host}:{place}")
    app = create_app(settings)
    ready = folder / "demo-ready"
    if not ready.exists():
        _start_over(folder, settings)
        app = create_app(settings)
        chosen = day or datetime.now(ZONE).date() + timedelta(days=1)
        click.echo(f"Making the visit of {chosen.isoformat()} …")
        with app.app_context():
            upgrade()
        _demand_empty(app.extensions["instance"])
        build(app.extensions["instance"], chosen)
        ready.write_text(chosen.isoformat())
    else:  # made by an earlier release
        with app.app_context():
            upgrade()
    _say(folder, settings.base_url)
    if serve:
        Server(settings, host, place).run()


def _start_over(folder: Path, settings: Settings) -> None:
    """A demo that was interrupted half-way is made afresh; its secret key stays."""
    for name in ("visitplanner.sqlite", "visitplanner.sqlite-wal", "visitplanner.sqlite-shm"):
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / "files", ignore_errors=True)
    settings.secret_key()


def _demand_empty(instance: Instance) -> None:
    """A database of VISITPLANNER_DATABASE_URL is not ours to empty."""
    with instance.session(writing=False) as session:
        if visits(session):
            raise click.ClickException(
                "The database of VISITPLANNER_DATABASE_URL holds visits already. "
                "Give the demo an empty one."
            )


def build(instance: Instance, day: date) -> None:
    """Write the whole visit of `day`; keys and times are those of every run for that day."""
    made_at = datetime.combine(day - timedelta(days=1), time(9), UTC)
    set_key_source(_numbered_keys(day))
    set_clock(lambda: made_at)
    try:
        with instance.session() as session:
            _write(instance, session, day, made_at)
            session.commit()
        finish_demo(instance)
    finally:
        set_key_source(None)
        set_clock(None)


def _write(instance: Instance, session: Session, day: date, made_at: datetime) -> None:
    load_states(session)
    setting = make_visit(session, day, made_at)
    make_delegations(instance, session, setting)
    make_others(instance, session, setting)
    make_programme(session, setting)
    make_tour(session, setting)
    make_accounts(session, setting)


def _numbered_keys(day: date) -> Callable[[], str]:
    dice = random.Random(day.toordinal())  # noqa: S311 - keys of invented people
    return lambda: "".join(dice.choice(ALPHABET) for _ in range(KEY_LENGTH))


def free_port(host: str, first: int = FIRST_PORT) -> int:
    """The first port from `first` that nobody listens on."""
    for port in range(first, first + 200):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise click.ClickException("No free port between 8000 and 8199.")


def _say(folder: Path, address: str) -> None:
    click.echo(f"\nVisit Planner, demo   {address}/")
    click.echo(f"  public page         {address}/")
    click.echo(f"  staff console       {address}/visits/{SLUG}/delegations")
    for who, email in (
        ("protocol officer", "officer@demo.example"),
        ("tour coordinator", "tours@demo.example"),
        ("venue desk", "desk@demo.example"),
        ("administrator", "admin@demo.example"),
    ):
        click.echo(f"  {who:<19} {email}  password: {PASSWORD}")
    click.echo(f"  papers              {(folder / 'papers').resolve()}")
    click.echo("Everybody in it is invented. Ctrl-C ends it; the data stay.\n")
