"""What every command does first: open the instance, its database at the newest version."""

import os
from pathlib import Path

import click
from flask import Flask
from flask_migrate import upgrade as migrate_up

from visitplanner.app import create_app
from visitplanner.domain.refusals import Refusal
from visitplanner.extensions import db
from visitplanner.logs import set_up_logs
from visitplanner.services.instance import Instance
from visitplanner.services.signing import opens
from visitplanner.services.states import load_states
from visitplanner.settings import load_settings

data_dir_option = click.option(
    "--data-dir", type=click.Path(path_type=Path), help="Folder of the instance."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print facts as JSON.")


def ready_output(_context: click.Context, _parameter: click.Parameter, value: Path) -> Path:
    """Refuse an output that cannot be written before work begins."""
    folder = value.absolute().parent
    if not folder.is_dir():
        raise click.BadParameter(f"there is no folder {folder}")
    if value.is_dir() or not os.access(value if value.exists() else folder, os.W_OK):
        raise click.BadParameter(f"{value} cannot be written")
    return value


FOREIGN_KEY = (
    "The secret key is not the one this database was written with: photographs, document numbers "
    "and badges could not be read. Put back the secret.key that was kept with the backup."
)
SENTENCES = {
    "account-known": "There is an account with this e-mail already.",
    "mail-address": "This is not an e-mail address we can write to.",
    "no-such-visit": "There is no visit %(slug)s.",
    "no-such-organisation": "There is no organisation %(code)s.",
    "organisation-not-in-visit": "This organisation takes no part in the visit.",
    "nobody-ready": "Nobody may have a badge yet.",
    "no-agenda": "There is nothing in the agenda for guests yet.",
    "no-tour-plan": "The tour has no plan yet.",
    "no-tour-rules": "The tour has no rules yet.",
    "no-such-person": "There is no person %(person)s in this visit.",
    "no-such-delegation": "There is no delegation %(code)s.",
    "badge-too-full": "%(person)s: the texts are too long for a badge; shorten the position.",
    "glyph-missing": "%(person)s: no font draws %(character)s (%(codepoint)s).",
}


def open_instance(data_dir: Path | None = None) -> Flask:
    """The application of an instance whose database is at the newest version."""
    set_up_logs(30)
    app = create_app(load_settings(data_dir))
    bring_up(app)
    return app


def bring_up(app: Flask) -> None:
    """Migrate to head and renew the shipped table of states.

    Raises ClickException where the secret key is not the one of this database.
    """
    found: Instance = app.extensions["instance"]
    with app.app_context():
        migrate_up()
        if not opens(db.session(), found.vault):
            raise click.ClickException(FOREIGN_KEY)
        load_states(db.session())
        db.session.commit()


def said(refusal: Refusal) -> str:
    """The refusal as one English sentence."""
    words = SENTENCES.get(refusal.code, f"This cannot be done ({refusal.code}).")
    return words % refusal.details if refusal.details else words


def open_for_command(data_dir: Path | None) -> Instance:
    """The instance of a command, migrated."""
    found: Instance = open_instance(data_dir).extensions["instance"]
    return found
