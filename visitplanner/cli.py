"""The command `visitplanner`."""

import sys

import click

from visitplanner.command_line import Directory, run

INSTANCE = ("init", "upgrade", "serve", "worker", "demo", "doctor")
ELSEWHERE = {
    **{name: f"visitplanner.instance_commands:{name}" for name in INSTANCE},
    "visits": "visitplanner.instance_commands:list_visits",
    "user": "visitplanner.account_commands:user",
    "token": "visitplanner.account_commands:token",
    "badge": "visitplanner.badge_commands:badge",
    "badges": "visitplanner.visit_commands:badges",
    "programme": "visitplanner.visit_commands:programme",
    "papers": "visitplanner.visit_commands:papers",
    "tours": "visitplanner.tour_commands:tours",
}


@click.group(
    cls=Directory,
    elsewhere=ELSEWHERE,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="visitplanner")
def visitplanner() -> None:
    """Plan visits of many delegations."""


def main() -> None:
    """Run the command; a refusal or a wrong setting is one sentence and exit status 1."""
    try:
        run(visitplanner)
    except Exception as error:
        sentences = _sentences(error)
        if not sentences:
            raise
        for sentence in sentences:
            click.echo(sentence, err=True)
        sys.exit(1)


def _sentences(error: Exception) -> list[str]:
    """What a refusal or a wrong setting says, nothing for other errors."""
    # Neither is loaded for a command that cannot raise it.
    from pydantic import ValidationError

    from visitplanner.domain.refusals import Refusal

    if isinstance(error, Refusal):
        return [f"Refused: {error}"]
    if not isinstance(error, ValidationError):
        return []
    found = []
    for fault in error.errors():
        name = "".join(f"VISITPLANNER_{part}: ".upper() for part in fault["loc"])
        found.append(f"Wrong setting: {name}{fault['msg']}")
    return found
