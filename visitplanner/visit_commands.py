"""Commands on one visit: badges, programmes, papers, and the tour's plan."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from visitplanner.documents.badge_rooms import LAYOUTS
from visitplanner.domain.access import Grant, Principal
from visitplanner.domain.refusals import Refusal
from visitplanner.models import Delegation, Participant, Visit
from visitplanner.opening import data_dir_option, open_for_command, ready_output, said
from visitplanner.planning.checking.fault import Fault
from visitplanner.queries.visits import visit_by_slug
from visitplanner.services.act import Act
from visitplanner.services.badges import issue, ready_for_badge
from visitplanner.services.instance import Instance
from visitplanner.services.papers import KINDS, print_badges, print_paper
from visitplanner.services.steps import live_badge
from visitplanner.services.tour_editions import take_plan
from visitplanner.services.tour_plans import plan_problem
from visitplanner.services.tour_problem import problem_of
from visitplanner.services.tours import broken_rules
from visitplanner.tour_commands import finite

OPERATOR = Principal(kind="staff", name="command line", grants=(Grant("administrator"),))
output_option = click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE.pdf",
    type=click.Path(path_type=Path),
    callback=ready_output,
)
SPOKEN = click.Choice(["ru", "en"])
"""The languages whose fixed words papers know."""


def found_visit(instance: Instance, slug: str) -> Visit:
    """The visit of this slug; ClickException when there is none."""
    with instance.session(writing=False) as session:
        visit = visit_by_slug(session, slug)
    if visit is None:
        raise click.ClickException(f"There is no visit {slug}.")
    return visit


def refused(refusal: Refusal) -> click.ClickException:
    """A refusal as the command's one sentence."""
    return click.ClickException(said(refusal))


@click.command("badges")
@click.argument("visit", metavar="VISIT")
@output_option
@click.option("--layout", type=click.Choice(LAYOUTS), default="a6", show_default=True)
@click.option("--sheet", type=click.Choice(["a4"]), help="As many as fit on sheets of A4.")
@click.option("--delegation", metavar="CODE", default="", help="Only this delegation.")
@click.option("--person", metavar="ID", default="", help="Only this person.")
@data_dir_option
def badges(
    visit: str,
    output: Path,
    layout: str,
    sheet: str | None,
    delegation: str,
    person: str,
    data_dir: Path | None,
) -> None:
    """Print the badges of everybody who may have one, issuing those that are missing."""
    instance = open_for_command(data_dir)
    row = found_visit(instance, visit)
    try:
        ids = _issued(instance, row.id, delegation, person)
        _, pdf = print_badges(instance, OPERATOR, row.id, ids, layout=layout, sheet=sheet)
    except Refusal as refusal:
        raise refused(refusal) from refusal
    output.write_bytes(pdf)
    click.echo(f"{len(ids)} badges are in {output}.")


def _issued(instance: Instance, visit_id: str, delegation: str, person: str) -> list[str]:
    with instance.session() as session:
        act = Act(instance, session, OPERATOR, visit_id)
        visit = session.get_one(Visit, visit_id)
        wanted = None
        if delegation or person:
            query = select(Participant.id).where(Participant.visit_id == visit_id)
            if delegation:
                query = query.join(Delegation, Delegation.id == Participant.delegation_id).where(
                    Delegation.code == delegation
                )
            if person:
                query = query.where(Participant.id == person)
            wanted = list(session.scalars(query))
            if not wanted:
                _name_the_unknown(session, visit_id, delegation, person)
        found = [
            (live_badge(act, who) or issue(act, visit, who)).id
            for who in ready_for_badge(act, visit, wanted)
        ]
        act.commit()
    if not found:
        raise Refusal("nobody-ready")
    return found


def _name_the_unknown(session: Session, visit_id: str, delegation: str, person: str) -> None:
    """Refusal("no-such-delegation") or ("no-such-person") where that is why nobody was found."""
    known = select(Delegation.id).where(
        Delegation.visit_id == visit_id, Delegation.code == delegation
    )
    if delegation and session.scalar(known) is None:
        raise Refusal("no-such-delegation", code=delegation)
    if person:
        raise Refusal("no-such-person", person=person)


@click.command("programme")
@click.argument("visit", metavar="VISIT")
@output_option
@click.option("--language", type=SPOKEN, default="ru", show_default=True)
@click.option("--second-language", type=SPOKEN, help="On pages facing the first.")
@click.option("--delegation", metavar="CODE", default="", help="A delegation's own programme.")
@click.option("--booklet", is_flag=True, help="Two pages a side of A4, to print and fold.")
@data_dir_option
def programme(
    visit: str,
    output: Path,
    language: str,
    second_language: str | None,
    delegation: str,
    booklet: bool,
    data_dir: Path | None,
) -> None:
    """Print the programme, general or of one delegation."""
    if second_language == language:
        raise click.UsageError("The second language is the first.")
    chosen = f"{language}-{second_language}" if second_language else language
    _print(visit, output, "programme", chosen, delegation, data_dir, booklet=booklet)


@click.command("papers")
@click.argument("visit", metavar="VISIT")
@click.option("--kind", required=True, type=click.Choice(KINDS))
@output_option
@click.option("--language", type=SPOKEN, default="ru", show_default=True)
@data_dir_option
def papers(visit: str, kind: str, output: Path, language: str, data_dir: Path | None) -> None:
    """Print a paper of the visit: running order, route cards, programme."""
    _print(visit, output, kind, language, "", data_dir)


def _print(
    visit: str,
    output: Path,
    kind: str,
    language: str,
    subject: str,
    data_dir: Path | None,
    *,
    booklet: bool = False,
) -> None:
    instance = open_for_command(data_dir)
    row = found_visit(instance, visit)
    try:
        _, pdf = print_paper(
            instance, OPERATOR, row.id, kind, language=language, subject=subject, booklet=booklet
        )
    except Refusal as refusal:
        raise refused(refusal) from refusal
    output.write_bytes(pdf)
    click.echo(f"The paper is in {output}.")


@click.command("plan")
@click.argument("visit", metavar="VISIT")
@click.option(
    "--seconds",
    type=click.FloatRange(0.1, 86_400),
    callback=finite,
    default=10.0,
    show_default=True,
)
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
@data_dir_option
def plan_visit(visit: str, seconds: float, as_json: bool, data_dir: Path | None) -> None:
    """Plan a visit's tour and lay the plan over its groups, unless the tour as it stands keeps
    every rule and is as good. Exit status 1 when there is no plan."""
    instance = open_for_command(data_dir)
    row = found_visit(instance, visit)
    try:
        with instance.session(writing=False) as session:
            problem = problem_of(session, session.get_one(Visit, row.id))
        plan = plan_problem(problem, seconds=seconds)
        with instance.session() as session:
            act = Act(instance, session, OPERATOR, row.id)
            _, taken = take_plan(act, session.get_one(Visit, row.id), problem, plan)
            act.commit()
    except Refusal as refusal:
        raise refused(refusal) from refusal
    click.echo(json.dumps(plan, ensure_ascii=False, indent=2) if as_json else _in_words(plan))
    if plan["groups"] and not taken:
        click.echo("The tour as it stands is as good; nothing was changed.", err=as_json)
    sys.exit(0 if plan["groups"] else 1)


def _in_words(plan: dict[str, Any]) -> str:  # Any: JSON values
    if plan["groups"]:
        total = plan["score"]["total"]
        return f"{plan['status']}: {len(plan['groups'])} groups, score {total}"
    return "\n".join([plan["status"], *(f"- {reason['text']}" for reason in plan["reasons"])])


def visit_faults(slug: str, data_dir: Path | None) -> list[Fault]:
    """The rules a visit's tour breaks as it stands. Raises ClickException."""
    instance = open_for_command(data_dir)
    row = found_visit(instance, slug)
    try:
        with instance.session(writing=False) as session:
            act = Act(instance, session, OPERATOR, row.id)
            return broken_rules(act, session.get_one(Visit, row.id))
    except Refusal as refusal:
        raise refused(refusal) from refusal
