"""Commands on an instance: made, migrated, listed, served; the demo; what a machine lacks."""

import json
import sys
from datetime import date, datetime
from pathlib import Path

import click

from visitplanner.demo.make import make_demo
from visitplanner.doctor import lacks
from visitplanner.extensions import db
from visitplanner.logs import set_up_logs
from visitplanner.opening import data_dir_option, json_option, open_instance
from visitplanner.queries.visits import visits as all_visits
from visitplanner.server import Server
from visitplanner.settings import load_settings


@click.command()
@data_dir_option
def init(data_dir: Path | None) -> None:
    """Make a new instance: settings file, secret key, database."""
    settings = load_settings(data_dir)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    env_file = settings.data_dir / "visitplanner.env"
    if not env_file.exists():
        env_file.write_text("# VISITPLANNER_… settings, one a line; see docs/admin/settings.md\n")
    open_instance(data_dir)
    click.echo(f"The instance is in {settings.data_dir.resolve()}.")


@click.command()
@data_dir_option
def upgrade(data_dir: Path | None) -> None:
    """Migrate the database to the newest version."""
    open_instance(data_dir)
    click.echo("The database is at the newest version.")


@click.command(name="visits")
@data_dir_option
@json_option
def list_visits(data_dir: Path | None, as_json: bool) -> None:
    """List the visits: slug, title, day, state."""
    app = open_instance(data_dir)
    with app.app_context():
        rows = [
            {
                "slug": visit.slug,
                "title": visit.title,
                "day": visit.day.isoformat(),
                "state": visit.state,
            }
            for visit in all_visits(db.session())
        ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        title = row["title"]
        words = title.get("en") or next(iter(title.values()), "") if isinstance(title, dict) else ""
        click.echo(f"{row['slug']}  {row['day']}  {row['state']}  {words}")


@click.command()
@data_dir_option
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--tls", is_flag=True, help="HTTPS with VISITPLANNER_TLS_CERT and _KEY.")
def serve(data_dir: Path | None, host: str, port: int, tls: bool) -> None:
    """Serve the pages; jobs run beside them unless they run on Celery."""
    settings = load_settings(data_dir)
    if tls and not (settings.tls_cert and settings.tls_key):
        raise click.ClickException("--tls needs VISITPLANNER_TLS_CERT and VISITPLANNER_TLS_KEY.")
    open_instance(data_dir)
    scheme = "https" if tls else "http"
    click.echo(f"Visit Planner is at {scheme}://{host}:{port}/")
    Server(settings, host, port, tls=tls).run()


@click.command()
@data_dir_option
@click.option("--concurrency", default=2, show_default=True)
def worker(data_dir: Path | None, concurrency: int) -> None:
    """Run a Celery worker, which also looks for jobs that nobody was told of."""
    settings = load_settings(data_dir)
    if settings.jobs != "celery":
        raise click.ClickException("A worker needs VISITPLANNER_JOBS=celery.")
    from visitplanner.jobs.celery import make_worker

    celery = make_worker(settings.broker_url, open_instance(data_dir).extensions["instance"])
    celery.worker_main(["worker", f"--concurrency={concurrency}", "--loglevel=WARNING"])


@click.command()
@data_dir_option
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=int, help="Default: the first free port from 8000.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Default: tomorrow.")
@click.option("--no-serve", is_flag=True, help="Stop after the papers.")
@click.option("--reset", is_flag=True, help="Start afresh.")
def demo(
    data_dir: Path | None,
    host: str,
    port: int | None,
    day: datetime | None,
    no_serve: bool,
    reset: bool,
) -> None:
    """Make the visit of 50 countries, print its papers and serve it."""
    set_up_logs(30)
    folder = data_dir or Path("instance/demo")
    chosen: date | None = day.date() if day else None
    make_demo(folder, host=host, port=port, day=chosen, serve=not no_serve, reset=reset)


@click.command()
@json_option
def doctor(as_json: bool) -> None:
    """Say what this machine lacks, in words."""
    missing = lacks()
    if as_json:
        click.echo(json.dumps(missing, ensure_ascii=False, indent=2))
    else:
        for line in missing or ["Nothing is missing."]:
            click.echo(line)
    if missing:
        sys.exit(1)
