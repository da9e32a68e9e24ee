"""The commands `user add` and `token add`."""

from pathlib import Path

import click

from visitplanner.domain.access import ROLES
from visitplanner.domain.refusals import Refusal
from visitplanner.models import Organisation, Visit
from visitplanner.opening import data_dir_option, open_for_command, said
from visitplanner.queries.accounts import organisation_by_code
from visitplanner.queries.visits import visit_by_slug
from visitplanner.services.accounts import invitations, people, tokens
from visitplanner.services.act import Act
from visitplanner.services.instance import Instance
from visitplanner.services.sessions import SCOPES


def add_user(
    instance: Instance,
    email: str,
    role: str,
    *,
    visit: str = "",
    organisation: str = "",
    name: str = "",
    language: str = "ru",
    password_only: bool = False,
) -> str:
    """Make an account, mail the invitation; its address, told once. Raises Refusal."""
    with instance.session() as session:
        act = Act(instance, session)
        grant = invitations.Grant(role, _visit_id(act, visit), _organisation_id(act, organisation))
        people.checked_grant(act, grant)
        return invitations.invite_and_tell(
            act, email, name, language, grant, password_only=password_only
        )


def add_api_token(instance: Instance, visit: str, scope: str, label: str = "") -> str:
    """Make an API token of a visit; the token, told once. Raises Refusal."""
    with instance.session() as session:
        act = Act(instance, session)
        return tokens.add_token(act, _visit(act, visit), scope, label)


@click.group()
def user() -> None:
    """Accounts of staff."""


@user.command("add")
@click.argument("email")
@click.option("--role", required=True, type=click.Choice(sorted(ROLES)), help="Role to give.")
@click.option("--visit", default="", metavar="SLUG", help="Visit of the role; all when left out.")
@click.option("--organisation", default="", metavar="CODE", help="Organisation of the role.")
@click.option("--name", default="", help="Name as colleagues know it.")
@click.option("--language", default="ru", type=click.Choice(["ru", "en"]), help="Of the letter.")
@click.option("--no-second-factor", is_flag=True, help="Excuse the account from a second step.")
@data_dir_option
def user_add(
    email: str,
    role: str,
    visit: str,
    organisation: str,
    name: str,
    language: str,
    no_second_factor: bool,
    data_dir: Path | None,
) -> None:
    """Make an account and print the link with which its owner chooses a password."""
    instance = open_for_command(data_dir)
    try:
        address = add_user(
            instance,
            email,
            role,
            visit=visit,
            organisation=organisation,
            name=name,
            language=language,
            password_only=no_second_factor,
        )
    except Refusal as refusal:
        raise click.ClickException(said(refusal)) from refusal
    click.echo(f"The account is made. Choose the password within 72 hours at\n{address}")


@click.group()
def token() -> None:
    """Tokens for programs."""


@token.command("add")
@click.option("--visit", required=True, metavar="SLUG", help="The one visit it opens.")
@click.option("--scope", required=True, type=click.Choice(sorted(SCOPES)), help="What it may do.")
@click.option("--label", default="", help="What it is for.")
@data_dir_option
def token_add(visit: str, scope: str, label: str, data_dir: Path | None) -> None:
    """Make an API token and print it; it is not shown again."""
    instance = open_for_command(data_dir)
    try:
        made = add_api_token(instance, visit, scope, label)
    except Refusal as refusal:
        raise click.ClickException(said(refusal)) from refusal
    click.echo(made)


def _visit(act: Act, slug: str) -> Visit:
    found = visit_by_slug(act.session, slug)
    if found is None:
        raise Refusal("no-such-visit", slug=slug)
    return found


def _visit_id(act: Act, slug: str) -> str | None:
    return _visit(act, slug).id if slug else None


def _organisation_id(act: Act, code: str) -> str | None:
    if not code:
        return None
    found: Organisation | None = organisation_by_code(act.session, code)
    if found is None:
        raise Refusal("no-such-organisation", code=code)
    return found.id
